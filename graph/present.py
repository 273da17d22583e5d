"""Facts, reports and rows as a terminal or another program wants to see them."""

from __future__ import annotations

import json
import shutil
import textwrap
from collections.abc import Sequence
from typing import Any

from rdflib import Dataset, Graph

from graph.facts import Evidence, Facts, Rating, Role, Value
from graph.ontology import PREFIXES
from graph.store import Iri, Rows, read_prefixes

MIN_COLUMN = 8
"""Narrowest column of a table, in characters."""


def facts_json(facts: Facts) -> str:
    """The facts of one document as one line of JSON; what is not known is null."""
    film = facts.film
    record: dict[str, Any] = {
        "source": facts.source,
        "film": {
            "title": _plain(film.title),
            "year": _plain(film.year),
            "original_title": _plain(film.original_title),
            "tagline": _plain(film.tagline),
            "description": _plain(film.description),
            "caption": _plain(film.caption),
            "runtime": _plain(film.runtime),
            "certificate": _plain(film.certificate),
            "countries": [value.value for value in film.countries],
            "studios": [value.value for value in film.studios],
        },
        "directors": _people(facts, "director"),
        "writers": _people(facts, "writer"),
        "cast": _people(facts, "actor"),
        "credits": [{"person": c.person, "job": c.job} for c in facts.credits if c.job != "actor"],
        "genres": [value.value for value in film.genres],
        "ratings": [_rating(rating) for rating in facts.ratings],
        "reviewer": _plain(facts.reviewer),
        "outlet": _plain(facts.outlet),
        "published": _plain(facts.published),
        "headline": facts.headline,
        "url": facts.url,
        "roles": [_role(role) for role in facts.roles],
        "suggestions": [_role(role) for role in facts.suggestions],
    }
    return json.dumps(record, ensure_ascii=False)


def facts_text(facts: Facts, width: int | None = None) -> str:
    """The facts of one document for reading: the film, then each role with its sentence."""
    width = width or shutil.get_terminal_size((100, 24)).columns
    film = facts.film
    title = film.title.value if film.title else "no film named"
    lines = [f"{facts.source}: {title}" + (f" ({film.year.value})" if film.year else "")]
    for label, values in (
        ("directed by", _people(facts, "director")),
        ("written by", _people(facts, "writer")),
        ("cast list", _people(facts, "actor")),
        ("genres", [value.value for value in film.genres]),
        ("ratings", [_rating_text(rating) for rating in facts.ratings]),
    ):
        if values:
            lines.append(f"  {label}: {', '.join(values)}")
    for role in facts.roles:
        lines += ["", f"  {role.actor} → {role.character or role.description}  {role.confidence:.2f}"]
        for proof in role.evidence:
            lines += _indented(f"“{' '.join(proof.quote.split())}”", width)
    if not facts.roles:
        lines.append("  no roles found")
    return "\n".join(lines)


def _indented(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, max(width, 26), initial_indent=" " * 6, subsequent_indent=" " * 6)


def turtle(nquads: bytes) -> str:
    """The N-Quads of one graph as Turtle with the usual prefixes."""
    graph = Dataset()
    graph.parse(data=nquads, format="nquads")
    merged = Graph(bind_namespaces="none")
    for prefix, namespace in read_prefixes(PREFIXES).items():
        merged.bind(prefix, namespace)
    merged += ((s, p, o) for s, p, o, _ in graph.quads())
    return merged.serialize(format="turtle")


def relative(rows: Rows, base: str) -> Rows:
    """The rows with their IRIs under a base written relative to it, in angle brackets."""
    return Rows(rows.variables, [tuple(_relative(value, base) for value in row) for row in rows.rows])


def _relative(value: Any, base: str) -> Any:
    return f"<{value[len(base) :]}>" if isinstance(value, Iri) and value.startswith(base) else value


def table(rows: Rows, width: int | None = None) -> str:
    """Rows as a table that fits the terminal; the widest columns give way, long cells are wrapped."""
    width = width or shutil.get_terminal_size((100, 24)).columns
    cells = [["" if value is None else " ".join(str(value).split()) for value in row] for row in rows.rows]
    widths = _widths([list(rows.variables), *cells], width)
    rule = "  ".join("─" * size for size in widths)
    body = [line for row in cells for line in _wrapped(row, widths)]
    count = f"{len(cells)} row{'' if len(cells) == 1 else 's'}"
    return "\n".join([*_wrapped(rows.variables, widths), rule, *body, "", count])


def _widths(cells: Sequence[Sequence[str]], total: int) -> list[int]:
    """Column widths: each as wide as it wants, except that the widest share what is left."""
    wanted = [max(map(len, column), default=0) for column in zip(*cells, strict=True)]
    room = max(total - 2 * (len(wanted) - 1), MIN_COLUMN * len(wanted))
    open_columns = set(range(len(wanted)))
    while open_columns:
        share = room // len(open_columns)
        settled = {i for i in open_columns if wanted[i] <= share}
        if not settled:
            return [max(share, MIN_COLUMN) if i in open_columns else size for i, size in enumerate(wanted)]
        room -= sum(wanted[i] for i in settled)
        open_columns -= settled
    return wanted


def _wrapped(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    columns = [textwrap.wrap(cell, size) or [""] for cell, size in zip(row, widths, strict=True)]
    height = max(map(len, columns), default=0)
    padded = [column + [""] * (height - len(column)) for column in columns]
    return [
        "  ".join(cell.ljust(size) for cell, size in zip(line, widths, strict=True)).rstrip()
        for line in zip(*padded, strict=True)
    ]


def _people(facts: Facts, job: str) -> list[str]:
    return [credit.person for credit in facts.credits if credit.job == job]


def _plain(value: Value[Any] | None) -> Any:
    return None if value is None else value.value


def _rating(rating: Rating) -> dict[str, Any]:
    return {"kind": rating.kind, "value": rating.value, "best": rating.best, "count": rating.count}


def _rating_text(rating: Rating) -> str:
    votes = f", {rating.count} votes" if rating.count is not None else ""
    return f"{rating.value:g} of {rating.best:g} ({rating.kind}{votes})"


def _role(role: Role) -> dict[str, Any]:
    proofs = [_evidence(proof) for proof in role.evidence]
    return {
        "actor": role.actor,
        "character": role.character,
        "description": role.description,
        "billing": role.billing,
        "confidence": round(role.confidence, 4),
        "rule": role.evidence[0].rule if role.evidence else None,
        "evidence": proofs[0] if proofs else None,
        "more_evidence": proofs[1:],
    }


def _evidence(proof: Evidence) -> dict[str, Any]:
    return {"start": proof.span.start, "end": proof.span.end, "quote": proof.quote}
