"""Words that every match of a pattern holds, read from the pattern itself, so that most texts need not be searched.

A pattern becomes a sequence of pieces: strings of which one stands there, a choice between sequences, or a gap, which
may be anything. What cannot be told is taken for a gap, so that never more is needed than what is always there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

Words = frozenset[str]
"""One of these must stand there."""

MOST = 100
"""Strings that one piece is spelt out to; beyond it, it is a gap."""

_EMPTY: Words = frozenset(("",))
_BLANK: Words = frozenset((" ",))
_FIRST, _LAST = 0, -1
SYMBOLS = frozenset("NDU\uf400\uf800")
_ENDING = SYMBOLS | {" "}
"""Beside one of these a token ends."""


class _Choice(NamedTuple):
    """One of several sequences, not all of them spelt."""

    branches: list[list[_Piece]]


class _Gap(NamedTuple):
    """Anything, or nothing; whether it begins with a blank unless it is empty, and whether it ends with one."""

    first: bool = False
    last: bool = False


_Piece = Words | _Choice | _Gap
_Pieces = list[_Piece]

_LOOKS_ROUND = re.compile(r"\?(?:=|!|<=|<!)")
_OPENS = re.compile(r"\?(?::|P<\w+>)")
_REPEATED = re.compile(r"([?*+]|\{(\d+)(?:,\d*)?\})[?+]?")
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
_UNITS = re.compile(r"\[[NDU\uf400\uf800]+\]")
_MACRO = re.compile(r"\{[A-Za-z]+\d*\}")


def needed(pattern: str, macros: Macros | None = None) -> list[Words]:
    """Sets of tokens, and of pairs of them; of each set one stands in every text that a pattern matches.

    Tokens stand between blanks; N, D and U, which stand for symbols, are tokens too. A macro that is not given may be
    anything; the pieces of those that are given are kept, so that each is read once.

    >>> [sorted(words) for words in needed("N (?:plays?|is) (?:[a-z]+ )*in {X} too$")]
    [['N'], ['N is', 'N play', 'N plays'], ['is', 'play', 'plays'], ['in'], ['too']]
    """
    return list(_needed(_Parser(pattern, macros or Macros({})).choice(), before=False, after=False))


class Macros:
    """What macros in braces stand for; each is read when it is first met."""

    def __init__(self, meant: Mapping[str, str]) -> None:
        self._meant, self._read = meant, dict[str, _Pieces]()

    def pieces(self, name: str) -> _Pieces:
        """The pieces of a macro, a gap where it is unknown."""
        if name not in self._read:
            self._read[name] = _Parser(self._meant[name], self).choice() if name in self._meant else [_Gap()]
        return self._read[name]


class _Parser:
    """Reads a pattern from left to right."""

    def __init__(self, pattern: str, macros: Macros) -> None:
        self.pattern, self.macros, self.place = pattern, macros, 0

    def choice(self) -> _Pieces:
        """What stands up to the closing bracket or the end."""
        branches = [self.sequence()]
        while self.pattern.startswith("|", self.place):
            self.place += 1
            branches.append(self.sequence())
        if len(branches) == 1:
            return branches[0]
        spelt = [strings for branch in branches if (strings := _spelt(branch)) is not None]
        together: Words = frozenset().union(*spelt)
        return [together] if len(spelt) == len(branches) and len(together) <= MOST else [_Choice(branches)]

    def sequence(self) -> _Pieces:
        """The pieces up to a bar, the closing bracket or the end."""
        found: _Pieces = []
        while self.place < len(self.pattern) and self.pattern[self.place] not in "|)":
            pieces = self.piece()
            if (repeated := _REPEATED.match(self.pattern, self.place)) is not None:
                self.place = repeated.end()
                pieces = _repeated(pieces, repeated[1], int(repeated[2] or 0))
            found += pieces
        return found

    def piece(self) -> _Pieces:
        """The next character, class, macro or group."""
        character = self.pattern[self.place]
        if character == "(":
            return self.group()
        passed = (_CLASS if character == "[" else _MACRO).match(self.pattern, self.place)
        if passed is not None:
            self.place = passed.end()
            if _UNITS.fullmatch(passed[0]):
                return [frozenset(passed[0][1:-1])]
            return [_Gap()] if character == "[" else self.macros.pieces(passed[0])
        self.place += 1
        if character == "\\":
            self.place += 1
            return _escaped(self.pattern[self.place - 1])
        if character in "^$":
            return [_BLANK]  # a token ends there as it does at a blank
        return [_Gap() if character == "." else frozenset((character,))]

    def group(self) -> _Pieces:
        """What stands in brackets; what is only looked at takes no room."""
        looks = _LOOKS_ROUND.match(self.pattern, self.place + 1)
        opens = looks or _OPENS.match(self.pattern, self.place + 1)
        strange = opens is None and self.pattern.startswith("?", self.place + 1)
        self.place = self.place + 1 if opens is None else opens.end()
        found = self.choice()
        self.place += 1
        return [] if looks is not None else [_Gap()] if strange else found


def _escaped(character: str) -> _Pieces:
    if character in "bBAZ":
        return []
    return [_Gap() if character.isalnum() else frozenset((character,))]


def _repeated(pieces: _Pieces, sign: str, least: int) -> _Pieces:
    """What stands several times, or perhaps not at all."""
    gap = _Gap(_has_edge(pieces, _FIRST), _has_edge(pieces, _LAST))
    if sign == "+" or least > 0:
        return [*pieces, gap]
    spelt = _spelt(pieces)
    return [spelt | _EMPTY] if sign == "?" and spelt is not None else [gap]


def _spelt(pieces: Sequence[_Piece]) -> Words | None:
    """All strings that a sequence stands for, if they can be told and are not too many."""
    strings = _EMPTY
    for piece in pieces:
        if not isinstance(piece, frozenset) or len(strings) * len(piece) > MOST:
            return None
        strings = frozenset(map("".join, product(strings, piece)))
    return strings


def _has_edge(pieces: Sequence[_Piece], side: int, *, beyond: bool = False) -> bool:
    """Whether a token ends at one side of a sequence; ``beyond`` is the answer where it is empty."""
    for piece in pieces if side == _FIRST else reversed(pieces):
        if isinstance(piece, _Gap):
            if not piece[side]:
                return False
        elif isinstance(piece, _Choice):
            return all(_has_edge(branch, side) for branch in piece.branches)
        elif any(string and string[side] not in _ENDING for string in piece):
            return False
        elif "" not in piece:
            return True
    return beyond


def _needed(pieces: _Pieces, *, before: bool, after: bool) -> Iterator[Words]:
    """What a sequence needs; ``before`` and ``after`` tell whether tokens end at its edges."""
    joined = list(_joined(pieces))
    for place, piece in enumerate(joined):
        ahead = _has_edge(joined[:place], _LAST, beyond=before) or _has_edge([piece], _FIRST)
        behind = _has_edge(joined[place + 1 :], _FIRST, beyond=after) or _has_edge([piece], _LAST)
        if isinstance(piece, _Choice):
            least = [min(_needed(b, before=ahead, after=behind), key=_rank, default=_EMPTY) for b in piece.branches]
            if _EMPTY not in least:
                yield frozenset().union(*least)
        elif isinstance(piece, frozenset):
            yield from _tokens(piece, ahead, behind)
            yield from _neighbours(joined[place:], after) if ahead and not piece & (_BLANK | _EMPTY) else ()


def _joined(pieces: _Pieces) -> Iterator[_Piece]:
    """The pieces, those of one word written together as far as they are spelt."""
    run: Words | None = None
    for piece in pieces:
        word = isinstance(piece, frozenset) and not any(" " in string for string in piece)
        joined = _spelt([run, piece]) if word and run is not None else None
        if run is not None and joined is None:
            yield run
        if word and isinstance(piece, frozenset):
            run = piece if joined is None else joined
        else:
            run = None
            yield piece
    if run is not None:
        yield run


def _tokens(strings: Words, before: bool, after: bool) -> Iterator[Words]:
    """The tokens that stand whole in strings; where there are several strings, the longest of each."""
    found = []
    for string in strings:
        split = string.split(" ")
        found.append([token for token in split[not before : len(split) - (not after)] if token])
    if len(found) == 1:
        yield from (frozenset((token,)) for token in found[0])
    elif all(found):
        yield frozenset(max(tokens, key=len) for tokens in found)


def _neighbours(pieces: Sequence[_Piece], after: bool) -> Iterator[Words]:
    """The two tokens that a sequence begins with, as far as they are told: of each string that it can be."""
    for length in range(1, len(pieces) + 1):
        strings = _spelt(pieces[:length])
        if strings is None:
            return
        ended = after and length == len(pieces)
        whole = (f"{string} " if ended or string[-1:] in SYMBOLS else string for string in strings)
        split = [string.split(" ")[:-1][:2] for string in whole]
        if all(len(tokens) == 2 and all(tokens) for tokens in split):
            yield frozenset(map(" ".join, split))
            return


def _rank(words: Words) -> tuple[int, int]:
    """Few and long words first, for they are rare."""
    return len(words), -min(map(len, words))
