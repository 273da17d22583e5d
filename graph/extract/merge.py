"""Facts of the text and facts of a document's metadata, brought together; what is from metadata has no evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from graph.extract import headings, names
from graph.facts import Credit, Film, Metadata, Rating, Role, Value

STATED = 0.95
"""The confidence of a role that metadata states."""


def value(found: Value[str] | None, stated: str | None) -> Value[str] | None:
    """The text's value, else the metadata's."""
    return found if found is not None or stated is None else Value(stated)


def film(found: Film, known: Metadata) -> Film:
    """The film of the text, completed: a title of metadata gives way only to a surer one of the text."""
    title, year = headings.from_headline(known.title) if known.title else (None, None)
    headline_title, headline_year = headings.from_headline(known.headline) if known.headline else (None, None)
    stated = title or known.title or headline_title
    return replace(
        found,
        title=_title(found.title, stated),
        year=found.year or _known(known.year or year or headline_year),
        original_title=found.original_title or _known(known.original_title),
        genres=_both(found.genres, known.genres),
        runtime=found.runtime or _known(known.runtime),
        certificate=found.certificate or _known(known.certificate),
        countries=_both(found.countries, known.countries),
        studios=_both(found.studios, known.studios),
    )


def _title(found: Value[str] | None, stated: str | None) -> Value[str] | None:
    if stated is None or (found is not None and names.key(found.value) == names.key(stated)):
        return found
    weak = found is None or max((evidence.confidence for evidence in found.evidence), default=0.0) < 0.8
    return Value(stated) if weak else found


def _known(stated: object) -> Value | None:  # type: ignore[type-arg]  # a year or a text, as it comes
    return None if stated is None else Value(stated)


def _both(found: tuple[Value[str], ...], stated: Iterable[str]) -> tuple[Value[str], ...]:
    """The text's values, then those of the metadata that the text does not have."""
    keys = {names.key(value.value) for value in found}
    return found + tuple(Value(text) for text in dict.fromkeys(stated) if names.key(text) not in keys)


def credits(found: tuple[Credit, ...], known: Metadata) -> tuple[Credit, ...]:  # noqa: A001 - the field's own word
    """The text's credits, and the metadata's that the text does not name."""
    keys = {(credit.job, names.key(credit.person)) for credit in found}
    stated = [*(("director", name) for name in known.directors), *known.credits]
    return found + tuple(Credit(name, job) for job, name in stated if (job, names.key(name)) not in keys)


def cast(found: tuple[Value[str], ...], known: Metadata) -> tuple[Value[str], ...]:
    """The text's cast, then the metadata's."""
    return _both(found, known.cast)


def roles(found: tuple[Role, ...], known: Metadata) -> tuple[Role, ...]:
    """The text's listed roles, and the metadata's that the text does not list."""
    keys = {(names.key(role.actor), names.key(role.character or "")) for role in found}
    return found + tuple(
        Role(actor, character, None, STATED)
        for actor, character in known.roles
        if (names.key(actor), names.key(character)) not in keys
    )


def ratings(found: tuple[Rating, ...], known: Metadata) -> tuple[Rating, ...]:
    """The text's ratings, and the metadata's that say something else."""
    said = {(rating.kind, round(rating.value / rating.best, 3)) for rating in found}
    return found + tuple(r for r in known.ratings if (r.kind, round(r.value / r.best, 3)) not in said)
