"""Which thing of the graph a text means: an IRI, a path, or a name. What there is not is refused, with near ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from rdflib import Literal, URIRef

from agents.answers import Entity, Ref
from agents.world import View
from graph import query
from graph.errors import QueryError
from graph.iris import slug
from graph.sidecar import find
from graph.vocabulary import FILM

KINDS = {
    "film": FILM.Film,
    "person": FILM.Person,
    "character": FILM.Character,
    "genre": FILM.Genre,
    "review": FILM.Review,
}
"""What has a name that can be searched for."""
OFFERS = 6
LONGEST = 300
"""Characters of a name or IRI that an error repeats."""
_IRI = re.compile(r"https?://[^\x00-\x20<>\"{}|\\^`]+")
_PATH = re.compile(r"/?(?:film|person|character|genre|review|role|credit|rating|evidence|dataset)/\S+")
_YEAR = re.compile(r"\s*\((\d{4})\)\s*$")


class UnknownError(QueryError):
    """No thing of the graph is meant by a text, or several may be; the message offers those that may."""


@dataclass(frozen=True, slots=True)
class WhatRow:
    """One row of ``tools/what``."""

    thing: str
    kind: str
    label: str | None


@dataclass(frozen=True, slots=True)
class FindRow:
    """One row of ``find``."""

    iri: str
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class WithdrawnRow:
    """One row of ``withdrawn/of-role``, as far as it is told."""

    reason: str
    day: str


def meant(view: View, text: str, kind: str) -> Ref:
    """The one thing of a kind that a text means. Raises UnknownError, with near ones, where there is not just one."""
    asked = text.strip()
    if is_address(asked):
        return fact(view, asked, (kind,))
    exact = _bearers(view, asked, kind)
    if not exact and " " not in asked and (found := _described(view, view.iris.resource(f"{kind}/{asked}"))):
        return Ref(iri=found[0].thing, label=found[0].label or asked)
    if len(exact) == 1:
        return Ref(iri=exact[0].iri, label=exact[0].label)
    if exact:
        raise UnknownError(f"{len(exact)} {_plural(kind)} are called {_cut(asked)!r}: {_offer(exact)}; give the IRI")
    raise unknown(f"no {kind} is called {_cut(asked)!r}", near(view, asked, kind))


def fact(view: View, text: str, kinds: Sequence[str]) -> Ref:
    """The thing behind an IRI or path, of one of these kinds. Raises UnknownError where there is none."""
    iri = address(view, text)
    rows = _described(view, iri)
    if not rows and len(heirs := _successors(view, iri)) == 1:
        rows = _described(view, *heirs)
    found = {row.kind.removeprefix(str(FILM)).lower() for row in rows}
    if not rows:
        raise unknown_thing(view, iri)
    if not found & set(kinds):
        wanted = " or ".join(kinds)
        raise UnknownError(f"<{iri}> is a {min(found)}; expected the IRI of a {wanted}")
    return Ref(iri=rows[0].thing, label=rows[0].label or rows[0].thing)


def is_address(text: str) -> bool:
    """Whether a text is an IRI or a path rather than a name.

    >>> is_address("http://localhost:8000/film/x"), is_address("film/skyfall-2012"), is_address("Face/Off")
    (True, True, False)
    """
    return "://" in text or bool(_PATH.fullmatch(text))


def address(view: View, text: str) -> URIRef:
    """The IRI that an IRI or a path stands for. Raises UnknownError for what can be none."""
    plain = text.strip().strip("<>")
    if "://" not in plain:
        return view.iris.resource(plain.lstrip("/"))
    if not _IRI.fullmatch(plain):
        raise UnknownError(f"{_cut(plain)!r} is no IRI; take one from an answer of find_entity, who_played or roles_of")
    return URIRef(plain)


def search(view: View, text: str, kind: str | None, limit: int) -> tuple[list[Entity], bool]:
    """Up to ``limit`` things called so, or roles named by two sides, and whether they are only spelt much alike."""
    if view.sidecar is None:
        return _asked(view, text, kind, limit), False
    hits = find(view.sidecar, text, None, limit) if kind is None else view.sidecar.search(text, kind, limit=limit)
    found = [Entity(iri=hit.iri, kind=hit.kind, label=hit.label, detail=hit.detail or None) for hit in hits]
    return found, any(hit.near for hit in hits)


def near(view: View, text: str, kind: str | None) -> list[Entity]:
    """Things whose names are like a text; a server without an index is asked for the longest word of it."""
    words = _YEAR.sub("", text)
    if not words:
        return []
    if view.sidecar is None:
        words = max(words.split(), key=len, default=words)
    return search(view, words, kind, OFFERS)[0]


def unknown(said: str, offers: Iterable[Entity]) -> UnknownError:
    """The error for what there is not, with what may be meant."""
    listed = _offer(list(offers)[:OFFERS])
    return UnknownError(f"{said}; {f'near ones: {listed}' if listed else 'look for it with find_entity'}")


def unknown_thing(view: View, iri: str) -> UnknownError:
    """The error for an IRI of which the graph says nothing, or only what took its place, or why it was withdrawn."""
    kind = _kind_of(view, iri)
    if heirs := _successors(view, URIRef(iri)):
        labels = {row.thing: row.label for row in _described(view, *heirs)}
        taken = [Entity(iri=heir, kind=kind or "", label=labels.get(str(heir)) or heir) for heir in heirs]
        return UnknownError(f"<{_cut(iri)}> was merged into others: {_offer(taken)}; give the IRI of one")
    for gone in query.rows(view.source, "withdrawn/of-role", WithdrawnRow, thing=URIRef(iri)):
        return UnknownError(f"<{_cut(iri)}> was withdrawn on {gone.day}, since it was wrong: {gone.reason}")
    return unknown(f"there is no <{_cut(iri)}> in the graph", near(view, _words(iri), kind))


def _bearers(view: View, text: str, kind: str) -> list[Entity]:
    """Those of a kind that bear the name exactly; a title may be followed by its year in brackets."""
    year = _YEAR.search(text)
    name = _YEAR.sub("", text)
    if view.sidecar is None:
        found = [each for each in _asked(view, name, kind, 100) if slug(_YEAR.sub("", each.label)) == slug(name)]
        named = [each.iri for each in found]
    else:
        named = view.sidecar.named(kind, [text]) or view.sidecar.named(kind, [name])
    rows = {row.thing: row.label for row in _described(view, *map(URIRef, named))}
    known = [Entity(iri=iri, kind=kind, label=rows.get(iri) or iri) for iri in named]
    return [each for each in known if year is None or year[1] in f"{each.label} {each.iri}"]


def _asked(view: View, text: str, kind: str | None, limit: int) -> list[Entity]:
    """What a remote server finds by reading all labels."""
    classes = [KINDS[kind]] if kind else list(KINDS.values())
    rows = query.rows(view.source, "find", FindRow, limit=limit, text=Literal(text), **{"class": classes})
    names = {str(iri): name for name, iri in KINDS.items()}
    return [Entity(iri=row.iri, kind=names[row.kind], label=row.label) for row in rows]


def _described(view: View, *things: URIRef) -> list[WhatRow]:
    return query.rows(view.source, "tools/what", WhatRow, thing=things) if things else []


def _successors(view: View, iri: URIRef) -> list[URIRef]:
    """What a thing published earlier was merged into: several where its name stood for several."""
    return [URIRef(str(row[0])) for row in view.source.select(query.fill("known/moved", thing=iri)).rows]


def _kind_of(view: View, iri: str) -> str | None:
    first = (view.iris.path(iri) or "").split("/")[0]
    return first if first in KINDS else None


def _words(iri: str) -> str:
    """The name that the end of an IRI seems to mean.

    >>> _words("http://localhost:8000/film/1-mile-to-yuo-2017")
    '1 mile to yuo'
    """
    last = unquote(iri).rstrip("/").rsplit("/", 1)[-1].split(".", 1)[0]
    return re.sub(r"(?<=\S) \d{4}$", "", " ".join(last.replace("-", " ").replace("_", " ").split()))


def _offer(things: Sequence[Entity]) -> str:
    lines = [f"{each.label}{f' ({each.detail})' if each.detail else ''} <{each.iri}>" for each in things[:OFFERS]]
    return ", ".join(lines) + (f" and {len(things) - OFFERS} more" if len(things) > OFFERS else "")


def _plural(kind: str) -> str:
    return "people" if kind == "person" else f"{kind}s"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
