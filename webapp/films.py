"""Films: the list, and the page of each."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response

from webapp import links, respond, structured
from webapp.fill import tables
from webapp.fill.films import film_page
from webapp.listing import listed
from webapp.pages import CastLine, FilmPage
from webapp.site import view

blueprint = Blueprint("films", __name__)
FIRST = 60
"""Roles shown before the button that asks for all."""
SEVERAL = 2
"""Roles with sentences from which on all can be opened at once."""
ALL = "all"


@blueprint.get("/films", defaults={"suffix": ""})
@blueprint.get("/films<suffix>")
def listing(suffix: str) -> Response:
    """Films by title, the newest first, or the best rated first; ``year`` lets those by year begin at a year."""
    return listed(f"films{suffix}", "films")


@blueprint.get("/film/<path:key>")
def film(key: str) -> Response:
    """One film."""
    return respond.resource(f"film/{key}", "films/film.html", film_page, _extra, named=True, roles=tables.of_film)


def _extra(page: FilmPage) -> dict[str, Any]:
    whole, opened = (request.args.get(name) == ALL for name in ("cast", "sentences"))
    shown = page.cast if whole or len(page.cast) <= FIRST + FIRST // 4 else _first(page.cast)
    return {
        "section": "Films",
        "shown": shown,
        "opened": opened,
        "sentences": _sentences(shown, whole=whole, opened=opened),
        "whole": _address(cast=ALL, sentences=ALL if opened else ""),
        "schema": structured.film(page),
    }


def _sentences(shown: tuple[CastLine, ...], *, whole: bool, opened: bool) -> tuple[str, str] | None:
    """Where all sentences are open, or folded again, and words for it; None where there are not several."""
    if sum(1 for role in shown if role.proofs) < SEVERAL:
        return None
    address = _address(cast=ALL if whole else "", sentences="" if opened else ALL)
    return address, "Fold the sentences" if opened else "Show all sentences"


def _address(**terms: str) -> str:
    return f"{links.terms(**terms) or '?'}#cast"


def _first(cast: tuple[CastLine, ...]) -> tuple[CastLine, ...]:
    """The roles by billing, then those that are proved, then those of the people who are in most films."""
    people = [role.person.iri for role in cast]
    sidecar = view().sidecar
    known = (sidecar.busiest(people, FIRST) if sidecar else None) or people
    place = {person: number for number, person in enumerate(known)}
    unbilled = [role for role in cast if role.billing is None]
    unbilled.sort(key=lambda role: (not role.proofs, place.get(role.person.iri, len(place))))
    return (*(role for role in cast if role.billing is not None), *unbilled)[:FIRST]
