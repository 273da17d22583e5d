"""Small helpers that turn a place in a text into a value with its evidence."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TypeVar

from graph.facts import Evidence, Span, Value

T = TypeVar("T")


def proof(text: str, span: Span, rule: str, confidence: float, *mentions: Span) -> Evidence:
    """The passage at ``span`` as evidence; ``mentions`` are the very words."""
    return Evidence(span, span.of(text), rule, confidence, mentions)


def merged(values: list[Value[T]]) -> tuple[Value[T], ...]:
    """Each value once, in order of appearance, with all its evidence; texts are compared without case."""
    found: dict[object, list[Value[T]]] = {}
    for value in values:
        found.setdefault(value.value.casefold() if isinstance(value.value, str) else value.value, []).append(value)
    return tuple(same[0] if len(same) == 1 else Value(same[0].value, _all_of(same)) for same in found.values())


def _all_of(values: list[Value[T]]) -> tuple[Evidence, ...]:
    return join(*(value.evidence for value in values))


def join(*several: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """All of them without repetition, strongest first."""
    return tuple(sorted(dict.fromkeys(chain.from_iterable(several)), key=lambda e: (-e.confidence, e.span)))


def below(value: Value[T], head: int) -> Value[T]:
    """A value found in a text that had ``head`` code points before it, with the evidence that stands in the text."""
    return Value(value.value, tuple(_below(each, head) for each in value.evidence if each.span.start >= head))


def _below(evidence: Evidence, head: int) -> Evidence:
    span, *mentions = (Span(s.start - head, s.end - head) for s in (evidence.span, *evidence.mentions))
    return replace(evidence, span=span, mentions=tuple(mentions))
