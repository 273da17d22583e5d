"""Answers of Wikidata's SPARQL service to fact tables: films with all their titles, people, and who played whom.

Films and people keep IMDb's ids where Wikidata knows them; others get Wikidata's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph.sources.characters import read_character
from graph.sources.tables import Problem, Problems, Tables

_ITEM = re.compile(r"http://www\.wikidata\.org/entity/(Q[1-9]\d*)")
_PROPERTY = "http://www.wikidata.org/prop/direct/"
_NAMED = {"P136": "genre", "P495": "country", "P272": "studio"}
"""Properties that lead to something with a name, and the tables of these names."""
_LANGUAGES = ("en", "mul")
"""The languages whose label is a film's title; after them its title in its own language, then any label."""

Cells = Sequence[str | None]
"""One row of an answer."""


@dataclass(frozen=True, slots=True)
class Page:
    """What the service answered for some films; each answer has the variables of its query, in their order."""

    films: tuple[str, ...] = ()
    titles: tuple[Cells, ...] = ()
    values: tuple[Cells, ...] = ()
    parts: tuple[Cells, ...] = ()
    names: tuple[Cells, ...] = ()


@dataclass(slots=True)
class _Film:
    """What is said of one film."""

    iri: str
    titles: list[tuple[str, str, str]] = field(default_factory=list)
    """Kind, text and language."""
    values: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    parts: list[tuple[str, str, str | None, str | None]] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    """The first ordinal that the film gives each of its performers."""


def read_wikidata(name: str, pages: Iterable[Page], tables: Tables) -> Problems:
    """Fill the fact tables; gives what could not be read. ``name`` is what messages call the service."""
    problems, seen = Problems(), set[str]()
    for page in pages:
        rows: dict[str, list[Sequence[str | int | None]]] = defaultdict(list)
        names, ids = _names(page)
        for film in _films(page):
            _film(film, names, ids, rows, problems, name, seen)
        for table, found in rows.items():
            tables.fill(table, found)
    for table in ("credit", "role", "genre", "country", "studio", "other_title"):
        tables.run(f"CREATE OR REPLACE TABLE {table} AS SELECT DISTINCT * FROM {table}")  # noqa: S608  # our own names
    tables.run("CREATE OR REPLACE TABLE person AS SELECT id, min(name) AS name FROM person GROUP BY id")
    return problems


def _names(page: Page) -> tuple[dict[str, str], dict[str, str]]:
    """The names of people, characters and genres, and the ids that people have here."""
    names: dict[str, str] = {}
    ids: dict[str, str] = {}
    for item, name, imdb in page.names:
        if item and name and name.strip():
            names.setdefault(item, name.strip())
        if item and imdb and re.fullmatch(r"nm\d+", imdb):
            ids.setdefault(item, imdb)
    return names, ids


def _films(page: Page) -> list[_Film]:
    films = {iri: _Film(iri) for iri in page.films}
    for item, kind, text, language in page.titles:
        if item in films and kind and text and text.strip():
            films[item].titles.append((kind, text.strip(), language or ""))
    for item, property_, value in page.values:
        if item in films and property_ and value:
            films[item].values[property_.removeprefix(_PROPERTY)].append(value)
    for row in page.parts:
        item, job, person, character, said, place = (*row, None)[:6]  # what was fetched earlier has no place
        if item in films and job and person:
            films[item].parts.append((job, person, character, said))
            _seat(films[item].places, person, place)
    return [film for film in films.values() if _ITEM.fullmatch(film.iri)]


def _film(
    film: _Film,
    names: dict[str, str],
    ids: dict[str, str],
    rows: dict[str, list[Sequence[str | int | None]]],
    problems: Problems,
    service: str,
    seen: set[str],
) -> None:
    """The rows of one film; one without a name, or that came before, is told and left out."""
    number, title = film.iri.rpartition("/")[2], _title(film)
    this = next((value for value in sorted(film.values["P345"]) if re.fullmatch(r"tt\d+", value)), number)
    if title is None or this in seen:
        kind = "films without a name" if title is None else "films with an id that came before"
        told = f"{number} has no name; it is left out" if title is None else f"{number} is {this}, which came before"
        problems.count(service, kind, 1, [Problem(service, 0, told)])
        return
    seen.add(this)
    original = next((text for kind, text, _ in film.titles if kind == "original" and text != title), None)
    rows["film"].append((this, title, original, _year(film), _minutes(film), None, None, None))
    rows["other_title"] += [(this, text) for text in {text for _, text, _ in film.titles} - {title, original}]
    for property_, table in _NAMED.items():
        rows[table] += [(this, names[value]) for value in film.values[property_] if value in names]
    for job, person, character, said in dict.fromkeys(film.parts):
        part = (job, person, names.get(character or "") or said, _billing(film.places, person))
        _part(this, part, names, ids, rows)


def _seat(places: dict[str, int], person: str, place: str | None) -> None:
    """Keep the first place of a person; ordinals are texts, and some are no numbers."""
    if place and place.isascii() and place.isdigit() and len(place) < 6:
        places[person] = min(int(place), places.get(person, int(place)))


def _billing(places: dict[str, int], person: str) -> int | None:
    """The place among the performers who have an ordinal, from 1 however these are counted.

    >>> _billing({"a": 0, "b": 7}, "b"), _billing({"a": 0}, "b")
    (2, None)
    """
    if person not in places:
        return None
    return 1 + sum(1 for other in places.values() if other < places[person])


def _title(film: _Film) -> str | None:
    """The English label, else the common one, else the film's own title, else whatever name comes first."""
    labels = {language: text for kind, text, language in film.titles if kind == "label"}
    own = [text for kind, text, _ in film.titles if kind == "original"]
    found = [*(labels[language] for language in _LANGUAGES if language in labels), *own, *sorted(labels.values())]
    return found[0] if found else None


def _year(film: _Film) -> int | None:
    """The year of the first showing; dates that are not known are other nodes than dates."""
    years = [int(value[:4]) for value in film.values["P577"] if re.match(r"\d{4}-\d\d-\d\d", value)]
    return min((year for year in years if 1880 <= year <= 2100), default=None)


def _minutes(film: _Film) -> int | None:
    """The shortest of several lengths."""
    found = [float(value) for value in film.values["P2047"] if re.fullmatch(r"\+?\d+(\.\d+)?", value)]
    return min((round(length) for length in found if length >= 1), default=None)


def _part(
    film: str,
    part: tuple[str, str, str | None, int | None],
    names: dict[str, str],
    ids: dict[str, str],
    rows: dict[str, list[Sequence[str | int | None]]],
) -> None:
    job, person, said, billing = part
    item = _ITEM.fullmatch(person)
    if item is None or person not in names:
        return  # somebody unknown, or without a name
    this = ids.get(person, item[1])
    rows["person"].append((this, names[person]))
    rows["credit"].append((film, this, job))
    character, description = read_character(said or "") if job == "actor" else (None, None)
    if character or description:
        rows["role"].append((film, this, character, description, billing))
