"""Loads large files into a store in the background, all of them at one stroke.

A process of its own (``loader``) writes the engine's files from what comes through a named pipe. What is loaded at one
stroke is sorted into the indexes once; a second stroke would make the engine rewrite what the first one wrote.
"""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

from graph.store.allocator import environment
from graph.store.pace import Pace

PIECE = 1 << 20
"""Bytes that are moved at a time."""
_ROOT = Path(__file__).resolve().parents[2]
_SET_PIPE_SIZE = getattr(fcntl, "F_SETPIPE_SZ", None)


class Feed:
    """A running load into the store of a folder, which nobody else may have open until it has ended.

    Each file of N-Quads of one graph goes into that graph and into the merge of all graphs. ``meter`` is told how many
    statements were handed over, of how many; ``beside`` tells whether another process is at work meanwhile.
    """

    def __init__(self, folder: Path, meter: Callable[[int, int], None], beside: Callable[[], bool]) -> None:
        self._meter, self._beside, self._done, self._total = meter, beside, 0, 0
        self._pipe = folder / "feed"
        self._files: SimpleQueue[tuple[Path, str, bool] | None] = SimpleQueue()
        self.files: dict[str, Path] = {}
        """The file of each graph."""
        self._errors: list[Exception] = []
        self._pipe.unlink(missing_ok=True)
        os.mkfifo(self._pipe)
        command = [sys.executable, "-m", "graph.store.loader", *map(str, (folder.resolve(), self._pipe.resolve()))]
        self._load = subprocess.Popen(  # noqa: S603  # our own module, our own folder
            [*command, str(os.getpid())],
            cwd=_ROOT,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._pump = Thread(target=self._pumping, daemon=True)
        self._pump.start()

    def put(self, nquads: Path, graph: str, lines: int, *, spend: bool = False) -> None:
        """Have a file of so many lines loaded; it must stay until ``finish``; with ``spend`` it goes once read."""
        self._total += 2 * lines
        self.files[graph] = nquads
        self._files.put((nquads, graph, spend))

    def finish(self) -> None:
        """Wait until everything is loaded; raises what went wrong, and then nothing was loaded."""
        self._files.put(None)
        self._pump.join()
        told, _ = self._load.communicate()
        self._pipe.unlink(missing_ok=True)
        if self._load.returncode:
            raise _failure(told, self._load.returncode)
        if self._errors:
            raise self._errors[0]

    def give_up(self) -> None:
        """Stop now; what was loaded by then is of no use."""
        self._load.kill()
        with suppress(Exception):
            self.finish()

    def _pumping(self) -> None:
        try:
            pipe = self._opened()
        except BrokenPipeError:
            return  # the load ended early, and says why itself
        pace = Pace(Path(f"/proc/{self._load.pid}/task"), self._beside)
        try:
            while (item := self._files.get()) is not None:
                path, graph, spend = item
                self._copy(path, pipe, pace, f" <{graph}> .\n".encode())
                self._copy(path, pipe, pace, b"")
                if spend:
                    path.unlink()
        except BrokenPipeError:
            pass
        except Exception as error:  # for finish to raise, in the thread that asked
            self._errors.append(error)
            self._load.kill()
        finally:
            os.close(pipe)

    def _opened(self) -> int:
        """Our end of the pipe, as soon as the load has its own: if it fails before, nobody waits for ever."""
        while self._load.poll() is None:
            try:
                pipe = os.open(self._pipe, os.O_WRONLY | os.O_NONBLOCK | os.O_CLOEXEC)
            except OSError:
                time.sleep(0.01)
            else:
                os.set_blocking(pipe, True)
                with suppress(OSError):
                    if _SET_PIPE_SIZE is not None:
                        fcntl.fcntl(pipe, _SET_PIPE_SIZE, PIECE)
                return pipe
        raise BrokenPipeError

    def _copy(self, path: Path, pipe: int, pace: Pace, graph: bytes) -> None:
        """The lines of a file into a pipe, without the graph that ends them: no literal holds a bare line feed."""
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                if not piece.endswith(b"\n"):
                    piece += file.readline()
                rest = memoryview(piece.replace(graph, b" .\n") if graph else piece)
                pace.wait()
                while rest:
                    rest = rest[os.write(pipe, rest) :]
                self._done += piece.count(b"\n")
                self._meter(self._done, self._total)


def _failure(told: bytes, code: int) -> Exception:
    """What a load that failed told, as the error that it was."""
    try:
        kind, number, words = json.loads(told)
    except ValueError:
        reason = f"was killed by signal {-code}; is the memory full?" if code < 0 else f"ended with {code}"
        return RuntimeError(f"the process that loads the store {reason}")
    return SyntaxError(words) if kind == "SyntaxError" else OSError(*filter(None, (number, words)))
