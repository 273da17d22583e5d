"""Validation of whole sources: what passes, what the message says, and that the quick check is never too kind."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph

from graph.errors import InputError, ValidationError
from graph.facts import Credit, Evidence, Facts, Film, Rating, Role, Span, Value
from graph.iris import Iris
from graph.ontology import FOLDER
from graph.resolve import Known, identify
from graph.triples import DatasetSource, TextSource, dataset_quads, review_quads
from graph.validate import quick, validate
from graph.validate.check import as_graph
from graph.validate.report import violations
from graph.validate.statements import Unsure, read

TEXT = 'Ann Example (Kevin) runs.\nBob "Bo" Example plays her coach — in C:\\new.\tDirected by Cy Example, 2017. 3/5'
SHAPES = Graph().parse(FOLDER / "shapes.ttl")
RULES = quick.compile_shapes(SHAPES)


def proof(words: str) -> tuple[Evidence, ...]:
    """The place of some words in the text, as evidence."""
    start = TEXT.index(words)
    return (Evidence(Span(start, start + len(words)), words, "by-hand", 0.9, (Span(start, start + 3),)),)


def facts() -> Facts:
    """One of each kind of fact."""
    film = Film(title=Value("Run"), year=Value(2017, proof("2017")), genres=(Value("Drama"),), tagline=Value('A "run"'))
    roles = (
        Role("Ann Example", "Kevin", None, 0.9, proof("Ann Example (Kevin)")),
        Role("Bob Example", None, "her coach", 0.9, proof('Bob "Bo" Example plays her coach — in C:\\new.\tD')),
    )
    crew = (Credit("Cy Example", "director", proof("Directed by Cy Example")),)
    return Facts("run.txt", film, crew, roles, (Rating("own", 3.0, 5.0, None, proof("3/5")),), headline="Run on")


def review(mode: str = "full") -> bytes:
    """The graph of one review."""
    iris, digest = Iris(), hashlib.sha256(TEXT.encode()).hexdigest()
    source = TextSource("run", TEXT, digest, mode, "filmgraph 0.1.0")
    return review_quads(iris, source, identify(facts(), iris, Known()))


@pytest.mark.parametrize("mode", ["full", "quotes", "offsets"])
def test_what_triples_writes_of_a_review_is_valid(mode: str) -> None:
    """A review's graph conforms in each mode, by the quick check and by pyshacl."""
    validate(review(mode), "run.txt")
    assert quick.conforms(review(mode), RULES)
    assert violations(as_graph(review(mode), "run.txt"), SHAPES) == []


def test_what_triples_writes_of_a_dataset_is_valid() -> None:
    """A dataset's graph conforms: its facts have no evidence."""
    iris = Iris()
    source = DatasetSource("toy", "Toy films", "0" * 64, "1", "2020-01-31", "CC0")
    quads = dataset_quads(iris, source, [identify(facts(), iris, Known())])
    validate(quads, "toy")
    assert quick.conforms(quads, RULES)


def test_the_message_names_source_resource_shape_value_and_rule() -> None:
    """A reader of the message knows which source to mend, and where."""
    broken = review().replace(b'#job> "director"', b'#job> "boss"')
    with pytest.raises(ValidationError) as caught:
        validate(broken, "reviews/run.txt")
    first, second = str(caught.value).splitlines()
    assert first == "reviews/run.txt breaks the shapes, 1 violation:"
    assert (
        "<http://localhost:8000/credit/run-2017/cy-example/director>, shape credit-job: A credit has exactly" in second
    )
    assert second.endswith('Found: "boss"')


def test_many_violations_are_counted() -> None:
    """The message shows the first few and says how many more there are."""
    with pytest.raises(ValidationError) as caught:
        validate(review().replace(b"#label>", b"#title>"), "run.txt")
    lines = str(caught.value).splitlines()
    assert len(lines) == 7
    assert lines[-1] == f"  and {int(lines[0].split()[-2]) - 5} more"


def test_the_message_is_the_same_each_time() -> None:
    """Two runs over the same broken source say the same."""
    broken, said = review().replace(b"#label>", b"#title>"), set()
    for _ in range(2):
        with pytest.raises(ValidationError) as caught:
            validate(broken, "run.txt")
        said.add(str(caught.value))
    assert len(said) == 1


def test_a_blank_node_for_a_number_is_a_violation() -> None:
    """What SHACL cannot compare is refused like what it can."""
    broken = review().replace(b'bestRating> "5"^^<http://www.w3.org/2001/XMLSchema#decimal>', b"bestRating> _:b")
    with pytest.raises(ValidationError, match=r"(?s)run\.txt breaks .* cannot be compared"):
        validate(broken, "run.txt")


def test_what_is_no_nquads_is_an_input_error() -> None:
    """Bytes that do not parse name their source."""
    with pytest.raises(InputError, match=r"run\.txt: not N-Quads"):
        validate(b"<a> is no statement\n", "run.txt")


def test_nothing_is_valid() -> None:
    """An empty graph breaks no shape."""
    validate(b"", "empty")


@pytest.mark.parametrize(
    "line",
    [
        b"_:b <http://e.org/p> <http://e.org/o> .",
        b'<http://e.org/s> <http://e.org/p> "01"^^<http://www.w3.org/2001/XMLSchema#integer> .',
        b'<http://e.org/s> <http://e.org/p> "1.0"^^<http://www.w3.org/2001/XMLSchema#decimal> .',
        b'<http://e.org/s> <http://e.org/p> "2017-02-30"^^<http://www.w3.org/2001/XMLSchema#date> .',
        b'<http://e.org/s> <http://e.org/p> "a"@en .',
        b'<http://e.org/s> <http://e.org/p> "\\u0041" .',
        b"\xff\xfe",
    ],
)
def test_the_quick_check_leaves_strange_lines_to_pyshacl(line: bytes) -> None:
    """Terms that have several spellings are not compared as strings."""
    with pytest.raises(Unsure):
        read(line)


def test_shacl_that_the_quick_check_does_not_know_fails_to_compile() -> None:
    """No constraint is passed over in silence."""
    shape = """@prefix sh: <http://www.w3.org/ns/shacl#> .
        <x:s> a sh:NodeShape ; sh:targetClass <x:C> ; sh:closed true ."""
    with pytest.raises(ValueError, match="closed"):
        quick.compile_shapes(Graph().parse(data=shape, format="turtle"))


LINES = review().decode().splitlines()
PLACES = st.integers(0, len(LINES) - 1)
CHANGES = st.lists(
    st.tuples(st.sampled_from(["drop", "subject", "predicate", "object", "extra"]), PLACES, PLACES), max_size=3
)


def changed(changes: list[tuple[str, int, int]]) -> bytes:
    """The review's lines with some dropped, and some parts exchanged for those of other lines."""
    lines: list[str | None] = list(LINES)
    for kind, at, other in changes:
        here, there = LINES[at].split(" ", 2), LINES[other].split(" ", 2)
        part = {"subject": 0, "predicate": 1, "object": 2, "extra": 2}.get(kind)
        if part is None:
            lines[at] = None
            continue
        here[part] = there[part]
        if kind == "extra":
            lines.append(" ".join(here))
        else:
            lines[at] = " ".join(here)
    return "\n".join(line for line in lines if line).encode()


@settings(max_examples=60, deadline=None, derandomize=True)
@given(CHANGES)
def test_the_quick_check_vouches_for_nothing_that_pyshacl_refuses(changes: list[tuple[str, int, int]]) -> None:
    """Whatever is dropped or exchanged in a valid review, both checks agree on the outcome."""
    quads = changed(changes)
    assert quick.conforms(quads, RULES) == (violations(as_graph(quads, "changed"), SHAPES) == [])
