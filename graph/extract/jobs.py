"""Lines that say who did which job: "Assistant Director: Cy Dorn", "Lighting - Bo Finn"."""

from __future__ import annotations

from collections.abc import Iterable

from graph.extract import names
from graph.extract.pairs import Pair
from graph.extract.rules import words

JOB = "a job, not a role"
"""Why such a pair is no role."""

_MANY = 3
"""So many lines of jobs make all lines with a colon such."""


def is_job_line(pair: Pair) -> bool:
    """Whether a line of a list names a job: at the head or the end of what stands before or behind its mark."""
    if pair.match.rule.form != "list" and not is_labelled(pair):
        return False
    split = (names.key(name).split() for name in (pair.role, pair.actor))
    return any(not words("words", "line_jobs").isdisjoint((*told[:1], *told[-1:])) for told in split)


def is_labelled(pair: Pair) -> bool:
    """Whether a colon stands between the two and nothing else."""
    return pair.match.gap == " : "


def among_jobs(told: Iterable[Pair]) -> bool:
    """Whether several lines tell jobs, each behind a colon."""
    return len({pair.match.coded.span for pair in told if is_labelled(pair)}) >= _MANY
