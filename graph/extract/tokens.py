"""Words, marks and names of a sentence, with their places; short forms are written out, possessives stand apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from graph.extract.rules import load
from graph.facts import Span

_WORDS = r"[^\W\d_][\w'&-]*|'s\b|\d(?:[\d,.:/%-]*[\d%])?|--+|\.\.\.+|[^\w\s]"


@cache
def _compounds() -> re.Pattern[str]:
    """Human nouns of two words: "love interest", "hit man"."""
    return re.compile(load("words")["compounds"]["pattern"])


@cache
def _tokens(compounds: bool) -> re.Pattern[str]:
    return re.compile(f"{_compounds().pattern}|{_WORDS}" if compounds else _WORDS)


class Token(NamedTuple):
    """A word, a mark or a whole name; ``text`` is in small letters unless it is a name."""

    text: str
    start: int
    end: int
    kind: str
    """``word``, ``mark``, ``name`` or ``title``."""

    @property
    def span(self) -> Span:
        """Where the token stands."""
        return Span(self.start, self.end)


class Tokenizer:
    """Splits the sentences of one readable text, each name and title one token."""

    def __init__(self, text: str, names: Sequence[Span], titles: Sequence[Span]) -> None:
        self.text, self.names, self.titles = text, names, titles
        self._name = self._title = 0
        self._pattern = _tokens(_compounds().search(text) is not None)

    def split(self, sentence: Span) -> list[Token]:
        """The tokens of the next sentence; sentences must be given in order."""
        tokens: list[Token] = []
        place = sentence.start
        for span, kind in self._marked(sentence):
            if span.start < place:
                continue
            self._plain(place, span.start, tokens)
            tokens.append(Token(span.of(self.text), span.start, span.end, kind))
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

    def _plain(self, start: int, end: int, tokens: list[Token]) -> None:
        if end - start < 2 and self.text[start:end] in ("", " "):
            return
        for match in self._pattern.finditer(self.text, start, end):
            word = match[0].lower()
            start, end = match.span()
            if word.isalpha():
                tokens.append(Token(word, start, end, "word"))
            elif "'" in word and len(word) > 2:
                tokens.extend(_words(word, start, end))
            else:
                kind = "word" if word[0].isalpha() else "mark"
                tokens.append(Token("'s" if word == "s'" else word, start, end, kind))


def _within(spans: Sequence[Span], index: int, sentence: Span) -> tuple[list[Span], int]:
    """The spans inside a sentence, looked for from ``index`` on, and the next index."""
    found = []
    while index < len(spans) and spans[index].start < sentence.end:
        if spans[index].start >= sentence.start and spans[index].end <= sentence.end:
            found.append(spans[index])
        index += 1
    return found, index


def _words(word: str, start: int, end: int) -> list[Token]:
    """A word with an apostrophe as tokens: short forms in full, the possessive apart."""
    if word in load("words")["short_forms"]:
        return [Token(part, start, end, "word") for part in load("words")["short_forms"][word].split()]
    if word.endswith("n't"):
        return [Token(word[:-3], start, end, "word"), Token("not", start, end, "word")]
    for ending, cut in (("'s", 2), ("s'", 1)):
        if word.endswith(ending):
            return [Token(word[:-cut], start, end - cut, "word"), Token("'s", end - cut, end, "mark")]
    return [Token(word, start, end, "word")]
