"""What goes wrong with a request, as a problem document (RFC 9457)."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from flask import Response

from graph.errors import LimitError, QueryError, StoreError
from graph.mistakes import hint
from graph.quicker import quicker
from graph.sandbox import LimitExceededError
from graph.store import MalformedQueryError, RefusedQueryError

log = logging.getLogger(__name__)
TOO_LARGE = frozenset({"text_bytes", "depth", "chain", "result_bytes", "result_rows"})
"""Limits on size; the others are limits on what the service can do just now."""
TOO_MANY = frozenset({"rate", "slow_seconds", "own_queue"})
"""Limits on what one client may ask for."""
WORK = frozenset({"timeout", "memory"})
"""Limits on the work of one query: the same may be asked in another way."""
LIMIT_TYPE = "tag:w3id.org,2026:filmgraph/limit/"
"""Begins the type of a problem with a limit; its name follows."""
UNAVAILABLE = 503
PAUSE = 30
"""Seconds after which to try again what failed for want of time or memory, where no other number is known."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: its HTTP status, a sentence on it, and further members of the document."""

    status: int
    detail: str
    more: dict[str, Any] = field(default_factory=dict)
    retry_after: int | None = None

    def response(self) -> Response:
        """The document, ready to be sent."""
        kind = LIMIT_TYPE + self.more["limit"] if "limit" in self.more else "about:blank"
        said = {"type": kind, "title": HTTPStatus(self.status).phrase, "status": self.status}
        body = json.dumps({**said, "detail": self.detail, **self.more}, ensure_ascii=False, indent=1)
        answer = Response(body + "\n", self.status, content_type="application/problem+json")
        answer.headers["Cache-Control"] = "no-store"
        if self.retry_after is not None:
            answer.headers["Retry-After"] = str(self.retry_after)
        return answer


class ProblemError(Exception):
    """The request cannot be served; ``problem`` is the answer."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail)
        self.problem = problem


def explain(error: QueryError | LimitError, query: str = "") -> Problem:
    """The problem behind an error of the query's own making."""
    if isinstance(error, LimitExceededError):
        more = {"limit": error.limit, "value": error.value, "advice": error.advice}
        if error.limit in WORK and (said := quicker(query)):
            more["hint"] = said
        status = _status(error.limit)
        return Problem(status, error.message, more, error.retry_after or (PAUSE if status == UNAVAILABLE else None))
    if isinstance(error, LimitError):
        return Problem(UNAVAILABLE, str(error), {}, PAUSE)
    if isinstance(error, RefusedQueryError):
        return Problem(403, str(error))
    if isinstance(error, MalformedQueryError):
        more = {"line": error.line, "column": error.column, "hint": hint(error, query)}
        return Problem(400, str(error), {name: value for name, value in more.items() if value})
    return Problem(400, str(error))


def problem_of(error: ProblemError | QueryError | LimitError | StoreError, query: str = "") -> Problem:
    """The problem behind any error that a query may meet; a fault of the store is logged."""
    if isinstance(error, ProblemError):
        return error.problem
    if isinstance(error, StoreError):
        log.error("a query could not be answered", exc_info=error)
        return Problem(503, "the data is not to be reached just now; try again in a minute", {}, 60)
    return explain(error, query)


def _status(limit: str) -> int:
    if limit in TOO_LARGE:
        return 413
    return 429 if limit in TOO_MANY else UNAVAILABLE


def body_too_long(longest: int) -> Problem:
    """The body of a request has more bytes than any may have."""
    more = {"limit": "body_bytes", "value": longest, "advice": "send a shorter query, or several"}
    return Problem(413, f"the body is too long; a request may have {longest:,} bytes", more)
