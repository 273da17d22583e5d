"""Read and extract many inputs on all cores; outcomes come in the order of the inputs, memory stays flat."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice

from graph.errors import InputError
from graph.extract import THRESHOLD
from graph.extract.reader import Batch, Read, read_batch
from graph.facts import Document, Facts
from graph.harvest.readers import Readers

BATCH_CHARACTERS = 50_000
"""Text handed to a worker at a time: handing it over costs little, and all workers end together."""

ALONE = 4
"""So few batches are sooner read in this process than others are started."""

AHEAD = 3
"""Batches for each worker that wait for it, or are read and wait for their turn to come out: memory stays flat."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One document and its facts, or the error that says why there are none."""

    name: str
    document: Document | None
    facts: Facts | None
    error: InputError | None


def harvest(
    inputs: Iterable[Document | InputError], *, threshold: float = THRESHOLD, workers: int | None = None
) -> Iterator[Outcome]:
    """Extract the facts of every document; errors among the inputs pass through in their place.

    A few batches are read in this process, more are spread over ``workers`` processes (all cores by default).
    """
    batches = _batches(inputs)
    first = list(islice(batches, ALONE))
    count = workers or os.cpu_count() or 1
    spread = _alone if len(first) < ALONE or count == 1 else partial(_spread, count=count)
    for batch, found in spread(chain(first, batches), threshold):
        yield from map(_outcome, batch, found)


def _alone(batches: Iterable[Batch], threshold: float) -> Iterator[tuple[Batch, Read]]:
    """Each batch with what this process found in it."""
    return ((batch, read_batch(batch, threshold)) for batch in batches)


def _spread(batches: Iterable[Batch], threshold: float, count: int) -> Iterator[tuple[Batch, Read]]:
    """Each batch with what ``count`` processes found in it, in the order of the batches."""
    with Readers(count) as readers:
        waiting: deque[tuple[Batch, Future[Read]]] = deque()
        for batch in batches:
            waiting.append((batch, readers.submit(batch, threshold)))
            if len(waiting) > AHEAD * count:
                done, future = waiting.popleft()
                yield done, future.result()
        while waiting:
            done, future = waiting.popleft()
            yield done, future.result()


def _batches(inputs: Iterable[Document | InputError]) -> Iterator[Batch]:
    batch: Batch = []
    size = 0
    for item in inputs:
        batch.append(item)
        size += len(item.text) if isinstance(item, Document) else 0
        if size >= BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _outcome(item: Document | InputError, found: Facts | InputError) -> Outcome:
    """What became of an input: the document with its facts, or an error."""
    if isinstance(item, InputError):
        return Outcome("", None, None, item)
    if isinstance(found, InputError):
        return Outcome(item.name, None, None, found)
    return Outcome(item.name, item, found, None)
