"""Taking the data away and bringing it back: exports to the byte, backups file by file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from filmgraph import main
from graph import build, snapshot
from tests.small_graph import ONE, TURTLE, TWO, publish

ODD = r"""
<urn:s> <urn:p> "" <urn:g> .
<urn:s> <urn:p> " lead and trail \t\r\n\f\b " <urn:g> .
<urn:s> <urn:p> "\" \\ ' \u0001 \u007F \uFFFD \U0001D11E" <urn:g> .
<urn:s> <urn:p> "color"@en-GB , "colour"@en <urn:g> .
<urn:s> <urn:p> "gekürzt"@de-Latn-CH-1996-x-private <urn:g> .
<urn:s> <urn:p> "007"^^<http://www.w3.org/2001/XMLSchema#integer> <urn:g> .
<urn:s> <urn:p> "1.50"^^<http://www.w3.org/2001/XMLSchema#decimal> <urn:g> .
<urn:s> <urn:p> "-0.0"^^<http://www.w3.org/2001/XMLSchema#double> <urn:g> .
<urn:s> <urn:p> "NaN"^^<http://www.w3.org/2001/XMLSchema#float> <urn:g> .
<urn:s> <urn:p> "24:00:00"^^<http://www.w3.org/2001/XMLSchema#time> <urn:g> .
<urn:s> <urn:p> "-0044"^^<http://www.w3.org/2001/XMLSchema#gYear> <urn:g> .
<urn:s> <urn:p> "no number"^^<http://www.w3.org/2001/XMLSchema#integer> <urn:g> .
<urn:s> <urn:p> "<b>x</b>"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral> <urn:g> .
<urn:s> <urn:p> "x"^^<urn:a-type-of-its-own> <urn:g> .
<http://example.org/ünï/%7Ea?b=c&d#e> <urn:p> <mailto:a@b.example> <http://example.org/graph/七> .
_:blank <urn:p> _:other <urn:g> .
_:other <urn:q> _:blank <urn:h> .
""".replace(' , "colour"@en', ' <urn:g> .\n<urn:s> <urn:p> "colour"@en')


def run(data: Path, *words: str) -> Result:
    """The command line on a data folder."""
    return CliRunner().invoke(main, ["--data", str(data), *words])


def merged(data: Path) -> bytes:
    """What a query without graphs sees."""
    with snapshot.open_current(data) as opened:
        return opened.construct("CONSTRUCT WHERE { ?s ?p ?o }")


def test_an_export_of_anything_comes_back_to_the_byte(sample: build.Place, tmp_path: Path) -> None:
    """All graphs of the sample with what is inferred, and odd literals, tags and blank nodes, make the trip."""
    odd, first, second = tmp_path / "odd.nq", tmp_path / "first.nq", tmp_path / "second.nq"
    odd.write_text(ODD, encoding="utf-8")
    one, two = tmp_path / "one", tmp_path / "two"
    shutil.copytree(sample.data, one, symlinks=True)
    assert run(one, "import", "rdf", "--raw", str(odd)).exit_code == 0
    assert run(one, "export", "-o", str(first)).exit_code == 0
    assert run(two, "import", "rdf", "--raw", str(first)).exit_code == 0
    assert run(two, "export", "-o", str(second)).exit_code == 0
    assert first.read_bytes() == second.read_bytes()
    assert merged(one) == merged(two)
    for written in (b'"color"@en-gb', b'"no number"^^', b"/graph/inferred>", "七".encode()):
        assert written in first.read_bytes()


def test_a_backup_is_a_data_folder(tmp_path: Path) -> None:
    """What was backed up can be served, verified and restored; nothing but whole files arrive."""
    data, safe = tmp_path / "var", tmp_path / "safe"
    publish(data)
    assert run(data, "backup", str(safe)).stdout == f"snapshot 1 is in {safe}\n"
    assert run(safe, "export").stdout_bytes == run(data, "export").stdout_bytes
    assert run(safe, "snapshots", "verify").exit_code == 0
    assert run(data, "backup", str(safe)).stdout == f"snapshot 1 is in {safe} already\n"


def test_a_later_backup_shares_what_did_not_change(tmp_path: Path) -> None:
    """Files that a backup has already are linked, so that keeping many costs little."""
    data, safe = tmp_path / "var", tmp_path / "safe"
    publish(data)
    run(data, "backup", str(safe))
    publish(data, {})
    assert run(data, "backup", str(safe)).exit_code == 0
    assert [entry.number for entry in snapshot.list_snapshots(safe)] == [1, 2]
    shared = [path for path in (safe / "snapshots" / "000002" / "store").iterdir() if path.stat().st_nlink > 1]
    assert shared
    assert run(safe, "snapshots", "verify").exit_code == 0


def test_a_lost_folder_is_restored(tmp_path: Path) -> None:
    """Into an empty folder a backup comes back with its number, and the next change builds on it."""
    data, safe = tmp_path / "var", tmp_path / "safe"
    publish(data, {ONE: TURTLE[ONE]})
    publish(data, {TWO: TURTLE[TWO]})
    before = run(data, "export").stdout_bytes
    run(data, "backup", str(safe))
    shutil.rmtree(data)
    assert run(data, "restore", str(safe)).stdout == "snapshot 2 is current\n"
    assert run(data, "export").stdout_bytes == before
    assert publish(data, {ONE: ":x :y :z ."}) == 3


def test_restoring_loses_nothing(tmp_path: Path) -> None:
    """What was published since the backup stays as an earlier snapshot; the restored one gets a new number."""
    data, safe = tmp_path / "var", tmp_path / "safe"
    publish(data)
    run(data, "backup", str(safe))
    publish(data, {ONE: ":x :y :z ."})
    assert run(data, "restore", str(safe / "snapshots" / "000001")).stdout == "snapshot 3 is current\n"
    assert run(data, "export").stdout_bytes == run(safe, "export").stdout_bytes
    assert run(data, "snapshots", "verify").exit_code == 0
    assert run(data, "snapshots", "rollback", "2").exit_code == 0


@pytest.mark.parametrize(
    ("source", "says"),
    [("none", "there is no backup at"), ("empty", "is no backup"), ("damaged", "is not as it was published")],
)
def test_what_is_no_backup_is_refused(tmp_path: Path, source: str, says: str) -> None:
    """A missing, empty or damaged backup is one line, and the data stays."""
    data = tmp_path / "var"
    publish(data)
    (tmp_path / "empty").mkdir()
    run(data, "backup", str(tmp_path / "damaged"))
    victim = max((tmp_path / "damaged" / "snapshots" / "000001" / "store").glob("*.sst"))
    victim.write_bytes(victim.read_bytes()[:-9] + b"123456789")
    refused = run(data, "restore", str(tmp_path / source))
    assert refused.exit_code == 1
    assert says in refused.stderr
    assert "Traceback" not in refused.output
    assert [entry.number for entry in snapshot.list_snapshots(data)] == [1]


def test_a_backup_of_another_graph_is_not_mixed_in(place: build.Place, sample: build.Place, tmp_path: Path) -> None:
    """A folder that holds another snapshot of that number is no place for a backup, nor another base for a restore."""
    publish(tmp_path / "one")
    publish(tmp_path / "two", {ONE: ":x :y :z ."})
    run(tmp_path / "one", "backup", str(tmp_path / "safe"))
    assert "is no backup of" in run(tmp_path / "two", "backup", str(tmp_path / "safe")).stderr
    refused = run(sample.data, "restore", str(tmp_path / "safe"))
    assert refused.exit_code == 1
    assert "under http://localhost:8000/; restore to another folder" in refused.stderr


def test_a_backup_does_not_go_to_a_file(tmp_path: Path) -> None:
    """A file in the place of the folder is named, and stays as it is."""
    publish(tmp_path / "var", {ONE: ":x :n 0 ."})
    (tmp_path / "safe").write_text("mine")
    told = run(tmp_path / "var", "backup", str(tmp_path / "safe"))
    assert (told.exit_code, "safe is a file; a backup goes to a folder of its own" in told.stderr) == (1, True)
    assert (tmp_path / "safe").read_text() == "mine"
