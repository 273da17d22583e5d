"""Which rules the tokens of a coded sentence call: those of which it lacks nothing; the others are not tried."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, pairwise
from typing import NamedTuple

from graph.extract.needs import SYMBOLS, Words
from graph.extract.patterns import Rule, rules
from graph.extract.units import HUMAN, NAME, NARRATION, ROLE, THING

ROWS = 8
"""Sets of tokens that are asked for of one rule, the two of its cues among them: a power of two."""

_KINDS = {NAME: "N", HUMAN: "D", THING: "U", NARRATION: chr(NARRATION), ROLE: chr(ROLE)}
_KIND = {chr(first + number): kind for first, kind in _KINDS.items() for number in range(0x100)}
"""What stands for a symbol in the needs of rules; see ``patterns``."""


class _Calls(NamedTuple):
    """What tokens do for rules, as numbers: a row of bits for each of a rule's needs, in each a bit for every rule.

    Joined, they tell all needs that are met at once, and in a few steps the rules of which none is missing.
    """

    met: dict[str, int]
    """By token, or by two tokens with a blank between."""
    free: int
    """The rows in which a rule has no need."""
    rules: dict[int, Rule]
    """By the number of bits up to its own; the last rule has the lowest bit."""


@cache
def _calls() -> _Calls:
    met: dict[str, int] = {}
    free = 0
    last_first = dict(enumerate(reversed(rules()), start=1))
    for place, rule in last_first.items():
        for row, words in enumerate(_asked(rule)):
            bit = 1 << row * len(rules()) + place - 1
            free |= 0 if words else bit
            for word in words:
                met[word] = met.get(word, 0) | bit
    return _Calls(met, free, last_first)


def _asked(rule: Rule) -> list[Words]:
    """The rows of a rule: its cues and its rarest needs, which are no mere symbols; nothing where there are no more."""
    telling = (words for words in dict.fromkeys(rule.needs) if words.isdisjoint(SYMBOLS))
    rows = [rule.cues, rule.also, *sorted(telling, key=lambda words: (len(words), *sorted(words)))][:ROWS]
    return rows + [frozenset()] * (ROWS - len(rows))


@cache
def _telling() -> frozenset[str]:
    return frozenset(_calls().met)


def rules_for(tokens: Sequence[str]) -> Iterator[Rule]:
    r"""The rules that a sentence of these tokens may match, in their order.

    >>> [rule.name for rule in rules_for("\ue000 plays \ue800".split())]
    ['plays', 'the actor who plays X']
    """
    needs, met, by_bits = _calls()
    kinds = [_KIND.get(token, token) for token in tokens]
    for token in _telling().intersection(chain(kinds, map(" ".join, pairwise(kinds)))):
        met |= needs[token]
    size = len(by_bits)
    for rows in (1, 2, 4):  # after each step a row tells of twice as many
        met &= met >> size * rows
    met &= (1 << size) - 1
    while bits := met.bit_length():
        yield by_bits[bits]
        met ^= 1 << bits - 1
