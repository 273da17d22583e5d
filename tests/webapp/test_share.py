"""Short links, and programs that really run."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.serving import make_server

from graph import query
from graph.iris import DEFAULT_BASE
from webapp import shortlink

FILM = "PREFIX film: <https://w3id.org/filmgraph#>\n"
ODD = r"""'\"$`"""
QUERIES = {
    "select": FILM + f'SELECT ?name {{ ?who film:name ?name FILTER(?name IN ("Graham Rogers", "{ODD}")) }}',
    "ask": FILM + "ASK { ?who film:name 'Graham Rogers' }",
    "construct": FILM + "CONSTRUCT { ?w film:name ?n } WHERE { ?w film:name ?n FILTER(?n = 'Graham Rogers') }",
}
SAID = {"select": "Graham Rogers", "ask": "true", "construct": "Graham Rogers"}


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    """The site, served."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}/"
    server.shutdown()
    thread.join()


def programs(client: FlaskClient, text: str) -> dict[str, str]:
    """The programs of the page, by language."""
    page = client.get("/query/code.json", query_string={"query": text}).get_json()
    return {sample["language"]: sample["code"] for sample in page["samples"]}


@pytest.mark.parametrize("form", QUERIES)
@pytest.mark.parametrize("language", ["curl", "Python with SPARQLWrapper", "Python with rdflib"])
def test_programs_run(client: FlaskClient, address: str, language: str, form: str, tmp_path: Path) -> None:
    """A program, copied from the page and run as it stands, gives the answer."""
    code = programs(client, QUERIES[form])[language].replace(DEFAULT_BASE, address)
    file = tmp_path / "program"
    file.write_text(code, encoding="utf-8")
    if language == "curl" and not shutil.which("curl"):
        pytest.skip("no curl; get it with: apt-get install curl")
    ran = subprocess.run(
        ["sh" if language == "curl" else sys.executable, file], capture_output=True, text=True, timeout=300, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert SAID[form] in ran.stdout.replace("True", "true")


@pytest.mark.skipif(not shutil.which("node"), reason="no node; it is only needed at set-up")
@pytest.mark.parametrize("form", QUERIES)
def test_javascript_runs(client: FlaskClient, address: str, form: str, tmp_path: Path) -> None:
    """The JavaScript program runs in Node as in a browser."""
    file = tmp_path / "program.mjs"
    file.write_text(programs(client, QUERIES[form])["JavaScript"].replace(DEFAULT_BASE, address), encoding="utf-8")
    ran = subprocess.run(["node", file], capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode == 0, ran.stderr
    assert SAID[form] in ran.stdout


def _has_r() -> bool:
    """Whether R is there, with what its program needs."""
    command = ["Rscript", "-e", "library(httr2); library(jsonlite)"]
    return bool(shutil.which("Rscript")) and not subprocess.run(command, capture_output=True, check=False).returncode


@pytest.mark.parametrize("form", QUERIES)
def test_r_runs(client: FlaskClient, address: str, form: str, tmp_path: Path) -> None:
    """The R program, run as it stands, gives the answer as a data frame, as TRUE, or as Turtle."""
    if not _has_r():
        pytest.skip("no R with httr2; get it with: apt-get install r-base-core r-cran-httr2 r-cran-jsonlite")
    file = tmp_path / "program.R"
    file.write_text(programs(client, QUERIES[form])["R"].replace(DEFAULT_BASE, address), encoding="utf-8")
    ran = subprocess.run(["Rscript", file], capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode == 0, ran.stderr
    assert SAID[form] in ran.stdout.replace("TRUE", "true")


def test_a_word_of_the_query_does_not_end_a_shell_program(client: FlaskClient) -> None:
    """The line that ends the query in the shell is none of its own lines."""
    code = programs(client, "ASK {\nSPARQL\n}")["curl"]
    assert "<<'SPARQL_'" in code
    assert code.rstrip().endswith("SPARQL_")


def test_a_short_link_leads_to_its_query(client: FlaskClient) -> None:
    """A link holds the whole query, is shorter than it, and leads to the page that asks it."""
    text = query.load("examples/26-same-pair-same-characters").text
    page = client.get("/query/code.json", query_string={"query": text}).get_json()
    assert len(page["short"]) < len(text) / 2
    answer = client.get(page["short"].removeprefix(DEFAULT_BASE.rstrip("/")), follow_redirects=True)
    assert answer.request.args["query"] == text
    pinned = client.get(page["pinned"].removeprefix(DEFAULT_BASE.rstrip("/")))
    assert pinned.location.endswith(f"snapshot={page['snapshot']}")


@given(st.text(max_size=300))
def test_any_text_survives_a_short_link(text: str) -> None:
    """What is packed is what comes out, whatever it is."""
    plain = text.replace("\x01", " ").encode("utf-8", "replace").decode()
    assert shortlink.read(shortlink.make(text, DEFAULT_BASE), DEFAULT_BASE) == plain


@given(st.text(alphabet="ABCDEFabcdef0123456789-_", max_size=60))
def test_a_damaged_link_is_nothing(code: str) -> None:
    """A code that nobody made is not found, instead of leading to some other query."""
    made = shortlink.read("1" + code, DEFAULT_BASE)
    assert made is None or shortlink.make(made, DEFAULT_BASE)[1:4] == code[:3]


def test_a_mistyped_letter_leads_to_no_other_query() -> None:
    """The checksum tells whether a letter of a code was changed: it leads to the same query, or to none."""
    text = "SELECT ?who { ?who film:played ?whom } LIMIT 20"
    code = shortlink.make(text, DEFAULT_BASE)
    mistyped = [code[:at] + letter + code[at + 1 :] for at in range(1, len(code)) for letter in "Aq7_"]
    assert {shortlink.read(each, DEFAULT_BASE) for each in mistyped} == {None, text}


def test_a_link_cannot_unpack_without_end(client: FlaskClient) -> None:
    """A link to more than twenty thousand characters is not followed."""
    assert client.get(f"/q/{shortlink.make('a' * 1_000_000, DEFAULT_BASE)}").status_code == 404
    assert client.get("/q/1%C3%BC").status_code == 404
    assert client.get("/q/2abc").status_code == 404


def test_the_dictionary_never_changes() -> None:
    """Links in the world depend on every byte of it; a better dictionary gets the next number."""
    digest = hashlib.sha256(shortlink._dictionary("1")).hexdigest()
    assert digest == "b2c5f41fbbbc573f53a034d8f44be2348ef00fa8bf651177068d0cf933423f0b"


def test_a_damaged_link_is_told_so(client: FlaskClient) -> None:
    """Who follows a short link of which a part is missing hears that it is the link's fault."""
    answer = client.get("/q/zzzz")
    assert answer.status_code == 404
    assert "This short link is damaged or incomplete" in answer.text
