"""Facts files: films and roles in TOML, written by hand.

::

    [source]
    name = "films.toml"
    title = "Sample film facts"

    [[film]]
    title = "Dr. No"
    year = 1962
    directors = ["Terence Young"]
    roles = [["Sean Connery", "James Bond"], ["Ursula Andress", "Honey Ryder"]]

Roles stand in the order of billing: whoever is named first leads.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import InputError
from graph.facts import Credit, Facts, Film, Role, Value

SURE = 1.0
"""Confidence of a role that a dataset states."""

_STRINGS = {
    "title": None,
    "original_title": None,
    "certificate": None,
    "description": None,
    "tagline": None,
    "id": None,
}
_LISTS = {"genres", "countries", "studios"}
_JOBS = {
    "cast": "actor",
    "cinematographers": "cinematographer",
    "composers": "composer",
    "directors": "director",
    "editors": "editor",
    "producers": "producer",
    "writers": "writer",
}
_INTEGERS = {"year": (1870, 2100), "runtime": (1, 10_000)}
_KNOWN = {*_STRINGS, *_LISTS, *_JOBS, *_INTEGERS, "roles"}


@dataclass(frozen=True, slots=True)
class FactsFile:
    """A facts file: what it says of itself, its digest (SHA-256), and one record for each film."""

    name: str
    title: str
    sha256: str
    version: str | None
    published: str | None
    licence: str | None
    films: tuple[Facts, ...]


def read_facts_file(path: Path) -> FactsFile:
    """Read a facts file whole.

    Raises InputError that names file, film, field, value and what was expected.
    """
    try:
        data = path.read_bytes()
        content = tomllib.loads(data.decode("utf-8"))
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: byte {error.start} is not UTF-8; expected a TOML file in UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path}: is not TOML: {error}") from error
    said = _table(path, content.get("source", {}), "[source]")
    films = content.get("film")
    if not isinstance(films, list) or not films:
        raise InputError(f"{path}: holds no [[film]] table; expected one for each film")
    name = _text(path, said, "name", "[source]") or path.name
    return FactsFile(
        name=name,
        title=_text(path, said, "title", "[source]") or name,
        sha256=hashlib.sha256(data).hexdigest(),
        version=_text(path, said, "version", "[source]"),
        published=_text(path, said, "date", "[source]"),
        licence=_text(path, said, "licence", "[source]"),
        films=tuple(_film(path, name, number, film) for number, film in enumerate(films, start=1)),
    )


def _film(path: Path, source: str, number: int, raw: object) -> Facts:
    film = _table(path, raw, f"film {number}")
    title = film.get("title")
    where = f"film {number}" + (f" ({title!r})" if title else "")
    unknown = sorted(set(film) - _KNOWN)
    if unknown:
        raise InputError(f"{path}: {where}: unknown field {unknown[0]!r}; expected one of {', '.join(sorted(_KNOWN))}")
    if not _text(path, film, "title", where):
        raise InputError(f"{path}: {where}: has no title")
    jobs = tuple(Credit(name, job) for key, job in _JOBS.items() for name in _texts(path, film, key, where))
    pairs = _pairs(path, film, where)
    place = {actor: number for number, actor in enumerate(dict.fromkeys(actor for actor, _ in pairs), start=1)}
    roles = tuple(Role(actor, character, None, SURE, billing=place[actor]) for actor, character in pairs)
    return Facts(source=source, film=_data(path, film, where), credits=jobs, roles=roles)


def _data(path: Path, film: dict[str, Any], where: str) -> Film:
    strings = {key: _value(_text(path, film, key, where)) for key in _STRINGS if key != "id"}
    numbers = {key: _value(_integer(path, film, key, where)) for key in _INTEGERS}
    lists = {key: tuple(Value(item) for item in _texts(path, film, key, where)) for key in _LISTS}
    return Film(**strings, **numbers, **lists, identifier=_text(path, film, "id", where))  # type: ignore[arg-type]


def _value(value: Any) -> Value[Any] | None:
    return None if value is None else Value(value)


def _table(path: Path, raw: object, where: str) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise InputError(f"{path}: {where}: expected a table, got {raw!r}")
    return raw


def _text(path: Path, table: dict[str, Any], key: str, where: str) -> str | None:
    value = table.get(key)
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip():
        raise InputError(f"{path}: {where}: {key} is {value!r}; expected a text in quotes")
    return value.strip()


def _texts(path: Path, table: dict[str, Any], key: str, where: str) -> list[str]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise InputError(f"{path}: {where}: {key} is {value!r}; expected a list of texts")
    return [item.strip() for item in value]


def _pairs(path: Path, table: dict[str, Any], where: str) -> list[tuple[str, str]]:
    value = table.get("roles", [])
    if not isinstance(value, list):
        raise InputError(f'{path}: {where}: roles is {value!r}; expected pairs ["actor", "character"]')
    for pair in value:
        if not (isinstance(pair, list) and len(pair) == 2 and all(isinstance(p, str) and p.strip() for p in pair)):
            raise InputError(f'{path}: {where}: role {pair!r}; expected a pair ["actor", "character"]')
    return [(actor.strip(), character.strip()) for actor, character in value]


def _integer(path: Path, table: dict[str, Any], key: str, where: str) -> int | None:
    value, (low, high) = table.get(key), _INTEGERS[key]
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise InputError(f"{path}: {where}: {key} is {value!r}; expected a whole number from {low} to {high}")
    return value
