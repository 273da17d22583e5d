"""Narrow lists down and count what is left, where there is no index of lists: by nesting queries in queries.

Each facet is a query of ``plain/by``, which gives things with their values. It is nested whole, so that every query
keeps its own terms and variables; ``# narrowed`` and ``# pairs`` are the places in other queries where it goes.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from rdflib import Literal, URIRef

from graph import query
from graph.errors import BusyError
from graph.plain.haste import HASTE, within
from graph.plain.names import CLASSES
from graph.sidecar import FACETS, Choice
from graph.sidecar.browse import LEAST, RATINGS, YES_OR_NO
from graph.store import QuerySource, Value

OF_THINGS = ("genre", "director", "actor")
"""Facets whose values are resources."""
_NARROWED = "# narrowed"
_PAIRS = re.compile(r"\{ SELECT .* \}  # pairs")
_ABOVE = re.compile(r"^(?:#.*|PREFIX.*|)\n", re.MULTILINE)
_NO_IRI = re.compile(r'[\x00-\x20<>"{}|\\^`]')
_VALUES = re.compile(r"\n *VALUES \?value \{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """One row of ``plain/choices``."""

    value: Value
    things: int


@dataclass(frozen=True, slots=True)
class NameRow:
    """One row of ``plain/labels``."""

    thing: str
    label: str


def narrowed(text: str, kind: str, wanted: Mapping[str, str]) -> str:
    """A query whose things are all of one kind, narrowed to those that have all these values.

    Values are as the index has them: IRIs of genres and people, a decade as 1990, a rating as the least of ten, ``yes``
    or ``no``. Where the query has no place for it, it stays as it is.
    """
    parts = [_part(kind, facet, value) for facet, value in sorted(wanted.items())]
    return text.replace(_NARROWED, "\n      ".join(parts) or _NARROWED)


class PlainLists:
    """What lists of a server can be narrowed to. All questions of one take ``HASTE`` together, then it gives up."""

    def __init__(self, source: QuerySource, haste: float = HASTE) -> None:
        self._source = source
        self._end = time.monotonic() + haste
        self._labels: dict[str, str] = {}

    def count(self, kind: str, wanted: Mapping[str, str]) -> int | None:
        """How many things have all these values; None where the server takes long to say."""
        text = narrowed(_of_class("plain/size", kind), kind, wanted)
        try:
            return int(str(self._soon().select(text).rows[0][0]))
        except BusyError:
            return None

    def choices(self, kind: str, wanted: Mapping[str, str]) -> dict[str, list[Choice]]:
        """For each facet, the values that would leave something, with how many; none where the server takes long."""
        return {facet: self._choices(kind, facet, wanted) for facet in FACETS[kind]}

    def values(self, kind: str, facet: str) -> list[str]:
        """The values of a facet that something has, in order; of very many those that most have."""
        return sorted(choice.value for choice in self._choices(kind, facet, {}))

    def label(self, facet: str, value: str) -> str:
        """A value in words."""
        if facet in OF_THINGS and value not in self._labels and _possible(facet, value):
            with suppress(BusyError):
                self._name([value])
        return self._labels.get(value, value.rstrip("/").rsplit("/", 1)[-1] if facet in OF_THINGS else value)

    def _choices(self, kind: str, facet: str, wanted: Mapping[str, str]) -> list[Choice]:
        rest = {name: value for name, value in wanted.items() if name != facet}
        pairs = _pairs(kind, facet, tuple(map(Literal, RATINGS)) if facet == "rating" else None)
        text = narrowed(_PAIRS.sub(lambda _: pairs, query.load("plain/choices").text), kind, rest)
        try:
            rows = query.typed(self._soon().select(text), ChoiceRow, "plain/choices")
            found = [Choice(_kept(facet, row.value), "", row.things) for row in rows]
            if facet in YES_OR_NO:
                return self._both(kind, found, rest)
            if facet in OF_THINGS:
                self._name([choice.value for choice in found])
        except BusyError:
            return []
        if facet in ("decade", "rating"):
            return sorted(found, key=lambda choice: -int(choice.value))
        named = [Choice(it.value, self.label(facet, it.value), it.things) for it in found]
        return sorted(named, key=lambda it: (-it.things, it.label))

    def _both(self, kind: str, found: list[Choice], rest: Mapping[str, str]) -> list[Choice]:
        """Yes and no, of which the server counts the first."""
        yes, total = found[0].things if found else 0, self.count(kind, rest)
        answers = [Choice("yes", "", yes), Choice("no", "", (total or 0) - yes)]
        return [choice for choice in answers if choice.things > 0]

    def _name(self, things: Sequence[str]) -> None:
        """Learn what some resources are called."""
        asked = [URIRef(thing) for thing in things if thing not in self._labels]
        if asked:
            rows = query.rows(self._soon(), "plain/labels", NameRow, thing=asked)
            self._labels |= {row.thing: row.label for row in rows}

    def _soon(self) -> QuerySource:
        """Whom to ask in the time that is left; raises BusyError where there is none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise BusyError("the server took too long for the questions before", slow=True)
        return within(self._source, left)


def _kept(facet: str, value: Value) -> str:
    """A value as the index has it."""
    return f"{value}0" if facet == "decade" else str(value)


def _possible(facet: str, value: str) -> bool:
    """Whether a facet can have a value, which visitors may write as they like."""
    if facet == "rating":
        return value in LEAST
    if facet in YES_OR_NO:
        return value in ("yes", "no")
    return facet not in OF_THINGS or not _NO_IRI.search(value)


def _part(kind: str, facet: str, value: str) -> str:
    """A group that leaves the things with one value."""
    if not _possible(facet, value):
        return f"{{ {_body(query.load('plain/nothing').text)} }}"
    if facet in YES_OR_NO:
        yes = _pairs(kind, facet)
        if value == "yes":
            return f"{{ SELECT DISTINCT ?iri {{ {yes} }} }}"
        return f"{{ {_body(_PAIRS.sub(lambda _: yes, _of_class('plain/without', kind)))} }}"
    term = Literal(int(value)) if facet == "rating" else Literal(value[:3] if facet == "decade" else value)
    return f"{{ SELECT DISTINCT ?iri {{ {_pairs(kind, facet, URIRef(value) if facet in OF_THINGS else term)} }} }}"


def _of_class(name: str, kind: str) -> str:
    """A query about the things of a kind."""
    terms: dict[str, Any] = {"class": CLASSES[kind]}
    return query.fill(name, **terms)


def _pairs(kind: str, facet: str, value: query.Term | Sequence[query.Term] | None = None) -> str:
    """The query of a facet as a group: of one value, of several, or of all that there are."""
    name = f"plain/by/{kind}-{facet}"
    if facet in YES_OR_NO:
        return f"{{ {_body(query.fill(name))} }}"
    if value is None:
        return f"{{ {_body(_VALUES.sub('', query.load(name).text))} }}"
    return f"{{ {_body(query.fill(name, value=value))} }}"


def _body(text: str) -> str:
    """A query without its question and prefixes, which the query around it has as well."""
    return " ".join(_ABOVE.sub("", text).split())
