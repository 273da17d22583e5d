"""Load a named .rq file, fill its terms, run it, give rows.

Every file in graph/queries/ is a complete query that begins with its question and holds a sample term in a VALUES row::

    #+ question: Who plays whom in this film?
    VALUES ?film { <http://localhost:8000/film/1-mile-to-you-2017> }

Each VALUES block over one variable is a term of the query; ``#+ fixed: name`` in the header exempts one.
``fill`` swaps the row for typed terms, so user text is an IRI or a Literal before it comes near a query.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from rdflib import Literal, URIRef

from graph.errors import QueryError
from graph.iris import DEFAULT_BASE
from graph.store import QuerySource, Rows

C = TypeVar("C")
Term = URIRef | Literal

_HEADER = re.compile(r"^#\+ (\w+): ?(.*)$", re.MULTILINE)
_VALUES = re.compile(r"VALUES\s+\?(\w+)\s*\{([^{}]*)\}")
_LIMIT = re.compile(r"\bLIMIT\s+\d+\s*$")
_ASIDE = re.compile(r"^([ \t]*)# (\?\w+ .* \.)(?=\r?$)", re.MULTILINE)
"""A pattern that a comment holds, on a line of its own."""


@dataclass(frozen=True, slots=True)
class Named:
    """One .rq file: its name (path without suffix), question, group of the gallery, text, and its terms.

    ``header`` holds every line that begins with ``#+``, as pairs of key and value, in order.
    """

    name: str
    question: str
    group: str
    text: str
    terms: frozenset[str]
    header: tuple[tuple[str, str], ...]


@cache
def load(name: str) -> Named:
    """The named query, such as ``film-cast`` or ``examples/first-steps``.

    Raises QueryError with the nearest names where there is none.
    """
    path = files("graph").joinpath("queries", *name.split("/")).with_suffix(".rq")  # type: ignore[attr-defined]
    if not re.fullmatch(r"[a-z0-9-]+(/[a-z0-9-]+)*", name) or not path.is_file():
        raise QueryError(f"there is no query named {name!r}; {_near(name)}")
    text = path.read_text(encoding="utf-8")
    header = _HEADER.findall(text)
    fixed = {value for key, value in header if key == "fixed"}
    said = dict(header)
    return Named(
        name=name,
        question=said.get("question", ""),
        group=said.get("group", ""),
        text=text,
        terms=frozenset(variable for variable, _ in _VALUES.findall(text)) - fixed,
        header=tuple(header),
    )


@cache
def _near(name: str) -> str:
    """The names that are most like one that there is not, an example also by its name without the number; else all."""
    called = {known.rpartition("/")[2].lstrip("0123456789-"): known for known in names() + names("examples")}
    near = [called[known] for known in get_close_matches(name, called)]
    return f"did you mean {' or '.join(near)}?" if near else f"there are: {', '.join(names())}"


def names(folder: str = "") -> tuple[str, ...]:
    """The names of all queries in a folder of graph/queries/, sorted; the top folder by default."""
    root = files("graph").joinpath("queries", *filter(None, [folder]))
    stems = sorted(entry.name.removesuffix(".rq") for entry in root.iterdir() if entry.name.endswith(".rq"))
    return tuple(f"{folder}/{stem}" if folder else stem for stem in stems)


def examples() -> list[Named]:
    """The gallery of the editor, in the order of file names."""
    return [load(name) for name in names("examples")]


def question(name: str) -> str:
    """The plain-English question that a query answers."""
    return load(name).question


def fill(name: str, /, *, limit: int | None = None, **terms: Term | Sequence[Term]) -> str:
    """The text of a query with its sample terms replaced; ``limit`` replaces the last LIMIT.

    Raises QueryError when a term is missing, unknown or of the wrong type.
    """
    query = load(name)
    _check(query, terms)
    text = swap(query.text, query.name, terms)
    return text if limit is None else _limited(query.name, text, limit)


def swap(text: str, name: str, terms: Mapping[str, Term | Sequence[Term]]) -> str:
    """A text with the rows of its VALUES blocks replaced by terms; ``name`` is for messages."""

    def row(match: re.Match[str]) -> str:
        variable = match.group(1)
        if variable not in terms:
            return match.group(0)
        return f"VALUES ?{variable} {{ {_row(name, variable, terms[variable])} }}"

    return _VALUES.sub(row, text)


def narrowed(text: str) -> str | None:
    r"""A text with the patterns let in that stand on lines behind a #; None where there are none.

    Queries that look at everything hold such lines, for where that is too much.

    >>> narrowed("SELECT * {\n  # ?film film:year 1992 .\n  ?role film:inFilm ?film }")
    'SELECT * {\n  ?film film:year 1992 .\n  ?role film:inFilm ?film }'
    """
    found = _ASIDE.sub(r"\1\2", text)
    return None if found == text else found


def read_terms(name: str, texts: dict[str, str], base: str) -> dict[str, Term]:
    """Terms written by a user, each of the type that the query's sample term has.

    For an IRI the path under ``base`` will do: ``film/dr-no-1962``.
    """
    samples = dict(_VALUES.findall(load(name).text))
    return {
        variable: Literal(text) if samples.get(variable, '"').strip().startswith('"') else _as_iri(text, base)
        for variable, text in texts.items()
    }


def _as_iri(text: str, base: str) -> URIRef:
    return URIRef(text if re.match(r"[a-z][a-z0-9+.-]*:", text, re.IGNORECASE) else base + text.lstrip("/"))


def rows(
    source: QuerySource, name: str, cls: type[C], /, *, limit: int | None = None, **terms: Term | Sequence[Term]
) -> list[C]:
    """Run a SELECT; each row becomes one ``cls``, a dataclass whose fields are among the query's variables."""
    return typed(source.select(fill(name, limit=limit, **terms)), cls, name)


def typed(table: Rows, cls: type[C], name: str = "") -> list[C]:
    """The rows of a table as dataclasses; what a server computes as 1 or 0 becomes a bool where the field is one.

    Raises QueryError when the class has a field that the table has no variable for.
    """
    wanted = [field.name for field in fields(cls)]  # type: ignore[arg-type]  # C is a dataclass by contract
    absent = set(wanted) - set(table.variables)
    if absent:
        raise QueryError(f"query {name!r} gives no ?{min(absent)}, which {cls.__name__} needs")
    places = [table.variables.index(field) for field in wanted]
    flags = [field.type in ("bool", bool) for field in fields(cls)]  # type: ignore[arg-type]  # as above
    if not any(flags):
        return [cls(*(row[place] for place in places)) for row in table.rows]
    pairs = list(zip(places, flags, strict=True))
    return [cls(*(bool(row[place]) if flag else row[place] for place, flag in pairs)) for row in table.rows]


def _check(query: Named, terms: dict[str, Any]) -> None:
    missing, extra = query.terms - terms.keys(), terms.keys() - query.terms
    if extra:
        known = ", ".join(sorted(query.terms)) or "no terms"
        raise QueryError(f"query {query.name!r} has no term {', '.join(sorted(extra))}; it takes {known}")
    if missing:
        samples = dict(_VALUES.findall(query.text))
        such = ", ".join(f"{name}, such as {name}={_typed(samples[name])}" for name in sorted(missing))
        raise QueryError(f"query {query.name!r} needs a value for {such}")


def _typed(row: str) -> str:
    """The first sample of a row as a user may type it.

    >>> _typed(" <http://localhost:8000/film/dr-no-1962> "), _typed('"M"')
    ('film/dr-no-1962', 'M')
    """
    first = row.strip() if row.strip().startswith('"') else row.split()[0]
    return first.strip("<>").strip('"').removeprefix(DEFAULT_BASE)


def _row(name: str, variable: str, value: Term | Sequence[Term]) -> str:
    terms = [value] if isinstance(value, (URIRef, Literal)) else list(value)
    for term in terms:
        if not isinstance(term, (URIRef, Literal)):
            raise QueryError(f"query {name!r}: {variable} must be an IRI or a literal, got {type(term).__name__}")
        if isinstance(term, URIRef) and re.search(r'[\x00-\x20<>"{}|\\^`]', term):
            raise QueryError(f"query {name!r}: {variable} is no valid IRI: {str(term)!r}")
    return " ".join(term.n3() for term in terms)


def _limited(name: str, text: str, limit: int) -> str:
    if not _LIMIT.search(text):
        raise QueryError(f"query {name!r} has no LIMIT at its end")
    return _LIMIT.sub(f"LIMIT {int(limit)}", text)
