"""Takes from the calling process, for good, what a query never needs: the network, new programs, its parent's death.

Each measure stands alone: an own network namespace where the system allows one, and a system-call filter, which any
user may set. The memory bound is moved after a snapshot is open, so that it counts only what a query takes.
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import signal
import struct
from pathlib import Path

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _FILTER = 1, 38, 22, 2

_CALLS = {
    "x86_64": (0xC000003E, (41, 42, 43, 49, 50, 59, 101, 288, 322, 425)),
    "aarch64": (0xC00000B7, (198, 203, 202, 200, 201, 221, 117, 242, 281, 425)),
}
"""By machine: the audit architecture, and the numbers of socket, connect, accept, bind, listen, execve, ptrace,
accept4, execveat and io_uring_setup."""
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _DENY = 0x7FFF0000, 0x00050000 | 13
_X32 = 0x40000000


def isolate(parent: int, max_file: int) -> list[str]:
    """Lock this process in; gives what could be done: ``netns``, ``seccomp``.

    ``parent`` is the process whose death ends this one, ``max_file`` the largest file it may write, in bytes. Must be
    called before threads are started.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(0)  # the parent died before it could be watched
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (max_file, max_file))
    done = []
    if libc.unshare(_CLONE_NEWNET) == 0 or libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0:
        done.append("netns")
    if _filter_calls(libc):
        done.append("seccomp")
    return done


def _filter_calls(libc: ctypes.CDLL) -> bool:
    """A filter that answers the denied calls with "permission denied"."""
    if platform.machine() not in _CALLS:
        return False
    program = _program(*_CALLS[platform.machine()])
    buffer = ctypes.create_string_buffer(program)
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(buffer))
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _FILTER, header, 0, 0) == 0)


def _program(architecture: int, denied: tuple[int, ...]) -> bytes:
    """The filter as classic BPF: another architecture, x32 calls and the denied ones jump to the last instruction."""
    last = 5 + len(denied)
    steps = [(_LOAD, 0, 0, 4), (_EQUAL, 0, last - 2, architecture), (_LOAD, 0, 0, 0), (_AT_LEAST, last - 4, 0, _X32)]
    steps += [(_EQUAL, last - place - 1, 0, call) for place, call in enumerate(denied, start=4)]
    steps += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _DENY)]
    return b"".join(struct.pack("HBBI", *step) for step in steps)


def bound_memory(extra: int) -> None:
    """Let the process grow by so many bytes of address space from here on."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + extra, hard))


def unbound_memory() -> None:
    """Lift the bound, to open another snapshot."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
