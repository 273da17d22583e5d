"""Read and extract many inputs on all cores; outcomes come in the order of the inputs, memory stays flat."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context

from graph.errors import InputError
from graph.extract import THRESHOLD, extract
from graph.facts import Document, Facts

BATCH_CHARACTERS = 200_000
"""Text handed to a worker at a time: large enough that handing over costs little."""


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

    A single batch is read in this process, more are spread over ``workers`` processes (all cores by default).
    """
    batches = _batches(inputs)
    work = partial(_extract_batch, threshold=threshold)
    first = next(batches, None)
    second = next(batches, None)
    count = workers or os.cpu_count() or 1
    if first is None:
        return
    if second is None or count == 1:
        for batch in filter(None, (first, second)):
            yield from work(batch)
        for batch in batches:
            yield from work(batch)
        return
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        waiting: deque[Future[list[Outcome]]] = deque(pool.submit(work, batch) for batch in (first, second))
        for batch in batches:
            waiting.append(pool.submit(work, batch))
            if len(waiting) > 2 * count:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _batches(inputs: Iterable[Document | InputError]) -> Iterator[list[Document | InputError]]:
    batch: list[Document | InputError] = []
    size = 0
    for item in inputs:
        batch.append(item)
        size += len(item.text) if isinstance(item, Document) else 0
        if size >= BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _extract_batch(batch: list[Document | InputError], threshold: float) -> list[Outcome]:
    return [_extract_one(item, threshold) for item in batch]


def _extract_one(item: Document | InputError, threshold: float) -> Outcome:
    if isinstance(item, InputError):
        return Outcome("", None, None, item)
    try:
        return Outcome(item.name, item, extract(item, threshold=threshold), None)
    except InputError as error:
        return Outcome(item.name, None, None, error)
