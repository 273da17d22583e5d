"""Each bound of the sandbox holds: time, memory, bytes, rows, and the text itself."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from graph.sandbox import LimitExceededError, Limits, Sandbox, examine
from graph.sandbox.spool import OverflowedError, Spool
from graph.store import RESULT_TYPES, Snapshot
from tests.graph.sandbox.bounds import CROSS, JSON, LIMITS, LONGEST, NEVER, NT
from tests.small_graph import PREFIXES


def test_query_that_never_ends_is_killed_at_its_deadline(sandbox: Sandbox, folder: Path) -> None:
    """A query that would run for days is stopped, and the error names the limit and what to try."""
    started = time.monotonic()
    with pytest.raises(LimitExceededError, match=r"stopped after 0\.7 seconds; ask for less") as caught:
        sandbox.run(folder, NEVER, JSON, timeout=0.7)
    assert 0.7 <= time.monotonic() - started < LONGEST
    assert (caught.value.limit, caught.value.value) == ("timeout", 0.7)


def test_time_asked_for_is_bounded(folder: Path) -> None:
    """Nobody gets more time than the configured maximum."""
    limits = replace(LIMITS, max_timeout=0.5, slow_lane=1)
    with Sandbox(limits) as pool, pytest.raises(LimitExceededError, match=r"0\.5 seconds"):
        pool.run(folder, NEVER, JSON, timeout=3600)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (STRLEN(?x40) AS ?n) { BIND('x' AS ?x0) "
        + "".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1}) " for n in range(40))
        + "}",
        f"SELECT * {CROSS} ORDER BY ?a",
    ],
)
def test_memory_is_bounded(sandbox: Sandbox, folder: Path, query: str) -> None:
    """A query that needs more memory than allowed is ended, alone."""
    with pytest.raises(LimitExceededError, match="more than 300 MB of memory") as caught:
        sandbox.run(folder, query, JSON, timeout=LONGEST)
    assert (caught.value.limit, caught.value.value) == ("memory", LIMITS.memory)
    sandbox.run(folder, "ASK {}", JSON).close()


@pytest.mark.parametrize("media_type", RESULT_TYPES)
def test_answer_is_bounded_in_bytes_and_rows(folder: Path, media_type: str) -> None:
    """An answer with too many bytes or rows is no answer, in every format."""
    query = "SELECT ?x ?y { VALUES ?x { " + "1 " * 50 + "} VALUES ?y { " + "2 " * 50 + "} }"
    for limits, name in (
        (replace(LIMITS, result_bytes=2_000), "result_bytes"),
        (replace(LIMITS, result_rows=2_000), "result_rows"),
    ):
        with Sandbox(limits) as pool:
            with pytest.raises(LimitExceededError, match=r"2,000 .* LIMIT and OFFSET") as caught:
                pool.run(folder, query, media_type)
            assert (caught.value.limit, caught.value.value) == (name, 2_000)
            with pool.run(folder, "SELECT ?x { VALUES ?x { 1 2 3 } }", media_type) as result:
                assert result.size < 2_000


AWKWARD = [
    'SELECT ?x { VALUES ?x { "a},{\\"x" ",{" "[{" "<result>" "a\\n\\"b\\r\\nc" "," "" } }',
    "SELECT ?x ?y { VALUES (?x ?y) { (1 UNDEF) (UNDEF 2) (<http://e/> <http://f/>) } }",
    "SELECT ?x { VALUES ?x { " + " ".join(f'"{"q" * n}"' for n in range(300)) + " } }",
]


@pytest.mark.parametrize("media_type", RESULT_TYPES)
@pytest.mark.parametrize("query", AWKWARD, ids=["strings", "unbound", "lengths"])
def test_rows_are_counted_right_whatever_they_hold(folder: Path, media_type: str, query: str) -> None:
    """Rows are counted by structure: what looks like a border inside a value, or between two pieces, is none."""
    with Snapshot.open(folder, PREFIXES) as here:
        whole = here.serialize(query, media_type)
        expected = len(here.select(query))
    for size in (1, 2, 3, 5, 7, 64, 8192):
        spool = Spool(media_type, 10**6, 10**6)
        for start in range(0, len(whole), size):
            spool.write(whole[start : start + size])
        assert spool.rows == expected, size


def test_spool_stops_at_its_bound() -> None:
    """The piece that passes the bound raises, so nothing after it is computed."""
    spool = Spool(NT, 10, 100)
    spool.write(b"1234567890")
    with pytest.raises(OverflowedError):
        spool.write(b"1")


@pytest.mark.parametrize(
    ("query", "limit"),
    [
        ("SELECT * {" + "{" * 101 + "}" * 101 + "}", "depth"),
        ("SELECT * {" + "(" * 100_000, "depth"),
        ("SELECT * {" + " {} UNION" * 10_000 + " {} }", "chain"),
        ("SELECT * { ?s " + "/".join(["<p>"] * 2_000) + " ?o }", "chain"),
        ("SELECT * { FILTER(" + " || ".join(["?x"] * 2_000) + ") }", "chain"),
        ("SELECT * { ?s ?p '" + "x" * 1_000_000 + "' }", "text_bytes"),
    ],
    ids=["groups", "open brackets", "unions", "path", "or", "length"],
)
def test_text_is_bounded_before_the_engine_sees_it(query: str, limit: str) -> None:
    """Length, nesting and chains are checked on the text alone."""
    with pytest.raises(LimitExceededError) as caught:
        examine(query, Limits())
    assert caught.value.limit == limit
