"""Looks at the text of a query before any parser does: length, nesting, and what is not done here."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache

from graph.sandbox.limits import LimitExceededError, Limits
from graph.store import Form, MalformedQueryError, Outline, RefusedQueryError, outline
from graph.store.embedded import NO_SERVICE
from graph.store.messages import place

SHORT = 4_000
"""Bytes of a text up to which it is looked whether one like it was examined before."""
_IRI = r"""[^<>"{}|^`\x00-\x20]*>"""
_TERM = re.compile(rf"""((?i:PREFIX)\s+[\w.\-]*:\s*<{_IRI})|(<){_IRI}|(")[^"\\\r\n]+\"""")
"""A declaration, an IRI or a string: its groups are the first as a whole, and how the others begin."""
_UNLIKE = re.compile(r"""["'\\#]|from|named|prefix""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Examined:
    """A query that may be run: its form, its outline, and a digest of its shape.

    Queries that differ only in IRIs, literals, numbers and names of variables have one shape; how long the last took
    tells about the next.
    """

    form: Form
    outline: Outline
    shape: bytes


def examine(query: str, limits: Limits) -> Examined:
    """Check a text.

    Raises ``LimitExceededError`` where it is too long or nests too deep, ``RefusedQueryError`` for an update or
    SERVICE, ``MalformedQueryError`` where it is no query at all.
    """
    try:
        size = len(query.encode())
    except UnicodeEncodeError as error:
        raise MalformedQueryError("the query holds half a surrogate pair", *place(query, error.start)) from None
    if size > limits.text_bytes:
        raise LimitExceededError(
            "text_bytes",
            limits.text_bytes,
            f"the query has {size:,} bytes, {limits.text_bytes:,} are allowed",
            "shorten it",
        )
    if "\0" in query:
        raise MalformedQueryError("the query holds a NUL character", *place(query, query.index("\0")))
    found, shape = _outlined(query, size)
    _check_size(found, limits)
    if found.form is Form.UPDATE:
        raise RefusedQueryError("this service only reads; updates are not possible here")
    if found.service:
        raise RefusedQueryError(NO_SERVICE)
    if found.form is None:
        raise MalformedQueryError(
            "the text is empty or no SPARQL query", 1, 1, "a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE"
        )
    return Examined(found.form, found, shape)


def _outlined(query: str, size: int) -> tuple[Outline, bytes]:
    """The outline of a text, and the digest of its shape."""
    like = _like(_parts(query)) if size <= SHORT else None
    return like or _sketched(query)


def _parts(query: str) -> tuple[str | None, ...]:
    """A text without its IRIs and strings: a piece, then a declaration, ``<`` or a quotation mark, and so on."""
    return tuple(_TERM.split(query))


@lru_cache(maxsize=512)
def _like(parts: tuple[str | None, ...]) -> tuple[Outline, bytes] | None:
    """What every text with these parts has in common, whatever its IRIs and strings; None where it depends on them.

    Only where no comment, other quotation mark or backslash could make a term end elsewhere, nor FROM or a
    broken declaration names IRIs, is the outline the same for all.
    """
    if any(_UNLIKE.search(part or "") for part in parts[::4]):
        return None
    return _sketched("".join(_any(part or "", place % 4) for place, part in enumerate(parts)))


def _any(part: str, place: int) -> str:
    """A part of a text, with an IRI or a string that stands for any."""
    return part if place < 2 or not part else "<a>" if place == 2 else '"a"'


def _sketched(query: str) -> tuple[Outline, bytes]:
    found = outline(query)
    return found, hashlib.blake2b(found.shape.encode(), digest_size=16).digest()


def _check_size(found: Outline, limits: Limits) -> None:
    if found.depth > limits.depth:
        raise _too_long("depth", found.depth, limits.depth, "levels of brackets")
    if found.chain > limits.chain:
        raise _too_long("chain", found.chain, limits.chain, "links")


def _too_long(name: str, size: int, bound: int, what: str) -> LimitExceededError:
    message = f"the query has {size:,} {what}, {bound:,} are allowed"
    return LimitExceededError(name, bound, message, "use VALUES for long lists, or split the query")
