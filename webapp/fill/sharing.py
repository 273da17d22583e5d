"""Fill the page by which a query goes elsewhere: its links, and programs in five languages that ask it."""

from __future__ import annotations

import json

from flask import render_template

from graph.errors import LimitError, QueryError
from graph.sandbox import examine
from graph.store import Form
from webapp import shortlink
from webapp.pages import Sample, SharePage
from webapp.site import Site, View

LANGUAGES = (
    ("curl", "curl.sh", "curl"),
    ("Python with SPARQLWrapper", "wrapper.py", "pip install SPARQLWrapper"),
    ("Python with rdflib", "rdflib.py", "pip install rdflib"),
    ("R", "ask.R", 'R 4.1 or newer, install.packages(c("httr2", "jsonlite"))'),
    ("JavaScript", "ask.js", "a browser, or Node 18 or newer"),
)
"""Name, template and needs of each language."""


def share_page(site: Site, view: View, text: str) -> SharePage:
    """The page's data; programs fit the form of the query, and take the rows of a SELECT where it has none."""
    address = f"{site.iris.base}q/{shortlink.make(text, site.iris.base)}"
    pinned = f"{address}?snapshot={view.version}" if view.folder is not None else None
    return SharePage(text, address, pinned, view.version if pinned else None, samples(site, text))


def samples(site: Site, text: str) -> tuple[Sample, ...]:
    """The query as programs."""
    try:
        form = examine(text, site.limits).form
    except (QueryError, LimitError):
        form = Form.SELECT
    known = {
        "endpoint": f"{site.iris.base}sparql",
        "graph": form in (Form.CONSTRUCT, Form.DESCRIBE),
        "ask": form is Form.ASK,
        "plain": text.strip() + "\n",
        "mark": _unused(text, "SPARQL"),
        "python": _python(text.strip()),
        "javascript": _javascript(text.strip()),
        "r": _r(text.strip()),
    }
    return tuple(
        Sample(name, render_template(f"query/code/{file}.txt", **known), needs) for name, file, needs in LANGUAGES
    )


def _unused(text: str, word: str) -> str:
    """A word that is no line of the text."""
    while word in text.splitlines():
        word += "_"
    return word


def _python(text: str) -> str:
    """The text as a Python literal, over several lines where that is possible.

    >>> len(_python("ASK {}").splitlines()), len(_python("a" + chr(92)).splitlines())
    (3, 1)
    """
    plain = all(line.replace("\t", " ").isprintable() for line in text.split("\n"))
    return f'"""\n{text}\n"""' if plain and '"""' not in text and "\\" not in text else repr(text)


def _javascript(text: str) -> str:
    r"""The text as a JavaScript template literal.

    >>> print(_javascript("a`b${c}\\"))
    `a\`b\${c}\\`
    """
    return "`" + text.replace("\\", "\\\\").replace("`", "\\`").replace("${", "\\${") + "`"


def _r(text: str) -> str:
    """The text as a raw string of R, or an escaped one where that would end early."""
    return json.dumps(text, ensure_ascii=False) if ")---" in text else f'r"---(\n{text}\n)---"'
