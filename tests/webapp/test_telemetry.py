"""What the service tells of itself: lines of the log, numbers, readiness."""

from __future__ import annotations

import json
import logging
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.openmetrics import parser as openmetrics
from prometheus_client.parser import text_string_to_metric_families as parsed

from graph import build
from graph.errors import SettingError
from tests.webapp.test_gateway import Client, echo, run
from webapp import Config, create_app
from webapp.gateway import Bounds, Gateway
from webapp.ready import KEEP, Ready
from webapp.settings import read_telling
from webapp.site import KEY, Site
from webapp.telemetry import note
from webapp.telemetry.counts import Counts
from webapp.telemetry.journal import AT_ONCE, Journal
from webapp.telemetry.lines import JSON, OFF, TEXT, Lines
from webapp.telemetry.note import HEADER, NOTE, Note
from webapp.telemetry.recorded import Recorded


class Log:
    """A journal whose lines are kept."""

    def __init__(self, form: str = JSON, counts: Counts | None = None) -> None:
        self.blocks: list[bytes] = []
        self.journal = Journal(counts or Counts({"film"}), form, self.blocks.append)

    def lines(self) -> list[Any]:
        """What was written so far, read as JSON."""
        self.journal.drain()
        return [json.loads(line) for line in b"".join(self.blocks).splitlines()]


def headers(**given: str) -> Any:
    """Headers as the server gives them."""
    found = {name.replace("_", "-"): value for name, value in given.items()}
    return SimpleNamespace(
        get=found.get, items=found.items, get_all=lambda name: [found[name]] if name in found else []
    )


def ask(app: Any, log: Log, client: Client, ready: Ready | None = None) -> Client:
    """Let a recorded gateway answer one request."""
    run(Recorded(Gateway(app, ready=ready), log.journal, lambda: "7").__rsgi__(client.scope, client))
    return client


def sums(client: FlaskClient, **more: str) -> dict[str, float]:
    """The samples that the site gives to Prometheus, by name and labels."""
    answer = client.get("/metrics", **more)
    assert answer.status_code == 200
    families = list(parsed(answer.text))
    assert all(family.documentation for family in families)
    return {
        f"{it.name}{sorted(it.labels.values())}" if it.labels else it.name: it.value
        for f in families
        for it in f.samples
    }


def test_a_request_is_one_line() -> None:
    """The line of a request names its id, what was asked without the words, and what was answered."""
    log = Log()
    client = ask(echo, log, Client(path="/film/x", query_string="q=secret", headers=headers(x_request_id="abc-12345")))
    (line,) = log.lines()
    told = {"event": "request", "level": "info", "request": "abc-12345", "method": "GET", "path": "/film/x"}
    assert told.items() <= line.items()
    assert (line["status"], line["bytes"]) == (200, len(client.body))
    assert line["ms"] >= 0
    assert (HEADER, "abc-12345") in client.headers
    assert "secret" not in json.dumps(line)
    assert "192.0.2.1" not in json.dumps(line)


@pytest.mark.parametrize("given", ["", "short", "with space in it", "<script>alert</script>", "x" * 129, 'a"b"c"d"e"f'])
def test_an_ill_formed_id_is_replaced(given: str) -> None:
    """An id that could break a line or a page is not taken over."""
    log = Log()
    client = ask(echo, log, Client(headers=headers(x_request_id=given)))
    (line,) = log.lines()
    assert line["request"] != given
    assert (HEADER, line["request"]) in client.headers


def test_paths_cannot_break_a_line() -> None:
    """Whatever an address holds, its line stays one JSON object."""
    log = Log()
    ask(echo, log, Client(path='/a"b\n{\u2028}é'))
    assert [line["path"] for line in log.lines()] == ['/a"b\n{\u2028}é']


def test_kept_answers_are_told_and_counted() -> None:
    """An answer that the event loop sends by itself has its line, with the snapshot, and counts as kept."""

    def app(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        environ[KEEP] = True
        note.saw(environ, "6")
        start_response("200 OK", [("ETag", '"a"')])
        return [b"page"]

    log, ready = Log(), Ready(100_000, lambda: "6")
    for _ in range(2):
        assert ask(app, log, Client(path="/film/x", headers=headers()), ready).body == b"page"
    assert [(line["snapshot"], line["bytes"]) for line in log.lines()] == [("6", 4), ("7", 4)]
    grown = log.journal.counts.sums().grown
    assert grown["cache", "ready", "hit"] == 1
    assert grown["requests", "/film", "GET", "200"] == 2


def test_refused_requests_have_a_line() -> None:
    """A request that never reached the application is told all the same."""
    log = Log()
    client = Client(b"x" * 9, headers=headers(content_length="9"))
    run(Recorded(Gateway(echo, Bounds(body_bytes=3)), log.journal).__rsgi__(client.scope, client))
    (line,) = log.lines()
    assert (line["status"], line["method"], line["snapshot"]) == (413, "POST", None)
    assert not any(key[0] == "cache" for key in log.journal.counts.sums().grown)


def test_blocks_are_written_whole() -> None:
    """Lines go out in blocks that no other worker's line can break up."""
    log = Log()
    for number in range(200):
        log.journal.add(Note(f"request-{number}", "GET", "/film/x"))
    assert [line["request"] for line in log.lines()] == [f"request-{number}" for number in range(200)]
    assert all(len(block) <= AT_ONCE and block.endswith(b"\n") for block in log.blocks)
    assert len(log.blocks) > 1


def test_the_log_can_be_off_or_for_reading() -> None:
    """Switched off, requests are counted and not written; as text they read in words."""
    for form, start in ((OFF, b""), (TEXT, b"00:00:01.500 info GET /film/x 200, 3 bytes in 1.00 ms, snapshot none")):
        log = Log(form)
        log.journal.add(Note("request-1", "GET", "/film/x", 200, 3, 0.001, ended=1.5))
        log.journal.drain()
        assert b"".join(log.blocks).startswith(start)
        assert bool(log.blocks) is (form == TEXT)
        assert log.journal.counts.sums().grown["requests", "/film", "GET", "200"] == 1


def test_an_error_is_one_line_with_its_trace() -> None:
    """What goes wrong is one line of JSON, with the id of the request and the traceback in it."""
    lines: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(Lines(form=JSON).format(record))

    def app(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        try:
            raise ValueError("two\nlines")  # noqa: TRY301
        except ValueError:
            logging.getLogger("tests.telemetry").exception("broken")
        start_response("500 Oh", [])
        return [b""]

    handler = Kept()
    logging.getLogger("tests.telemetry").addHandler(handler)
    try:
        ask(app, Log(), Client(headers=headers(x_request_id="abc-12345")))
    finally:
        logging.getLogger("tests.telemetry").removeHandler(handler)
    (line,) = lines
    assert "\n" not in line
    said = json.loads(line)
    assert (said["level"], said["message"], said["request"]) == ("error", "broken", "abc-12345")
    assert "ValueError: two\nlines" in said["trace"]


def broken() -> str:
    """A view with a mistake in it."""
    raise ZeroDivisionError


def test_a_mistake_is_noted_under_the_requests_id() -> None:
    """The number that a visitor can tell us is the id of the request in the log."""
    strange = create_app(Config(Path("/nowhere"), base="http://localhost:8000/"))
    strange.add_url_rule("/broken", view_func=broken)

    def through(environ: dict[str, Any], start_response: Any) -> Any:
        return strange.wsgi_app(environ, start_response)

    client = ask(through, Log(), Client(path="/broken", headers=headers(x_request_id="abc-12345", accept="text/html")))
    assert client.status == 500
    assert b"abc-12345" in client.body


def test_metrics_are_what_prometheus_reads(app: Flask, client: FlaskClient) -> None:
    """Prometheus' own parser reads the numbers, and they say what was asked."""
    counts = app.extensions[KEY].counts
    before = sums(client)
    counts.count([Note("a", "GET", "/film/x", 200, 10, 0.03, computed=True), Note("b", "PUT", "/wp-admin", 404, 1, 9)])
    client.get("/sparql?query=ASK%7B?s%20a%20<urn:telemetry>%7D")
    after = sums(client)
    grown = {name: after[name] - before.get(name, 0) for name in after if after[name] != before.get(name, 0)}
    assert grown["filmgraph_requests_total['/film', '200', 'GET']"] == 1
    assert grown["filmgraph_requests_total['404', 'other', 'other']"] == 1
    assert grown["filmgraph_request_seconds_bucket['/film', '0.05']"] == 1
    assert "filmgraph_request_seconds_bucket['/film', '0.025']" not in grown
    assert grown["filmgraph_request_seconds_count['/film']"] == 1
    assert grown["filmgraph_cache_requests_total['answers', 'miss']"] >= 1
    assert sum(value for name, value in grown.items() if name.startswith("filmgraph_queries_total")) == 1
    assert after["filmgraph_snapshot_number"] >= 1
    assert after["filmgraph_snapshot_age_seconds"] >= 0
    assert after["filmgraph_memory_bytes['site']"] > 1_000_000
    assert after["filmgraph_up"] == 1


def test_metrics_come_as_openmetrics(client: FlaskClient) -> None:
    """Where OpenMetrics is asked for, its stricter parser reads the numbers."""
    answer = client.get("/metrics", headers={"Accept": "application/openmetrics-text; version=1.0.0"})
    assert answer.content_type.startswith("application/openmetrics-text")
    families = openmetrics.text_string_to_metric_families(answer.text)  # type: ignore[no-untyped-call]  # it has no types
    assert "filmgraph_requests" in {family.name for family in families}


def test_metrics_are_for_this_machine_only(client: FlaskClient) -> None:
    """By default a client elsewhere, or one behind a proxy on this machine, finds nothing at the address."""
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 404
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "::1"}).status_code == 200


@pytest.mark.parametrize(("who", "status"), [("all", 200), ("off", 404)])
def test_metrics_can_be_for_all_or_off(sample: build.Place, who: str, status: int) -> None:
    """The setting opens the numbers to all, or closes them to everybody."""
    app = create_app(Config(sample.data, base=sample.base, metrics=who))
    assert app.test_client().get("/metrics", environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == status


def test_workers_tell_the_sum_of_all(tmp_path: Path) -> None:
    """The numbers of all workers are added up; those of one that ended stay, but not what was true of it then."""
    one, two = Counts({"film"}, tmp_path), Counts({"film"}, tmp_path)
    one.count([Note("a", "GET", "/film/x", 200, 5, 0.1, computed=True)] * 3)
    one.gauges = lambda: {"processes": 4}
    one.save()
    assert two.sums().grown["requests", "/film", "GET", "200"] == 3
    assert two.sums().times["/film"][-1] == pytest.approx(0.3)
    assert {"processes": 4} in two.sums().now
    (file,) = tmp_path.glob("*.json")
    file.write_text(file.read_text().replace('"pid": ', '"pid": 999999'), encoding="utf-8")
    assert two.sums().grown["requests", "/film", "GET", "200"] == 3
    assert {"processes": 4} not in two.sums().now
    file.write_text("{", encoding="utf-8")
    assert not two.sums().grown


def test_ready_when_all_is_there(client: FlaskClient) -> None:
    """With a snapshot, room on the disk and processes for queries, visitors may be sent here."""
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json == {"ready": True, "checks": [{"name": n, "state": "ok"} for n in ("graph", "queries", "disk")]}


def test_not_ready_without_a_snapshot(tmp_path: Path) -> None:
    """Without anything published the answer is 503, and tells no path of the machine."""
    answer = create_app(Config(tmp_path, base="http://localhost:8000/")).test_client().get("/readyz")
    assert answer.status_code == 503
    assert "the log says why" in answer.text
    assert str(tmp_path) not in answer.text


def test_not_ready_on_a_full_disk(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a large answer would find no room, the answer is 503 and says how much is wanted."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "the temporary folder has 1,000 bytes free; an answer may take 100,000,000" in answer.text


def test_not_ready_without_processes(sample: build.Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no process for queries is up, the answer is 503."""
    app = create_app(Config(sample.data, base=sample.base))
    site: Site = app.extensions[KEY]
    monkeypatch.setattr(type(site.sandbox), "pids", lambda _: ())
    answer = app.test_client().get("/readyz")
    assert answer.status_code == 503
    assert "no process for queries is up" in answer.text


def test_settings_are_checked() -> None:
    """A form of the log that there is not is named, with those that there are."""
    assert read_telling({}, terminal=True).log == TEXT
    assert read_telling({}).log == JSON
    with pytest.raises(SettingError, match="FILMGRAPH_LOG is 'xml'; expected one of json, text, off"):
        read_telling({"FILMGRAPH_LOG": "xml"})


def test_the_snapshot_of_an_answer_is_told(app: Flask) -> None:
    """Pages and queries tell from which snapshot they were answered."""
    for path, terms in (("/film/skyfall-2012", ""), ("/sparql", "query=ASK%7B%7D")):
        log = Log()
        ask(app.wsgi_app, log, Client(path=path, query_string=terms, headers=headers()))
        assert [line["snapshot"] for line in log.lines()] == [app.extensions[KEY].follower.version]


def test_notes_do_without_a_server(app: Flask) -> None:
    """Under another server, which notes nothing, the site works as well."""
    with app.test_client() as client:
        assert client.get("/films").status_code == 200
        assert client.get("/films", environ_base={NOTE: None}).status_code == 200
