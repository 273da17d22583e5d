"""Questions of one thing take as long in a large store as in a small one."""

from __future__ import annotations

import time

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, parse, serialize

from graph import build, ontology, query, snapshot
from graph.store import Form, QuerySource, outline, read_prefixes
from graph.store.embedded import Oxigraph

FOLDERS = ("", "context", "dossier", "known", "plain", "reconcile", "tools", "withdrawn")
OF_MANY = {"after", "class", "letters", "term", "text"}
"""Terms of questions about all that a list holds, or all that a class or a property has."""
READING = {"plain/naming"}
"""Looks for a name in all sentences, where a server has no index of words."""
ASKED = [
    name
    for folder in FOLDERS
    for name in query.names(folder)
    if query.load(name).terms and not query.load(name).terms & OF_MANY and name not in READING
]
MORE = 5_000
"""Films, people, characters, roles, credits, ratings, reviews and passages beside the sample, so many of each."""
TIMES, SPARE = 3, 0.006
"""What a question may cost in the large store: so many times what it costs in the small one, and some seconds."""
TRIES = 5

PREFIXES = read_prefixes(ontology.PREFIXES)
BESIDE = """
<film/> a film:Film ; film:title "More" ; rdfs:label "More" ; film:year "1990"^^xsd:gYear ; film:rating <rating/> ;
  film:genre </genre/drama> ; film:director <person/> ; film:actor <person/> .
<person/> a film:Person ; film:name "More" ; rdfs:label "More" ; film:actedIn <film/> ; film:played <character/> .
<character/> a film:Character ; film:name "More" ; film:inFilm <film/> .
<role/> a film:Role ; rdfs:label "More" ; film:inFilm <film/> ; film:performer <person/> ; film:person <person/> ;
  film:character <character/> ; film:evidence <evidence/> ; film:roleDescription "the one" .
<credit/> a film:Credit ; film:inFilm <film/> ; film:person <person/> ; film:job "director" .
<rating/> a film:Rating ; film:ratingKind "user" ; film:ratingValue 3.5 ; film:bestRating 5.0 ; film:ratingCount 7 .
<evidence/> a film:Evidence ; film:supports <role/> ; film:inSource <review/> ; film:start 1 ; film:end 9 ;
  film:confidence 0.9 ; film:rule "bracket" ; film:quote "More." ; film:mention "1-3" ;
  film:supportsProperty film:title ; film:supportsValue "More" .
<review/> a film:Review ; film:reviewOf <film/> ; rdfs:label "More" ; film:reviewer "A" ; film:outlet "B" ;
  film:published "2001-01-01"^^xsd:date .
"""
"""What there is so many times, its IRIs ending in a number each time."""


def beside(base: str) -> bytes:
    """As N-Triples, ``MORE`` times what ``BESIDE`` holds."""
    head = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    quads = parse(f"{head}{BESIDE}", format=RdfFormat.TURTLE, base_iri=base)
    lines = (serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES) or b"").decode()
    return "".join(lines.replace("/>", f"/more-{i}>") for i in range(MORE)).encode()


@pytest.fixture(scope="module")
def stores(sample: build.Place) -> tuple[QuerySource, QuerySource]:
    """The sample alone, and beside much more, both in memory; as in a snapshot the default graph merges all graphs."""
    with snapshot.open_current(sample.data) as current:
        quads = current.dump()
    triples = b"".join(line[: line.rindex(b" <")] + b" .\n" for line in quads.splitlines())
    more, found = beside(sample.base), []
    for extra in (b"", more):
        store = Store()
        store.bulk_load(quads, format=RdfFormat.N_QUADS)
        store.bulk_load(triples + extra, format=RdfFormat.N_TRIPLES)
        store.bulk_load(extra, format=RdfFormat.N_TRIPLES, to_graph=NamedNode(f"{sample.base}graph/more"))
        found.append(Oxigraph(store, "memory", PREFIXES))
    return found[0], found[1]


def cost(source: QuerySource, text: str) -> float:
    """The least seconds of processor time that a query took of three times."""
    run = source.select if outline(text).form is Form.SELECT else source.construct
    taken = []
    for _ in range(3):
        start = time.thread_time()
        run(text)
        taken.append(time.thread_time() - start)
    return min(taken)


def growth(stores: tuple[QuerySource, QuerySource], text: str) -> tuple[float, float] | None:
    """What a query costs in both stores where it costs more in the large one than it may, however often it is tried."""
    small, large = (cost(source, text) for source in stores)
    for _ in range(TRIES):
        if large <= TIMES * small + SPARE:
            return None
        large = min(large, cost(stores[1], text))
    return small, large


@pytest.mark.measured
def test_questions_of_one_thing_do_not_grow_with_the_store(stores: tuple[QuerySource, QuerySource]) -> None:
    """The engine begins with the thing that is asked about, and looks up the rest."""
    grown = {name: growth(stores, query.load(name).text) for name in ASKED}
    assert {name: both for name, both in grown.items() if both} == {}


@pytest.mark.measured
@pytest.mark.parametrize(
    ("name", "apart", "joined"),
    [
        ("proofs", "?property }\n  OPTIONAL { ?evidence", "?property . ?evidence"),
        ("review-facts", "?rated }\n  OPTIONAL { ?fact", "?rated . ?fact"),
    ],
)
def test_a_question_that_grows_is_seen(
    stores: tuple[QuerySource, QuerySource], name: str, apart: str, joined: str
) -> None:
    """The store is large enough that a question which looks at all of it costs more than is allowed."""
    text = query.load(name).text
    assert apart in text
    assert growth(stores, text.replace(apart, joined))
