"""A fair share for each client, and the bounds that the environment sets."""

from __future__ import annotations

import json
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from werkzeug.middleware.proxy_fix import ProxyFix

from graph import build
from graph.errors import SettingError
from graph.sandbox import Limits
from tests.webapp.test_express import ask as ask_gateway
from webapp import Config, create_app
from webapp.settings import Bounds, read_bounds

SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"


@pytest.fixture(autouse=True)
def _within_one_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shares are counted by the minute of the clock, which stands still in the middle of one."""
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now - now % 60 + 30)


def client_of(place: build.Place, *, proxies: int = 0, **bounds: int) -> FlaskClient:
    """A visitor of the site with these bounds."""
    limits = Limits(timeout=60, quick=0.05)
    app = create_app(Config(place.data, base=place.base, limits=limits, **bounds))  # type: ignore[arg-type]
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies)  # type: ignore[method-assign]
    return app.test_client()


def ask(
    client: FlaskClient, query: str, address: str = "192.0.2.1", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body; what would run for ever is stopped after two seconds."""
    terms = urlencode({"query": query} | ({"timeout": "2"} if "?n1" in query else {}))
    answer = client.get(f"/sparql?{terms}", environ_base={"REMOTE_ADDR": address}, headers=headers)
    return answer.status_code, dict(answer.headers), answer.data


def test_who_asks_too_often_waits_alone(sample: build.Place) -> None:
    """The query beyond the share is 429 with the time to wait; others go on, and so does what is kept already."""
    client = client_of(sample, rate=3)
    assert [ask(client, f"ASK {{ ?s{n} ?p ?o }}")[0] for n in range(3)] == [200] * 3
    status, headers, body = ask(client, "ASK { ?other ?p ?o }")
    said = json.loads(body)
    assert (status, headers["Content-Type"]) == (429, "application/problem+json")
    assert (said["limit"], said["value"]) == ("rate", 3)
    assert 1 <= int(headers["Retry-After"]) <= 60
    assert ask(client, "ASK { ?other ?p ?o }", "192.0.2.2")[0] == 200
    assert ask(client, "ASK { ?s1 ?p ?o }")[0] == 200


def test_neighbours_behind_one_ipv6_network_share(sample: build.Place) -> None:
    """A household has as many addresses of IPv6 as it likes, and one share."""
    client = client_of(sample, rate=1)
    assert ask(client, "ASK {}", "2001:db8:1:2::1")[0] == 200
    assert ask(client, "ASK { ?s ?p ?o }", "2001:db8:1:2:ffff::2")[0] == 429
    assert ask(client, "ASK { ?s ?p ?o }", "2001:db8:1:3::1")[0] == 200


def test_slow_queries_have_a_share_of_their_own(sample: build.Place) -> None:
    """Who used up the time for slow queries is refused another, and still has quick ones answered."""
    client = client_of(sample, slow_seconds=1)
    assert ask(client, SLOW)[0] == 503
    status, headers, body = ask(client, SLOW.replace("?a", "?z"))
    assert (status, json.loads(body)["limit"]) == (429, "slow_seconds")
    assert int(headers["Retry-After"]) >= 1
    assert ask(client, "ASK {}")[0] == 200
    assert ask(client, SLOW.replace("?a", "?y"), "192.0.2.2")[0] == 503


def test_forwarded_addresses_count_only_behind_a_proxy(sample: build.Place) -> None:
    """Nobody gets another share by writing X-Forwarded-For himself."""
    alone, behind = client_of(sample, rate=1), client_of(sample, rate=1, proxies=1)
    for client, second in ((alone, 429), (behind, 200)):
        assert ask(client, "ASK {}", **{"X-Forwarded-For": "198.51.100.1"})[0] == 200
        assert ask(client, "ASK { ?s ?p ?o }", **{"X-Forwarded-For": "198.51.100.2"})[0] == second
    assert ask(behind, "ASK { ?s ?p 1 }", **{"X-Forwarded-For": "203.0.113.9, 198.51.100.2"})[0] == 429


def test_forwarded_addresses_count_in_the_event_loop_too(sample: build.Place) -> None:
    """Who is answered ahead of the framework is known by the same address: that which our own proxy says."""

    def status(number: int, told: str, proxies: int) -> int:
        terms = urlencode({"query": f"ASK {{ ?s ?p {number} }}"})
        (answer,), _ = ask_gateway(app, terms, headers={"x-forwarded-for": told}, proxies=proxies)
        return answer.status

    app = client_of(sample, rate=1).application
    assert [status(1, "198.51.100.1", 1), status(2, "198.51.100.1", 1), status(3, "198.51.100.2", 1)] == [200, 429, 200]
    assert status(4, "203.0.113.9, 198.51.100.2", 1) == 429
    assert [status(5, "198.51.100.3", 0), status(6, "198.51.100.4", 0)] == [200, 429]


def test_the_page_for_queries_counts_too(sample: build.Place) -> None:
    """A query asked on the page is a query."""
    client = client_of(sample, rate=1)
    assert client.get("/query?query=ASK+{}").status_code == 200
    assert "within a minute" in client.get("/query?query=ASK+{+?s+?p+?o+}").get_data(as_text=True)


def test_answers_are_kept_by_text_form_and_snapshot(sample: build.Place) -> None:
    """The same question is answered from memory, another form or text is not, and the bytes are the same."""
    client = client_of(sample, answers=1_000_000)
    query = "SELECT ?t { ?f film:title ?t } ORDER BY ?t LIMIT 3"
    first, again = ask(client, query, Accept="text/csv"), ask(client, query, Accept="text/csv")
    assert "Server-Timing" in first[1]
    assert "Server-Timing" not in again[1]
    assert (first[0], first[2], first[1]["ETag"]) == (again[0], again[2], again[1]["ETag"])
    assert "Server-Timing" in ask(client, query, Accept="text/tab-separated-values")[1]
    assert "Server-Timing" in ask(client, query + " ", Accept="text/csv")[1]
    uncached = [ask(client, "SELECT (RAND() AS ?x) {}", Accept="text/csv")[2] for _ in range(2)]
    assert uncached[0] != uncached[1]


def test_bounds_come_from_the_environment() -> None:
    """Each bound is set by its name in capitals; what is not set has its usual value."""
    found = read_bounds({"FILMGRAPH_TIMEOUT": "7", "FILMGRAPH_RATE": "0", "FILMGRAPH_ANSWERS": " ", "HOME": "/"})
    assert (found.timeout, found.rate, found.answers) == (7, 0, Bounds().answers)
    assert found.limits(2).timeout == 7
    assert Bounds(timeout=100, max_timeout=50).limits(1).timeout == 50


@pytest.mark.parametrize(("name", "value"), [("TIMEOUT", "0"), ("MEMORY", "4 GB"), ("RATE", "-1"), ("PROXIES", "²")])
def test_bounds_that_are_no_numbers_are_named(name: str, value: str) -> None:
    """A setting that cannot be read says its name, its value and what was expected."""
    with pytest.raises(SettingError, match=rf"FILMGRAPH_{name} is '{value}'; expected a whole number"):
        read_bounds({f"FILMGRAPH_{name}": value})


def test_memory_is_shared_out() -> None:
    """All processes together fit into the bound; what leaves too little for a query is refused with the least."""
    for workers in (1, 2, 4):
        limits = Bounds(memory=8192).limits(workers)
        assert workers * limits.processes * limits.memory <= 8192 << 20
    with pytest.raises(SettingError, match=r"FILMGRAPH_MEMORY=500 is too little for 2 workers; expected at least \d+"):
        Bounds(memory=500).limits(2)


def test_settings_are_documented() -> None:
    """The README names every bound with its usual value."""
    text = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    for name in Bounds.__slots__:
        assert f"| `FILMGRAPH_{name.upper()}` | `{getattr(Bounds(), name)}` |" in text
