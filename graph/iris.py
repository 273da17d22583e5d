"""Mint and read the IRIs of everything the service publishes.

Paths are readable and stable: ``film/1-mile-to-you-2017``, ``person/graham-rogers``. Letters of any script are kept
(an IRI may hold them); accents of Latin letters are dropped, so that two spellings of one name meet.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

from rdflib import URIRef

from graph.errors import SettingError

DEFAULT_BASE = "http://localhost:8000/"
WITHDRAWALS = "graph/withdrawals"
MAX_SLUG = 80
"""Longest slug in characters; a longer one is cut and ends with a digest, so that it stays unique."""

_LATIN_EXTRA = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"}
)


@lru_cache(maxsize=65536)
def slug(text: str) -> str:
    """A name as the end of an IRI.

    >>> slug("Amélie Poulain"), slug("Dr. No"), slug("O’Neill"), slug("七人の侍"), slug("???")
    ('amelie-poulain', 'dr-no', 'oneill', '七人の侍', 'x-a03b221c')
    """
    folded = "".join(_fold(c) for c in unicodedata.normalize("NFKC", text).casefold().translate(_LATIN_EXTRA))
    folded = folded.replace("&", " and ")
    folded = re.sub(r"['’‘`ʼ]", "", folded)
    words = re.sub(r"[^\w]+|_+", "-", folded).strip("-")
    if not words:
        return "x-" + _digest(text)
    if len(words) > MAX_SLUG:
        return words[: MAX_SLUG - 9].rstrip("-") + "-" + _digest(words)
    return words


def _fold(char: str) -> str:
    """The letter without its accent if it is Latin or Greek; other scripts need their marks."""
    decomposed = unicodedata.normalize("NFD", char)
    return decomposed[0] if len(decomposed) > 1 and decomposed[0] < "\u0400" else char


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def check_base(base: str, setting: str = "FILMGRAPH_BASE") -> None:
    """Raise SettingError, with the name of the setting, where a base is no http(s) IRI that ends with a slash."""
    if not re.fullmatch(r"https?://[^\s<>\"{}|\\^`#?]+/", base):
        raise SettingError(f"{setting} is {base!r}; expected an http(s) IRI that ends with a slash")


def root_of(base: str) -> str:
    """The path of a base without the slash at its end, nothing for a base at the root of its host.

    >>> root_of("https://example.org/kg/"), root_of("https://example.org/")
    ('/kg', '')
    """
    return unquote(urlsplit(base).path).rstrip("/")


@dataclass(frozen=True, slots=True)
class Iris:
    """Mints the IRIs under one base.

    >>> iris = Iris("https://films.example/")
    >>> str(iris.film("1 Mile To You", 2017))
    'https://films.example/film/1-mile-to-you-2017'
    >>> iris.path(iris.person("Tim Roth"))
    'person/tim-roth'
    """

    base: str = DEFAULT_BASE

    def __post_init__(self) -> None:
        check_base(self.base)

    def film(self, title: str, year: int | None, identifier: str | None = None) -> URIRef:
        """The film by its source's own id, else by title and year."""
        key = identifier or slug(title) + (f"-{year}" if year is not None else "")
        return self._mint("film", key)

    def person(self, name: str, identifier: str | None = None) -> URIRef:
        """The person by the source's own id, else by name."""
        return self._mint("person", identifier or slug(name))

    def genre(self, name: str) -> URIRef:
        """The genre by its name."""
        return self._mint("genre", slug(name))

    def character(self, film: URIRef, name: str) -> URIRef:
        """A character belongs to its film."""
        return self._mint("character", self._key(film), slug(name))

    def role(self, film: URIRef, person: URIRef, whom: str) -> URIRef:
        """One person's acting part; ``whom`` is the character's name or the description."""
        return self._mint("role", self._key(film), self._key(person), slug(whom))

    def credit(self, film: URIRef, person: URIRef, job: str) -> URIRef:
        """One person's job in a film."""
        return self._mint("credit", self._key(film), self._key(person), slug(job))

    def review(self, source: str) -> URIRef:
        """The review that a source document holds; ``source`` is its id."""
        return self._mint("review", source)

    def dataset(self, source: str) -> URIRef:
        """A dataset as a source."""
        return self._mint("dataset", source)

    def graph(self, source: str) -> URIRef:
        """The named graph of one source."""
        return self._mint("graph", source)

    def rating(self, source: str, kind: str, film: URIRef) -> URIRef:
        """A rating given in one source for one film."""
        return self._mint("rating", source, self._key(film), kind)

    def evidence(self, source: str, start: int, end: int, fact: str) -> URIRef:
        """The passage of a source that proves one fact; ``fact`` is a path that tells it from others there."""
        return self._mint("evidence", source, f"{start}-{end}", *fact.split("/"))

    def match(self, source: str, known: URIRef) -> URIRef:
        """The decision that something in a source is a film or person that the graph knew already."""
        return self._mint("match", source, self.path(known) or self._key(known))

    def doubt(self, source: str, about: URIRef, other: URIRef) -> URIRef:
        """The decision to leave something of a source apart from something known that it may be."""
        return self._mint("doubt", source, self.path(about) or self._key(about), "or", self._key(other))

    def merge(self, gone: URIRef, into: URIRef) -> URIRef:
        """The decision that a resource published earlier is another one."""
        return self._mint("merge", self.path(gone) or self._key(gone), "into", self._key(into))

    def withdrawal(self, role: URIRef, source: str | None) -> URIRef:
        """The decision that a role no longer stands, in one source or in all."""
        about = self.path(role) or self._key(role)
        return self._mint("withdrawal", about) if source is None else self._mint("withdrawal", about, "from", source)

    def extraction(self, source: str) -> URIRef:
        """The run of the extractor that made a source's facts."""
        return self._mint("extraction", source)

    @property
    def inferred(self) -> URIRef:
        """The named graph of everything inferred at publish time."""
        return self.graph("inferred")

    @property
    def merges(self) -> URIRef:
        """The named graph of all merges: which published IRIs have become which others, and why."""
        return self.graph("merges")

    @property
    def withdrawals(self) -> URIRef:
        """The named graph of all withdrawals: which roles no longer stand, why, and what was said of them."""
        return self._mint(WITHDRAWALS)

    def path(self, iri: str) -> str | None:
        """The part of an IRI after the base, or None for a foreign IRI."""
        return iri[len(self.base) :] if iri.startswith(self.base) else None

    def resource(self, path: str) -> URIRef:
        """The IRI behind a path of the site; characters that no IRI may hold are percent-encoded."""
        return URIRef(
            self.base + quote(path, safe="/~:@!$&'()*+,;=-._%", encoding="utf-8")
            if path.isascii()
            else self.base + _safe(path)
        )

    def _key(self, iri: URIRef) -> str:
        path = self.path(iri)
        return (path if path is not None else slug(iri)).split("/", 1)[-1].replace("/", "-")

    def _mint(self, *parts: str) -> URIRef:
        return URIRef(self.base + "/".join(parts))


def _safe(path: str) -> str:
    return "".join(c if ord(c) > 0x9F or c.isalnum() or c in "/~:@!$&'()*+,;=-._%" else quote(c) for c in path)
