"""Answers the most frequent request, a GET with a query, before the web framework is set in motion for it.

A small answer takes the engine less time than the framework: what that adds to each request is not needed here. Every
other request, and whatever is wrong with this one before it runs, goes to the framework's view, which answers the same.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from werkzeug.wsgi import wrap_file

from graph.errors import LimitError, QueryError, StoreError
from webapp.headers import ALWAYS
from webapp.sparql.answers import OPEN, Answer, Service, answer
from webapp.sparql.asked import Asked, read_address
from webapp.sparql.problems import ProblemError, problem_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger(__name__)
PATH = "/sparql"
_SHARED = [*OPEN.items(), ("Vary", "Accept"), *ALWAYS.items()]


class Express:
    """A WSGI application in front of another."""

    def __init__(self, app: WSGIApplication, service: Service) -> None:
        self.app = app
        self.service = service

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a plain GET at ``/sparql``; hand on everything else."""
        if environ["PATH_INFO"] != PATH or environ["REQUEST_METHOD"] != "GET" or "HTTP_IF_NONE_MATCH" in environ:
            return self.app(environ, start_response)
        try:
            asked = read_address(environ["QUERY_STRING"].encode("latin-1"))
        except (ProblemError, UnicodeEncodeError):
            return self.app(environ, start_response)
        if asked.query is None:
            return self.app(environ, start_response)
        return self._answered(asked, asked.query, environ, start_response)

    def _answered(
        self, asked: Asked, query: str, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        try:
            made = answer(self.service, asked, query, environ)
        except (ProblemError, QueryError, LimitError, StoreError) as error:
            refused = problem_of(error, query).response()
            refused.headers.extend(_SHARED)
            return refused(environ, start_response)
        except Exception:  # a mistake of ours: the view makes it again, and says so as everywhere
            log.exception("a query could not be answered at once")
            return self.app(environ, start_response)
        start_response("200 OK", _headers(made))
        return [made.body] if made.file is None else wrap_file(environ, made.file)


def _headers(made: Answer) -> list[tuple[str, Any]]:
    made.headers.setdefault("Content-Length", str(len(made.body)))
    return [*made.headers.items(), *_SHARED]
