"""Redirects from IRIs that were published earlier to those that took their place."""

from __future__ import annotations

from flask import abort, redirect
from rdflib import URIRef
from werkzeug.wrappers import Response

from graph import query
from webapp import errors, links
from webapp.fill.search import called
from webapp.site import View

HOUR = 3600


def follow(view: View, iri: URIRef, suffix: str = "") -> None:
    """End the request with a redirect if a resource was merged into another one, in the form that was asked for.

    A name that stood for several things leads to a choice of them; what went out of the graph with a role that was
    withdrawn, to the page of that role.
    """
    targets = [URIRef(str(row[0])) for row in view.source.select(query.fill("known/moved", thing=iri)).rows]
    if len(targets) == 1:
        answer = redirect(_address(targets[0], suffix), 301)
        answer.vary.add("Accept")
        answer.headers["Access-Control-Allow-Origin"] = "*"
        answer.cache_control.max_age = HOUR
        abort(answer)
    if targets:
        abort(errors.choice(called(view, targets)))
    for (role,) in view.source.select(query.fill("withdrawn/leads", thing=iri)).rows[:1]:
        abort(see_other(_address(URIRef(str(role)), suffix)))


def see_other(address: str) -> Response:
    """A redirect to the page that tells of a resource in its place, for now."""
    answer = redirect(address, 303)
    answer.vary.add("Accept")
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _address(target: URIRef, suffix: str) -> str:
    terms = links.asked()
    return f"{links.href(target)}{suffix}" + (f"?{terms}" if terms else "")
