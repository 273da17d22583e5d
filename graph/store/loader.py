"""Loads N-Quads into a store at one stroke, as a process of its own: ``loader.py STORE FILE PARENT``.

So a load has the allocator that suits it, and gives back all its memory when it ends. What went wrong is told on
standard output: a JSON list of the kind of error, its number and its words.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
from contextlib import suppress

from pyoxigraph import RdfFormat, Store

from graph.store.threads import give_way

_PR_SET_PDEATHSIG = 1


def main(folder: str, path: str, parent: int) -> None:
    """Load a file of N-Quads into the store in a folder; ends with its parent."""
    _die_with(parent)
    try:
        store = Store(folder)
        give_way()
        store.bulk_load(path=path, format=RdfFormat.N_QUADS, lenient=True)
    except (OSError, SyntaxError, RuntimeError) as error:
        kind = "SyntaxError" if isinstance(error, SyntaxError) else "OSError"
        sys.stdout.write(json.dumps([kind, getattr(error, "errno", None), str(error)]))
        sys.exit(1)


def _die_with(parent: int) -> None:
    """A writer that is killed must not leave a process behind that writes where the next one begins."""
    with suppress(AttributeError, OSError):  # elsewhere than on Linux the end of the pipe is the end of the load
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
