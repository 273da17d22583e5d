"""The commands that import posts, from the file to the graph."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from filmgraph import main
from tests.graph.sources.blogs import exports


def run(data: Path, *words: str) -> Result:
    """What a command says."""
    return CliRunner().invoke(main, ["--data", str(data), *words])


def test_imported_posts_are_asked_for_roles_with_their_sentences(tmp_path: Path) -> None:
    """After an import the graph says who played whom, who wrote so, and under which licence; again changes nothing."""
    data, blog = (
        tmp_path / "data",
        exports.wordpress(tmp_path / "blog.xml", exports.item(1), exports.item(2, kind="page")),
    )
    said = run(data, "import", "wordpress", str(blog), "--licence", "CC BY 4.0")
    assert said.exit_code == 0, said.output
    assert "Salt Harvest (2019), 1 role" in said.output
    assert "post 2 (Salt Harvest): skipped: is no post but of the kind page" in said.output
    text = """SELECT ?actor ?whom ?by ?licence {
        ?role film:performer/rdfs:label ?actor ; film:character/rdfs:label ?whom .
        ?review a film:Review ; film:reviewer ?by ; film:licence ?licence }"""
    found = run(data, "query", "--format", "csv", text)
    assert found.output.splitlines() == ["actor,whom,by,licence", "Mira Osei,Tomas,Ada Lindqvist,CC BY 4.0"]
    assert "unchanged" in run(data, "import", "wordpress", str(blog)).output


@pytest.mark.parametrize("kind", ["wordpress", "letterboxd", "feed", "posts"])
def test_a_broken_export_stores_nothing(tmp_path: Path, kind: str) -> None:
    """Exit code 1, one line with the file's name, and no data folder's snapshot."""
    path = tmp_path / "broken"
    path.write_bytes(b"PK\x03\x04 no export at all")
    said = run(tmp_path / "data", "import", kind, str(path))
    assert said.exit_code == 1
    assert str(path) in said.output
    assert len(said.output.strip().splitlines()) == 1
    assert run(tmp_path / "data", "stats").exit_code == 1
