"""The style page: examples of what the partials show."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.pages.explaining import Told
from webapp.pages.films import CastLine
from webapp.pages.ontology import Diagram
from webapp.pages.parts import Difference, FilmRef, Proof, Ref
from webapp.pages.query import ResultTable


@dataclass(frozen=True, slots=True)
class StylesPage:
    """Invented examples: usual ones, and names that strain a line."""

    colours: tuple[str, ...]
    cast: tuple[CastLine, ...]
    proofs: tuple[Proof, ...]
    differences: tuple[Difference, ...]
    films: tuple[FilmRef, ...]
    people: tuple[Ref, ...]
    result: ResultTable
    told: Told
    diagram: Diagram
