"""Words, marks and names of a sentence, with their places; short forms are written out, possessives stand apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from graph.extract.lexicon import is_adjective, is_human, is_stop
from graph.extract.rules import load
from graph.extract.ways import way_of
from graph.facts import Span

_WORDS = r"[uU]\.[sSkK]\.(?= )|[^\W\d_](?:[\w'&]|-(?!-))*|'s\b|\d(?:[\d,.:/%-]*[\d%])?|--+|\.\.\.+|[^\w\s]"
_PLAIN = re.compile(_WORDS)


@cache
def _compounds() -> re.Pattern[str]:
    """Human nouns of two words: "love interest", "hit man"."""
    return re.compile(load("words")["compounds"]["pattern"])


@cache
def _with_compounds() -> re.Pattern[str]:
    return re.compile(f"{_compounds().pattern}|{_WORDS}")


class Token:
    """A word, a mark or a whole name, wherever it stands; ``text`` is in small letters unless it is a name.

    ``kind`` is ``word``, ``mark``, ``name`` or ``title``; ``stops`` says of a word that no noun phrase runs past it;
    ``way`` is what becomes of it in a coded sentence.
    """

    __slots__ = ("kind", "stops", "text", "way")

    def __init__(self, text: str, kind: str) -> None:
        self.text, self.kind = text, kind
        self.stops = kind == "word" and is_stop(text)
        self.way = way_of(text, kind, stops=self.stops)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one sentence in order, and where each stands."""

    each: list[Token]
    places: list[tuple[int, int]]
    """Where each begins and ends."""

    def add(self, token: Token, start: int, end: int) -> None:
        """Take in the next token."""
        self.each.append(token)
        self.places.append((start, end))

    def open_name(self, start: int) -> None:
        """Leave out the quotation mark that opens a name behind an article or adjective, so that they describe it."""
        if len(self.each) < 2 or self.each[-1].text not in ('"', "'") or self.places[-1][1] != start:
            return
        before = self.each[-2].text
        if before in ("the", "a", "an") or (is_adjective(before) and not is_human(before)):
            self.each.pop()
            self.places.pop()


class Tokenizer:
    """Splits the sentences of one readable text, each name and title one token."""

    def __init__(self, text: str, names: Sequence[Span], titles: Sequence[Span]) -> None:
        self.text, self.names, self.titles = text, names, titles
        self._name = self._title = 0
        self._compounds = _compounds().search(text) is not None

    def split(self, sentence: Span) -> Tokens:
        """The tokens of the next sentence; sentences must be given in order."""
        tokens = Tokens([], [])
        place = sentence.start
        for span, kind in self._marked(sentence):
            if span.start < place:
                continue
            self._plain(place, span.start, tokens)
            if kind == "name":
                tokens.open_name(span.start)
            tokens.add(_token(span.of(self.text), kind), span.start, span.end)
            place = span.end
        self._plain(place, sentence.end, tokens)
        return tokens

    def _marked(self, sentence: Span) -> list[tuple[Span, str]]:
        """The names and titles that lie in the sentence, in order; a title hides the names inside it."""
        titles, self._title = _within(self.titles, self._title, sentence)
        names, self._name = _within(self.names, self._name, sentence)
        if not titles:
            return [(name, "name") for name in names]
        free = [n for n in names if not any(t.start < n.end and n.start < t.end for t in titles)]
        return sorted([(t, "title") for t in titles] + [(n, "name") for n in free])

    def _plain(self, start: int, end: int, tokens: Tokens) -> None:
        """Take in the words and marks of a stretch without names, one run between blanks after the other."""
        if end - start < 2 and self.text[start:end] in ("", " "):
            return
        if self._compounds and _compounds().search(self.text, start, end):
            for token, first, after in _pieces(_with_compounds(), self.text, start, end):
                tokens.add(token, first, after)
            return
        *runs, last = self.text[start:end].split(" ")
        each, places = tokens.each.append, tokens.places.append
        for run in runs:
            for token, first, after in _inner(run):
                each(token)
                places((start + first, start + after))
            start += len(run) + 1
        for token, first, after in _last(last):
            tokens.add(token, start + first, start + after)


_Piece = tuple[Token, int, int]
"""A token, where it begins and where it ends."""


@lru_cache(maxsize=32768)
def _inner(run: str) -> tuple[_Piece, ...]:
    """The tokens of a run of characters before a blank, which are the same wherever it stands."""
    return tuple(_pieces(_PLAIN, f"{run} ", 0, len(run) + 1))


@lru_cache(maxsize=8192)
def _last(run: str) -> tuple[_Piece, ...]:
    """The tokens of a run of characters before a name, or at the end of a sentence."""
    return tuple(_pieces(_PLAIN, run, 0, len(run)))


def _pieces(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[_Piece]:
    for match in pattern.finditer(text, start, end):
        if (token := _known(match[0])) is not None:
            yield token, *match.span()
        else:
            for shown, kind, first, after in _words(match[0].lower(), *match.span()):
                yield _token(shown, kind), first, after


@lru_cache(maxsize=32768)
def _token(text: str, kind: str) -> Token:
    return Token(text, kind)


def _known(shown: str) -> Token | None:
    """The token of a word or mark as it is written; nothing where it is one of several, as in "doesn't"."""
    word = "u.s." if shown == "US" else shown.lower()
    if word == "u.s." or word.isalpha():
        return _token(word, "word")
    if "'" in word and len(word) > 2:
        return None
    return _token("'s" if word == "s'" else word, "word" if word[0].isalpha() else "mark")


def _within(spans: Sequence[Span], index: int, sentence: Span) -> tuple[list[Span], int]:
    """The spans inside a sentence, looked for from ``index`` on, and the next index."""
    found = []
    while index < len(spans) and spans[index].start < sentence.end:
        if spans[index].start >= sentence.start and spans[index].end <= sentence.end:
            found.append(spans[index])
        index += 1
    return found, index


def _words(word: str, start: int, end: int) -> list[tuple[str, str, int, int]]:
    """A word with an apostrophe as tokens with their places: short forms in full, the possessive apart."""
    if word in load("words")["short_forms"]:
        return [(part, "word", start, end) for part in load("words")["short_forms"][word].split()]
    if word.endswith("n't"):
        return [(word[:-3], "word", start, end), ("not", "word", start, end)]
    for ending, cut in (("'s", 2), ("s'", 1)):
        if word.endswith(ending):
            return [(word[:-cut], "word", start, end - cut), ("'s", "mark", end - cut, end)]
    return [(word, "word", start, end)]
