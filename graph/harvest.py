"""Read and extract many inputs on all cores; outcomes come in the order of the inputs, memory stays flat."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from multiprocessing import get_context

from graph.errors import InputError
from graph.extract import THRESHOLD, extract
from graph.facts import Document, Facts

BATCH_CHARACTERS = 50_000
"""Text handed to a worker at a time: handing it over costs little, and all workers end together."""

ALONE = 4
"""So few batches are sooner read in this process than others are started."""

AHEAD = 3
"""Batches for each worker that wait for it, or are read and wait for their turn to come out: memory stays flat."""

_Batch = list[Document | InputError]
_Read = list[Facts | InputError]


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
    work = partial(_read_batch, threshold=threshold)
    count = workers or os.cpu_count() or 1
    spread = _alone if len(first) < ALONE or count == 1 else partial(_spread, count=count)
    for batch, found in spread(chain(first, batches), work):
        yield from map(_outcome, batch, found)


def _alone(batches: Iterable[_Batch], work: Callable[[_Batch], _Read]) -> Iterator[tuple[_Batch, _Read]]:
    """Each batch with what this process found in it."""
    return ((batch, work(batch)) for batch in batches)


def _spread(batches: Iterable[_Batch], work: Callable[[_Batch], _Read], count: int) -> Iterator[tuple[_Batch, _Read]]:
    """Each batch with what ``count`` processes found in it, in the order of the batches."""
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        waiting: deque[tuple[_Batch, Future[_Read]]] = deque()
        for batch in batches:
            waiting.append((batch, pool.submit(work, batch)))
            if len(waiting) > AHEAD * count:
                done, future = waiting.popleft()
                yield done, future.result()
        while waiting:
            done, future = waiting.popleft()
            yield done, future.result()


def _batches(inputs: Iterable[Document | InputError]) -> Iterator[_Batch]:
    batch: _Batch = []
    size = 0
    for item in inputs:
        batch.append(item)
        size += len(item.text) if isinstance(item, Document) else 0
        if size >= BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _read_batch(batch: _Batch, threshold: float) -> _Read:
    return [_read_one(item, threshold) for item in batch]


def _read_one(item: Document | InputError, threshold: float) -> Facts | InputError:
    if isinstance(item, InputError):
        return item
    try:
        return extract(item, threshold=threshold)
    except InputError as error:
        return error


def _outcome(item: Document | InputError, found: Facts | InputError) -> Outcome:
    """What became of an input: the document with its facts, or an error."""
    if isinstance(item, InputError):
        return Outcome("", None, None, item)
    if isinstance(found, InputError):
        return Outcome(item.name, None, None, found)
    return Outcome(item.name, item, found, None)
