"""The reviewed film and its credits: all that stands around the sentences that say who played whom."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from graph.extract import factbox, ratings
from graph.extract.evidence import proof
from graph.extract.layout import Layout
from graph.facts import Credit, Document, Film, Rating, Role, Span, Value

_TITLE_YEAR = re.compile(
    r"(?P<title>.{1,120}?)\s*[(\[](?P<year>18[89]\d|19\d\d|20\d\d)[)\]]\s*(?:(?:movie|film)\s)?(?:review)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FilmFacts:
    """What a document says of its film, apart from the roles in running text; what is not known is ``None`` or empty.

    ``cast`` are the names of cast lists, ``roles`` those that stand in cast lists and tables.
    """

    film: Film = field(default_factory=Film)
    credits: tuple[Credit, ...] = ()
    cast: tuple[Value[str], ...] = ()
    roles: tuple[Role, ...] = ()
    ratings: tuple[Rating, ...] = ()
    reviewer: Value[str] | None = None
    outlet: Value[str] | None = None
    published: Value[str] | None = None
    headline: str | None = None
    url: str | None = None


def read_film(document: Document, layout: Layout) -> FilmFacts:
    """The film of a document, its credits, cast and ratings."""
    text = document.text
    title, year = _heading(text, layout)
    film = Film(
        title=title,
        year=year or factbox.year(text, layout),
        tagline=factbox.text_value(text, layout, "tagline"),
        description=factbox.text_value(text, layout, "description"),
        genres=factbox.genres(text, layout),
        runtime=factbox.runtime(text, layout),
    )
    return FilmFacts(
        film,
        tuple(factbox.credits(text, layout)),
        factbox.cast(text, layout),
        (),
        ratings.read_ratings(text, layout),
    )


def _heading(text: str, layout: Layout) -> tuple[Value[str] | None, Value[int] | None]:
    """Title and year of a heading such as "Salt (2017) Review"."""
    for heading in layout.headings:
        if match := _TITLE_YEAR.match(heading.of(text)):
            title, year = (
                Span(heading.start + match.start(group), heading.start + match.end(group))
                for group in ("title", "year")
            )
            return (
                Value(title.of(text), (proof(text, heading, "film.heading", 0.97, title),)),
                Value(int(year.of(text)), (proof(text, heading, "film.heading", 0.97, year),)),
            )
    return None, None
