"""The gallery of example queries: complete, in groups, and each with an answer on the sample."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise
from pathlib import Path

import pytest

from graph import build, ontology, query, snapshot
from graph.store import Form, Snapshot, outline, read_prefixes

PLAIN = sorted((Path(__file__).parents[1] / "cases" / "examples").glob("*.rq"))
"""Examples as one would write them first, whose gallery form is made to answer on a large store too."""
FAMILY = {
    "03-cast-of-a-film": "by film",
    "11-same-character": "by character",
    "13-several-critics": "proved by several critics",
    "15-double-roles": "double roles",
    "17-by-actor": "by actor",
    "18-many-faces": "one character, several people",
    "20-real-people": "real people",
    "23-reunions": "pairs who meet again",
    "24-directors-who-act": "directors in their own films",
    "54-disagreements": "disagreements",
    "64-shortest-chain": "the shortest chain between two people",
}


@pytest.fixture(scope="module")
def embedded(sample: build.Place) -> Iterator[Snapshot]:
    """The sample's snapshot."""
    with snapshot.open_current(sample.data, read_prefixes(ontology.PREFIXES)) as current:
        yield current


def test_the_gallery_is_rich_and_in_order() -> None:
    """There are at least forty examples, each with a question of its own, and each group stands in one place."""
    all_ = query.examples()
    groups = [name for name, _ in groupby(all_, lambda each: each.group)]
    assert len(all_) >= 40
    assert len({each.question for each in all_}) == len(all_)
    assert all(each.question.endswith("?") and each.group for each in all_)
    assert len(groups) == len(set(groups)) >= 5
    assert groups[0] == "First steps"


def test_who_played_whom_is_asked_in_every_way() -> None:
    """The family of questions on who played whom is whole."""
    assert {each.name.removeprefix("examples/") for each in query.examples()} >= FAMILY.keys()


@pytest.mark.parametrize("name", query.names("examples"))
def test_each_example_stands_alone(name: str) -> None:
    """An example declares the prefixes it uses and asks no other server, so it runs on any."""
    found = outline(query.load(name).text)
    assert not found.service
    assert "film" in found.prefixes or "schema" in found.prefixes


@pytest.mark.parametrize("name", query.names("examples"))
def test_each_example_has_an_answer(name: str, embedded: Snapshot) -> None:
    """No example is empty on the sample, whatever its form."""
    text = query.load(name).text
    form = outline(text).form
    if form is Form.SELECT:
        assert embedded.select(text).rows
    elif form is Form.ASK:
        assert embedded.ask(text)
    else:
        assert embedded.construct(text)


@pytest.mark.parametrize("path", PLAIN, ids=lambda path: path.stem)
def test_what_is_asked_for_speed_is_what_is_asked_plainly(path: Path, embedded: Snapshot) -> None:
    """An example that joins or counts in an unusual way has the rows of the plain query for the same question."""
    plain = embedded.select(path.read_text(encoding="utf-8"))
    quick = embedded.select(query.load(f"examples/{path.stem}").text)
    assert (quick.variables, quick.rows) == (plain.variables, plain.rows)
    assert plain.rows


NARROWED = [name for name in query.names("examples") if query.narrowed(query.load(name).text)]


@pytest.mark.parametrize("name", NARROWED)
def test_a_narrowing_line_leaves_a_query(name: str, embedded: Snapshot) -> None:
    """With its narrowing line let in an example is a query still, with no more rows than before."""
    text = query.load(name).text
    narrow = query.narrowed(text) or ""
    most = len(embedded.select(text).rows)
    assert len(embedded.select(narrow).rows) <= most
    assert "take away" in text


def test_examples_over_everything_can_be_narrowed() -> None:
    """Every example that says that it looks at everything holds a line that narrows it."""
    wide = {name for name in query.names("examples") if "are looked at" in query.load(name).text}
    assert wide == set(NARROWED)


def test_the_shortest_chain_is_one(embedded: Snapshot) -> None:
    """Each link of the chain that the example finds are two people of one film, and no shorter chain exists."""
    rows = embedded.select(query.load("examples/64-shortest-chain").text)
    row = dict(zip(rows.variables, rows.rows[0], strict=True))
    chain = [str(row[name]) for name in ("from", "second", "third", "to") if row[name] is not None]
    assert row["steps"] == len(chain) - 1
    for one, other in pairwise(chain):
        assert embedded.ask(f"ASK {{ <{one}> film:workedWith <{other}> }}")
    if row["steps"] == 3:
        assert not embedded.ask(f"ASK {{ <{chain[0]}> film:workedWith/film:workedWith?  <{chain[-1]}> }}")
