"""Wikidata, against a SPARQL server of our own with data of its shape: what is read, and what patience is shown."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner, Result

from filmgraph import main
from graph import build, crawl, datasets, snapshot
from graph.crawl import Crawl
from graph.errors import StoreError
from graph.shelf import SOFTWARE
from graph.sources.tables import Tables
from graph.sources.wikidata import read_wikidata
from tests.servers import OXIGRAPH, oxigraph

CASE = Path(__file__).parents[2] / "cases" / "wikidata.ttl"

pytestmark = pytest.mark.skipif(not OXIGRAPH.exists(), reason="the Oxigraph server is not installed")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A SPARQL server with some films of Wikidata's shape."""
    folder = tmp_path_factory.mktemp("wikidata")
    command: list[str | Path] = [OXIGRAPH, "load", "--location", folder / "store", "--file", CASE]
    subprocess.run(command, check=True, capture_output=True)
    with oxigraph(folder / "store") as running:
        yield running.query


@dataclass
class Gate:
    """A server before the server: it answers some requests itself, as a busy service does."""

    target: str
    answers: dict[int, tuple[int, dict[str, str]]] = field(default_factory=dict)
    """The status and headers with which the request of a number, from 1, is turned away."""
    agents: list[str] = field(default_factory=list)
    url: str = ""

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Pass a request on, or turn it away."""
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        self.agents.append(handler.headers["User-Agent"])
        refused = self.answers.get(len(self.agents))
        if refused is not None:
            self._send(handler, refused[0], refused[1], b"")
            return
        kept = {name: handler.headers[name] for name in ("Content-Type", "Accept")}
        with urlopen(Request(self.target, body, kept)) as answer:  # noqa: S310  # our own server
            self._send(handler, 200, {"Content-Type": answer.headers["Content-Type"]}, answer.read())

    @staticmethod
    def _send(handler: BaseHTTPRequestHandler, status: int, headers: dict[str, str], body: bytes) -> None:
        handler.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)


@pytest.fixture
def gate(server: str) -> Iterator[Gate]:
    """The server behind a gate."""
    made = Gate(server)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            made.answer(self)

        def log_message(self, *_: Any) -> None:
            """Nothing on stderr."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as front:
        made.url = f"http://127.0.0.1:{front.server_port}/sparql"
        threading.Thread(target=front.serve_forever, daemon=True).start()
        yield made
        front.shutdown()


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of two films, names in threes."""
    monkeypatch.setattr(crawl, "FILMS", 2)
    monkeypatch.setattr(crawl, "THINGS", 3)


def waits(url: str, folder: Path, since: int | None = None) -> tuple[Crawl, list[float]]:
    """A crawl that does not sleep, and the seconds that it would have slept."""
    slept: list[float] = []
    return Crawl(url, folder, since, pause=0, sleep=slept.append), slept


@pytest.mark.usefixtures("small")
def test_films_people_and_roles(server: str, tmp_path: Path) -> None:
    """IMDb's ids where they are known, all titles, roles by the character's item or else by the words, in order."""
    fetched, _ = waits(server, tmp_path)
    fetched.fetch()
    assert len(list(fetched.pages())) == 3
    (tmp_path / "scratch").mkdir()
    with Tables(tmp_path / "scratch") as tables:
        told = list(read_wikidata("wikidata", fetched.pages(), tables).lines())
        assert tables.rows("SELECT id, title, original_title, year, runtime FROM film ORDER BY id") == [
            ("Q101", "Ebb", None, 2011, None),
            ("Q102", "夜の船", None, None, None),
            ("tt7000100", "Saltmarsh", "Saltmyr", 1994, 98),
        ]
        titles = {name for (name,) in tables.rows("SELECT name FROM other_title WHERE film = 'tt7000100'")}
        assert titles == {"Salzmarsch", "塩の沼", "The Salt Marsh"}
        assert set(tables.rows("SELECT person, character, description FROM role")) == {
            ("nm7000201", "Odd", None),
            ("Q202", "The Ferryman", None),
            ("Q203", "Widow", None),
            ("Q203", None, "Herself"),
        }
        assert dict(tables.rows("SELECT person, billing FROM role")) == {"Q202": 1, "nm7000201": 2, "Q203": None}
        assert set(tables.rows("SELECT person, job FROM credit WHERE film = 'tt7000100' AND job <> 'actor'")) == {
            ("nm7000204", "director"),
            ("nm7000204", "writer"),
        }
        assert tables.rows("SELECT name FROM genre UNION ALL SELECT name FROM country") == [
            ("drama film",),
            ("Norway",),
        ]
        assert dict(tables.rows("FROM person"))["Q203"] == "Уна Грей"
    assert told[:2] == [
        "wikidata: Q103 has no name; it is left out",
        "wikidata: Q104 is tt7000100, which came before",
    ]


def run(place: build.Place, *words: str) -> Result:
    """One call of the command line on a data folder."""
    return CliRunner().invoke(main, ["--data", str(place.data), "import", "wikidata", "--pause", "0", *words])


def test_import_wikidata(place: build.Place, gate: Gate) -> None:
    """Stored with its digest, valid, politely asked; again, nothing changes, and no pages are left."""
    result = run(place, "--endpoint", gate.url, "--licence", "CC0")
    assert result.exit_code == 0, result.output
    assert "3 films, 4 roles" in result.stdout
    assert set(gate.agents) == {f"filmgraph/{SOFTWARE.split()[1]}"}
    assert build.validate_all(place) > 0
    with snapshot.open_current(place.data) as current:
        assert "sha256:" in current.describe("http://localhost:8000/dataset/wikidata").decode()
    again = run(place, "--endpoint", gate.url, "--licence", "CC0")
    assert "unchanged" in again.stdout
    assert not list((place.data / "downloads").glob("wikidata-*"))


@pytest.mark.usefixtures("small")
def test_an_interrupted_crawl_goes_on_where_it_was(place: build.Place, gate: Gate) -> None:
    """Pages that were fetched are not asked for again, and the result is what it would have been."""
    gate.answers = {8: (500, {})}
    first = run(place, "--endpoint", gate.url)
    assert first.exit_code == 1
    assert "failed on the query" in first.stderr
    assert not (place.data / "current").exists()
    asked = len(gate.agents)
    second = run(place, "--endpoint", gate.url)
    assert second.exit_code == 0, second.output
    whole, _ = waits(gate.url, place.data.parent / "other")
    before = len(gate.agents)
    whole.fetch()
    assert before - asked < len(gate.agents) - before
    with snapshot.open_current(place.data) as current:
        said = current.describe("http://localhost:8000/dataset/wikidata").decode()
    assert f"sha256:{whole.digest()}" in said


def test_a_busy_server_is_waited_for_as_long_as_it_says(gate: Gate, tmp_path: Path) -> None:
    """Retry-After is obeyed; where there is none, the waits grow; a slow answer makes the pages smaller."""
    gate.answers = {1: (429, {"Retry-After": "7"}), 2: (503, {}), 3: (504, {})}
    fetched, slept = waits(gate.url, tmp_path)
    fetched.fetch()
    assert [pause for pause in slept if pause] == [7, *crawl.WAITS[1:3]]
    assert sum(len(page.films) for page in fetched.pages()) == 5


def test_a_server_that_stays_busy_is_left_alone(gate: Gate, tmp_path: Path) -> None:
    """After some waits, or where it asks for too long a one, the command ends and says how to go on."""
    gate.answers = dict.fromkeys(range(1, 20), (429, {}))
    fetched, slept = waits(gate.url, tmp_path)
    with pytest.raises(StoreError, match=r"busy: HTTP status 429.*the same command later"):
        fetched.fetch()
    assert slept == list(crawl.WAITS)
    gate.answers = dict.fromkeys(range(1, 20), (429, {"Retry-After": "86400"}))
    with pytest.raises(StoreError, match="the same command later"):
        fetched.fetch()
    assert slept == list(crawl.WAITS)


def test_only_films_since_a_year(server: str, tmp_path: Path) -> None:
    """The choice is the server's to make, and its pages are kept apart from others."""
    fetched, _ = waits(server, tmp_path, 2000)
    fetched.fetch()
    assert [page.films for page in fetched.pages()] == [("http://www.wikidata.org/entity/Q101",)]
    assert fetched.folder != waits(server, tmp_path)[0].folder


def test_damaged_pages_are_named(server: str, tmp_path: Path) -> None:
    """What to remove is said; a fresh start removes it too."""
    fetched, _ = waits(server, tmp_path)
    fetched.fetch()
    page = next(fetched.folder.glob("page-*"))
    page.write_text("{", encoding="utf-8")
    with pytest.raises(StoreError, match=rf"{page.name} is damaged"):
        list(fetched.pages())
    fetched.discard()
    fetched.fetch()
    assert datasets.wikidata(fetched, datasets.Edition()).source.id == "wikidata"
