"""Looks at the text of a query before any parser does: length, nesting, and what is not done here."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from graph.sandbox.limits import LimitExceededError, Limits
from graph.store import Form, MalformedQueryError, Outline, RefusedQueryError, outline
from graph.store.embedded import NO_SERVICE
from graph.store.messages import place


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
    found = outline(query)
    _check_size(found, limits)
    if found.form is Form.UPDATE:
        raise RefusedQueryError("this service only reads; updates are not possible here")
    if found.service:
        raise RefusedQueryError(NO_SERVICE)
    if found.form is None:
        raise MalformedQueryError(
            "the text is empty or no SPARQL query", 1, 1, "a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE"
        )
    return Examined(found.form, found, hashlib.blake2b(found.shape.encode(), digest_size=16).digest())


def _check_size(found: Outline, limits: Limits) -> None:
    for name, size, what in (("depth", found.depth, "levels of brackets"), ("chain", found.chain, "links")):
        bound = getattr(limits, name)
        if size > bound:
            message = f"the query has {size:,} {what}, {bound:,} are allowed"
            raise LimitExceededError(name, bound, message, "use VALUES for long lists, or split the query")
