"""Facts of schema.org's Movie and Review in a page's JSON-LD, microdata or RDFa.

Each syntax is first brought to the same shape: a node is a mapping from a bare property name to a list of texts and
nodes; ``@type`` holds bare class names. What a page says of other films is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from graph.facts import Metadata, Rating
from graph.sources.fields import WrongField, minutes

Node: TypeAlias = dict[str, list[Any]]

DEEPEST = 12
"""Nodes nested more deeply are left out."""

FILMS = frozenset(("Movie", "Film", "TVMovie"))
REVIEWS = frozenset(("Review", "CriticReview", "UserReview", "MovieReview"))
ARTICLES = frozenset(("Article", "NewsArticle", "BlogPosting", "ReviewNewsArticle", "OpinionNewsArticle", "WebPage"))

CREDITS = (("author", "writer"), ("musicBy", "composer"), ("editor", "editor"), ("producer", "producer"))
"""Properties of a film that name people, and their jobs."""

_PREFIX = re.compile(r"^(?:https?://(?:www\.)?schema\.org/|schema:)")
_YEAR = re.compile(r"(?:18[89]\d|19\d\d|20\d\d)(?!\d)")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_LABELS = frozenset(("@id", "@context", "@index"))


def nodes_of(items: Iterable[object]) -> list[Node]:
    """The top nodes of JSON-LD (plain or expanded) or microdata, as their extractors give them."""
    top = list(_unwrapped(items))
    known = {item["@id"]: item for item in top if isinstance(item.get("@id"), str) and len(item) > 1}
    return [_node(item, known, 0) for item in top]


def _unwrapped(items: Iterable[object]) -> Iterator[dict[str, Any]]:
    for item in items:
        if not isinstance(item, dict):
            continue
        graph = item.get("@graph")
        if isinstance(graph, list):
            yield from (inner for inner in graph if isinstance(inner, dict))
        else:
            yield item


def _node(item: dict[str, Any], known: dict[str, Any], depth: int) -> Node:
    """One node in the common shape; a reference to another node of the page is followed."""
    if isinstance(item.get("properties"), dict) and "type" in item:
        item = {"@type": item["type"], **item["properties"]}
    node: Node = {}
    for key, value in item.items():
        if not isinstance(key, str) or key in _LABELS:
            continue
        values = value if isinstance(value, list) else [value]
        if key == "@type":
            node[key] = [_PREFIX.sub("", part) for whole in values if isinstance(whole, str) for part in whole.split()]
        elif depth < DEEPEST:
            node.setdefault(_PREFIX.sub("", key), []).extend(_values(values, known, depth + 1))
    return node


def _values(values: list[Any], known: dict[str, Any], depth: int) -> Iterator[str | Node]:
    for value in values:
        if isinstance(value, dict) and "@value" in value:
            value = value["@value"]
        elif isinstance(value, dict) and isinstance(value.get("@list"), list):
            yield from _values(value["@list"], known, depth)
            continue
        elif isinstance(value, dict):
            target = known.get(value["@id"], value) if isinstance(value.get("@id"), str) and len(value) == 1 else value
            yield _node(target, known, depth)
        if isinstance(value, str | int | float) and str(value).strip():
            yield " ".join(str(value).split())


def read_nodes(top: list[Node]) -> Metadata:
    """What the nodes say of the one film and the one review that the page is about."""
    everything = list(_walk(top))
    review = _review(everything)
    film = _film(everything, review)
    article = review or next((node for node in everything if _is(node, ARTICLES)), {})
    cast, roles = _cast(film)
    return Metadata(
        title=_first(film, "name"),
        year=_year(film),
        directors=_names(film, "director"),
        cast=cast,
        roles=roles,
        credits=tuple((job, name) for key, job in CREDITS for name in _names(film, key)),
        runtime=_minutes(film),
        certificate=_certificate(film),
        countries=_names(film, "countryOfOrigin"),
        studios=_names(film, "productionCompany"),
        genres=tuple(part.strip() for text in _texts(film, "genre") for part in text.split(",") if part.strip()),
        ratings=tuple(_ratings(review, film)),
        headline=_first(article, "headline") or (_first(article, "name") if review else None),
        author=next(iter(_names(article, "author")), None),
        outlet=next(iter(_names(article, "publisher")), None),
        published=next((m[0] for text in _texts(article, "datePublished") if (m := _DATE.match(text))), None),
        url=_first(article, "url"),
        language=_first(article, "inLanguage"),
    )


def _walk(top: list[Node]) -> Iterator[Node]:
    """All nodes, outer before inner."""
    for node in top:
        yield node
        for key, values in node.items():
            if key != "@type":
                yield from _walk([value for value in values if isinstance(value, dict)])


def _is(node: Node, classes: frozenset[str]) -> bool:
    return not classes.isdisjoint(node.get("@type", ()))


def _review(everything: list[Node]) -> Node:
    """The page's review: the only one, or the only one with a body of its own that is no reader's comment."""
    reviews = [node for node in everything if _is(node, REVIEWS)]
    critics = [node for node in reviews if "UserReview" not in node["@type"]]
    top = [node for node in critics if _nodes(node, "itemReviewed")]
    for some in (reviews, critics, top):
        if len({id(node) for node in some}) == 1:
            return some[0]
    return {}


def _film(everything: list[Node], review: Node) -> Node:
    """The film that the review is about, or the only film that the page has."""
    reviewed = [node for node in _nodes(review, "itemReviewed") if _is(node, FILMS) or _first(node, "name")]
    films = [node for node in everything if _is(node, FILMS)]
    if reviewed:
        same = [node for node in films if _first(node, "name") == _first(reviewed[0], "name")]
        return max([*same, reviewed[0]], key=len)
    titles = {_first(node, "name") for node in films}
    return max(films, key=len) if len(titles) == 1 else {}


def _year(film: Node) -> int | None:
    """The year of release."""
    dates = [text for key in ("dateCreated", "datePublished", "copyrightYear") for text in _texts(film, key)]
    dates += [text for event in _nodes(film, "releasedEvent") for text in _texts(event, "startDate")]
    return next((int(match[0]) for text in dates if (match := _YEAR.search(text))), None)


def _minutes(film: Node) -> int | None:
    """The length of the film, given as "PT1H38M"."""
    for text in _texts(film, "duration"):
        try:
            return minutes(text)
        except WrongField:
            continue
    return None


def _certificate(film: Node) -> str | None:
    rating = _first(film, "contentRating")
    return rating.removeprefix("Rated ").strip() or None if rating else None


def _cast(film: Node) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The actors, and with whom they play where the page says so (schema.org's PerformanceRole)."""
    actors: list[str] = []
    roles: list[tuple[str, str]] = []
    for value in film.get("actor", []) + film.get("actors", []):
        names = [value] if isinstance(value, str) else _names(value, "actor") or _own_name(value)
        actors += names
        if isinstance(value, dict):
            characters = _texts(value, "characterName") + list(_names(value, "characterName"))
            roles += [(name, character) for name in names for character in dict.fromkeys(characters)]
    return tuple(dict.fromkeys(actors)), tuple(dict.fromkeys(roles))


def _ratings(review: Node, film: Node) -> Iterator[Rating]:
    for key, node, kind in (("reviewRating", review, "own"), ("aggregateRating", film, "user")):
        for rating in _nodes(node, key)[:1]:
            value, best = _number(rating, "ratingValue"), _number(rating, "bestRating") or 5.0
            count = _number(rating, "ratingCount") or _number(rating, "reviewCount")
            if value is not None and 0 <= value <= best:
                yield Rating(kind, value, best, None if count is None or kind == "own" else int(count))


def _number(node: Node, key: str) -> float | None:
    for text in _texts(node, key):
        if match := re.fullmatch(r"(\d{1,9})(?:[.,](\d{1,4}))?", text):
            return float(f"{match[1]}.{match[2] or 0}")
    return None


def _texts(node: Node, key: str) -> list[str]:
    return [value for value in node.get(key, []) if isinstance(value, str)]


def _nodes(node: Node, key: str) -> list[Node]:
    return [value for value in node.get(key, []) if isinstance(value, dict)]


def _first(node: Node, key: str) -> str | None:
    return next(iter(_texts(node, key)), None)


def _own_name(node: Node) -> list[str]:
    return _texts(node, "name")[:1]


def _names(node: Node, key: str) -> tuple[str, ...]:
    """The names of the people or organisations under ``key``, as texts or as nodes with a name."""
    found = [name for value in node.get(key, []) for name in ([value] if isinstance(value, str) else _own_name(value))]
    return tuple(dict.fromkeys(name for name in found if not name.startswith(("http://", "https://", "_:"))))
