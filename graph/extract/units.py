"""Sentences as rules see them: every name, description and title one symbol, the rest plain words.

A rule is a regular expression over such a coded sentence: "Dinah Crewe, as the widow Amory, hardly blinks" becomes
``N , as N , blinks`` where each ``N`` is one character that stands for one unit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from graph.facts import Span

NAME, HUMAN, THING, TITLE, NARRATION = 0xE000, 0xE800, 0xEC00, 0xF000, 0xF400
"""First code point of the symbols of names, of descriptions with a human head, of other phrases, of titles, of words
that speak of narrating."""

ROLE = 0xF800
"""First code point of the symbols of "the title role" and the like."""

TITLE_ROLE = "title role"
"""The head of "the title role", "the eponymous hero" and the like, for which the film's title may give a name."""


class Unit(NamedTuple):
    """A name, description, thing or title in a sentence; ``span`` is its core.

    ``kind`` is name, human, thing or title; ``before`` are the words put before a name, ``head`` a description's noun.
    """

    symbol: str
    span: Span
    text: str
    kind: str
    before: tuple[str, ...] = ()
    before_start: int = 0
    head: str = ""
    plural: bool = False
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Coded:
    """A coded sentence and its units by symbol."""

    text: str
    span: Span
    units: dict[str, Unit] = field(default_factory=dict)


def show(coded: Coded) -> str:
    r"""A coded sentence with its symbols spelt out, for people.

    >>> show(Coded("\ue000 sleeps", Span(0, 10), {"\ue000": Unit("\ue000", Span(0, 3), "Fay", "name", ("poor",))}))
    'poor+<Fay> sleeps'
    """

    def spelt(character: str) -> str:
        unit = coded.units.get(character)
        if unit is None:
            return character
        if unit.kind == "name":
            return "".join(f"{' '.join(unit.before)}+" if unit.before else "") + f"<{unit.text}>"
        return {"human": "[%s]", "thing": "{%s}", "title": "_%s_"}[unit.kind] % unit.text

    return "".join(map(spelt, coded.text))
