"""The server is started where nobody listens, and ends when told, however early."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from filmgraph import main
from graph import build
from graph.errors import SettingError
from tests.servers import free_port
from webapp import sockets
from webapp.server import check_address


@pytest.mark.parametrize("shared", [False, True])
def test_a_port_in_use_is_refused(sample: build.Place, shared: bool) -> None:
    """One line names the port and the option, even where the other server lets its port be shared."""
    with socket.socket() as other:
        if shared:
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = CliRunner().invoke(main, ["--data", str(sample.data), "serve", "--port", str(port)])
    assert result.exit_code == 1
    assert result.stderr == f"filmgraph: port {port} is in use; choose another with --port\n"
    assert not result.stdout


def test_a_free_port_stays_free() -> None:
    """Looking at an address leaves it to be taken."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        port = other.getsockname()[1]
    check_address("127.0.0.1", port)
    check_address("127.0.0.1", port)


@pytest.mark.parametrize("host", ["192.0.2.7", "not a host"])
def test_a_foreign_host_is_refused(host: str) -> None:
    """An address that is none of this machine's is named, with the option that sets it."""
    with pytest.raises(SettingError, match=rf"'{host}' is no address of this machine; choose another with --host"):
        check_address(host, 8000)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="sees the first worker in /proc, on Linux only")
def test_a_server_that_is_told_to_end_while_its_workers_begin_ends(sample: build.Place) -> None:
    """A worker that does not listen for signals yet is told again when it does."""
    command = [sys.executable, "-m", "filmgraph", "--data", str(sample.data), "serve", "--port", str(free_port())]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True) as server:
        children, end = Path(f"/proc/{server.pid}/task/{server.pid}/children"), time.monotonic() + 60
        try:
            while server.poll() is None and time.monotonic() < end and not children.read_text().split():
                time.sleep(0.01)
            server.terminate()
            _, said = server.communicate(timeout=120)
        finally:
            if server.poll() is None:
                os.killpg(server.pid, signal.SIGKILL)
    assert (server.returncode, said) == (0, b"")


LOADS = """
import sys, time
from pathlib import Path
from webapp import server
server.create_app = lambda *_: print("loads", flush=True) or time.sleep(3600)
server.serve(Path(sys.argv[1]), sys.argv[2], None, host="127.0.0.1", port=int(sys.argv[3]), workers=2)
"""
"""A server whose workers load as good as for ever."""


def test_a_server_does_not_wait_for_workers_that_load(sample: build.Place) -> None:
    """A worker without visitors ends as soon as it is told, whatever it is at."""
    command = [sys.executable, "-c", LOADS, str(sample.data), sample.base, str(free_port())]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as server:
        assert server.stdout is not None
        try:
            loading = (line for line in server.stdout if line == b"loads\n")
            assert [next(loading, b""), next(loading, b"")] == [b"loads\n", b"loads\n"]
            server.terminate()
            _, said = server.communicate(timeout=120)
        finally:
            if server.poll() is None:
                os.killpg(server.pid, signal.SIGKILL)
    assert (server.returncode, said) == (0, b"")


DEAF = """
import os, signal
heard = []
signal.signal(signal.SIGTERM, lambda *_: os._exit(0) if heard else heard.append(True))
print("listens", flush=True)
while True:
    signal.pause()
"""
"""A program that ends when it is told so for the second time."""


@dataclass
class Worker:
    """A worker of the server that is a program of its own."""

    process: subprocess.Popen[bytes]
    idx: int = 0

    def is_alive(self) -> bool:
        """Whether it runs."""
        return self.process.poll() is None

    def terminate(self) -> None:
        """Tell it to end."""
        self.process.terminate()

    def join(self, timeout: float | None = None) -> None:
        """Wait until it has ended, or for so many seconds."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout)


def test_a_worker_that_did_not_hear_is_told_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server ends with a worker that only heeds the second time."""
    monkeypatch.setattr(sockets, "AGAIN", 0.1)
    server = sockets.Server("webapp.server:application")
    with subprocess.Popen([sys.executable, "-c", DEAF], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"listens\n"
        server.wrks = [Worker(process)]  # type: ignore[list-item]  # all that the server asks of one
        try:
            server._stop_workers()
            assert process.poll() == 0
        finally:
            process.kill()
    assert server.wrks == []
