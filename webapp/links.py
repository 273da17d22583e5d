"""Links: from IRIs to addresses on this site, and from panels to their queries."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote, urlencode

from flask import request, url_for
from flask.globals import request_ctx

from graph.iris import Iris
from webapp.site import KEY, site

HOME = "index"
"""The path that stands for the first page where a suffix needs one."""
SAFE = "/~:@!$&'()*+,;=-._%"
_PLAIN = re.compile(r"[a-zA-Z0-9/~:@!$()*+,;=._%-]*").fullmatch


def href(iri: str) -> str:
    """The address of a resource: a path on this site for our own, else the IRI itself."""
    return hrefs()(iri)


def hrefs() -> Callable[[str], str]:
    """What gives the addresses of resources to this request: long lists get it once, not for each of their links."""
    asked = request_ctx._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  # once, not for each of its parts
    own: str = asked.app.extensions[KEY].iris.base
    begin, root = len(own), f"{quote(asked.request.script_root, safe=SAFE)}/"

    def address(iri: str) -> str:
        if not iri.startswith(own):
            return encoded(iri)
        path = iri[begin:]
        if _PLAIN(path):
            return root + path
        place, mark, fragment = path.partition("#")
        place, question, terms = place.partition("?")
        return f"{root}{quote(place, safe=SAFE)}{question}{terms}{mark}{fragment}"

    return address


def valid(iri: str) -> bool:
    """Whether these letters may stand in an IRI (RFC 3987): what is not assigned or private may not.

    >>> valid("http://a.example/七人"), valid("http://a.example/\ufffd"), valid("http://a.example/a b")
    (True, False, False)
    """
    return all(_allowed(ord(char)) for char in iri)


def _allowed(code: int) -> bool:
    if code < 0x80:
        return 0x20 < code < 0x7F and chr(code) not in '<>"{}|\\^`'
    if code < 0x10000:
        return 0xA0 <= code <= 0xD7FF or 0xF900 <= code <= 0xFDCF or 0xFDF0 <= code <= 0xFFEF
    return code & 0xFFFF <= 0xFFFD and not 0xE0000 <= code <= 0xE0FFF and code <= 0xEFFFD


def local(path: str) -> str:
    """The address of a path of the site."""
    return f"{quote(request.script_root, safe=SAFE)}/{quote(path.lstrip('/'), safe=SAFE)}"


def encoded(iri: str) -> str:
    """An IRI as a URI: letters outside ASCII are percent-encoded. Only http addresses are ever linked."""
    return quote(iri, safe=SAFE + "#?[]") if iri.startswith(("http://", "https://")) else "#"


def ask(query: str, /, **terms: str) -> str:
    """The address of the query page with a named query, filled in."""
    return f"{url_for('query.query')}?{urlencode({'ask': query, **terms})}"


def between(origin: str, goal: str = "") -> str:
    """The address of the way from one person to another, each an IRI or what a visitor typed."""
    one, two = (site().iris.path(end) or end for end in (origin, goal))
    return local("path") + terms(**{"from": one, "to": two})


def around(iri: str, suffix: str = "") -> str:
    """The address of the graph around a film or person."""
    return local(f"graph{suffix}") + terms(of=site().iris.path(iri) or iri)


def asked() -> str:
    """The terms of the request as they may stand in an address; some programs send what may not."""
    return quote(request.query_string, safe="%/?:@!$&'()*+,;=-._~")


def report(label: str, iri: str) -> str | None:
    """Where to tell that something about a resource is wrong, None where there is nobody to tell."""
    contact = site().config.contact
    if contact is None or contact.startswith(("http://", "https://")):
        return contact
    return f"mailto:{contact}?{urlencode({'subject': f'Wrong: {label}', 'body': iri}, quote_via=quote)}"


def fragment(iri: str) -> str:
    """A short name for a resource inside a page: the end of its path, in characters that an id may hold."""
    path = site().iris.path(iri) or iri
    return quote(path, safe="").replace("%", "_")


def canonical(iris: Iris, path: str) -> str:
    """The one public address of a path of the site."""
    return iris.base + ("" if path == HOME else quote(path.lstrip("/"), safe=SAFE))


def base() -> str:
    """The IRI under which all data lives."""
    return site().iris.base


def terms(**values: str) -> str:
    """The query part of an address; terms that say nothing are left out."""
    said = {key: value for key, value in values.items() if value and (key, value) != ("order", "name")}
    return f"?{urlencode(said)}" if said else ""
