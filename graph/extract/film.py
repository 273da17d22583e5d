"""The reviewed film and its credits: all that stands around the sentences that say who played whom.

What the text says comes first and keeps its evidence. A document's metadata fills what the text lacks; where both
give several values (directors, cast, genres, ratings) and differ, both are given, and those without evidence come from
the metadata.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from graph.extract import beneath, bylines, castlist, details, factbox, leads, merge, ratings, standing, titles
from graph.extract.clean import Clean, clean
from graph.extract.credits import combine, read_credits
from graph.extract.evidence import below, merged
from graph.extract.layout import Layout, read_layout
from graph.facts import Credit, Document, Film, Metadata, Rating, Role, Span, Value


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


def read_film(document: Document, layout: Layout, readable: Clean | None = None) -> FilmFacts:
    """The film of a document, its credits, cast and ratings; spans are those of ``document.text``.

    ``readable`` is the readable form of the text, where the caller has it already.
    """
    text = document.text
    told = _film(text, layout)
    known = document.metadata
    if known.headline and known.title in (None, known.headline):
        told = _headlined(told, known.headline, text)
        known = _without_mere_headline(told, known)
    makers = _credits(text, readable or clean(text), layout, told)
    told, makers = _with_below(text, layout, told, makers)
    if told.year is None:
        told = replace(told, year=titles.year_of_makers(text, [c.person for c in makers if c.job == "director"]))
    film = merge.film(told, known)
    roles = castlist.read_roles(text, layout)
    reviewer, outlet, published = bylines.read_byline(text, layout, film.title.value if film.title else None)
    makers = _without_reviewer(makers, reviewer)
    return FilmFacts(
        film,
        merge.credits(makers, known),
        merge.cast(_cast(text, layout, roles), known),
        merge.roles(roles, known),
        merge.ratings(ratings.read_ratings(text, layout), known),
        merge.value(reviewer, known.author),
        merge.value(outlet, known.outlet),
        merge.value(published, known.published),
        known.headline or (layout.headings[0].of(text) if layout.headings else None),
        known.url,
    )


def _without_reviewer(makers: tuple[Credit, ...], reviewer: Value[str] | None) -> tuple[Credit, ...]:
    """The credits without the writer of the review: "Written by Ada Lorne on 8 August 2012" is about the text."""
    if reviewer is None:
        return makers
    spans = [evidence.span for evidence in reviewer.evidence]
    signed = (reviewer.value, "writer")
    return tuple(c for c in makers if (c.person, c.job) != signed or not _inside(c, spans))


def _inside(credit: Credit, spans: list[Span]) -> bool:
    """Whether all passages of a credit stand in one of the spans, or hold one."""
    return bool(spans) and all(
        any(evidence.span.start < span.end and span.start < evidence.span.end for span in spans)
        for evidence in credit.evidence
    )


def _with_below(text: str, layout: Layout, told: Film, makers: tuple[Credit, ...]) -> tuple[Film, tuple[Credit, ...]]:
    """The film and its credits with what the lines below the title add."""
    directors, year = beneath.read_below(text, layout, told.title)
    known = any(credit.job == "director" for credit in makers)
    return replace(told, year=told.year or year), makers if known else (*directors, *makers)


def _film(text: str, layout: Layout) -> Film:
    """What the text says of the film itself."""
    title, year = titles.find_title(text, layout)
    bits = details.read_bits(text, layout)
    return Film(
        title=title,
        year=year or bits.year,
        original_title=factbox.text_value(text, layout, "original_title") or leads.original_title(text, layout),
        tagline=factbox.text_value(text, layout, "tagline") or leads.tagline(text, layout),
        description=factbox.text_value(text, layout, "description") or leads.description(text, layout),
        caption=leads.caption(text, layout),
        runtime=factbox.runtime(text, layout) or bits.runtime,
        certificate=factbox.certificate(text, layout) or bits.certificate,
        genres=factbox.genres(text, layout) or bits.genres or details.genres_of_lead(text, layout),
        countries=factbox.values(text, layout, "country") or bits.countries or details.countries_of_lead(text, layout),
        studios=factbox.values(text, layout, "studio") or leads.studios(text, layout),
    )


def _without_mere_headline(told: Film, known: Metadata) -> Metadata:
    """The metadata without a title that is only the page's headline: the text names the film, or it reads as none.

    Beside a film's year or director it is the film's.
    """
    if known.title is None or known.year or known.directors:
        return known
    if told.title is None and standing.is_title_like(known.title):
        return known
    return replace(known, title=None)


def _headlined(told: Film, headline: str, text: str) -> Film:
    """The film with the title that the text gives under a page's headline, where the text alone is not sure.

    Evidence that stands in the headline is left out: it is no part of the text.
    """
    if told.title is not None and not titles.is_weak(told.title):
        return told
    head = f"{headline}\n\n"
    whole = head + text
    title, year = titles.find_title(whole, read_layout(whole))
    if title is None:
        return told
    return replace(told, title=below(title, len(head)), year=told.year or (year and below(year, len(head))))


def _credits(text: str, readable: Clean, layout: Layout, film: Film) -> tuple[Credit, ...]:
    """The credits of fact lines, then those of running text, for every job."""
    listed = factbox.credits(text, layout)
    told = read_credits(text, readable, film.title.value if film.title else None)
    return combine(listed, told)


def _cast(text: str, layout: Layout, roles: tuple[Role, ...]) -> tuple[Value[str], ...]:
    """The names of cast lines, and the actors of cast lists and tables."""
    listed = factbox.cast(text, layout)
    return merged([*listed, *(Value(role.actor, role.evidence) for role in roles)])
