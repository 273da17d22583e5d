"""Names that are widely known, of performers, makers, characters and films: weak hints, of which absence means nothing.

All are keys as ``names.key`` makes them, and all are read only when first asked for.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from graph.extract import names
from graph.extract.rules import load, words

_INITIALS = re.compile(r"\b(\w)\. ?(?=\w\b)")
_BLANKS = re.compile(r"[^\w|]+|_+")
_ARTICLE = re.compile(r"^(?:the|an?) ")
_OWNED = re.compile(r"'s(?=\s*\|)")


@cache
def keys(table: str) -> frozenset[str]:
    """The keys of a list of ``rules/famous.toml``: those that ``names.key`` gives, folded all at once for speed."""
    text = load("famous")[table].lower()
    text = _OWNED.sub("", text if table == "films" else text.replace(",", "|")).replace("'", "")
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    folded = _BLANKS.sub(" ", _INITIALS.sub(r"\1", plain))
    return frozenset(name.strip() for name in folded.split("|")) - {""}


@cache
def famous() -> frozenset[str]:
    """Well-known performers."""
    return keys("performers") | keys("supporting")


def leading() -> frozenset[str]:
    """Performers who lead: known well enough for what is decided without weighing."""
    return keys("performers")


@cache
def famous_surnames() -> frozenset[str]:
    """The surnames of performers who lead, where they are no common given names."""
    given = words("given", "male") | words("given", "female")
    return frozenset(name.split(" ")[-1] for name in keys("performers") if " " in name) - given


@cache
def makers() -> frozenset[str]:
    """Well-known directors, authors, composers and others behind the camera."""
    return keys("makers")


@cache
def maker_surnames() -> frozenset[str]:
    """The surnames of well-known makers that no performer who leads bears."""
    played = frozenset(name.split(" ")[-1] for name in keys("performers"))
    return frozenset(name.split(" ")[-1] for name in makers()) - played


def bynames() -> dict[str, str]:
    """By what well-known performers are called otherwise, their names."""
    named: dict[str, str] = load("famous")["bynames"]
    return named


def characters() -> frozenset[str]:
    """Characters of many films, books and stages."""
    return keys("characters")


@cache
def films() -> frozenset[str]:
    """Titles of films and series, without an article at the head."""
    return frozenset(_ARTICLE.sub("", title) for title in keys("films"))


def is_film(name: str, title: str) -> bool:
    """Whether a key is a well-known film's title, and neither the reviewed film's nor a character's as well.

    >>> is_film("the wicker man", "frost"), is_film("wicker man", "the wicker man"), is_film("spartacus", "frost")
    (True, False, False)
    """
    plain = _ARTICLE.sub("", name)
    return plain in films() and plain != _ARTICLE.sub("", title) and name not in characters()


def is_title(told: str, title: str = "") -> bool:
    """Whether words, or their key, are more than one and a well-known film's title: one word alone may be anything.

    >>> is_title("The Wicker Man"), is_title("Vertigo"), is_title("The Wicker Man", "wicker man")
    (True, False, False)
    """
    return " " in told and is_film(names.key(told), title)
