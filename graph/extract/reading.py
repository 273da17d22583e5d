"""One document read: its clean text, names, coded sentences and every candidate pair with its features."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import NamedTuple

from graph.extract import names
from graph.extract.clean import Clean, clean
from graph.extract.cuts import cut
from graph.extract.features import Features, features_of
from graph.extract.film import FilmFacts, read_film
from graph.extract.index import NameIndex, build, could_be_performer, has_title
from graph.extract.jobs import JOB, among_jobs, is_labelled
from graph.extract.layout import read_layout
from graph.extract.pairs import Pair, pairs_of
from graph.extract.phrases import Coder
from graph.extract.refuted import refuted
from graph.extract.relations import find_matches
from graph.extract.sentences import split_sentences
from graph.extract.shouted import parted
from graph.extract.units import Coded
from graph.facts import Document, Span

MOST_CANDIDATES = 8_000
"""Pairs looked at in one text; a review has some dozens, a text with more is no review."""

MOST_NAMES = 50_000
"""Names looked at in one text; running prose of a megabyte holds about half as many."""

_QUOTED = re.compile(r"\"[^\"\n]{1,100}\"")
_SINGLE = re.compile(
    r"(?<![\w'])'[A-Z][\w-]+(?: (?:[A-Z][\w-]+|of|the|and|a|to|in|on|with|for|from)){1,6}[,.!?]?'(?!\w)"
)
_EXPECTS = re.compile(
    r"(?:\(|\b(?:as|plays?|played|named|called|nicknamed|dubbed|known as|is|playing|character|of)) ?$"
)
_PLAYED = re.compile(r",? (?:is |was )?(?:played|portrayed|voiced) (?:[a-z]+ ){0,2}by ")
_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he|[Hh]is|[Hh]er|[Tt]hey play)\b")


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """What is known of a film before reading: the names of its cast, its characters and its crew."""

    cast: tuple[str, ...] = ()
    characters: tuple[str, ...] = ()
    crew: tuple[str, ...] = ()


class Candidate(NamedTuple):
    """A pair with its features; ``performs`` is false where the first name can be nobody's."""

    pair: Pair
    features: Features
    performs: bool = True
    refuted: str = ""
    """Why the pair is no role, whatever its confidence."""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the judgement needs, in one value."""

    document: Document
    film: FilmFacts
    clean: Clean
    index: NameIndex
    candidates: tuple[Candidate, ...]
    names: tuple[Span, ...] = ()
    titles: tuple[Span, ...] = ()
    sentences: tuple[Coded, ...] = field(default=(), repr=False)


def read(document: Document, gazetteer: Gazetteer | None = None) -> Reading:
    """Read one document; nothing is judged."""
    known = gazetteer or Gazetteer()
    readable = clean(document.text)
    film = read_film(document, read_layout(document.text), readable)
    title = film.film.title.value if film.film.title else document.metadata.title
    titles = list(_titles(readable))
    capitals = islice(parted(readable.text, names.find_names(readable.text)), MOST_NAMES)
    found = list(cut(readable.text, capitals, title))
    index = build(
        (span.of(readable.text) for span in found),
        cast=[*(value.value for value in film.cast), *document.metadata.cast, *known.cast],
        characters=[*known.characters, *(character for _, character in document.metadata.roles)],
        titles=[*(span.of(readable.text) for span in titles), *([title] if title else [])],
        crew=[*(credit.person for credit in film.credits), *document.metadata.directors, *known.crew],
        title=title or "",
        year=str(film.film.year.value if film.film.year else document.metadata.year or ""),
    )
    coded = tuple(_coded(readable.text, found, titles))
    candidates = tuple(islice(_candidates(coded, index), MOST_CANDIDATES))
    if among_jobs(c.pair for c in candidates if c.refuted == JOB):
        candidates = tuple(c._replace(refuted=JOB) if not c.refuted and is_labelled(c.pair) else c for c in candidates)
    return Reading(document, film, readable, index, candidates, tuple(found), tuple(titles), coded)


def _titles(readable: Clean) -> Iterator[Span]:
    """Runs in italics, and quotations of several words that begin with a capital: both are mostly titles."""
    quoted = []
    for match in chain(_QUOTED.finditer(readable.text), _SINGLE.finditer(readable.text)):
        inner = Span(match.start() + 1, match.end() - 1)
        if not _quoted_name(readable.text, inner):
            quoted.append(inner)
    last = 0
    for span in sorted([*readable.italics, *quoted]):
        bracketed = readable.text[span.start - 1 : span.start] == "(" and readable.text[span.end : span.end + 1] in (
            ")",
            ",",
        )
        shown = span.of(readable.text)
        if span.start >= last and shown[:1].strip() and not shown.islower() and not bracketed:
            yield span
            last = span.end


def _quoted_name(text: str, inner: Span) -> bool:
    """Whether a quotation is a character's name: one name, or "The Dude" where a name is expected."""
    name = next(names.find_names(text, inner.start, inner.end), None)
    if name is None or name.end < inner.end - 1 or text[name.end : inner.end].strip(",.!"):
        return False
    before = text[inner.start : name.start].strip().lower()
    expected = _EXPECTS.search(text, max(0, inner.start - 16), inner.start - 1) or _PLAYED.match(text, inner.end + 1)
    article = before.partition(" ")[0] in ("the", "other")
    return not before or (article and expected is not None)


def _coded(text: str, found: Sequence[Span], titles: Sequence[Span]) -> Iterator[Coded]:
    """The sentences that hold a name, and those after one that speak of him or her."""
    coder = Coder(text, found, titles)
    place, named = 0, False
    for sentence in split_sentences(text):
        while place < len(found) and found[place].start < sentence.start:
            place += 1
        holds = place < len(found) and found[place].start < sentence.end
        if holds or (named and _PRONOUN.search(text, sentence.start, sentence.end)):
            yield coder.code(sentence)
        named = holds


_REACH = 120
"""How far back, in code points, the last sentence with a name may end for a pronoun to take it up."""


def _candidates(coded: Iterable[Coded], index: NameIndex) -> Iterator[Candidate]:
    named: Coded | None = None
    for sentence in coded:
        near = named if named and sentence.span.start - named.span.end < _REACH else None
        for match in find_matches(sentence):
            for pair in pairs_of(match, index, near):
                yield Candidate(pair, features_of(pair, index), _performs(pair.actor, index), refuted(pair, index))
        if any(unit.kind == "name" for unit in sentence.units.values()):
            named = sentence


def _performs(name: str, index: NameIndex) -> bool:
    """Whether a name can be a performer's at all: not a company's, place's or film's."""
    full = index.full(name)
    return names.key(full) in index.cast or could_be_performer(full) or has_title(full)
