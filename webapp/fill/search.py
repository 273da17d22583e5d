"""Fill the page of search results, the suggestions under the box, and the near names of an error page."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import unquote

from rdflib import URIRef

from graph import plain, query
from graph.errors import BusyError
from graph.sidecar import ROLE, Hit, find
from graph.sidecar.fold import fold
from webapp.fill.proofs import passages, pieces, proof_rows, proofs
from webapp.pages import Found, SearchPage
from webapp.site import View


@dataclass(frozen=True, slots=True)
class LabelRow:
    """One row of ``labels``."""

    thing: str
    label: str


PAGE = 30
LETTERS = 2
"""Typed letters from which on a server is asked for suggestions: a single one would match most names."""
SUGGESTIONS = 8
NEAR = 6
NAMESAKES = 5
"""For each line wanted, how many things are looked at, so that characters of one name may share a line."""


def search_page(view: View, text: str, kind: str | None, start: int) -> SearchPage:
    """What is called so, or nearly so."""
    if not text:
        return SearchPage(text, kind, (), (), None)
    if view.sidecar is None:
        return _asked(view, text, kind)
    end = start + PAGE
    wanted = NAMESAKES * (end + 1)
    hits = find(view.sidecar, text, kind, wanted)
    gathered = tuple(_marked(it, text) for it in _proved(view, _gathered(view, hits, start, end)))
    if any(hit.near for hit in hits):
        return SearchPage(text, kind, (), gathered, None)
    further = len(_names(hits)) > end or len(hits) == wanted
    return SearchPage(text, kind, gathered, (), start + len(gathered) if further and gathered else None)


def suggestions(view: View, text: str, kind: str | None = None) -> tuple[Found, ...]:
    """What may be meant by the letters typed so far, of one kind or of all."""
    if view.sidecar is not None:
        hits = find(view.sidecar, text, kind, NAMESAKES * SUGGESTIONS, typing=True)
    elif len(text.strip()) < LETTERS:
        return ()
    else:
        try:
            hits = plain.begun(view.hasty, text.strip(), kind)
        except BusyError:
            return ()
    return _gathered(view, hits, 0, SUGGESTIONS)


def _proved(view: View, found: tuple[Found, ...]) -> tuple[Found, ...]:
    """The same, each role with the surest of the sentences that prove it."""
    known = passages(proof_rows(view, [it.iri for it in found if it.kind == ROLE]))
    return tuple(replace(it, quote=proofs(known[it.iri])[0].quote) if it.iri in known else it for it in found)


def _marked(found: Found, text: str) -> Found:
    """The same; in the sentence of a review the words that were looked for are marked."""
    if found.kind != "review" or not found.detail:
        return found
    return replace(found, quote=pieces(found.detail, sought(found.detail, text)))


def sought(sentence: str, text: str) -> list[tuple[int, int]]:
    """Where a text stands in a sentence, else where its words begin words there, whatever their case and accents.

    >>> sought("Létters, alas, of transit", "letter TRANSIT"), sought("Part of it: letters, of", "letters of")
    ([(0, 6), (18, 25)], [(12, 23)])
    """
    plain = "".join(fold(letter)[:1] or letter for letter in sentence)  # as long as the sentence
    words = [re.escape(word) for word in fold(text).split()]
    together, apart = r"\W+".join(words), "|".join(sorted(words, key=len, reverse=True))
    found = [[match.span() for match in re.finditer(rf"\b(?:{each})", plain)] for each in (together, apart) if words]
    return next(filter(None, found), [])


def _asked(view: View, text: str, kind: str | None) -> SearchPage:
    """What a server finds by reading all names: those that hold the text as it is written."""
    hits = plain.holding(view.source, text, kind, NAMESAKES * (PAGE + 1))
    return SearchPage(text, kind, _gathered(view, hits, 0, PAGE), (), None)


def near(view: View, path: str) -> tuple[Found, ...]:
    """Resources whose names are like the end of a path that leads nowhere; no reviews that merely hold its words."""
    words = words_of(path)
    if view.sidecar is None or not words:
        return ()
    hits = view.sidecar.search(words, limit=NAMESAKES * NEAR)
    named = [hit for hit in hits if hit.near or hit.kind != "review" or fold(words) in fold(hit.label)]
    return _gathered(view, named, 0, NEAR)


def called(view: View, things: list[URIRef]) -> tuple[Found, ...]:
    """Some resources by their names; the ends of their IRIs tell namesakes apart."""
    labels = {str(row.thing): row.label for row in query.rows(view.source, "labels", LabelRow, thing=things)}
    paths = ((thing, (view.iris.path(thing) or thing).split("/")) for thing in things)
    return tuple(Found(thing, path[0], labels.get(str(thing), path[-1]), path[-1]) for thing, path in paths)


def words_of(path: str) -> str:
    """The name that the end of a path seems to mean.

    >>> words_of("/film/1-mile-to-yuo-2017.ttl")
    '1 mile to yuo'
    """
    last = unquote(path).rstrip("/").rsplit("/", 1)[-1].split(".", 1)[0]
    words = last.replace("-", " ").replace("_", " ").split()
    year = len(words) > 1 and len(words[-1]) == len("2017") and words[-1].isdigit()
    return " ".join(words[:-1] if year else words)


def _gathered(view: View, hits: list[Hit], start: int, end: int) -> tuple[Found, ...]:
    """Some lines of what was found: characters of one name share a line, which says in how many films they are."""
    return tuple(_found(same[0]) if len(same) == 1 else _namesakes(view, same) for same in _names(hits)[start:end])


def _names(hits: list[Hit]) -> list[list[Hit]]:
    """The hits in their order, those for characters of one name together."""
    lines: dict[str, list[Hit]] = {}
    for hit in hits:
        lines.setdefault(f"character {fold(hit.label)}" if hit.kind == "character" else hit.iri, []).append(hit)
    return list(lines.values())


def _namesakes(view: View, same: list[Hit]) -> Found:
    hit = same[0]
    films = len(view.sidecar.named("character", [hit.label])) if view.sidecar else len(same)
    return Found(hit.iri, hit.kind, hit.label, f"in {films:,} films")


def _found(hit: Hit) -> Found:
    return Found(hit.iri, hit.kind, hit.label, hit.detail or None)
