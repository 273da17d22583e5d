"""Small helpers that turn a place in a text into a value with its evidence."""

from __future__ import annotations

from typing import TypeVar

from graph.facts import Evidence, Span, Value

T = TypeVar("T")


def proof(text: str, span: Span, rule: str, confidence: float, *mentions: Span) -> Evidence:
    """The passage at ``span`` as evidence; ``mentions`` are the very words."""
    return Evidence(span, span.of(text), rule, confidence, mentions)


def merged(values: list[Value[T]]) -> tuple[Value[T], ...]:
    """Each value once, in order of appearance, with all its evidence; texts are compared without case."""
    found: dict[object, Value[T]] = {}
    for value in values:
        key = value.value.casefold() if isinstance(value.value, str) else value.value
        first = found.get(key)
        found[key] = value if first is None else Value(first.value, join(first.evidence, value.evidence))
    return tuple(found.values())


def join(first: tuple[Evidence, ...], second: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Both tuples without repetition, strongest first."""
    return tuple(sorted(dict.fromkeys(first + second), key=lambda e: (-e.confidence, e.span)))
