"""What a text is found to be does not depend on the texts that were examined before it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from graph.sandbox import Limits, examine
from graph.sandbox.examine import _like, _outlined, _parts
from graph.store import outline

QUERIES = Path(__file__).parents[3] / "graph" / "queries"
PIECES = (
    '<', '>', '"', "'", "#", "\\", " ", "\n", "a", ".", ":", "<x>", "<y#z>", '"y"', '"y" ', '""', '"""', "?a<?b",
    "SERVICE ", "FROM ", "FROM NAMED ", "PREFIX q: ", "PREFIX q:<z>", "BASE <b>", "{", "}", "(", ")", "||", "@en", "^^",
)  # fmt: skip
TEXTS = (
    'PREFIX s: <http://schema.org/> SELECT ?n { <http://e/film> s:actor ?r . ?r s:actor/s:name ?n ; s:c "Ann"@en }',
    'ASK { ?s <p> "a""b" , "c" FILTER(?a < 3 || ?b > "d") }',
    "SELECT * { ?s ?p <o> } UNION { <s> ?p ?o }",
)


def _spoilt(text: str, chance: random.Random) -> str:
    """The text with a few pieces put in, or letters taken out."""
    for _ in range(chance.randint(1, 4)):
        place = chance.randint(0, len(text))
        if chance.random() < 0.3:
            text = text[:place] + text[place + chance.randint(1, 3) :]
        else:
            text = text[:place] + chance.choice(PIECES) + text[place:]
    return text


def test_a_text_like_an_earlier_one_has_the_outline_that_it_has_alone() -> None:
    """However a query is spoilt, it is found to be what its own tokens say, not what another's did."""
    chance, alike = random.Random(7), 0  # noqa: S311  # for a sample
    plain = ["\n".join(line.split("#")[0] for line in path.read_text().splitlines()) for path in QUERIES.glob("*.rq")]
    for text in (*TEXTS, *sorted(plain)[:20]):
        for _ in range(100):
            spoilt = _spoilt(text, chance)
            alike += _like(_parts(spoilt)) is not None
            assert _outlined(spoilt, 0)[0] == outline(spoilt), spoilt
    assert alike > 300


@pytest.mark.parametrize("term", ["<http://e/a>", '"b"', '"SERVICE {{{"', "<urn:x#y>"])
def test_terms_do_not_change_what_is_found(term: str) -> None:
    """Queries that differ only in their terms share one examination."""
    before = _like.cache_info().misses
    first = examine(f"SELECT * {{ ?s ?p {term[0]}x{term[-1]} }}", Limits())
    between = _like.cache_info().misses
    assert examine(f"SELECT * {{ ?s ?p {term} }}", Limits()) == first
    assert between - before <= 1
    assert _like.cache_info().misses == between


@pytest.mark.parametrize("text", ["SELECT * FROM <http://e/%s> { ?s ?p ?o }", "SELECT * FROM NAMED <http://e/%s> {}"])
def test_graphs_are_read_each_time(text: str) -> None:
    """The graphs of FROM are those of the query itself."""
    for name in ("one", "two"):
        found = examine(text % name, Limits()).outline
        assert [*found.default_graphs, *found.named_graphs] == [f"http://e/{name}"]
