"""Fill the page of search results, the suggestions under the box, and the near names of an error page."""

from __future__ import annotations

from urllib.parse import unquote

from graph.sidecar import Hit
from webapp.pages import Found, SearchPage
from webapp.site import View

PAGE = 30
SUGGESTIONS = 8
NEAR = 6


def search_page(view: View, text: str, kind: str | None, start: int) -> SearchPage:
    """What is called so, or nearly so."""
    if view.sidecar is None or not text:
        return SearchPage(text, kind, (), (), None)
    hits = view.sidecar.search(text, kind, limit=PAGE + 1, offset=start)
    found = tuple(map(_found, hits[:PAGE]))
    if any(hit.near for hit in hits):
        return SearchPage(text, kind, (), found, None)
    return SearchPage(text, kind, found, (), start + PAGE if len(hits) > PAGE else None)


def suggestions(view: View, text: str) -> tuple[Found, ...]:
    """What may be meant by the letters typed so far."""
    return tuple(map(_found, view.sidecar.suggest(text, SUGGESTIONS))) if view.sidecar else ()


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
