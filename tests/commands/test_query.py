"""``filmgraph query``: its formats, its errors, its deadline."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import Graph

from graph import build
from tests.commands.typed import run


@pytest.mark.parametrize("form", ["table", "csv", "json", "xml"])
def test_rows_in_every_format(stored: build.Place, form: str) -> None:
    """The actor's name stands in the answer whatever its format."""
    result = run(stored, "query", "--format", form, "SELECT ?name { ?who film:played ?whom ; film:name ?name }")
    assert "Karel Vinter" in result.stdout


def test_triples_are_turtle_by_default_and_no_table(stored: build.Place) -> None:
    """CONSTRUCT gives Turtle; a table of triples is refused with what is possible."""
    text = "CONSTRUCT { ?a film:played ?b } WHERE { ?a film:played ?b }"
    assert len(Graph().parse(data=run(stored, "query", text).stdout, format="turtle")) == 2
    refused = run(stored, "query", "--format", "csv", text)
    assert refused.exit_code == 1
    assert "ttl" in refused.stderr


def test_triples_are_shown_with_known_prefixes(stored: build.Place) -> None:
    """Turtle names the terms as a query may write them, and declares the prefixes that it needs and no others."""
    said = run(stored, "query", "CONSTRUCT { ?a film:played ?b } WHERE { ?a film:played ?b }").stdout
    assert "film:played" in said
    assert [line for line in said.splitlines() if line.startswith("@prefix")] == [
        "@prefix film: <https://w3id.org/filmgraph#> ."
    ]


def test_a_thing_that_there_is_not_is_named(stored: build.Place) -> None:
    """No rows for a resource of which nothing is known come with a word on it, and with what may be meant."""
    for meant in ("Saltmarsh", "film/salt-marsh", "film/saltmarsh-1995"):
        result = run(stored, "query", "--name", "film-cast", f"film={meant}")
        said = f"filmgraph: nothing is known of {meant}; did you mean film/saltmarsh-1994?\n"
        assert (result.exit_code, result.stderr) == (0, said)
    assert not run(stored, "query", "--name", "film-cast", "film=film/saltmarsh-1994").stderr
    assert (
        run(stored, "query", "--name", "film-cast", "film=zzzzqq").stderr == "filmgraph: nothing is known of zzzzqq\n"
    )


def test_named_queries_are_listed_with_what_they_take(stored: build.Place) -> None:
    """Each line has the name, the keys that want a value, and the question."""
    lines = run(stored, "query", "--list").stdout.splitlines()
    (line,) = [line for line in lines if line.startswith("film-cast ")]
    assert line.split(maxsplit=2) == ["film-cast", "film=…", "Who plays whom in this film, in the order of billing?"]


def test_misspelt_queries_are_answered_with_what_was_meant(stored: build.Place) -> None:
    """A query that cannot be read gets the word that was meant, one with an unknown term of ours a note beside it."""
    word = run(stored, "query", "SELECT * { ?s ?p ?o FLITER(?o > 1) }")
    assert (word.exit_code, word.stdout) == (1, "")
    assert "did you mean FILTER?" in word.stderr
    term = run(stored, "query", "SELECT * { ?role film:perfomer ?who }")
    assert term.exit_code == 0
    assert "did you mean film:performer?" in term.stderr


def test_columns_of_everything_stand_as_the_query_names_them(stored: build.Place) -> None:
    """A table of all variables has them in the order of the query, each value under its own."""
    said = run(stored, "query", "SELECT DISTINCT * { ?who film:actedIn ?film }").stdout.splitlines()
    assert said[0].split() == ["who", "film"]
    assert "/person/" in said[2].split()[0]


def test_a_query_file_that_is_no_text_is_named(stored: build.Place, tmp_path: Path) -> None:
    """A query in another encoding is an error that says so."""
    path = tmp_path / "latin.rq"
    path.write_bytes("ASK { ?a ?b 'é' }".encode("latin-1"))
    result = run(stored, "query", "-f", str(path))
    assert result.exit_code == 1
    assert "latin.rq: byte 13 is not UTF-8" in result.stderr


def test_an_update_is_refused_with_what_is_possible(stored: build.Place) -> None:
    """The command line reads the graph, and says how it is changed."""
    result = run(stored, "query", "INSERT DATA { <urn:a> <urn:b> <urn:c> }")
    assert result.exit_code == 1
    assert "only read here" in result.stderr


def test_relative_iris_are_under_the_base(stored: build.Place) -> None:
    """A path in angle brackets is that resource of the graph; a query with a BASE of its own keeps it."""
    assert "Saltmarsh" in run(stored, "query", "DESCRIBE <film/saltmarsh-1994>").stdout
    named = run(stored, "query", "--format", "csv", "BASE <http://e/> SELECT ?x { VALUES ?x { <a> } }")
    assert named.stdout == "x\nhttp://e/a\n"


def test_a_query_is_stopped_at_its_deadline(stored: build.Place) -> None:
    """A query that would run for hours ends with one line and exit code 1, whatever the engine is doing."""
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    command = [sys.executable, "-m", "filmgraph", "--data", str(stored.data), "query", "--timeout", "0.5", endless]
    result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert result.returncode == 1
    assert result.stderr.startswith("filmgraph: the query was stopped after 0.5 seconds; ")
    assert result.stderr.count("\n") == 1
