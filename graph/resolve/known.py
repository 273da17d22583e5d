"""What the graph holds already, as far as resolution needs it, and the keys under which it is looked up."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from rdflib import URIRef

from graph.iris import slug

_ARTICLES = ("the", "a", "an")
_NUMERALS = {
    **{word: str(number) for number, word in enumerate("two three four five six seven eight nine ten".split(), 2)},  # noqa: SIM905
    **{word: str(number) for number, word in enumerate("ii iii iv v vi vii viii ix x".split(), 2)},  # noqa: SIM905
    "eleven": "11",
    "twelve": "12",
}
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


_IDS = tuple(re.compile(rf".*/{ids}") for ids in (r"(?:tt|nm)\d+", r"Q\d+", r"tmdb-\d+"))
"""Ends of IRIs that are other sites' ids: IMDb's, then Wikidata's, then TMDB's."""
STATED, NAMED = len(_IDS), len(_IDS) + 1
"""The ranks of what a dataset states without such an id, and of what only texts name."""


def rank(iri: str, stated: bool = False) -> int:
    """How well an IRI tells what it means, 0 best: things of a lower rank are merged into those of a better one.

    >>> rank("http://a/film/tt1990"), rank("http://a/person/tmdb-7"), rank("http://a/film/rust-1990")
    (0, 2, 4)
    """
    return next((n for n, ids in enumerate(_IDS) if ids.fullmatch(iri)), STATED if stated else NAMED)


CAREER = 80
"""Years between somebody's first and last film that are believed of one person."""


@dataclass(frozen=True, slots=True)
class KnownFilm:
    """A film of the graph: its IRI, label and year, and whether a dataset states it."""

    iri: URIRef
    label: str
    year: int | None
    stated: bool = False

    @property
    def rank(self) -> int:
        """How well its IRI tells which film it is."""
        return rank(self.iri, self.stated)


@dataclass(slots=True)
class Known:
    """What the graph holds already; grows while sources are added."""

    films: dict[str, list[KnownFilm]] = field(default_factory=dict)
    """Films by the key of each of their titles."""
    cast: dict[URIRef, dict[str, set[URIRef]]] = field(default_factory=dict)
    """People of a film, cast and crew, by the key of each of their names."""
    named: dict[str, set[URIRef]] = field(default_factory=dict)
    """People of the whole graph by the key of their names, as far as they were looked up."""
    names: dict[URIRef, str] = field(default_factory=dict)
    """The spelling of each person's name that came first."""
    careers: dict[URIRef, tuple[int, int]] = field(default_factory=dict)
    """The years of each person's first and last film, as far as they were looked up."""
    roles: dict[tuple[URIRef, URIRef], set[str]] = field(default_factory=dict)
    """Names of the characters that a person plays in a film."""
    stated: dict[tuple[URIRef, URIRef], set[str]] = field(default_factory=dict)
    """Those of them that a dataset states: a reading of a text must not stand in their way."""

    def learn_film(self, title: str, film: KnownFilm) -> None:
        """Note a film under a title; the label that came first stays, a year that was missing is filled in."""
        same = self.films.setdefault(title_key(title), [])
        for place, other in enumerate(same):
            if other.iri == film.iri:
                year = other.year if other.year is not None else film.year
                same[place] = replace(other, year=year, stated=other.stated or film.stated)
                return
        same.append(film)

    def learn_person(self, film: URIRef | None, person: URIRef, name: str) -> None:
        """Note a person under a name, and that they are of a film's cast or crew."""
        self.names.setdefault(person, name)
        self.named.setdefault(name_key(name), set()).add(person)
        if film is not None:
            self.cast.setdefault(film, {}).setdefault(name_key(name), set()).add(person)

    def learn_year(self, person: URIRef, year: int) -> None:
        """Note that a person took part in a film of a year."""
        first, last = self.careers.get(person, (year, year))
        self.careers[person] = min(first, year), max(last, year)

    def outlives(self, person: URIRef, year: int | None) -> bool:
        """Whether a film of this year would make a person's career longer than any life allows.

        People whose works are filmed long after them have no such bound.
        """
        first, last = self.careers.get(person, (year or 0, year or 0))
        return year is not None and last - first <= CAREER < max(last, year) - min(first, year)

    def learn_role(self, film: URIRef, person: URIRef, character: str, stated: bool) -> None:
        """Note that a person plays a character in a film, and whether a dataset states it."""
        self.roles.setdefault((film, person), set()).add(character)
        if stated:
            self.stated.setdefault((film, person), set()).add(character)


def title_key(title: str) -> str:
    """A title without case, accents, punctuation, leading article and "and"; numbers in figures.

    >>> title_key("The Great Dictator"), title_key("1 Mile to You"), title_key("Rust & Salt, Part II")
    ('great-dictator', '1-mile-to-you', 'rust-salt-part-2')
    """
    words = slug(title).split("-")
    rest = words[1:] if len(words) > 1 and words[0] in _ARTICLES else words
    plain = [word for word in rest if word != "and"] or rest
    return "-".join([*plain[:1], *(_NUMERALS.get(word, word) for word in plain[1:])])


def name_key(name: str) -> str:
    """A person's name without case, accents, punctuation, hyphens, and Jr. and the like.

    >>> name_key("Robert De Niro") == name_key("Robert DeNiro"), name_key("Sammy Davis Jr.")
    (True, 'sammydavis')
    """
    words = [word for word in slug(name).split("-") if word]
    while len(words) > 2 and words[-1] in _SUFFIXES:
        words.pop()
    return "".join(words)


def spellings(title: str) -> list[str]:
    """Titles, words divided by blanks, under which a film of this title may be stored; all have the same key.

    >>> spellings("Rocky II")
    ['a rocky 2', 'a rocky ii', 'a rocky two', 'an rocky 2', ...]
    """
    words = slug(title).split("-")
    rest = words[1:] if len(words) > 1 and words[0] in _ARTICLES else words
    forms = {" ".join(rest), " ".join(word for word in rest if word != "and"), " ".join(words)}
    for place, word in list(enumerate(rest))[1:]:
        same = {other for other, number in _NUMERALS.items() if _NUMERALS.get(word, word) == number}
        for other in {*same, _NUMERALS.get(word, word)}:
            forms.add(" ".join([*rest[:place], other, *rest[place + 1 :]]))
    return sorted({f"{article} {form}".strip() for article in ("", *_ARTICLES) for form in forms if form})
