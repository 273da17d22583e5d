"""The fields that may stand beside a review's text, in front matter or in JSON: their names, types and checks.

A field of a JSON review must have the type that it should have; front matter is written for other programs, so what
does not fit there is left out. A rating without an end of its scale gets schema.org's, 5; or 10, or 100, if it is
larger than that.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from graph.errors import InputError
from graph.facts import Metadata, Rating

_ISO_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2}(?:[T ]\d{2}:\d{2}[^\s]{0,20})?)?)?$")
_SCORE = re.compile(r"(?P<value>\d{1,3}(?:\.\d{1,3})?)\s*(?:/|out of|of)\s*(?P<best>\d{1,3}(?:\.\d)?)$")
_PERCENT = re.compile(r"(?P<value>\d{1,3}(?:\.\d{1,2})?)\s?%$")


class WrongField(ValueError):  # noqa: N818 - says what it is about
    """A field has a value that it cannot have; the text says what was expected."""


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise WrongField("a text")
    return " ".join(value.split())


def _year(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1870 <= value <= 2100:
        raise WrongField("a year as a whole number from 1870 to 2100")
    return value


def _date(value: object) -> str:
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()[:10]
    if not isinstance(value, str) or not _ISO_DATE.match(value.strip()):
        raise WrongField('a date in ISO 8601, such as "2017-04-11"')
    try:
        dt.date.fromisoformat((value.strip() + "-01-01")[:10])
    except ValueError as error:
        raise WrongField("a date that the calendar has") from error
    return value.strip()


def _texts(value: object) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    texts = [" ".join(item.split()) for item in items if isinstance(item, str) and item.strip()]
    if len(texts) < len(items):
        raise WrongField("a text or a list of texts")
    return tuple(texts)


def _cast(value: object) -> tuple[tuple[str, str | None], ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(_member(item) for item in items)


def _member(item: object) -> tuple[str, str | None]:
    if isinstance(item, str) and item.strip():
        return " ".join(item.split()), None
    if isinstance(item, dict) and isinstance(item.get("actor"), str) and isinstance(item.get("character"), str | None):
        return item["actor"].strip(), item.get("character") or None
    raise WrongField('a list of names or of {"actor": …, "character": …}')


def rating(value: object, kind: str = "own") -> Rating:
    """A rating given as 3.5, "3.5/5", "85%" or {"value": 3.5, "best": 5, "count": 4, "kind": "user"}.

    >>> rating("7 out of 10").best
    10.0
    """
    if isinstance(value, dict):
        return _rating_of_mapping(value, kind)
    if isinstance(value, str):
        match = _SCORE.match(value.strip()) or _PERCENT.match(value.strip())
        if match is None and not re.fullmatch(r"\d{1,3}(?:\.\d{1,3})?", value.strip()):
            raise WrongField('a number, or a text such as "3.5/5"')
        found = match.groupdict() if match else {"value": value}
        return _rating(float(found["value"]), float(found.get("best") or (100 if match else 0)) or None, None, kind)
    return _rating(_number(value), None, None, kind)


def _rating_of_mapping(value: Mapping[str, Any], kind: str) -> Rating:
    count, best, named = value.get("count"), value.get("best"), value.get("kind", kind)
    if named not in ("own", "user") or not (count is None or (isinstance(count, int) and count >= 0)):
        raise WrongField('"kind" own or user, "count" a whole number')
    return _rating(_number(value.get("value")), None if best is None else _number(best), count, named)


def _rating(value: float, best: float | None, count: int | None, kind: str) -> Rating:
    scale = best if best is not None else next((s for s in (5.0, 10.0, 100.0) if value <= s), 0.0)
    if not 0 <= value <= scale:
        raise WrongField("a value between 0 and the end of its scale")
    return Rating(kind, value, scale, count)


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not -1e9 < value < 1e9:
        raise WrongField("a number")
    return float(value)


def _ratings(value: object) -> tuple[Rating, ...]:
    return tuple(rating(item) for item in (value if isinstance(value, list) else [value]))


Check = Callable[[object], Any]

_FIELDS: tuple[tuple[str, tuple[str, ...], Check], ...] = (
    ("title", ("title",), _text),
    ("year", ("year",), _year),
    ("original_title", ("original_title",), _text),
    ("directors", ("directors", "director"), _texts),
    ("cast", ("cast", "actors", "starring"), _cast),
    ("genres", ("genres", "genre"), _texts),
    ("ratings", ("rating", "ratings"), _ratings),
    ("headline", ("headline",), _text),
    ("author", ("author", "reviewer"), _text),
    ("outlet", ("outlet", "publication"), _text),
    ("published", ("date", "published"), _date),
    ("url", ("url",), _text),
    ("language", ("language",), _text),
)


def from_json(record: Mapping[str, Any], where: str) -> Metadata:
    """The metadata of a JSON review; ``where`` names the file, and the line if there are several, in an error."""
    found: dict[str, Any] = {}
    for name, keys, check in _FIELDS:
        for key in keys:
            if record.get(key) is not None and name not in found:
                try:
                    found[name] = check(record[key])
                except WrongField as error:
                    raise InputError(f"{where}: {key}: {_shown(record[key])} is not {error}") from error
    return _metadata(found)


def from_front_matter(record: Mapping[str, Any]) -> Metadata:
    """The metadata of a page's front matter; its ``title`` is the page's headline, its ``film`` the film's title."""
    found: dict[str, Any] = {}
    for name, keys, check in _FIELDS:
        for key in (*keys, *_FRONT_MATTER_KEYS.get(name, ())):
            if record.get(key) is not None and name not in found:
                found |= _kept(name, check, record[key])
    headline = found.get("headline") or found.get("title")
    film = next(
        (record[key] for key in ("film", "movie", "film_title", "movie_title") if isinstance(record.get(key), str)),
        None,
    )
    return replace(_metadata(found), headline=headline, title=film or found.get("title"))


_FRONT_MATTER_KEYS = {
    "directors": ("directed_by",),
    "year": ("release_year", "film_year"),
    "ratings": ("score", "stars"),
    "author": ("by", "critic", "reviewed_by"),
    "outlet": ("site", "source"),
    "published": ("publish_date", "published_at", "review_date"),
    "url": ("permalink", "canonical_url"),
    "language": ("lang",),
}


def _kept(name: str, check: Check, value: object) -> dict[str, Any]:
    """The field if its value fits, else nothing."""
    if name == "year" and isinstance(value, str) and value.strip().isdigit():
        value = int(value)
    try:
        return {name: check(value)}
    except WrongField:
        return {}


def _metadata(found: dict[str, Any]) -> Metadata:
    members = found.pop("cast", ())
    roles = tuple((actor, character) for actor, character in members if character is not None)
    return Metadata(**found, cast=tuple(dict.fromkeys(actor for actor, _ in members)), roles=roles)


def _shown(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else shown[:57] + "…"
