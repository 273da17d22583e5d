"""The forms in which answers to SPARQL queries are given, in one table, and the choice between forms by Accept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from graph.store import Form, types_for


@dataclass(frozen=True, slots=True)
class Format:
    """One form of answer: its media type as sent, its file suffix, its label, and the other names it goes by.

    ``w3c`` is its name in http://www.w3.org/ns/formats/.
    """

    media: str
    suffix: str
    label: str
    w3c: str
    also: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The value of Content-Type; text types say their charset, for which others have a default of their own."""
        return f"{self.media}; charset=utf-8" if self.media.startswith("text/") else self.media


FORMATS = (
    Format("application/sparql-results+json", "json", "JSON", "SPARQL_Results_JSON", ("application/json",)),
    Format("application/sparql-results+xml", "xml", "XML", "SPARQL_Results_XML", ("application/xml", "text/xml")),
    Format("text/csv", "csv", "CSV", "SPARQL_Results_CSV"),
    Format("text/tab-separated-values", "tsv", "TSV", "SPARQL_Results_TSV"),
    Format("text/turtle", "ttl", "Turtle", "Turtle", ("application/x-turtle",)),
    Format("application/ld+json", "jsonld", "JSON-LD", "JSON-LD", ("application/json",)),
    Format("application/n-triples", "nt", "N-Triples", "N-Triples", ("text/plain",)),
    Format("application/rdf+xml", "rdf", "RDF/XML", "RDF_XML", ("application/xml", "text/xml")),
    Format("application/trig", "trig", "TriG", "TriG", ("application/x-trig",)),
    Format("application/n-quads", "nq", "N-Quads", "N-Quads"),
)
"""Every form that the engine writes; serialising is the engine's work (``graph.store``)."""
_BY_MEDIA = {entry.media: entry for entry in FORMATS}


@lru_cache(maxsize=16)
def formats_for(form: Form) -> tuple[Format, ...]:
    """The forms in which the answer to a query of this form can be given, the preferred one first."""
    return tuple(_BY_MEDIA[media] for media in types_for(form))


def choose(accept: str | None, offered: Iterable[Format]) -> Format | None:
    """The format that an Accept header likes best, by its own or another name; None where it refuses all."""
    names = {name: entry for entry in reversed(tuple(offered)) for name in (*entry.also, entry.media)}
    order = sorted(names, key=lambda name: (name != names[name].media, list(_BY_MEDIA).index(names[name].media)))
    best = negotiate(accept, order)
    return names[best] if best is not None else None


def negotiate(accept: str | None, offered: Iterable[str]) -> str | None:
    """The offered media type that an Accept header likes best; among equals the first offered. None if it refuses all.

    A missing or empty header accepts everything; ranges that cannot be read are passed over; ``q=0`` refuses.

    >>> negotiate("text/html, text/turtle;q=0.5", ["text/turtle", "application/ld+json"])
    'text/turtle'
    >>> negotiate("*/*, text/turtle;q=0", ["text/turtle", "application/ld+json"])
    'application/ld+json'
    >>> negotiate("image/png", ["text/turtle"]) is None, negotiate(None, ["text/turtle"])
    (True, 'text/turtle')
    """
    ranges = _ranges(accept or "")
    best, best_q = None, 0.0
    for media in offered:
        q = _quality(media.lower(), ranges) if ranges else 1.0
        if q > best_q:
            best, best_q = media, q
    return best


_RANGE = re.compile(r"\s*([\w!#$&^.+*-]{1,127})/([\w!#$&^.+*-]{1,127})\s*(;.*)?", re.ASCII)
_Q = re.compile(r";\s*q\s*=\s*([^;\s]*)", re.IGNORECASE)
_QVALUE = re.compile(r"(0(\.\d{0,3})?|1(\.0{0,3})?)")


def _ranges(accept: str) -> dict[str, float]:
    """Media range to q; the first mention counts."""
    found: dict[str, float] = {}
    for part in accept.split(","):
        media = _RANGE.fullmatch(part)
        q = _Q.search(media[3]) if media and media[3] else None
        if media and (q is None or _QVALUE.fullmatch(q[1])):
            found.setdefault(f"{media[1]}/{media[2]}".lower(), float(q[1]) if q else 1.0)
    return found


def _quality(media: str, ranges: dict[str, float]) -> float:
    """The q of the most specific range that covers the type."""
    for candidate in (media, media.split("/")[0] + "/*", "*/*"):
        if candidate in ranges:
            return ranges[candidate]
    return 0.0
