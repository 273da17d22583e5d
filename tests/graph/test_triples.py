"""Facts to N-Quads: the same bytes for the same facts, evidence for every fact of a text, none for a dataset's."""

from pathlib import Path

import pytest
from rdflib import Dataset, Literal, URIRef
from rdflib.namespace import XSD

from graph.facts import Credit, Evidence, Facts, Film, Rating, Role, Span, Value
from graph.iris import Iris
from graph.resolve import Known, identify, learn
from graph.sources.facts_file import read_facts_file
from graph.triples import DatasetSource, TextSource, dataset_quads, review_quads
from graph.triples.terms import nquads
from graph.vocabulary import FILM

CASES = Path(__file__).parent.parent / "cases" / "triples"
IRIS = Iris("https://films.example/")
TEXT = 'Rust (1990)\n\nAnn Bell plays "Fay" well.\n7/10'


def proof(words: str, rule: str = "test") -> tuple[Evidence, ...]:
    """The evidence for words of the text."""
    start = TEXT.index(words)
    return (Evidence(Span(start, start + len(words)), words, rule, 0.9),)


def review(mode: str = "full") -> Dataset:
    """The graph of one small review."""
    facts = Facts(
        source="rust.txt",
        film=Film(title=Value("Rust", proof("Rust")), year=Value(1990, proof("1990")), genres=(Value("Drama"),)),
        credits=(Credit("Ann Bell", "actor"), Credit("Cy Dorn", "actor", proof("Rust"))),
        roles=(Role("Ann Bell", "Fay", None, 0.9, proof('Ann Bell plays "Fay" well.')),),
        ratings=(Rating("own", 7.0, 10.0, None, proof("7/10")),),
    )
    source = TextSource("rust-1", TEXT, "0" * 64, mode, "filmgraph test")
    graph = Dataset(default_union=True)
    graph.parse(data=review_quads(IRIS, source, identify(facts, IRIS, Known())), format="nquads")
    return graph


@pytest.mark.parametrize("case", sorted(CASES.glob("*.toml")), ids=lambda path: path.stem)
def test_a_facts_file_becomes_these_quads(case: Path) -> None:
    """The whole graph of a dataset, to the byte."""
    content, known, films = read_facts_file(case), Known(), []
    for facts in content.films:
        films.append(identify(facts, IRIS, known))
        learn(films[-1], known)
    source = DatasetSource("two-films", content.title, "0" * 64, content.version, content.published, content.licence)
    assert dataset_quads(IRIS, source, films).decode() == case.with_suffix(".nq").read_text(encoding="utf-8")


def test_every_passage_names_its_place_and_its_fact() -> None:
    """The quote of each evidence is the text between its offsets, and it supports something that points back."""
    graph = review()
    found = list(graph.subject_objects(FILM.quote))
    assert len(found) == 5
    for evidence, quote in found:
        start, end = (int(str(graph.value(evidence, term))) for term in (FILM.start, FILM.end))
        assert str(quote) == TEXT[start:end]
        fact = graph.value(evidence, FILM.supports)
        assert (fact, FILM.evidence, evidence) in graph


def test_a_plain_value_is_proved_by_property_and_value() -> None:
    """The evidence of the year says which property and which value it proves."""
    graph = review()
    evidence = next(graph.subjects(FILM.supportsProperty, FILM.year))
    assert graph.value(evidence, FILM.supportsValue) == Literal("1990", datatype=XSD.gYear)


def test_one_line_proves_several_countries() -> None:
    """Two countries of one line have a passage each, with one value each."""
    countries = tuple(Value(name, proof("Rust (1990)")) for name in ("Norway", "Sweden"))
    facts = Facts(source="rust.txt", film=Film(title=Value("Rust"), countries=countries))
    graph = Dataset(default_union=True)
    source = TextSource("rust-1", TEXT, "0" * 64, "full", "filmgraph test")
    graph.parse(data=review_quads(IRIS, source, identify(facts, IRIS, Known())), format="nquads")
    proved = {
        passage: list(graph.objects(passage, FILM.supportsValue))
        for passage in set(graph.subjects(FILM.supportsProperty, FILM.country))
    }
    assert sorted(map(len, proved.values())) == [1, 1]


def test_a_cast_list_entry_gives_way_to_the_role() -> None:
    """Who has a role is not credited as an actor without one a second time."""
    people = {
        str(person)
        for credit in review().subjects(FILM.job, Literal("actor"))
        for person in review().objects(credit, FILM.person)
    }
    assert people == {"https://films.example/person/cy-dorn"}


@pytest.mark.parametrize(("mode", "text", "quotes"), [("full", 1, 5), ("quotes", 0, 5), ("offsets", 0, 0)])
def test_the_mode_says_how_much_text_is_kept(mode: str, text: int, quotes: int) -> None:
    """Full text, proving sentences, or places alone."""
    graph = review(mode)
    assert len(list(graph.subject_objects(FILM.text))) == text
    assert len(list(graph.subject_objects(FILM.quote))) == quotes
    assert len(list(graph.subject_objects(FILM.start))) == 5


def test_lines_are_sorted_and_read_back_as_written() -> None:
    """Quotes, line feeds, backslashes and any script survive; statements come once, sorted, without blank nodes."""
    words = 'a "quoted"\nline \\ with 七 and \ttab\r\x0b'
    triple = (URIRef("urn:s"), URIRef("urn:p"), Literal(words))
    data = nquads([triple, triple, (URIRef("urn:a"), URIRef("urn:p"), Literal("1"))], URIRef("urn:g"))
    lines = data.decode().split("\n")[:-1]
    assert lines == sorted(set(lines))
    graph = Dataset(default_union=True)
    graph.parse(data=data, format="nquads")
    assert Literal(words) in set(graph.objects(URIRef("urn:s"), URIRef("urn:p")))
    assert b"_:" not in data
