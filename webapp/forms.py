"""The forms in which a page can be had: by suffix or by the Accept header."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.formats import negotiate


@dataclass(frozen=True, slots=True)
class Form:
    """One form: its suffix, media type and label; ``syntax`` is rdflib's name for it, None if it is not RDF."""

    suffix: str
    media: str
    label: str
    syntax: str | None = None


HTML = Form("html", "text/html", "HTML")
JSON = Form("json", "application/json", "JSON")
TURTLE = Form("ttl", "text/turtle", "Turtle", "turtle")
RDF_FORMS = (
    TURTLE,
    Form("jsonld", "application/ld+json", "JSON-LD", "json-ld"),
    Form("nt", "application/n-triples", "N-Triples", "nt"),
    Form("rdf", "application/rdf+xml", "RDF/XML", "xml"),
)
RESOURCE_FORMS = (HTML, *RDF_FORMS, JSON)
"""What a resource can be had as; the first is given to whoever does not mind."""
PLAIN_FORMS = (HTML, JSON)
"""What a page that is no resource can be had as."""
CSV = Form("csv", "text/csv", "CSV")
LIST_FORMS = (HTML, JSON, CSV)
"""What a list can be had as."""
ROLE_FORMS = (*RESOURCE_FORMS, CSV)
"""What a resource can be had as whose page is a table of roles."""


def split(path: str, forms: tuple[Form, ...]) -> tuple[str, Form | None]:
    """A path without the suffix of a form, and that form.

    >>> split("film/m-1931.ttl", RESOURCE_FORMS)[0], split("film/dr.-no", RESOURCE_FORMS)
    ('film/m-1931', ('film/dr.-no', None))
    """
    stem, dot, suffix = path.rpartition(".")
    form = next((form for form in forms if form.suffix == suffix), None)
    return (stem, form) if dot and form and stem and not stem.endswith("/") else (path, None)


def accepted(header: str | None, forms: tuple[Form, ...]) -> Form | None:
    """The form that an Accept header likes best, None where it refuses all."""
    media = negotiate(header, [form.media for form in forms])
    return next((form for form in forms if form.media == media), None)
