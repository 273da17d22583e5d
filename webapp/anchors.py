"""Names and links as HTML: what long lists are made of, joined as plain text, which costs a third of ``Markup``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol

from markupsafe import escape

from webapp import links
from webapp.pages import FilmRef

SCRIPTS = (
    (re.compile("[\u3040-\u30ff]"), "ja"),
    (re.compile("[\uac00-\ud7af\u1100-\u11ff]"), "ko"),
    (re.compile("[\u0590-\u05ff]"), "he"),
    (re.compile("[\u0e00-\u0e7f]"), "th"),
    (re.compile("[\u0370-\u03ff]"), "el"),
)
"""Scripts that one language writes; Arabic, Cyrillic or Han letters alone do not tell the language."""
_SPECIAL = re.compile("[&<>\"']").search


class Named(Protocol):
    """Anything with an IRI and a label."""

    @property
    def iri(self) -> str:
        """The resource."""
        ...

    @property
    def label(self) -> str:
        """The words that name it."""
        ...


def apart(text: str) -> str:
    """A name, escaped, and kept apart from a sentence of another script, so that neither turns the other around."""
    if text.isascii():
        return escaped(text)
    language = next((code for letters, code in SCRIPTS if letters.search(text)), None)
    return f'<bdi lang="{language}">{escaped(text)}</bdi>' if language else f"<bdi>{escaped(text)}</bdi>"


def escaped(text: str) -> str:
    """The text as HTML; most need no change, and to see that is quicker than to escape them."""
    return str(escape(text)) if _SPECIAL(text) else text


class Anchors:
    """Writes the links of one request; what is the same for all of them is looked up once."""

    __slots__ = ("_unproved", "href")

    def __init__(self) -> None:
        self.href = links.hrefs()
        self._unproved: dict[int, str] = {}

    def link(self, to: Named) -> str:
        """A resource by its name."""
        return f'<a href="{escaped(self.href(to.iri))}">{apart(to.label)}</a>'

    def links(self, those: Iterable[Named]) -> str:
        """Resources by their names, with commas between them."""
        return ", ".join([self.link(to) for to in those])

    def cited(self, film: FilmRef) -> str:
        """A film by its title, with its year."""
        year = f' <span class="quiet">{film.year}</span>' if film.year else ""
        return f'<a href="{escaped(self.href(film.iri))}"><cite>{apart(film.label)}</cite></a>{year}'

    def unproved(self, datasets: tuple[Named, ...]) -> str:
        """The datasets that say something without a passage; a page says the same of many, which is written once."""
        found = self._unproved.get(id(datasets))
        if found is None:
            said = f'<p class="unproved">from {self.links(datasets)}, <span class="nowrap">no passage</span></p>'
            found = self._unproved[id(datasets)] = said
        return found
