"""How pages look, of every kind: on every screen, in the dark, in the visitor's own colours, on paper, and to axe."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
OF_COLOURS = ("color-contrast", "link-in-text-block")
"""The rules of axe whose verdict depends on the scheme."""
KINDS = (
    "/",
    "/film/1-mile-to-you-2017",
    "/person/daniel-craig",
    "/character/skyfall-2012/james-bond",
    "/path?from=tim-roth&to=Humphrey+Bogart",
    "/path?from=Tim+Roth&to=Craig",
    "/graph?of=film/1-mile-to-you-2017",
    "/graph?of=person/tim-roth",
    "/reviews",
    "/search?q=kevin",
    "/query",
    "/query?ask=examples/13-several-critics",
    "/query/explain?query=SELECT+?who+{+?who+film:played/film:name+?whom+FILTER(?whom+=+'M')+}+LIMIT+5",
    "/query/code?query=ASK+{}",
    "/learn",
    "/learn/04-paths?query=ASK+{}&hints=2&solution=1",
    "/ontology",
    "/ontology/Role",
    "/ontology/shapes",
    "/api",
    "/films",
    "/films?genre=drama&decade=1890&reviews=yes",
    "/decade/1990s",
    "/sources",
    "/dataset/films-toml",
    "/worklists",
    "/worklists/described-only",
    "/about",
)


@pytest.mark.parametrize("path", KINDS)
def test_no_page_is_wider_than_the_screen(page: Page, path: str) -> None:
    """Nothing makes a page scroll sideways, not even at 320 pixels, whether it is made narrower or wider."""
    wide = page.viewport_size["width"] if page.viewport_size else 390
    for place, width in enumerate((wide, 320) if wide > 700 else (320, wide)):
        page.set_viewport_size({"width": width, "height": 800})
        if place == 0:
            page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 1, width


def violations(page: Page, rules: Sequence[str] = ()) -> list[list[str]]:
    """What axe finds on a page, once all of it is there; by its usual rules, or by these."""
    if not AXE.exists():
        pytest.skip("axe-core is missing; get it with: npm ci")
    if page.locator(".picture").count():
        expect(page.locator("svg.graph .node").first).to_be_visible()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[list[str]] = page.evaluate(
        "values => axe.run(values.length ? { runOnly: { type: 'rule', values } } : {})"
        ".then(found => found.violations.map(v => [v.id, v.nodes[0].target.join(' ')]))",
        list(rules),
    )
    return found


@pytest.mark.parametrize("path", [*KINDS, "/film/nothing-of-this-name"])
def test_no_page_shuts_anyone_out(visit: Visit, path: str) -> None:
    """No violation is found by axe on any kind of page, light or dark."""
    opened = visit(bypass_csp=True, color_scheme="light", reduced_motion="reduce")
    opened.goto(path)
    assert violations(opened) == []
    opened.emulate_media(color_scheme="dark")
    assert violations(opened, OF_COLOURS) == []


@pytest.mark.parametrize("path", ["/", "/film/casablanca-1942", "/ontology", "/graph?of=film/skyfall-2012"])
def test_no_page_shuts_anyone_out_in_forced_colours(visit: Visit, path: str) -> None:
    """In the visitor's own colours and at twice the size axe finds nothing, and nothing scrolls sideways."""
    opened = visit(
        bypass_csp=True,
        forced_colors="active",
        reduced_motion="reduce",
        device_scale_factor=2,
        viewport={"width": 640, "height": 450},
    )
    opened.goto(path)
    assert violations(opened) == []
    assert opened.evaluate("document.documentElement.scrollWidth - innerWidth") <= 1


def test_a_film_is_whole_on_paper(visit: Visit) -> None:
    """On paper the sentences stand below the roles, and nothing that only a screen can do is there."""
    opened = visit(viewport={"width": 794, "height": 1123})
    opened.emulate_media(media="print")
    opened.goto("/film/casablanca-1942")
    expect(opened.locator(".credits blockquote").first).to_be_visible()
    expect(opened.locator(".bar")).to_be_hidden()
    for path in ("/", "/ontology"):
        opened.goto(path)
        assert opened.locator("form:visible").count() == 0
        assert opened.evaluate("document.documentElement.scrollWidth - innerWidth") <= 1
        assert opened.locator(".scroll").evaluate_all("all => all.every(it => it.scrollWidth <= it.clientWidth + 1)")


def test_figures_of_a_large_graph_fit(page: Page) -> None:
    """The figures of the first page may be of eight digits each, on the narrowest screen too."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/")
    page.locator(".figures dd").evaluate_all("all => all.forEach(it => { it.textContent = '20,120,535'; })")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 1


def test_hints_in_boxes_are_not_cut_off(page: Page) -> None:
    """What stands in an empty box of the home page, and beside it what clears the box, is seen whole at 320 pixels."""
    page.set_viewport_size({"width": 320, "height": 640})
    for path in ("/", "/films"):
        page.goto(path)
        box = page.locator("input[name=q]")
        wide, room = box.evaluate("it => { it.value = it.placeholder; return [it.scrollWidth, it.clientWidth] }")
        assert wide <= room


def test_the_first_view_is_light(page: Page) -> None:
    """The first view of a film takes at most 150 KB and asks no other host for anything."""
    answers: list[Response] = []
    hosts: set[str] = set()
    page.on("response", lambda answer: answers.append(answer))
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    page.goto("/film/1-mile-to-you-2017", wait_until="networkidle")
    assert 0 < sum(len(answer.body()) for answer in answers) <= 150_000
    assert len(hosts) == 1
