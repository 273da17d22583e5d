"""Fill the style page with invented examples."""

from __future__ import annotations

from rdflib import Graph

from webapp.fill.diagram import diagram
from webapp.pages import (
    CastLine,
    Cell,
    Difference,
    FilmRef,
    Piece,
    Proof,
    Ref,
    ResultTable,
    Side,
    StylesPage,
    Told,
    Word,
)
from webapp.site import View

COLOURS = ("paper", "card", "ink", "quiet", "rule", "edge", "accent", "mark", "glow")
"""The custom properties of the style sheet that are colours."""
LONG = "The Unabridged and Entirely True Account of the Lighthouse Keeper’s Third Daughter, Told by Herself"


def styles_page(view: View, ontology: Graph) -> StylesPage:
    """Examples that need no data but the ontology, for its diagram."""
    base = view.iris.base
    people = tuple(
        Ref(f"{base}person/{name}", label)
        for name, label in (
            ("marta-vane", "Marta Vane"),
            ("zendaya", "Zendaya"),
            ("mifune", "三船敏郎"),
            ("rostom", "هند رستم"),
            ("long", "Wolfgang Amadeus Theophilus von Hohenlohe-Waldenburg-Schillingsfürst"),
        )
    )
    films = (FilmRef(f"{base}film/harbour", "The Quiet Harbour", 1961), FilmRef(f"{base}film/long", LONG))
    dataset = Ref(f"{base}dataset/invented", "An invented dataset")
    proofs = (_proof(base, "Vane", 0.97), _proof(base, "Vane", 0.62))
    whom = ("Louise Farrow", None, "菊千代", "هنومة", "The Second Assistant to the Under-Secretary for Harbours")
    cast = tuple(
        CastLine(
            iri=f"{base}role/{place}",
            person=person,
            character=Ref(f"{base}character/{place}", name) if name else None,
            description=None if name else "the harbour master’s impatient sister",
            proofs=proofs[: max(2 - place, 0)],
            datasets=() if place == 1 else (dataset,),
        )
        for place, (person, name) in enumerate(zip(people, whom, strict=True))
    )
    sides = (Side("1961", None, (dataset,)), Side("1962", None, (Ref(f"{base}review/harbour", "A review"),)))
    return StylesPage(
        COLOURS, cast, proofs, (Difference("Year", sides),), films, people, _result(people), _told(), diagram(ontology)
    )


def _proof(base: str, name: str, confidence: float) -> Proof:
    pieces = (Piece("As Louise Farrow, "), Piece(name, marked=True), Piece(" says more with a glance than the script."))
    review = Ref(f"{base}review/harbour", "A review of The Quiet Harbour")
    return Proof(
        f"{base}evidence/1", pieces, 10, 90, confidence, "as-name", review, "Jo Archer", "The Tide", "1961-05-02"
    )


def _result(people: tuple[Ref, ...]) -> ResultTable:
    rows = tuple(
        (Cell(person.label, person.iri, place), Cell(str(1961 + place))) for place, person in enumerate(people)
    )
    return ResultTable(("who", "year"), rows, len(rows), 3, "rows")


def _told() -> Told:
    words = (Word("variable", "?who"), Word("words", " played "), Word("literal", "Louise Farrow"))
    inner = Told((Word("variable", "?film"), Word("words", " is "), Word("term", "a film")), (), "BGP")
    return Told(words, (inner,), "Join")
