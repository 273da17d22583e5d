"""The numbers of the service in the words of Prometheus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from webapp.telemetry.counts import BOUNDS, Sums

GROWN = {
    "requests": ("filmgraph_requests", "Requests answered.", ("route", "method", "status")),
    "bytes": ("filmgraph_response_bytes", "Bytes of bodies sent.", ("route",)),
    "cache": ("filmgraph_cache_requests", "Answers looked for among those kept.", ("cache", "outcome")),
    "queries": ("filmgraph_queries", "SPARQL queries that ended.", ("lane", "outcome")),
    "restarts": ("filmgraph_query_process_restarts", "Processes for queries that were replaced.", ()),
}
"""Numbers that only grow: by their short name the metric's name, what it tells, and its labels."""
NOW = {
    "site": ("filmgraph_memory_bytes", "Resident memory.", "site"),
    "queries": ("filmgraph_memory_bytes", "Resident memory.", "queries"),
    "processes": ("filmgraph_query_processes", "Processes for queries that are up.", ""),
}
"""What each worker tells of itself; the second label is the kind of process."""
TIMES = ("filmgraph_request_seconds", "Time from a request to its answer.")


@dataclass(frozen=True, slots=True)
class Gauge:
    """A number that is true of the whole service at the moment."""

    name: str
    says: str
    value: float
    labels: Mapping[str, str] = field(default_factory=dict)


def exposition(sums: Sums, gauges: tuple[Gauge, ...], accept: str) -> tuple[bytes, str]:
    """What Prometheus reads, and its media type: OpenMetrics where that is asked for."""
    encoder, media = choose_encoder(accept)
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Told(sums, gauges))
    return encoder(registry), media


class _Told(Collector):
    """Gives the numbers of one moment."""

    def __init__(self, sums: Sums, gauges: tuple[Gauge, ...]) -> None:
        self.sums, self.gauges = sums, gauges

    def collect(self) -> Iterator[Metric]:
        """All metrics."""
        yield from _grown(self.sums)
        yield _times(self.sums)
        yield from _now(self.sums)
        yield from _gauges(self.gauges)


def _grown(sums: Sums) -> Iterator[Metric]:
    for short, (name, says, labels) in GROWN.items():
        family = CounterMetricFamily(name, says, labels=labels)
        for key, value in sorted(sums.grown.items()):
            if key[0] == short:
                family.add_metric(key[1:], value)
        yield family


def _times(sums: Sums) -> Metric:
    family = HistogramMetricFamily(*TIMES, labels=("route",))
    for route, (*counts, whole) in sorted(sums.times.items()):
        buckets, so_far = [], 0.0
        for bound, count in zip((*map(str, BOUNDS), "+Inf"), counts, strict=True):
            so_far += count
            buckets.append((bound, so_far))
        family.add_metric((route,), buckets, whole)
    return family


def _now(sums: Sums) -> Iterator[Metric]:
    families: dict[str, GaugeMetricFamily] = {}
    for short, (name, says, kind) in NOW.items():
        family = families.setdefault(name, GaugeMetricFamily(name, says, labels=("kind",) if kind else ()))
        family.add_metric((kind,) if kind else (), sum(each.get(short, 0.0) for each in sums.now))
    yield from families.values()
    yield GaugeMetricFamily("filmgraph_workers", "Workers of the site that are up.", value=len(sums.now))


def _gauges(gauges: tuple[Gauge, ...]) -> Iterator[Metric]:
    families: dict[str, GaugeMetricFamily] = {}
    for it in gauges:
        family = families.setdefault(it.name, GaugeMetricFamily(it.name, it.says, labels=tuple(it.labels)))
        family.add_metric(tuple(it.labels.values()), it.value)
    yield from families.values()
