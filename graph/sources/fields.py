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
from graph.sources.scores import read_score

_ISO_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2}(?:[T ]\d{2}:\d{2}[^\s]{0,20}(?: ?[+-]\d{2}:?\d{2}| UTC)?)?)?)?$")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WRITTEN_DATE = re.compile(
    rf"(?:(?P<first>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?)?(?P<month>{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
    r"(?: (?P<second>\d{1,2})(?:st|nd|rd|th)?)?,? (?P<year>\d{4})",
    re.IGNORECASE,
)
_COMMA = re.compile(r"\s*[,;](?!\s*(?:Jr|Sr|I{2,3}|IV)\b)\s*(?:and |& )?|\s+(?:and|&)\s+")
_PLAYED = re.compile(r"(?P<actor>[^()]+?) (?:as (?P<as>[^()]+)|\((?:as )?(?P<bracket>[^()]+)\))")
_DURATION = re.compile(
    r"(?:PT)?(?:(?P<hours>\d)\s?h(?:ours?|rs?)?,?\s?)?(?:(?P<minutes>\d{1,3})\s?(?:m(?:in(?:ute)?s?)?\.?)?)?",
    re.IGNORECASE,
)


class WrongField(ValueError):  # noqa: N818 - says what it is about
    """A field has a value that it cannot have; the text says what was expected."""


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise WrongField("a text")
    return " ".join(value.split())


def _year(value: object) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value[:5])
    if isinstance(value, bool) or not isinstance(value, int) or not 1870 <= value <= 2100:
        raise WrongField("a year as a whole number from 1870 to 2100")
    return value


def _date(value: object) -> str:
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()[:10]
    if isinstance(value, str) and (written := _WRITTEN_DATE.fullmatch(value.strip())):
        value = _written_date(written)
    if not isinstance(value, str) or not _ISO_DATE.match(value.strip()):
        raise WrongField('a date in ISO 8601, such as "2017-04-11"')
    try:
        dt.date.fromisoformat((value.strip() + "-01-01")[:10])
    except ValueError as error:
        raise WrongField("a date that the calendar has") from error
    return value.strip()


def _written_date(match: re.Match[str]) -> str:
    """A date such as "11 April 2017" or "April 11th, 2017" in ISO 8601; "April 2017" without a day."""
    month = _MONTHS.index(match["month"].lower()) + 1
    day = match["first"] or match["second"]
    return f"{match['year']}-{month:02}" + (f"-{int(day):02}" if day else "")


def minutes(value: object) -> int:
    """A length of time in minutes, given as 98, "98 min", "1h 38m" or "PT1H38M".

    >>> minutes("1h 38m"), minutes("PT98M")
    (98, 98)
    """
    match = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    if match and (match["hours"] or match["minutes"]):
        value = 60 * int(match["hours"] or 0) + int(match["minutes"] or 0)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 6000:
        raise WrongField('a length in minutes, such as 98 or "1h 38m"')
    return value


def _texts(value: object) -> tuple[str, ...]:
    items = value if isinstance(value, list) else _COMMA.split(value) if isinstance(value, str) else [value]
    texts = [" ".join(item.split()) for item in items if isinstance(item, str) and item.strip()]
    if len(texts) < len(items):
        raise WrongField("a text or a list of texts")
    return tuple(texts)


def _cast(value: object) -> tuple[tuple[str, str | None], ...]:
    items = value if isinstance(value, list) else _COMMA.split(value) if isinstance(value, str) else [value]
    return tuple(_member(item) for item in items)


def _member(item: object) -> tuple[str, str | None]:
    if isinstance(item, str) and item.strip():
        played = _PLAYED.fullmatch(" ".join(item.split()))
        return (played["actor"], played["as"] or played["bracket"]) if played else (" ".join(item.split()), None)
    if isinstance(item, dict) and isinstance(item.get("actor"), str) and isinstance(item.get("character"), str | None):
        return item["actor"].strip(), item.get("character") or None
    raise WrongField('a list of names or of {"actor": …, "character": …}')


def rating(value: object, kind: str = "own") -> Rating:
    """A rating given as 3.5, "3.5/5", "★★★½", "B+", "85%" or {"value": 3.5, "best": 5, "count": 4, "kind": "user"}.

    >>> rating("7 out of 10").best
    10.0
    """
    if isinstance(value, dict):
        return _rating_of_mapping(value, kind)
    if isinstance(value, str):
        score = read_score(value)
        if score is None:
            raise WrongField('a number, or a text such as "3.5/5"')
        return _rating(score[0], score[1], None, kind)
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
    if isinstance(value, str) and re.fullmatch(r"\d{1,4}(?:\.\d{1,3})?", value.strip()):
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not -1e9 < value < 1e9:
        raise WrongField("a number")
    return float(value)


def _ratings(value: object) -> tuple[Rating, ...]:
    return tuple(rating(item) for item in (value if isinstance(value, list) else [value]))


_CREDITS = ("writer", "composer", "cinematographer", "editor", "producer")
"""The jobs that fields may name; ``editor`` alone is more often a site's editor than a film's."""

Check = Callable[[object], Any]

_FIELDS: tuple[tuple[str, tuple[str, ...], Check], ...] = (
    ("title", ("title",), _text),
    ("year", ("year",), _year),
    ("original_title", ("original_title",), _text),
    ("directors", ("directors", "director"), _texts),
    ("cast", ("cast", "actors", "starring"), _cast),
    ("writers", ("writers", "writer", "screenplay"), _texts),
    ("composers", ("composers", "composer", "music"), _texts),
    ("cinematographers", ("cinematographers", "cinematographer", "cinematography"), _texts),
    ("editors", ("editors",), _texts),
    ("producers", ("producers", "producer"), _texts),
    ("genres", ("genres", "genre"), _texts),
    ("runtime", ("runtime", "running_time", "duration"), minutes),
    ("certificate", ("certificate", "mpaa", "certification"), _text),
    ("countries", ("countries", "country"), _texts),
    ("studios", ("studios", "studio"), _texts),
    ("ratings", ("rating", "ratings"), _ratings),
    ("headline", ("headline",), _text),
    ("author", ("author", "reviewer"), _text),
    ("outlet", ("outlet", "publication"), _text),
    ("published", ("date", "published"), _date),
    ("url", ("url",), _text),
    ("language", ("language",), _text),
    ("licence", ("licence", "license"), _text),
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
    film_of = record.get("film") or record.get("movie")
    record = {**(film_of if isinstance(film_of, Mapping) else {}), **_nested(record), **record}
    for name, keys, check in _FIELDS:
        for key in (*keys, *_FRONT_MATTER_KEYS.get(name, ())):
            if record.get(key) is not None and name not in found:
                found |= _kept(name, check, record[key])
    headline = found.get("headline") or found.get("title")
    film = next(
        (record[key] for key in ("film", "movie", "film_title", "movie_title") if isinstance(record.get(key), str)),
        None,
    )
    if film is None and isinstance(film_of, Mapping):
        film = next((film_of[key] for key in ("title", "name") if isinstance(film_of.get(key), str)), None)
    return replace(_metadata(found), headline=headline, title=film or found.get("title"))


def _nested(record: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that a site's generator keeps under a heading of their own."""
    inner = [record[key] for key in ("params", "extra", "review") if isinstance(record.get(key), Mapping)]
    return {key: value for fields in inner for key, value in fields.items() if isinstance(key, str)}


_FRONT_MATTER_KEYS = {
    "directors": ("directed_by",),
    "year": ("release_year", "film_year"),
    "ratings": ("score", "stars", "grade", "my_rating", "star_rating"),
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
    made = tuple((job, name) for job in _CREDITS for name in found.pop(f"{job}s", ()))
    return Metadata(**found, credits=made, cast=tuple(dict.fromkeys(actor for actor, _ in members)), roles=roles)


def _shown(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else shown[:57] + "…"
