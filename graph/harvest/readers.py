"""The processes that read, seen from the one that asks them."""

from __future__ import annotations

import pickle
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue
from types import TracebackType

from graph.errors import FilmgraphError
from graph.extract.reader import Batch, Read
from graph.sandbox.spawn import spawn


class Readers:
    """So many processes, each asked by one thread at a time.

    They import what reading needs and nothing of the program that started them, and end as soon as it does.
    """

    def __init__(self, count: int) -> None:
        self._readers = [_Reader() for _ in range(count)]
        self._free: SimpleQueue[_Reader] = SimpleQueue()
        for reader in self._readers:
            self._free.put(reader)
        self._threads = ThreadPoolExecutor(count)

    def __enter__(self) -> Readers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self.kill()
        self._threads.shutdown(cancel_futures=True)
        for reader in self._readers:
            reader.close()

    def kill(self) -> None:
        """End the processes, whatever they are doing."""
        for reader in self._readers:
            reader.kill()

    def submit(self, batch: Batch, threshold: float) -> Future[Read]:
        """What a process will have found in a batch; raises what went wrong there."""
        return self._threads.submit(self._ask, batch, threshold)

    def _ask(self, batch: Batch, threshold: float) -> Read:
        reader = self._free.get()
        try:
            return reader.ask(batch, threshold)
        finally:
            self._free.put(reader)


class _Reader:
    """One process, which reads one batch at a time."""

    def __init__(self) -> None:
        self._popen, self._link = spawn("graph.extract.reader")
        self._stream = self._link.makefile("rwb")

    def ask(self, batch: Batch, threshold: float) -> Read:
        """What the process finds; raises what was raised there, and FilmgraphError where it is gone."""
        try:
            pickle.dump((batch, threshold), self._stream, pickle.HIGHEST_PROTOCOL)
            self._stream.flush()
            answer: Read | Exception = pickle.load(self._stream)  # noqa: S301  # from a process of our own
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            self._popen.kill()
            first = next((item.name for item in batch if not isinstance(item, Exception)), "them")
            raise FilmgraphError(
                f"a process that was reading reviews, from {first} on, has ended (status {self._popen.wait()}); it may "
                "have had too little memory: nothing was stored; try fewer files at a time"
            ) from error
        if isinstance(answer, Exception):
            raise answer
        return answer

    def kill(self) -> None:
        """End the process, whatever it is doing."""
        self._popen.kill()

    def close(self) -> None:
        """Let the process end."""
        with suppress(OSError):  # what was not sent to a process that has gone
            self._stream.close()
        self._link.close()
        self._popen.wait()
