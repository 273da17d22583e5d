"""Answers: the same page as HTML, JSON or RDF, with validators, links to its other forms, and a cache behind it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from flask import Response, abort, redirect, render_template, request
from rdflib import Graph, URIRef
from werkzeug.wrappers import Response as Plain

from webapp import forms, links, moved, rdf, structured
from webapp.forms import CSV, HTML, JSON, RESOURCE_FORMS, ROLE_FORMS, Form
from webapp.ready import KEEP
from webapp.site import View, site, view

T = TypeVar("T")
Fill = Callable[[View, URIRef], Any]
"""Fills the page of a resource; None where there is no such resource."""
Extra = Callable[[Any], dict[str, Any]]
Rows = Iterable[Sequence[object]]
"""A table, the first row of which names its columns."""
Table = Callable[[View], Rows]


@dataclass(frozen=True, slots=True)
class Alternate:
    """Another form of a page, as its head and foot link it."""

    media: str
    label: str
    href: str


def resource(
    path: str,
    template: str,
    fill: Fill,
    extra: Extra | None = None,
    *,
    alone: bool = False,
    named: bool = False,
    roles: Callable[[Any], Rows] | None = None,
    whole: Fill | None = None,
) -> Plain:
    """The resource at a path of the site, in the form asked for.

    ``extra`` gives what the template needs besides the page: ``section``, ``schema`` and so on. As RDF it comes with
    what belongs to it, or ``alone``. With ``named`` the page is only of things that have a name, which what was merged
    into another has no more. ``roles`` makes a table of the page, which is then to be had as CSV too; where the page
    shows only a part, ``whole`` fills the one that programs get, as JSON and as a table.
    """
    stem, _ = forms.split(path, ROLE_FORMS if roles else RESOURCE_FORMS)
    iri = site().iris.resource(stem)
    if not links.valid(iri):
        abort(404)

    def followed(make: Callable[[View], T]) -> Callable[[View], T]:
        def made(view: View) -> T:
            moved.follow(view, iri, path.removeprefix(stem))
            return make(view)

        return made

    moving, said = (
        followed(lambda view: fill(view, iri)),
        followed(lambda view: rdf.describe(site(), view, iri, alone=alone)),
    )

    def shown(view: View) -> Any:
        return (fill(view, iri) if named else None) or moving(view)

    def all_of(view: View) -> Any:
        return (whole(view, iri) if whole else None) or shown(view)

    table = (lambda view: roles(_there(all_of(view)))) if roles else None
    return document(path, template, shown, said, extra, table=table, whole=all_of)


def page(
    path: str, template: str, fill: Callable[[View], Any], extra: Extra | None = None, *, keep: bool = True
) -> Plain:
    """A page that is no resource, such as a list, as HTML or JSON."""
    return document(path, template, fill, None, extra, keep=keep)


def listing(path: str, template: str, fill: Callable[[View], Any], table: Table, extra: Extra | None = None) -> Plain:
    """A list, as HTML, JSON or CSV."""
    return document(path, template, fill, None, extra, table=table)


def document(
    path: str,
    template: str,
    fill: Callable[[View], Any],
    describe: Callable[[View], Graph | None] | None,
    extra: Extra | None = None,
    *,
    keep: bool = True,
    table: Table | None = None,
    whole: Callable[[View], Any] | None = None,
) -> Plain:
    """What ``fill`` and ``describe`` give, as HTML, JSON or RDF; 404 where they give None; ``whole`` is for JSON.

    An answer is kept, here and by the visitor, until there is a newer snapshot; with ``keep`` false, or over a remote
    server, whose data may change at any time, it is made anew each time.
    """
    stem, form = _form(path, offered := _offered(resource=describe is not None, table=table is not None))

    def body() -> bytes:
        if form.syntax and describe:
            return rdf.serialise(_there(describe(view())), form.syntax, site())
        if form is CSV and table:
            return _csv(table(view()))
        if form is JSON:
            return _json(_there((whole or fill)(view())))
        filled = _there(fill(view()))
        return _html(template, filled, stem, offered, (extra or _nothing)(filled))

    answer = _kept(form, body) if keep and view().folder is not None else _passing(form, body)
    return _linked(answer, stem, offered, form)


def _offered(*, resource: bool, table: bool) -> tuple[Form, ...]:
    """The forms of a document that is a resource or not, a table or not."""
    if resource:
        return ROLE_FORMS if table else RESOURCE_FORMS
    return forms.LIST_FORMS if table else forms.PLAIN_FORMS


def _there(found: T | None) -> T:
    return found if found is not None else abort(404)


def see_other(address: str) -> Plain:
    """A redirect to the page that shows a resource which is no document itself."""
    answer = redirect(address, 303)
    answer.vary.add("Accept")
    return answer


def wants_html(path: str) -> bool:
    """Whether a request for a resource ends in HTML."""
    return _form(path, RESOURCE_FORMS)[1] is HTML


def _form(path: str, offered: tuple[Form, ...]) -> tuple[str, Form]:
    stem, by_suffix = forms.split(path, offered[1:])
    form = by_suffix or forms.accepted(request.headers.get("Accept"), offered)
    if form is None:
        abort(406)
    return stem, form


def _passing(form: Form, body: Callable[[], bytes]) -> Response:
    """The body, made for this request alone."""
    answer = _empty(form, "no-store")
    answer.set_data(body())
    return answer


def _empty(form: Form, cache: str) -> Response:
    """An answer with the headers that a form needs."""
    answer = Response(mimetype=form.media, headers={"Cache-Control": cache})
    answer.vary.add("Accept")
    if form is not HTML:
        answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _kept(form: Form, body: Callable[[], bytes]) -> Response:
    """The body, from the cache if it was made before; not even looked up where the client has it already."""
    state = f"{view().version}-{site().release}-{form.suffix}"
    answer = _empty(form, "public, no-cache")
    answer.set_etag(state)
    if request.if_none_match.contains(state):
        answer.status_code = 304
        return answer
    key = (state, f"{request.path}?{links.asked()}")
    kept = site().cache.get(key)
    if kept is None:
        kept = (body(), form.media)
        site().cache.put(key, kept)
    answer.set_data(kept[0])
    request.environ[KEEP] = True
    return answer


def _linked(answer: Response, stem: str, offered: tuple[Form, ...], form: Form) -> Response:
    """Link headers: the canonical address and the other forms."""
    told = [f'<{_canonical(stem, offered)}>; rel="canonical"']
    told += [
        f'<{each.href}>; rel="alternate"; type="{each.media}"'
        for each in _alternates(stem, offered)
        if each.media != form.media
    ]
    answer.headers["Link"] = ", ".join(told)
    return answer


def _canonical(stem: str, offered: tuple[Form, ...]) -> str:
    """The address to cite: a resource has one, whatever part of its page is shown; each page of a list has its own."""
    own = links.canonical(site().iris, stem)
    return own if offered in (RESOURCE_FORMS, ROLE_FORMS) or not request.query_string else f"{own}?{links.asked()}"


def _alternates(stem: str, offered: tuple[Form, ...]) -> list[Alternate]:
    terms = f"?{links.asked()}" if request.query_string else ""
    address = links.local(stem or links.HOME)
    return [
        Alternate(form.media, form.label, f"{address}.{form.suffix}{terms}") for form in offered if form is not HTML
    ]


def _html(template: str, filled: Any, stem: str, offered: tuple[Form, ...], extra: dict[str, Any]) -> bytes:
    schema = structured.script(extra.pop("schema", None))
    shown = {
        "page": filled,
        "canonical": _canonical(stem, offered),
        "alternates": _alternates(stem, offered),
        "schema_org": schema,
        "version": view().words,
        **extra,
    }
    return render_template(template, **shown).encode()


def _json(filled: Any) -> bytes:
    return (json.dumps(asdict(filled), ensure_ascii=False, indent=1) + "\n").encode()


def _csv(rows: Iterable[Sequence[object]]) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue().encode()


def _nothing(_: Any) -> dict[str, Any]:
    return {}
