"""The writer: a graph of any size lands whole, in its own graph and in the merge of all."""

import os
import signal
from pathlib import Path

import pytest
from pyoxigraph import Store

from graph.errors import StoreError
from graph.store import Snapshot, Writer, allocator, renew, waiting, writer


def lines(count: int, graph: str = "urn:g") -> bytes:
    """N-Quads of uneven lengths, longer together than any buffer on their way."""
    return b"".join(
        f'<urn:s{n}> <urn:p> "{"x" * (n * 37 % 5000)} <{graph}> ." <{graph}> .\n'.encode() for n in range(count)
    )


def loads() -> list[int]:
    """The processes that load a store for this one."""
    children = "".join(path.read_text() for path in Path("/proc/self/task").glob("*/children")).split()
    return [int(child) for child in children if b"graph.store.loader" in Path(f"/proc/{child}/cmdline").read_bytes()]


@pytest.mark.parametrize("as_file", [False, True])
def test_a_large_graph_lands_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, as_file: bool) -> None:
    """Loaded in bulk, from memory or from a file, every statement stands in the graph and in the merge."""
    monkeypatch.setattr(writer, "BULK", 1000)
    data = lines(500)
    path = tmp_path / "large.nq"
    path.write_bytes(data)
    with Writer(tmp_path / "var") as store:
        store.replace_graph("urn:g", path if as_file else data)
        source = store.source()
        assert source.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows == [(500,)]
        assert source.select("SELECT (COUNT(*) AS ?n) { GRAPH <urn:g> { ?s ?p ?o } }").rows == [(500,)]
        assert source.select('SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(STRENDS(?o, "<urn:g> .")) }').rows == [(500,)]


def test_a_statement_of_two_graphs_counts_once_until_both_are_gone(tmp_path: Path) -> None:
    """The merge holds a statement as long as one graph makes it."""
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    with Writer(tmp_path / "var") as store:
        for graph in ("urn:one", "urn:two"):
            store.replace_graph(graph, f'<urn:s> <urn:p> "o" <{graph}> .\n'.encode())
        assert store.source().select(count).rows == [(1,)]
        store.drop_graph("urn:one")
        assert store.source().select(count).rows == [(1,)]
        store.replace_graph("urn:two", b'<urn:s> <urn:p> "other" <urn:two> .\n')
        assert store.source().select("SELECT ?o { ?s ?p ?o }").rows == [("other",)]
        store.drop_graph("urn:two")
        assert store.source().select(count).rows == [(0,)]


def test_files_are_loaded_while_other_work_goes_on(tmp_path: Path) -> None:
    """What is loaded in the background is seen by the next who looks, and by nobody who does not wait for it."""
    for graph in ("one", "two"):
        (tmp_path / graph).write_bytes(lines(300, f"urn:{graph}"))
    with Writer(tmp_path / "var") as store:
        told: list[tuple[int, int]] = []
        store.on_load = lambda done, total: told.append((done, total))
        early = store.source(settled=False)
        store.load_graph("urn:one", tmp_path / "one")
        store.load_graph("urn:two", tmp_path / "two")
        assert early.graphs() == []
        assert store.source().graphs() == ["urn:one", "urn:two"]
        assert store.source().select("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }").rows == [(600,)]
        assert told[-1] == (1200, 1200)
        assert [entry.triples for entry in store.catalogue.values()] == [300, 300]


def test_a_file_that_nobody_needs_goes_when_it_is_loaded(tmp_path: Path) -> None:
    """A large file that was made to be loaded does not stand on the disk beside the store that holds it."""
    for graph in ("one", "two"):
        (tmp_path / graph).write_bytes(lines(300, f"urn:{graph}"))
    with Writer(tmp_path / "var") as store:
        store.load_graph("urn:one", tmp_path / "one", spend=True)
        store.load_graph("urn:two", tmp_path / "two")
        store.settle()
        assert not (tmp_path / "one").exists()
        assert (tmp_path / "two").exists()
        assert store.source().select("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }").rows == [(600,)]


def test_a_file_that_breaks_off_in_the_background_stops_the_writer(tmp_path: Path) -> None:
    """The next use of the store tells that a file could not be read, and nothing is published from it."""
    path = tmp_path / "broken"
    path.write_bytes(lines(3) + b"<urn:s> <urn:p")
    with Writer(tmp_path / "var") as store:
        store.load_graph("urn:g", path)
        with pytest.raises(StoreError):
            store.source()
        with pytest.raises(StoreError, match="nothing was published"):
            store.backup(tmp_path / "copy")


def test_a_load_that_is_killed_stops_the_writer(tmp_path: Path) -> None:
    """A process that loads the store and is killed, as for want of memory, is told of, and nothing is published."""
    path = tmp_path / "large"
    path.write_bytes(lines(2000))
    with Writer(tmp_path / "var") as store:
        store.load_graph("urn:g", path)
        (child,) = loads()
        os.kill(child, signal.SIGKILL)
        with pytest.raises(StoreError, match="killed by signal 9"):
            store.settle()
        with pytest.raises(StoreError, match="nothing was published"):
            store.backup(tmp_path / "copy")


def test_what_was_loaded_is_not_opened_for_writing_until_something_is_written(tmp_path: Path) -> None:
    """A store that is loaded and published is left as it was loaded: nobody tidies what nobody changes."""
    path = tmp_path / "large"
    path.write_bytes(lines(300))
    with Writer(tmp_path / "var") as store:
        store.load_graph("urn:g", path)
        view = store.source()
        store.backup(tmp_path / "copy")
        Store(str(tmp_path / "var" / "store"))  # refused where the writer has it open for writing
        assert view.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows == [(300,)]
        store.replace_graph("urn:more", b'<urn:s> <urn:p> "o" <urn:more> .\n')
        assert view.graphs() == ["urn:g", "urn:more"]
        with pytest.raises(OSError, match="lock"):
            Store(str(tmp_path / "var" / "store"))


def test_stores_are_loaded_without_the_allocator_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where its package is not installed, loading goes another way to the same end."""
    monkeypatch.setattr(allocator, "_PACKAGE", "no-such-package")
    path = tmp_path / "large"
    path.write_bytes(lines(300))
    assert allocator.environment() == dict(os.environ)
    with Writer(tmp_path / "var") as store:
        store.load_graph("urn:g", path)
        assert store.source().dump().splitlines() == sorted(path.read_bytes().splitlines())


def test_a_load_that_nobody_waits_for_ends_with_the_writer(tmp_path: Path) -> None:
    """A writer that ends before its load leaves neither a load nor a pipe behind."""
    path = tmp_path / "large"
    path.write_bytes(lines(2000))
    with Writer(tmp_path / "var") as store:
        store.load_graph("urn:g", path)
    assert not list((tmp_path / "var").rglob("feed"))
    with Writer(tmp_path / "var") as store:
        assert store.graphs() == []


def test_a_store_that_loses_much_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large graph gives way to a newer edition by loading what stays once more; the result is as if it never was."""
    monkeypatch.setattr(renew, "LARGE", 50)
    for graph, count in (("kept", 20), ("old", 300), ("new", 200), ("follows", 100)):
        (tmp_path / graph).write_bytes(lines(count, f"urn:{graph.replace('new', 'old')}"))
    with Writer(tmp_path / "var") as store:
        for graph in ("kept", "old", "follows"):
            store.load_graph(f"urn:{graph}", tmp_path / graph)
        early = store.source()
        store.load_graph("urn:old", tmp_path / "new", stale=["urn:follows"])
        assert store.loading.keys() == {"urn:kept", "urn:old"}
        assert store.graphs() == ["urn:kept", "urn:old"]
        store.load_graph("urn:follows", tmp_path / "follows")
        store.replace_graph("urn:small", b'<urn:s> <urn:p> "o" <urn:small> .\n')
        names = ("kept", "new", "follows")
        told = [
            *b"".join((tmp_path / name).read_bytes() for name in names).splitlines(),
            *store.source().dump("urn:small").splitlines(),
        ]
        assert sorted(told) == store.source().dump().splitlines()
        merged = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
        assert early.select(merged).rows == store.source().select(merged).rows == [(321,)]
        assert store.drop_graph("urn:old")
        assert store.source().select(merged).rows == [(121,)]
    assert not (tmp_path / "var").exists(), "nothing was published, and nothing is left"


def test_small_graphs_are_seen_by_the_next_who_looks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """New graphs wait to be written together, which nobody notices: a view taken before sees each of them at once."""
    monkeypatch.setattr(waiting, "MOST", 50)
    monkeypatch.setattr(waiting, "MANY", 20)
    with Writer(tmp_path / "var") as store:
        view = store.source()
        for number in range(30):
            store.replace_graph(f"urn:{number}", lines(1 + number % 4, f"urn:{number}"))
            if number in (0, 11):
                assert len(view.graphs()) == number + 1
        assert view.select("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }").rows == [(73,)]
        assert [entry.triples for entry in store.catalogue.values()] == [1 + n % 4 for n in range(30)]
        store.replace_graph("urn:30", lines(2, "urn:30"))
        store.replace_graph("urn:30", lines(1, "urn:30"))
        assert view.dump("urn:30") == lines(1, "urn:30")
        store.replace_graph("urn:31", lines(1, "urn:31"))
        (tmp_path / "copy").mkdir()
        store.backup(tmp_path / "copy" / "store")
    with Snapshot.open(tmp_path / "copy") as copy:
        assert len(copy.graphs()) == 32


def test_a_graph_that_cannot_be_read_spoils_none_that_wait(tmp_path: Path) -> None:
    """A text that is no N-Quads is refused at once and the graphs before and after it are kept."""
    with Writer(tmp_path / "var") as store:
        store.replace_graph("urn:a", lines(2, "urn:a"))
        for text in (b"<urn:s> <urn:p", lines(2, "urn:other")):
            with pytest.raises(StoreError):
                store.replace_graph("urn:b", text)
        store.replace_graph("urn:c", lines(2, "urn:c"))
        assert store.source().graphs() == store.graphs() == ["urn:a", "urn:c"]


def test_a_graph_made_to_hold_nothing_is_gone(tmp_path: Path) -> None:
    """Neither the catalogue nor the store keeps its name, whether it was published before or not."""
    with Writer(tmp_path / "var") as store:
        for graph in ("urn:a", "urn:b"):
            store.replace_graph(graph, lines(2, graph))
        for _ in range(2):
            assert store.source().graphs() == store.graphs()
            store.replace_graph("urn:b", b"")
            assert store.source().graphs() == store.graphs() == ["urn:a"]
            store.replace_graph("urn:b", lines(3, "urn:b"))
