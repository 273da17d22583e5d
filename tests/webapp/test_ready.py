"""Answers that lie ready: for whom, how long, and how much of them."""

from __future__ import annotations

from typing import Any

from tests.webapp.telemetry.recording import Log
from tests.webapp.test_gateway import Client, run
from webapp.cache import Cache
from webapp.gateway import Gateway
from webapp.ready import KEEP, OVERHEAD, Ready
from webapp.telemetry.note import HEADER
from webapp.telemetry.recorded import Recorded


class Counting:
    """An application that counts how often it is asked, and lets its answers be kept."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        """Answer with the number of the request and what it wants."""
        self.asked += 1
        environ[KEEP] = environ["PATH_INFO"] != "/changing"
        start_response("200 OK", [("Content-Type", "text/html"), ("ETag", '"1"'), ("Vary", "Accept")])
        return [f"{self.asked} {environ.get('HTTP_ACCEPT')}".encode()]


class Site:
    """A gateway over such an application, and the state of its graph."""

    def __init__(self, limit: int = 100_000, seen: float = 0.0) -> None:
        self.app, self.state = Counting(), "1"
        self.gateway = Gateway(self.app, ready=Ready(limit, lambda: self.state, seen))
        self.journal = Log().journal

    def ask(self, path: str = "/", method: str = "GET", **headers: str) -> Client:
        """The answer to a request; headers are named with _ for -."""
        client = Client(path=path, method=method, headers={name.replace("_", "-"): v for name, v in headers.items()})
        run(Recorded(self.gateway, self.journal).__rsgi__(client.scope, client))
        client.headers = [pair for pair in client.headers if pair[0] != HEADER]
        return client


def test_what_was_asked_before_is_sent_again_without_the_application() -> None:
    """The same request gets the same status, headers and body; another path or Accept gets one of its own."""
    site = Site()
    first, second = site.ask(accept="text/html"), site.ask(accept="text/html")
    assert (second.status, second.headers, second.body) == (first.status, first.headers, first.body)
    assert site.app.asked == 1
    assert site.ask(accept="text/turtle").body == b"2 text/turtle"
    assert site.ask("/other").body == b"3 None"
    assert site.ask("/other", "HEAD").body == b"4 None"
    assert site.ask("/other", "HEAD", range="bytes=0-1").body == b"5 None"


def test_a_part_of_what_is_kept_is_left_to_the_application() -> None:
    """A request for a range of bytes is not answered with the whole that lies ready."""
    site = Site()
    site.ask()
    assert site.ask(range="bytes=0-1").body == b"2 None"
    assert site.app.asked == 2


def test_a_client_that_has_it_already_gets_no_body() -> None:
    """The kept answer's own ETag gives 304 with its headers; what is said of another is left to the application."""
    site = Site()
    site.ask()
    known = site.ask(if_none_match='"1"')
    assert (known.status, known.body) == (304, b"")
    assert known.headers == [("ETag", '"1"'), ("Vary", "Accept")]
    assert site.app.asked == 1
    assert site.ask(if_none_match='"0", "1"').status == 200
    assert site.app.asked == 2


def test_another_state_of_the_graph_makes_other_answers() -> None:
    """Nothing that was kept for one snapshot is sent for the next, not even what was begun before it."""
    site = Site()
    site.ask()
    site.state = "2"
    assert site.ask().body == b"2 None"
    begun = Client()
    site.gateway.ready.put(begun.scope, "1", (200, [("etag", '"1"')], b"old"))
    assert site.ask().body == b"2 None"


def test_one_look_at_the_graph_serves_many_answers() -> None:
    """Between two looks the kept answer is sent; what is not kept is always answered by the graph as it is."""
    site = Site(seen=3_600.0)
    assert [site.ask().body for _ in range(2)] == [b"1 None"] * 2
    site.state = "2"
    assert site.ask().body == b"1 None"
    assert site.ask("/other").body == b"2 None"
    assert site.ask().body == b"3 None"


def test_only_what_a_view_offers_is_kept() -> None:
    """An answer that may be another the next time is made anew each time."""
    site = Site()
    assert [site.ask("/changing").body for _ in range(2)] == [b"1 None", b"2 None"]


def test_the_answers_asked_for_last_stay() -> None:
    """Kept answers take no more room than was given, and none takes half of it."""
    site = Site(limit=2 * OVERHEAD + 100)
    for path in ("/a", "/b", "/a", "/c"):
        site.ask(path)
    assert site.app.asked == 3
    site.ask("/a")
    assert site.app.asked == 3
    site.ask("/b")
    assert site.app.asked == 4
    narrow = Site(limit=OVERHEAD)
    assert [narrow.ask().body for _ in range(2)] == [b"1 None", b"2 None"]


def test_the_cache_stays_within_its_room() -> None:
    """What was asked for longest ago makes room, and what would take half of the room is not kept at all."""
    cache = Cache(3 * 800)
    cache.put(("huge",), (b"x" * 1201, "text/html"))
    assert cache.get(("huge",)) is None
    for name in ("a", "b", "c"):
        cache.put((name,), (b"x" * 300, "text/html"))
    assert cache.get(("a",)) is not None
    cache.put(("d",), (b"x" * 300, "text/html"))
    assert [name for name in "abcd" if cache.get((name,))] == ["a", "c", "d"]
