"""Fill the page of search results, the suggestions under the box, and the near names of an error page."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote

from rdflib import Literal

from graph import query
from graph.sidecar import Hit
from graph.vocabulary import FILM
from webapp.pages import Found, SearchPage
from webapp.site import View


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One row of ``find``."""

    iri: str
    kind: str
    label: str


KINDS = {
    "film": FILM.Film,
    "person": FILM.Person,
    "character": FILM.Character,
    "genre": FILM.Genre,
    "review": FILM.Review,
}
PAGE = 30
SUGGESTIONS = 8
NEAR = 6


def search_page(view: View, text: str, kind: str | None, start: int) -> SearchPage:
    """What is called so, or nearly so."""
    if not text:
        return SearchPage(text, kind, (), (), None)
    if view.sidecar is None:
        return SearchPage(text, kind, _asked(view, text, kind, PAGE), (), None)
    hits = view.sidecar.search(text, kind, limit=PAGE + 1, offset=start)
    found = tuple(map(_found, hits[:PAGE]))
    if any(hit.near for hit in hits):
        return SearchPage(text, kind, (), found, None)
    return SearchPage(text, kind, found, (), start + PAGE if len(hits) > PAGE else None)


def suggestions(view: View, text: str) -> tuple[Found, ...]:
    """What may be meant by the letters typed so far."""
    return tuple(map(_found, view.sidecar.suggest(text, SUGGESTIONS))) if view.sidecar else ()


def _asked(view: View, text: str, kind: str | None, limit: int) -> tuple[Found, ...]:
    """What a remote server finds by reading all labels: slow, and without near spellings."""
    classes = [KINDS[kind]] if kind else list(KINDS.values())
    rows = query.rows(view.source, "find", FoundRow, limit=limit, text=Literal(text), **{"class": classes})
    names = {str(iri): name for name, iri in KINDS.items()}
    return tuple(Found(row.iri, names[row.kind], row.label, None) for row in rows)


def near(view: View, path: str) -> tuple[Found, ...]:
    """Resources whose names are like the end of a path that leads nowhere."""
    words = words_of(path)
    return tuple(map(_found, view.sidecar.search(words, limit=NEAR))) if view.sidecar and words else ()


def words_of(path: str) -> str:
    """The name that the end of a path seems to mean.

    >>> words_of("/film/1-mile-to-yuo-2017.ttl")
    '1 mile to yuo'
    """
    last = unquote(path).rstrip("/").rsplit("/", 1)[-1].split(".", 1)[0]
    words = last.replace("-", " ").replace("_", " ").split()
    year = len(words) > 1 and len(words[-1]) == len("2017") and words[-1].isdigit()
    return " ".join(words[:-1] if year else words)


def _found(hit: Hit) -> Found:
    return Found(hit.iri, hit.kind, hit.label, hit.detail or None)
