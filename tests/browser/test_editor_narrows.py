"""What the query editor offers where a query took too much, and what it tells of values, in Chromium."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Visit
from tests.browser.test_editor import YASGUI, holds, run, stir, write

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not YASGUI.exists(), reason="YASGUI is missing; get it with: npm ci && npm run vendor"),
]
STOPPED = {
    "title": "Service Unavailable",
    "status": 503,
    "detail": "the query was stopped",
    "limit": "timeout",
    "advice": "ask for less",
}
WIDE = 'SELECT ?film ?year {\n  # ?film film:title "Casablanca" .\n  ?film film:year ?year\n}\nORDER BY ?film'


def test_a_query_that_took_too_long_is_narrowed_and_run_by_one_click(visit: Visit) -> None:
    """Below the reason are advice and a button that lets the narrowing line in; columns tell their datatype."""
    page = visit()  # the browser notes the 503 in its console
    page.goto("/query")
    stir(page)

    def stop(route: Route) -> None:
        route.fulfill(status=503, content_type="application/problem+json", body=json.dumps(STOPPED))

    page.route("**/sparql", stop, times=1)
    write(page, WIDE)
    run(page)
    expect(page.get_by_text("ask for less")).to_be_visible()
    page.get_by_role("button", name="Narrow it down and run it").click()
    expect(page.locator(".yasr tbody tr")).to_have_count(1)
    expect(page.locator(".yasr th").nth(1)).to_have_text("year xsd:gYear")
    holds(page, '\n  ?film film:title "Casablanca" .\n')
