"""Small questions about what stands beside a unit in its coded sentence, and about single names."""

from __future__ import annotations

from collections.abc import Iterable

from graph.extract import index as names_index
from graph.extract.lexicon import is_human
from graph.extract.rules import words
from graph.extract.units import Coded, Unit


def holding(facts: Iterable[tuple[str, object]]) -> list[str]:
    """The names of the facts that hold.

    >>> holding([("tall", True), ("wide", "")])
    ['tall']
    """
    return [name for name, holds in facts if holds]


def word_before(coded: Coded, symbol: str) -> str:
    """The token before a unit; empty at the beginning."""
    return coded.text[: max(0, coded.text.find(symbol))].rstrip().rpartition(" ")[2]


def word_after(coded: Coded, symbol: str) -> str:
    """The token after a unit; empty at the end."""
    place = coded.text.find(symbol)
    return coded.text[place + 2 : place + 42].partition(" ")[0]


def told_before(coded: Coded, symbol: str) -> str:
    """The token before a unit if it is one that tells, else what it is."""
    word = word_before(coded, symbol)
    return "start" if not word else _kind(coded, word)


def told_after(coded: Coded, symbol: str) -> str:
    """The token after a unit if it is one that tells, else what it is."""
    word = word_after(coded, symbol)
    return "end" if not word else _kind(coded, word)


def _kind(coded: Coded, word: str) -> str:
    if word in words("words", "beside"):
        return word
    return "unit" if word in coded.units else "word"


def unit_at(coded: Coded, token: str) -> Unit | None:
    """The unit whose symbol a token is."""
    return coded.units.get(token)


def is_name_at(coded: Coded, token: str) -> bool:
    """Whether a token is a name's symbol."""
    unit = coded.units.get(token)
    return unit is not None and unit.kind == "name"


def is_word(name: str) -> bool:
    """Whether a single name is a common noun or adjective as well.

    >>> is_word("Mouse"), is_word("Dorn")
    (True, False)
    """
    word = name.lower()
    common = is_human(word) or word in words("words", "adjectives")
    return " " not in word and common and not names_index.is_given(word)


def described(before: tuple[str, ...], side: str) -> list[str]:
    """What the words before a name tell."""
    if not before:
        return []
    return holding(
        (
            (f"{side} the", before == ("the",)),
            (f"{side} no", before[0] == "no"),
            (f"{side} praised", words("words", "performer_words").intersection(before)),
            (f"{side} kin", before[-1] in words("nouns", "kin") or before[0] in ("his", "her", "their")),
            (f"{side} described", True),
        )
    )
