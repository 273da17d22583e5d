"""The log: a line for each request and each error, with its id and without what visitors asked."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from graph.errors import SettingError
from tests.webapp.telemetry.recording import Log, ask, headers
from tests.webapp.test_gateway import Client, echo, run
from webapp import Config, create_app
from webapp.gateway import Bounds, Gateway
from webapp.ready import KEEP, Ready
from webapp.settings import read_telling
from webapp.site import KEY
from webapp.telemetry import note
from webapp.telemetry.journal import AT_ONCE
from webapp.telemetry.lines import JSON, OFF, TEXT, Lines
from webapp.telemetry.note import HEADER, NOTE, Note
from webapp.telemetry.recorded import Recorded


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
