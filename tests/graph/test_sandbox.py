"""The sandbox: each bound holds, each crash is an answer, and quick queries pass slow ones."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from graph import snapshot
from graph.errors import QueryError, StoreError
from graph.sandbox import Examined, LimitExceededError, Limits, Sandbox, examine
from graph.sandbox.lanes import Lane, Lanes, Pace
from graph.sandbox.spool import OverflowedError, Spool
from graph.store import RESULT_TYPES, MalformedQueryError, RefusedQueryError, Snapshot
from tests.small_graph import ONE, PREFIXES, TWO, publish

JSON, CSV, NT = "application/sparql-results+json", "text/csv", "application/n-triples"
LIMITS = Limits(timeout=20.0, memory=300 << 20, result_bytes=3_000_000, result_rows=50_000, patience=20.0)
LONGEST = 60.0
"""Seconds that anything may take on a machine however loaded."""
CROSS = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r . ?s ?t ?u . ?v ?w ?x }"
NEVER = f"SELECT (COUNT(*) AS ?n) {CROSS}"
"""Would run for days."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a snapshot of the small graph."""
    data = tmp_path_factory.mktemp("sandbox")
    publish(data)
    current = snapshot.current(data)
    assert current is not None
    return current


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """A sandbox with small bounds."""
    with Sandbox(LIMITS, PREFIXES) as pool:
        yield pool


def alive(pid: int) -> bool:
    """Whether a process runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def workers(pool: Sandbox) -> set[int]:
    """The processes of a pool."""
    return {process.pid for process in list(pool._all)}


def test_answers_are_those_of_the_snapshot(sandbox: Sandbox, folder: Path) -> None:
    """An answer has the very bytes that the store gives in this process."""
    query = "SELECT ?t { ?f film:title ?t } ORDER BY ?t"
    with Snapshot.open(folder, PREFIXES) as here:
        for media_type in RESULT_TYPES:
            with sandbox.run(folder, query, media_type) as result:
                assert result.read() == here.serialize(query, media_type)
                assert (result.rows, result.size, result.media_type) == (2, len(result.read()), media_type)


def test_given_graphs_replace_those_of_the_text(sandbox: Sandbox, folder: Path) -> None:
    """The graphs of the request narrow the query, whatever FROM says."""
    count = "SELECT (COUNT(*) AS ?n) {} {{ {} }}"

    def counted(query: str, **graphs: tuple[str, ...]) -> str:
        with sandbox.run(folder, query, CSV, **graphs) as result:
            return result.read().decode().split()[1]

    films = count.format("", "?f a film:Film")
    assert counted(films) == "2"
    assert counted(films, default_graphs=(ONE,)) == "1"
    assert counted(films, named_graphs=(ONE,)) == "0"
    assert counted(count.format(f"FROM <{TWO}>", "?f film:title 'Amélie'"), default_graphs=(ONE,)) == "1"
    assert counted(count.format("", "GRAPH ?g { ?f a film:Film }"), named_graphs=(TWO,)) == "1"
    assert counted(films, default_graphs=("http://example.org/graph/none",)) == "0"


def test_large_answer_comes_in_pieces_from_a_file(sandbox: Sandbox, folder: Path) -> None:
    """An answer too large for memory is spooled, complete, and its file has no name."""
    query = "SELECT ?x ?y { VALUES ?x { " + "1 " * 150 + "} VALUES ?y { " + "2 " * 150 + "} }"
    result = sandbox.run(folder, query, CSV)
    assert not isinstance(result.file, BytesIO)
    data = b"".join(result.pieces())
    assert (len(data), result.rows) == (result.size, 150 * 150)
    assert result.file.closed
    assert data.startswith(b"x,y\r\n1,2\r\n")


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


def test_long_lists_are_no_chains(sandbox: Sandbox, folder: Path) -> None:
    """Ten thousand values in a list are fine."""
    values = " ".join(f"<http://example.org/{n}> -1 1.5 'x'" for n in range(2_500))
    with sandbox.run(folder, f"SELECT (COUNT(*) AS ?n) {{ VALUES ?v {{ {values} }} }}", CSV) as result:
        assert result.read() == b"n\r\n10000\r\n"


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("INSERT DATA { <urn:a> <urn:b> 1 }", RefusedQueryError),
        ("PREFIX a: <urn:a> DROP ALL", RefusedQueryError),
        ("LOAD <http://127.0.0.1:9/>", RefusedQueryError),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> {} }", RefusedQueryError),
        ("SELECT * FROM <http://127.0.0.1:9/> {}", RefusedQueryError),
        ("SELECT * FROM NAMED <https://127.0.0.1:9/> {}", RefusedQueryError),
        ("SELECT * { ?s ?p }", MalformedQueryError),
        ("", MalformedQueryError),
        ("ASK { \0 }", MalformedQueryError),
        ("ASK { '\ud800' }", MalformedQueryError),
        ("SELECT (<urn:f>(1) AS ?x) {}", QueryError),
        ("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", QueryError),
    ],
)
def test_bad_query_is_a_query_error(sandbox: Sandbox, folder: Path, query: str, error: type[QueryError]) -> None:
    """Whatever is wrong with a text, the error says so, and no process is lost."""
    before = workers(sandbox)
    with pytest.raises(error) as caught:
        sandbox.run(folder, query, JSON)
    assert type(caught.value) is error or error is QueryError
    assert before <= workers(sandbox)


def test_crash_of_the_engine_is_an_answer(sandbox: Sandbox, folder: Path) -> None:
    """A text that crashes the engine ends its process only, and the next query is served."""
    with pytest.raises((LimitExceededError, MalformedQueryError)):
        sandbox.run(folder, "SELECT (1" + "+1" * 200_000 + " AS ?x) {}", JSON)
    with sandbox.run(folder, "ASK {}", JSON) as result:
        assert b"true" in result.read()


def test_damaged_snapshot_is_a_store_error(sandbox: Sandbox, tmp_path: Path) -> None:
    """A folder without a snapshot is not the query's fault."""
    with pytest.raises(StoreError, match="no snapshot"):
        sandbox.run(tmp_path / "none", "ASK {}", JSON)


def test_each_query_runs_on_the_snapshot_that_it_names(sandbox: Sandbox, tmp_path: Path) -> None:
    """The processes move to a new snapshot with the first query that names it."""
    for n in (1, 2, 1):
        data = tmp_path / str(n)
        if not data.exists():
            publish(data, {ONE: f":x :n {n} ."})
        path = snapshot.current(data)
        assert path is not None
        with sandbox.run(path, "SELECT ?n { ?s <http://example.org/n> ?n }", CSV) as result:
            assert result.read() == f"n\r\n{n}\r\n".encode()


def test_processes_cannot_reach_the_network(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even a query that slips past the check of the text makes no connection."""
    monkeypatch.setattr("graph.sandbox.pool.examine", unchecked)
    with socket.socket() as server, Sandbox(LIMITS) as pool:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.settimeout(1.0)
        where = f"http://127.0.0.1:{server.getsockname()[1]}/"
        with pytest.raises((QueryError, StoreError)):
            pool.run(folder, f"SELECT * {{ SERVICE <{where}> {{ ?s ?p ?o }} }}", JSON)
        isolation = {measure for process in pool._all for measure in process.isolation}
        if not isolation:
            pytest.skip("this system allows neither a network namespace nor a system-call filter")
        with pytest.raises(TimeoutError):
            server.accept()


def unchecked(query: str, limits: Limits) -> Examined:
    """What is known of a text, as if it were harmless."""
    return examine(query.replace("SERVICE", "GRAPH"), limits)


def test_killed_process_is_replaced(folder: Path) -> None:
    """When processes die while idle, the next queries do not notice, and the pool fills up again."""
    with Sandbox(LIMITS) as pool:
        pool.run(folder, "ASK {}", JSON).close()
        wait_until(lambda: len(workers(pool)) == LIMITS.processes + 1)
        old = workers(pool)
        for process in list(pool._all):
            os.kill(process.pid, signal.SIGKILL)
            process._popen.wait()
        for _ in range(10):
            pool.run(folder, "ASK {}", JSON).close()
        wait_until(lambda: len(workers(pool) - old) == LIMITS.processes + 1)
    wait_until(lambda: not any(map(alive, workers(pool))))


def test_query_of_a_killed_process_is_asked_again(folder: Path) -> None:
    """Who kills a process that has just taken a query does not harm the one who asks."""
    with Sandbox(LIMITS, PREFIXES) as pool:
        pool.run(folder, "ASK {}", JSON).close()
        slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?c < ?f && ?i < ?l) }"
        found: list[bytes] = []
        asking = threading.Thread(target=lambda: found.append(pool.run(folder, slow, CSV).read()))
        asking.start()
        wait_until(lambda: any(process.busy for process in list(pool._all)))
        for process in [each for each in list(pool._all) if each.busy]:
            os.kill(process.pid, signal.SIGKILL)
        asking.join()
    assert found[0].startswith(b"n\r\n")


def wait_until(happened: Callable[[], object]) -> None:
    """Wait for a condition."""
    end = time.monotonic() + LONGEST
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_closing_leaves_no_process(folder: Path) -> None:
    """After close no process of the pool is left, busy or idle."""
    pool = Sandbox(LIMITS)
    pool.run(folder, "ASK {}", JSON).close()
    running = workers(pool)
    pool.close()
    wait_until(lambda: not any(map(alive, running)))


def test_quick_queries_pass_slow_ones(folder: Path) -> None:
    """While more clients than processes send queries that never end, a known quick query goes on being quick."""
    limits = replace(LIMITS, timeout=3.0, patience=1.0)
    stop = threading.Event()
    with Sandbox(limits, PREFIXES) as pool:

        def bother(name: int) -> None:
            while not stop.is_set():
                with pytest.raises((LimitExceededError, StoreError)):
                    pool.run(folder, NEVER.replace("?", f"?x{name}"), JSON)

        quick = "SELECT ?n {{ <http://example.org/{}> film:name ?n }}"
        pool.run(folder, quick.format("roth"), JSON).close()
        clients = [threading.Thread(target=bother, args=(n,), daemon=True) for n in range(6)]
        for client in clients:
            client.start()
        time.sleep(1.0)
        times = []
        for n in range(40):
            started = time.monotonic()
            pool.run(folder, quick.format(f"x{n}"), JSON).close()
            times.append(time.monotonic() - started)
        stop.set()
        for client in clients:
            client.join()
    assert sorted(times)[len(times) // 2] < limits.patience / 2


def test_full_lane_is_busy_not_stuck(folder: Path) -> None:
    """Who finds all places taken for too long is told to try again, and when."""
    limits = replace(LIMITS, timeout=5.0, patience=0.3, slow_lane=1, trial_lane=0, quick_lane=0)
    with Sandbox(limits) as pool:
        assert pool.lanes.enter(Pace.SLOW, 0) is Lane.SLOW
        with pytest.raises(LimitExceededError, match="busy") as caught:
            pool.run(folder, "ASK {}", JSON)
        assert (caught.value.limit, caught.value.retry_after) == ("patience", 1)
        pool.lanes.leave(Lane.SLOW)
        pool.run(folder, "ASK {}", JSON).close()


def test_lanes_keep_places_for_quick_queries() -> None:
    """Slow queries never take the places of quick ones; quick ones may take any."""
    lanes = Lanes(replace(LIMITS, slow_lane=1, trial_lane=1, quick_lane=1))
    assert lanes.enter(Pace.SLOW, 0) is Lane.SLOW
    assert lanes.enter(Pace.SLOW, 0) is None
    assert lanes.enter(Pace.UNKNOWN, 0) is Lane.TRIAL
    assert lanes.enter(Pace.UNKNOWN, 0) is None
    assert lanes.enter(Pace.QUICK, 0) is Lane.QUICK
    assert lanes.enter(Pace.QUICK, 0) is None
    assert not lanes.change(Lane.TRIAL, Lane.SLOW)
    lanes.leave(Lane.SLOW)
    assert lanes.change(Lane.TRIAL, Lane.SLOW)
    assert lanes.enter(Pace.QUICK, 0) is Lane.TRIAL


def test_other_names_make_no_other_shape() -> None:
    """Who renames variables or asks of another film is known all the same; who joins otherwise asks another thing."""

    def shape(query: str) -> bytes:
        return examine(query, LIMITS).shape

    first = shape("SELECT * { <urn:a> ?b ?c . ?c ?d 'x' } LIMIT 10")
    assert first == shape("SELECT * { <urn:other> $q ?r . ?r ?s 'y' } LIMIT 20")
    assert first != shape("SELECT * { <urn:a> ?b ?c . ?e ?d 'x' } LIMIT 10")


def test_pace_is_learnt_by_shape() -> None:
    """What a shape of query took last time is remembered, and corrected."""
    lanes = Lanes(LIMITS)
    assert lanes.pace(b"a") is Pace.UNKNOWN
    lanes.remember(b"a", Pace.SLOW)
    assert lanes.pace(b"a") is Pace.SLOW
    for _ in range(5):
        lanes.remember(b"a", Pace.QUICK)
        assert lanes.pace(b"a") is Pace.QUICK
    assert lanes.pace(b"b") is Pace.UNKNOWN
    lanes.remember(b"a", Pace.SLOW)
    assert lanes.pace(b"a") is Pace.QUICK
    lanes.remember(b"a", Pace.SLOW)
    assert lanes.pace(b"a") is Pace.SLOW
