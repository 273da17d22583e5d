"""The numbers of the service, as Prometheus and OpenMetrics read them."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.openmetrics import parser as openmetrics
from prometheus_client.parser import text_string_to_metric_families as parsed

from graph import build
from webapp import Config, create_app
from webapp.site import KEY
from webapp.telemetry.counts import Counts
from webapp.telemetry.note import Note


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
