"""A very small graph for tests of the store and what is built on it: two films, two reviews, two named graphs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize

from graph import snapshot
from graph.store import Writer, read_prefixes

PREFIXES = read_prefixes(Path(__file__).parents[1] / "ontology" / "prefixes.ttl")
ONE, TWO = "http://example.org/graph/one", "http://example.org/graph/two"
_HEAD = "@prefix : <http://example.org/> . " + " ".join(f"@prefix {k}: <{v}> ." for k, v in PREFIXES.items())

TURTLE = {
    ONE: """
      :amelie a film:Film ; film:title "Amélie" ; film:originalTitle "Le Fabuleux Destin d’Amélie Poulain" ;
        film:year "2001"^^xsd:gYear .
      :tautou a film:Person ; film:name "Audrey Tautou" ; rdfs:label "Audrey Tautou" .
      :role1 a film:Role ; film:inFilm :amelie ; film:performer :tautou ; film:character :amelie-poulain ;
        film:evidence :evidence1 .
      :amelie-poulain a film:Character ; film:name "Amélie Poulain" ; film:inFilm :amelie .
      :review1 a film:Review ; rdfs:label "A sweet tale" ; film:reviewOf :amelie ; film:sha256 "aa" ;
        film:text "Montmartre again. Audrey Tautou (Amélie) charms everyone. The end." .
      :evidence1 a film:Evidence ; film:quote "Audrey Tautou (Amélie) charms everyone." ; film:inSource :review1 ;
        film:confidence 0.97 ; film:start 18 .
    """,
    TWO: """
      :bell a film:Film ; film:title "The Broken Bell" ; film:year "1962"^^xsd:gYear ; film:genre :drama .
      :drama a film:Genre ; film:name "Drama"@en .
      :roth a film:Person ; film:name "Tim Roth" .
      :role2 a film:Role ; film:inFilm :bell ; film:performer :roth ; film:roleDescription "the coach" .
      :review2 a film:Review ; rdfs:label "Ringing hollow" ; film:reviewOf :bell ; film:sha256 "bb" .
      :evidence2 a film:Evidence ; film:quote "Only the track coach rings true." ; film:inSource :review2 .
    """,
}


def nquads(turtle: str, graph: str) -> bytes:
    """Turtle as the sorted N-Quads of one graph; the prefixes of the ontology and the empty one are known."""
    quads = parse(f"{_HEAD} {turtle.strip().removesuffix('.')} .".encode(), format=RdfFormat.TURTLE)
    named = (Quad(quad.subject, quad.predicate, quad.object, NamedNode(graph)) for quad in quads)
    data = serialize(named, format=RdfFormat.N_QUADS) or b""
    return b"".join(sorted(data.splitlines(keepends=True)))


def publish(data: Path, graphs: Mapping[str, str] = TURTLE, drop: Iterable[str] = (), keep: int = 10) -> int:
    """Publish these graphs on top of what is there; gives the snapshot's number."""
    with Writer(data) as writer:
        for graph in drop:
            writer.drop_graph(graph)
        for graph, turtle in graphs.items():
            writer.replace_graph(graph, nquads(turtle, graph))
        return snapshot.publish(data, writer, keep=keep)
