"""The writer replaces and drops whole graphs; what cannot be read leaves them as they were."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import URIRef

from graph import snapshot
from graph.errors import StoreError
from graph.store import (
    Writer,
)
from tests.small_graph import ONE, TURTLE, nquads


def test_writer_replaces_and_drops_whole_graphs(tmp_path: Path) -> None:
    """Replacing a graph removes what it held before; dropping removes the graph; unchanged ones are told apart."""
    with Writer(tmp_path) as writer:
        changed = [writer.changed]
        assert writer.replace_graph(ONE, nquads(TURTLE[ONE], ONE))
        assert not writer.replace_graph(URIRef(ONE), nquads(TURTLE[ONE], ONE))
        assert writer.replace_graph(ONE, nquads(":a :b :c", ONE))
        assert writer.source().dump() == nquads(":a :b :c", ONE)
        changed.append(writer.changed)
        assert writer.drop_graph(URIRef(ONE))
        assert not writer.drop_graph(ONE)
        assert writer.graphs() == []
        assert [*changed, writer.changed] == [False, True, False]


def test_large_graph_comes_from_a_file(tmp_path: Path) -> None:
    """A file of N-Quads is loaded without holding it in memory, with the same result."""
    lines = "".join(f"<urn:s{n:06d}> <urn:p> <urn:o> <{ONE}> .\n" for n in range(1000))
    path = tmp_path / "large.nq"
    path.write_text(lines)
    with Writer(tmp_path / "var") as writer:
        writer.replace_graph(ONE, nquads(":old :b :c", ONE))
        writer.replace_graph(ONE, path)
        assert writer.source().dump() == lines.encode()
        assert writer.catalogue[ONE].triples == 1000


@pytest.mark.parametrize(
    "text", [b"<urn:s> <urn:p> .\n", b"<urn:s> <urn:p> <urn:o> <urn:other> .\n", b"<urn:s> <urn:p> <urn:o> .\n"]
)
def test_unreadable_quads_leave_the_graph_as_it_was(tmp_path: Path, text: bytes) -> None:
    """N-Quads that are malformed or name another graph change nothing, and the writer goes on."""
    with Writer(tmp_path) as writer:
        writer.replace_graph(ONE, nquads(":a :b :c", ONE))
        with pytest.raises(StoreError, match=ONE):
            writer.replace_graph(ONE, text)
        assert writer.source().dump() == nquads(":a :b :c", ONE)
        assert snapshot.publish(tmp_path, writer) == 1


def test_nothing_is_published_after_a_file_that_failed_half_way(tmp_path: Path) -> None:
    """A file that breaks off in the middle makes the writer unfit to publish."""
    path = tmp_path / "broken.nq"
    path.write_bytes(nquads(TURTLE[ONE], ONE) + b"<urn:s> <urn:p")
    with Writer(tmp_path / "var") as writer:
        with pytest.raises(StoreError):
            writer.replace_graph(ONE, path)
        with pytest.raises(StoreError, match="nothing was published"):
            snapshot.publish(tmp_path / "var", writer)
    assert snapshot.current(tmp_path / "var") is None


def test_views_of_a_writer_close_with_it(tmp_path: Path) -> None:
    """A view kept beyond its writer does not hold the store open for the next one."""
    with Writer(tmp_path) as writer:
        view = writer.source()
        assert view.version == "draft"
    with pytest.raises(StoreError, match="closed"):
        view.ask("ASK {}")
    with Writer(tmp_path) as writer:
        assert writer.graphs() == []
