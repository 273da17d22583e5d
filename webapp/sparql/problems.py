"""What goes wrong with a request, as a problem document (RFC 9457)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from flask import Response

from graph.errors import LimitError, QueryError
from graph.sandbox import LimitExceededError
from graph.store import MalformedQueryError, RefusedQueryError
from webapp.sparql.terms import misspelt_term, misspelt_word

TOO_LARGE = frozenset({"text_bytes", "depth", "chain", "result_bytes", "result_rows"})
"""Limits on size; the others are limits on what the service can do just now."""
TOO_MANY = frozenset({"rate", "slow_seconds", "own_queue"})
"""Limits on what one client may ask for."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: its HTTP status, a sentence on it, and further members of the document."""

    status: int
    detail: str
    more: dict[str, Any] = field(default_factory=dict)
    retry_after: int | None = None

    def response(self) -> Response:
        """The document, ready to be sent."""
        said = {"type": "about:blank", "title": HTTPStatus(self.status).phrase, "status": self.status}
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
        return Problem(_status(error.limit), str(error), more, error.retry_after)
    if isinstance(error, LimitError):
        return Problem(503, str(error))
    if isinstance(error, RefusedQueryError):
        return Problem(403, str(error))
    if isinstance(error, MalformedQueryError):
        near = (misspelt_word(query), misspelt_term(query))
        hint = "; ".join(dict.fromkeys(filter(None, (*near, error.hint))))
        more = {"line": error.line, "column": error.column, "hint": hint}
        return Problem(400, str(error), {name: value for name, value in more.items() if value})
    return Problem(400, str(error))


def _status(limit: str) -> int:
    if limit in TOO_LARGE:
        return 413
    return 429 if limit in TOO_MANY else 503
