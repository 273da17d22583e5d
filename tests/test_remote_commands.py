"""The commands that ask, on a remote server in place of the data folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from filmgraph import main
from graph import build
from graph.store import Endpoint
from tests.servers import Server, free_port
from webapp.server import _look

ASKED = (
    ["query", "--name", "film-cast", "film=film/skyfall-2012"],
    ["query", "--name", "film-cast", "film=film/skyfall-2012", "--format", "csv"],
    ["query", "SELECT ?title { <film/skyfall-2012> film:title ?title }"],
    ["query", "ASK { ?who film:played ?whom }"],
    ["query", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"],
    ["query", "SELECT (COUNT(*) AS ?n) { GRAPH <graph/films-toml> { ?s ?p ?o } }"],
    ["stats", "--sources"],
)


def run(data: Path, *words: str, **environment: str) -> Result:
    """The command line on a data folder."""
    return CliRunner().invoke(main, ["--data", str(data), *words], env=environment)


@pytest.mark.parametrize("words", ASKED, ids=" ".join)
def test_a_command_says_the_same_on_a_server(
    sample: build.Place, sample_server: Server, tmp_path: Path, words: list[str]
) -> None:
    """Answers are the same to the byte, wherever the graph is."""
    settings = {
        "FILMGRAPH_ENDPOINT": sample_server.query,
        "FILMGRAPH_DEFAULT_GRAPH": sample_server.default_graph or "",
    }
    here, there = run(sample.data, *words), run(tmp_path / "none", *words, **settings)
    assert (here.exit_code, there.exit_code, there.stderr) == (0, 0, "")
    assert here.stdout == there.stdout


@pytest.mark.parametrize("words", [["query", "ASK {}"], ["stats"], ["stats", "--sources"]])
def test_a_server_that_is_away_is_one_line(tmp_path: Path, words: list[str]) -> None:
    """No trace, and what to look at."""
    result = run(tmp_path, *words, FILMGRAPH_ENDPOINT=f"http://127.0.0.1:{free_port()}/query")
    assert result.exit_code == 1
    assert "cannot be reached" in result.stderr
    assert result.stderr.endswith("is the server running, is its address right?\n")
    assert result.stderr.count("\n") == 1


def test_serve_looks_at_the_server_before_visitors_do(capsys: pytest.CaptureFixture[str]) -> None:
    """A server that is away is told at once; the site comes up all the same, for the server may come back."""
    _look(Endpoint(f"http://127.0.0.1:{free_port()}/query"))
    assert "cannot be reached" in capsys.readouterr().err
