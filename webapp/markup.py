"""Filters and functions of the templates: how names, quotes, numbers and dates are written in HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from urllib.parse import quote

from flask import Flask, current_app, request, url_for
from markupsafe import Markup, escape

from graph.vocabulary import CLASSES, PROPERTIES
from webapp import credited, links
from webapp.anchors import Anchors, Named, apart
from webapp.pages import FilmRef, Piece
from webapp.site import site

ADDRESSES = "filmgraph.addresses"
MOST_ADDRESSES = 1_000
SHORT = 16
"""Letters of code that fit into any line."""
BEGINNING = 4
"""Words of a sentence by which a browser finds it; more may have a note's number between them."""
JOBS = {
    "actor": ("Also in the cast", "Also in the cast"),
    "cinematographer": ("Cinematographer", "Cinematographers"),
    "composer": ("Composer", "Composers"),
    "director": ("Director", "Directors"),
    "editor": ("Editor", "Editors"),
    "producer": ("Producer", "Producers"),
    "writer": ("Writer", "Writers"),
}


TERMS = frozenset({*CLASSES, *PROPERTIES})


def bidi(text: str) -> Markup:
    """A name in a sentence of another script: kept apart, so that neither turns the other around."""
    return Markup(apart(text))  # noqa: S704  # escaped there


def link(to: Named) -> Markup:
    """A resource by its name, linked."""
    return Markup(Anchors().link(to))  # noqa: S704  # escaped there


def linked(those: Iterable[Named]) -> Markup:
    """Resources by their names, linked, with commas between them."""
    return Markup(Anchors().links(those))  # noqa: S704  # escaped there


def unproved(datasets: tuple[Named, ...]) -> Markup:
    """The datasets that say something without a passage."""
    return Markup(Anchors().unproved(datasets))  # noqa: S704  # escaped there


def cited(film: FilmRef) -> Markup:
    """A film by its title, linked, with its year."""
    return Markup(Anchors().cited(film))  # noqa: S704  # escaped there


def link_to(endpoint: str, label: str | int, **values: str | int) -> Markup:
    """A page of the site by its name, linked."""
    return Markup('<a href="{}">{}</a>').format(url_for(endpoint, **values), label)  # type: ignore[arg-type]


def marked(pieces: Iterable[Piece]) -> Markup:
    """A quote with its mentions marked."""
    return Markup("").join(_run(piece) for piece in pieces)


def _run(piece: Piece) -> Markup:
    return Markup("<mark>") + piece.text + Markup("</mark>") if piece.marked else escape(piece.text)


def number(value: int) -> str:
    """A whole number as people read it.

    >>> number(19400000)
    '19,400,000'
    """
    return f"{value:,}"


def plain(value: float) -> str:
    """A rating without zeros that say nothing.

    >>> plain(5.0), plain(3.75)
    ('5', '3.75')
    """
    return f"{value:g}"


def day(value: str) -> Markup:
    """A date as people write it; what is no whole date stays as it is.

    >>> day("2017-04-07")
    Markup('<time datetime="2017-04-07">7 April 2017</time>')
    """
    try:
        when = date.fromisoformat(value[:10])
    except ValueError:
        return escape(value)
    return Markup('<time datetime="{}">{}</time>').format(when.isoformat(), f"{when.day} {when:%B %Y}")


def passage(sentence: str | None) -> str:
    """The end of an address that lets a browser show where a sentence begins (a text fragment); pages need not know it.

    >>> passage("Well-made, and how, by all who are in it"), passage(None)
    ('#:~:text=Well%2Dmade%2C%20and%20how%2C%20by', '')
    """
    words = " ".join((sentence or "").split()[:BEGINNING])
    return f"#:~:text={quote(words, safe='').replace('-', '%2D')}" if words else ""


def job(name: str, count: int) -> str:
    """A job as the heading of those who did it."""
    return JOBS.get(name, (name.capitalize(), name.capitalize()))[count > 1]


def sentence(words: Sequence[str]) -> str:
    """Words in a row.

    >>> sentence(["actor", "director", "writer"])
    'actor, director and writer'
    """
    *first, last = words or ["person"]
    return f"{', '.join(first)} and {last}" if first else last


def coded(text: str) -> Markup:
    """Words with what stands between backticks as code; a short word, such as a variable, stays in one line.

    >>> coded("`?film`, a <film>")
    Markup('<code class="nowrap">?film</code>, a &lt;film&gt;')
    >>> coded("`?a film:title ?b`")
    Markup('<code>?a film:title ?b</code>')
    """
    pieces = text.split("`")
    return Markup("").join(_code(piece) if place % 2 else escape(piece) for place, piece in enumerate(pieces))


def _code(text: str) -> Markup:
    whole = Markup(' class="nowrap"') if len(text) <= SHORT and " " not in text else Markup("")
    return Markup("<code{}>{}</code>").format(whole, text)


def address(endpoint: str) -> str:
    """The address of a page of the site by its name; every page has a dozen, so each is worked out once."""
    return _once(("address", request.script_root, endpoint), lambda: url_for(endpoint))


def static(name: str) -> str:
    """The address of a static file with the digest of its content: it may be kept for ever."""
    made = partial(url_for, "static", filename=name, v=site().statics.get(name, ""))
    return _once(("static", request.script_root, name), made)


def _once(key: tuple[str, ...], make: Callable[[], str]) -> str:
    kept: dict[tuple[str, ...], str] = current_app.extensions[ADDRESSES]
    found = kept.get(key)
    if found is None:
        found = make()
        if len(kept) < MOST_ADDRESSES:  # a path under which a server mounts the site may be the visitor's to choose
            kept[key] = found
    return found


def has_static(name: str) -> bool:
    """Whether a static file is there; third-party ones are fetched at set-up, and pages work without them."""
    return name in site().statics


def term(iri: str) -> str:
    """The address of a term of the ontology: an anchor for our own, else the term's IRI."""
    space, mark, name = iri.partition("#")
    return f"#{name}" if mark and space.endswith("w3id.org/filmgraph") else links.encoded(iri)


def vocabulary(iri: str) -> str:
    """The address of a term wherever it is met: our own have a page each, for others it is the IRI."""
    address = term(iri)
    if not address.startswith("#"):
        return address
    return url_for("ontology.term", name=address[1:]) if address[1:] in TERMS else url_for("ontology.ontology")


def register(app: Flask) -> None:
    """Make all of these known to the templates of an application."""
    app.extensions[ADDRESSES] = {}
    app.jinja_env.filters |= {
        "bidi": bidi,
        "cast": credited.cast,
        "cited": cited,
        "coded": coded,
        "crew": credited.crew,
        "day": day,
        "fragment": links.fragment,
        "href": links.href,
        "job": job,
        "link": link,
        "links": linked,
        "marked": marked,
        "number": number,
        "onward": credited.onward,
        "passage": passage,
        "plain": plain,
        "sentence": sentence,
        "term": term,
        "unproved": unproved,
        "vocabulary": vocabulary,
    }
    app.jinja_env.globals |= {
        "address": address,
        "around": links.around,
        "ask": links.ask,
        "between": links.between,
        "has_static": has_static,
        "link_to": link_to,
        "local": links.local,
        "report": links.report,
        "remote": lambda: site().endpoint is not None,
        "static": static,
    }
