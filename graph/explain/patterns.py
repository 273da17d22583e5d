"""Triple patterns and property paths in words."""

from __future__ import annotations

import re
from typing import Any

from rdflib import RDF, URIRef, Variable
from rdflib.paths import AlternativePath, InvPath, MulPath, NegatedPath, Path, SequencePath

from graph.explain.lines import Line, Part, Piece, joined, line, term

TYPE = str(RDF.type)
FILM = "https://w3id.org/filmgraph#"
VERBS = {
    "actedIn": "{0} acted in {1}",
    "played": "{0} played {1}",
    "workedWith": "{0} worked with {1}",
    "inFilm": "{0} is in the film {1}",
    "inSource": "{0} stands in the source {1}",
    "reviewOf": "{0} is a review of {1}",
    "supports": "{0} proves something about {1}",
    "evidence": "{0} is proved by {1}",
    "actor": "{1} acts in {0}",
    "director": "{1} directed {0}",
    "genre": "{0} is of the genre {1}",
}
"""Properties that are no nouns: what a statement with them says."""
NOUNS = frozenset({"actor", "director", "genre"})
"""Those of them that make good nouns where only the end of a path is told."""
REPEATED = {"*": "any number of steps, or none, of ", "+": "one step or more of ", "?": "at most one step of "}


def triple(one: tuple[Any, Any, Any]) -> Line:
    """A triple pattern as a sentence."""
    subject, way, value = one
    if isinstance(way, Variable):
        return line(term(subject), " has a property ", term(way), ", whose value is ", term(value))
    if isinstance(way, URIRef):
        return line(_step(subject, way, value))
    if isinstance(way, SequencePath) and all(_noun(step) for step in way.args):
        owned: list[Piece] = []
        for step in reversed(way.args):
            owned += ["the ", term(step), " of "]
        return line(owned, term(subject), " is ", term(value))
    return line("from ", term(subject), " one comes to ", term(value), " by ", path(way))


def _step(subject: Any, way: URIRef, value: Any) -> list[Piece]:
    if str(way) == TYPE:
        return [term(subject), " is ", Part("class", str(value)) if isinstance(value, URIRef) else term(value)]
    verb = VERBS.get(way.removeprefix(FILM)) if way.startswith(FILM) else None
    if verb is None:
        return ["the ", term(way), " of ", term(subject), " is ", term(value)]
    places = {"0": term(subject), "1": term(value)}
    return [places.get(piece, piece) for piece in re.split(r"[{}]", verb)]


def _noun(step: Any) -> bool:
    name = step.removeprefix(FILM) if isinstance(step, URIRef) else TYPE
    return name != TYPE and (name in NOUNS or name not in VERBS)


def path(way: Any) -> list[Piece]:
    """A property path in words."""
    if isinstance(way, SequencePath):
        return joined([path(step) for step in way.args], ", then ")
    if isinstance(way, AlternativePath):
        return ["either ", *joined([path(step) for step in way.args], " or ")]
    if isinstance(way, InvPath):
        return ["“", *path(way.arg), "” backwards"]
    if isinstance(way, MulPath):
        return [REPEATED[way.mod], *path(way.path)]
    if isinstance(way, NegatedPath):
        return ["any property but ", *joined([path(step) for step in way.args], " and ")]
    return [term(way)] if not isinstance(way, Path) else [str(way)]
