"""What beginners write in place of SPARQL is told with what to write; what is right is let alone."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from graph import query
from graph.mistakes import hint, mistake
from graph.quicker import quicker
from graph.remarks import remark
from graph.spelling import MEANT
from graph.store import MalformedQueryError
from graph.vocabulary import CLASSES, PROPERTIES

FILES = sorted((Path(query.__file__).parent / "queries").rglob("*.rq"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT ?a, ?b { ?a film:title ?b }", "without commas: SELECT ?a ?b"),
        ("SELECT name { ?a film:name ?b }", "name stands alone; a variable begins with a question mark: ?name"),
        ("SELECT DISTINT ?a { ?a film:name ?b }", "DISTINT is no word of SPARQL; did you mean DISTINCT?"),
        ("SELECT COUNT(?a) { ?a film:title ?b }", "SELECT (COUNT(?x) AS ?count)"),
        ("SELECT ?a COUNT(?b) { ?a film:title ?b } GROUP BY ?a", "SELECT (COUNT(?x) AS ?count)"),
        ("SELECT ?a (COUNT(?b)) { ?a film:title ?b } GROUP BY ?a", "SELECT (COUNT(?x) AS ?count)"),
        ("SELECT ?a WHERE ?a film:title ?b", "the patterns stand in braces"),
        ('SELECT ?a { ?a film:title ?b FILTER(?b == "Skyfall") }', "equal is one sign"),
        ('SELECT ?a { ?a film:title ?b FILTER ?b = "Skyfall" }', "condition in brackets"),
        ("SELECT ?a { film/skyfall-2012 film:actor ?a }", "pointed brackets: <film/…>"),
        ("SELECT ?a { ?a film:title ?b } LIMIT 3 ORDER BY ?b", "in this order"),
        ("SELECT ?a { ?a film:title Skyfall }", 'a text has quotation marks, "Skyfall"'),
        ("SELECT ?a { ?a film:title ?b ?a film:year ?c }", "a dot may be missing before ?a"),
        ("SELECT ?a { ?a film:title ?b, film:year ?c }", "to another property leads a semicolon"),
    ],
)
def test_mistakes_of_beginners_are_answered_with_what_to_write(text: str, said: str) -> None:
    """Each of the common ones has its sentence, in place of a general one."""
    assert said in hint(MalformedQueryError("x", 1, 1), text)


def test_a_word_that_is_a_variable_elsewhere_is_taken_for_it() -> None:
    """``person`` beside ``?person`` lacks its question mark; it may also be the property."""
    said = hint(MalformedQueryError("x", 1, 1), "SELECT ?a { VALUES ?person { <http://e/p> } person film:played ?a }")
    assert said == "person stands alone; did you mean ?person or film:person?"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_is_said_against_queries_that_are_right(path: Path) -> None:
    """No query of the product has a mistake, nor asks for what cannot be."""
    text = path.read_text(encoding="utf-8")
    assert mistake(text) is None
    assert remark(text) is None


@pytest.mark.measured
def test_any_text_is_looked_through_quickly() -> None:
    """A long text of strange words, or of brackets, takes no time to speak of."""
    began = time.process_time()
    for piece in ("blorp ", "SELECT ", "{ zorp ", "( ", "?a ", "= ", "film:year ?a ", "GROUP BY ?a ", "lcase ( "):
        hint(MalformedQueryError("x", 1, 1), piece * 10_000)
        remark(piece * 10_000)
        quicker(piece * 10_000)
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('SELECT * { ?f film:director "Bo Li" }', 'film:director/film:name "Bo Li"'),
        ("SELECT * { ?r film:inFilm 'Skyfall' }", 'film:inFilm/film:title "Skyfall"'),
        ('SELECT * { "Bo Li" film:actedIn ?f }', '?thing film:name "Bo Li"'),
        ('SELECT * { ?f film:title "Rust"@en }', 'without a language: film:title "Rust"'),
        (
            "PREFIX film: <https://w3id.org/filmgraph/> SELECT * { ?f a film:Film }",
            "film: is <https://w3id.org/filmgraph#>",
        ),
        ("SELECT * { ?f <http://w3id.org/filmgraph#title> ?t }", "film: is <https://w3id.org/filmgraph#>"),
        ("SELECT * { ?f <https://schema.org/actor> ?t }", "schema: is <http://schema.org/> here"),
        ("PREFIX s: <http://schema.org/> SELECT * { ?f a <schema:Movie> }", "no brackets: schema:Movie"),
        ("SELECT * { <https://w3id.org/filmgraph/alignments> ?p ?o }", None),
        ("PREFIX s: <http://schema.org.example/> SELECT * { ?f a <http://schema.org/Movie> }", None),
        ("SELECT * { ?f film:year 1942 }", '"1942"^^xsd:gYear'),
        ('SELECT * { ?f film:year "1942" }', '"1942"^^xsd:gYear'),
        ("SELECT * { ?f film:year ?y FILTER(?y < 1942) }", '"1942"^^xsd:gYear'),
        ('SELECT * { ?f film:year ?y FILTER(?y = "1942") }', '"1942"^^xsd:gYear'),
        ('SELECT * { ?f film:year "1942"^^xsd:gYear }', None),
        ('SELECT * { ?f film:year ?y FILTER(?y > "1942"^^xsd:gYear) }', None),
        ('SELECT * { ?f film:director/film:name "Bo Li" ; film:title "Bo" }', None),
        ("SELECT * { ?f film:year ?y FILTER(xsd:integer(STR(?y)) < 1950) }", None),
    ],
)
def test_what_nothing_can_have_is_told(text: str, said: str | None) -> None:
    """A text in the place of a thing, or a number in that of a year, finds nothing, and is told what to write."""
    found = remark(text)
    assert (said in found) if found and said else found is said


@pytest.mark.parametrize(
    ("name", "meant"),
    [("Movie", "Film"), ("role", "Role"), ("hasCast", "actor"), ("release_date", "year"), ("duration", "runtime")],
)
def test_names_from_elsewhere_lead_to_our_terms(name: str, meant: str) -> None:
    """What other vocabularies call a thing, or our term in another form, is answered with the term of ours."""
    assert (remark(f"SELECT * {{ ?a film:{name} ?b }}") or "").endswith(f"did you mean film:{meant}?")


def test_every_meant_term_exists() -> None:
    """What is offered in place of a name from elsewhere is a term of the vocabulary, and the name is none."""
    terms = {*CLASSES, *PROPERTIES}
    assert set(MEANT.values()) <= terms
    assert not terms & set(MEANT)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT ?n (COUNT(?f) AS ?k) { ?f film:director/film:name ?n } GROUP BY ?n", "GROUP BY ?thing ORDER"),
        ("SELECT ?t (COUNT(*) AS ?k) { ?f a film:Film ; film:title $t } group by ?f ?t", "?thing film:title ?t }"),
        ('SELECT ?n { ?p film:name ?n FILTER regex(?n, "bogart", "i") }', "/search finds names"),
        ("SELECT ?d (COUNT(?f) AS ?k) { ?f film:director ?d } GROUP BY ?d", None),
    ],
)
def test_who_was_stopped_is_told_what_takes_less_work(text: str, said: str | None) -> None:
    """Groups of names and filters on parts of texts are what makes questions slow; other ones are let alone."""
    found = quicker(text)
    assert (said in found) if found and said else found is said
