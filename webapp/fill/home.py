"""Fill the first page: figures, tonight's films, and three questions answered live."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from rdflib import Literal, URIRef

from graph import query
from graph.store import Iri
from webapp.fill.backing import Claim, backings
from webapp.fill.rows import unique
from webapp.fill.tonight import tonight
from webapp.pages import Cell, Figure, FilmRef, HomePage, Pick, Question, Ref, ResultTable
from webapp.site import View

ROWS = 5
SENTENCE = 160
"""Longest sentence on a card, in characters."""
FIGURES = (
    ("films", "film", "films", "films"),
    ("people", "person", "people", "people"),
    ("roles", "role", "roles", None),
    ("roles_with_evidence", "role proved by a sentence", "roles proved by a sentence", None),
    ("genres", "genre", "genres", "genres"),
    ("reviews", "review", "reviews", "reviews"),
    ("triples", "statement", "statements", None),
)
"""The counts of the sidecar that are shown, the words for one and for several, and the list behind them."""


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """One row of ``home-quotes``: a sentence that proves a role of a film."""

    quote: str
    review: str
    reviewLabel: str  # noqa: N815  # fields are named as the query's variables
    actor: str
    whom: str


@dataclass(frozen=True, slots=True)
class SharedRow:
    """One row of ``film-same-characters``, for the name alone."""

    name: str


@dataclass(frozen=True, slots=True)
class DirectorRow:
    """One row of ``film-directors``."""

    iri: str
    label: str


def home_page(view: View) -> HomePage:
    """The first page of the site."""
    films = tonight(view)
    picks, questions = tuple(_pick(view, film) for film in films), _questions(view, films)
    return HomePage(figures(view), picks, questions, decades(view), _example(view, questions))


def decades(view: View) -> tuple[Ref, ...]:
    """The decades that films are of, the newest first."""
    found = reversed(view.lists.values("film", "decade")) if view.lists else ()
    return tuple(Ref(f"{view.iris.base}decade/{int(value)}s", f"{int(value)}s") for value in found)


def figures(view: View) -> tuple[Figure, ...]:
    """The counts of the whole graph; none for an endpoint, where counting would take too long."""
    counts = view.sidecar.counts() if view.sidecar else {}
    return tuple(
        Figure(count, one if count == 1 else several, path and view.iris.base + path)
        for name, one, several, path in FIGURES
        if (count := counts.get(name, 0))
    )


def _pick(view: View, film: FilmRef) -> Pick:
    iri = URIRef(film.iri)
    directors = unique(query.rows(view.source, "film-directors", DirectorRow, film=iri), lambda row: row.iri)
    quotes = query.rows(view.source, "home-quotes", QuoteRow, film=iri)
    fitting = [row for row in quotes if len(row.quote) <= SENTENCE] or quotes[:1]
    chosen = fitting[0] if fitting else None
    return Pick(
        film,
        tuple(Ref(row.iri, row.label) for row in directors),
        chosen.quote if chosen else None,
        Ref(chosen.review, chosen.reviewLabel) if chosen else None,
    )


def _questions(view: View, films: list[FilmRef]) -> tuple[Question, ...]:
    asked = []
    if films:
        film = URIRef(films[0].iri)
        asked.append(_question(view, "home-cast", f"Who plays whom in {films[0].label}?", film=film))
        asked += _about_faces(view, films)
    asked.append(_question(view, "home-directors-who-act", "Who directed a film and played in it?"))
    return tuple(question for question in asked if question.answer.rows)


def _example(view: View, questions: tuple[Question, ...]) -> str | None:
    """A performer and a character of tonight's first film, the shortest to write."""
    casts = (question.answer.rows for question in questions if question.name == "home-cast" and view.sidecar)
    pairs = ((row[0], row[1]) for rows in casts for row in rows)
    return min((f"{who.text} {whom.text}" for who, whom in pairs if who and whom), key=len, default=None)


def _about_faces(view: View, films: list[FilmRef]) -> list[Question]:
    """A question about a character of tonight's films whom others have played too."""
    for film in films:
        shared = query.rows(view.source, "film-same-characters", SharedRow, film=URIRef(film.iri))
        if shared:
            name = max(shared, key=lambda row: (sum(row.name == other.name for other in shared), row.name)).name
            return [_question(view, "home-faces", f"Who has played {name}?", name=Literal(name))]
    return []


def _question(view: View, asked: str, words: str, **terms: URIRef | Literal) -> Question:
    """The answer's first rows; a column ``x`` is linked by the column ``xIri`` and shown by its label."""
    text = query.fill(asked, limit=ROWS, **terms)
    table = view.source.select(text)
    shown = [i for i, column in enumerate(table.variables) if not column.endswith("Iri")]
    links = {i: table.variables.index(f"{table.variables[i]}Iri") for i in shown if _has_iri(table.variables, i)}
    rows = tuple(
        tuple(Cell("" if row[i] is None else str(row[i]), _iri(row[links[i]]) if i in links else None) for i in shown)
        for row in table.rows
    )
    columns = tuple(table.variables[i].capitalize() for i in shown)
    href = "query?" + "&".join([f"ask={asked}", *(f"{key}={quote(str(term), safe='')}" for key, term in terms.items())])
    answer = ResultTable(columns, rows, len(rows), 0, "rows")
    said = backings(view, [_claim(row, **terms) for row in rows])
    return Question(words, asked, text.split("\n", 1)[-1].strip(), view.iris.base + href, answer, said)


def _claim(row: tuple[Cell, ...], film: str | None = None, name: str | None = None) -> Claim:
    """What a row says: first who played, then whom in the film asked about, or in which film."""
    person, other = row[0].iri or "", row[1]
    return Claim(person, film, other.text) if film else Claim(person, other.iri or "", name and str(name))


def _has_iri(variables: tuple[str, ...], place: int) -> bool:
    return f"{variables[place]}Iri" in variables


def _iri(value: object) -> str | None:
    return str(value) if isinstance(value, Iri) else None
