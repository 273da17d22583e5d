"""Answers as Parquet files, read by another library."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result

from filmgraph import main
from graph import build
from graph.errors import StoreError
from graph.parquet import write_parquet
from graph.store import Iri, Rows, Value


def run(data: Path, *words: str) -> Result:
    """What a command says."""
    return CliRunner().invoke(main, ["--data", str(data), *words])


def test_columns_have_the_types_of_their_values(tmp_path: Path) -> None:
    """Whole numbers, other numbers, truth and texts keep their types; an empty text is not null, the unbound is."""
    path = tmp_path / "it's.parquet"
    rows: list[tuple[Value, ...]] = [
        (1, 2.5, True, Iri("http://a.example/"), 'two\n"lines", é', 2**70),
        (None, 3, False, None, "", 1),
    ]
    write_parquet(Rows(("n", "d", "b", "iri", "text", "big"), rows), path)
    with duckdb.connect() as base:
        found = base.execute("SELECT * FROM read_parquet(?)", [str(path)])
        types = [str(column[1]) for column in found.description or ()]
        assert types == ["BIGINT", "DOUBLE", "BOOLEAN", "VARCHAR", "VARCHAR", "VARCHAR"]
        assert found.fetchall() == [
            (1, 2.5, True, "http://a.example/", 'two\n"lines", é', str(2**70)),
            (None, 3.0, False, None, "", "1"),
        ]


def test_no_rows_are_a_table_all_the_same(tmp_path: Path) -> None:
    """An answer without rows has its columns; one without variables is refused, as is a folder that is not there."""
    write_parquet(Rows(("a", "b"), []), tmp_path / "empty.parquet")
    with duckdb.connect() as base:
        found = base.execute("SELECT * FROM read_parquet(?)", [str(tmp_path / "empty.parquet")])
        assert ([column[0] for column in found.description or ()], found.fetchall()) == (["a", "b"], [])
    with pytest.raises(StoreError, match="no table"):
        write_parquet(Rows((), []), tmp_path / "none.parquet")
    with pytest.raises(StoreError, match="cannot be written"):
        write_parquet(Rows(("a",), []), tmp_path / "no" / "folder.parquet")


def test_the_command_saves_what_it_would_print(sample: build.Place, tmp_path: Path) -> None:
    """`query --format parquet -o FILE` holds the rows of the CSV; without a file, or for triples, it is refused."""
    path, text = (
        tmp_path / "films.parquet",
        "SELECT ?title ?year { ?film film:title ?title ; film:year ?year } ORDER BY ?title",
    )
    assert run(sample.data, "query", "--format", "parquet", "-o", str(path), text).exit_code == 0
    printed = run(sample.data, "query", "--format", "csv", "-o", str(tmp_path / "films.csv"), text)
    assert printed.output == ""
    with duckdb.connect() as base:
        both = [base.execute(f"SELECT * FROM '{tmp_path}/films.{kind}'").fetchall() for kind in ("parquet", "csv")]  # noqa: S608  # our own path
    assert both[0] == both[1]
    assert len(both[0]) > 100
    assert "needs -o FILE" in run(sample.data, "query", "--format", "parquet", text).output
    assert "only SELECT" in run(sample.data, "query", "--format", "parquet", "-o", str(path), "ASK { ?s ?p ?o }").output
