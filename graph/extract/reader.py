"""One process that reads: ``python -m graph.extract.reader DESCRIPTOR PARENT`` answers until its socket closes.

Both ends are processes of one program and one user, so that what passes between them is pickled.
"""

from __future__ import annotations

import gc
import pickle
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from graph.errors import InputError
from graph.extract import extract
from graph.facts import Document, Facts

Batch = list[Document | InputError]
Read = list[Facts | InputError]


def read_batch(batch: Batch, threshold: float) -> Read:
    """The facts of each document of a batch, or the error that says why there are none."""
    with _uncollected():
        return [_read_one(item, threshold) for item in batch]


@contextmanager
def _uncollected() -> Iterator[None]:
    """Puts the search for cycles off: reading makes next to none, and the search goes through all lists of words."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _read_one(item: Document | InputError, threshold: float) -> Facts | InputError:
    if isinstance(item, InputError):
        return item
    try:
        return extract(item, threshold=threshold)
    except InputError as error:
        return error


def main() -> None:
    """Answer one batch after another; a failure is an answer too."""
    with socket.socket(fileno=int(sys.argv[1])) as link, link.makefile("rwb") as stream:
        while True:
            try:
                batch, threshold = pickle.load(stream)  # noqa: S301  # from the process that started this one
            except (EOFError, OSError):
                return
            try:
                answer: Read | Exception = read_batch(batch, threshold)
            except Exception as error:  # whatever it is, it is raised where the batch came from
                answer = error
            pickle.dump(answer, stream, pickle.HIGHEST_PROTOCOL)
            stream.flush()


if __name__ == "__main__":
    main()
