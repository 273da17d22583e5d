"""The site by keyboard alone: where Tab leads, in which order, and whether one sees it."""

from __future__ import annotations

from contextlib import suppress

import pytest
from playwright.sync_api import Error, Locator, Page, Route, expect

from tests.browser.conftest import DESKTOP, Visit
from tests.browser.test_editor import stir

pytestmark = pytest.mark.browser
STOPS = 30
"""Presses of Tab on each page."""
LANDMARKS = ('link "Skip to content"', "- banner:", "- search:", '- navigation "Main":', "- main:", "- contentinfo:")
PAGES = (
    "/", "/film/1-mile-to-you-2017", "/films", "/person/daniel-craig", "/ontology", "/api", "/api/lists", "/path",
    "/query", "/none",
)  # fmt: skip
LOOK = """() => {
  const it = document.activeElement, box = it.getBoundingClientRect();
  const style = getComputedStyle(it.closest(".CodeMirror-focused") ?? it);
  const all = [...document.querySelectorAll("*")];
  return {
    place: all.indexOf(it),
    name: (it.getAttribute("aria-label") || it.labels?.[0]?.textContent || it.textContent || it.title).trim(),
    tag: it.tagName,
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.left < innerWidth,
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
  };
}"""


@pytest.fixture
def desk(visit: Visit) -> Page:
    """A page as wide as a desk."""
    return visit(viewport=DESKTOP, reduced_motion="reduce")


def ask_late(desk: Page) -> tuple[Locator, list[Route]]:
    """A box with the suggestions for "dan", and "daniel" typed into it; what was asked for that waits."""
    desk.goto("/films")
    box = desk.locator("#find")
    box.fill("dan")  # at one stroke: one question, and one answer
    expect(desk.locator("[role=option]").first).to_be_visible()
    asked: list[Route] = []
    desk.route("**/suggest?**", lambda route: asked.append(route))
    box.fill("daniel")
    while not asked:
        desk.wait_for_timeout(20)
    return box, asked


def let_go(desk: Page, asked: list[Route]) -> None:
    """Let the held questions be answered, and wait until an answer would have been shown."""
    for route in asked:
        with suppress(Error):  # the browser has given it up
            route.continue_()
    desk.wait_for_timeout(300)


@pytest.mark.parametrize("path", PAGES)
def test_tab_goes_down_the_page(desk: Page, path: str) -> None:
    """Tab visits what can be used in the order of the page; each stop has a name, is in sight, and has an outline."""
    desk.goto(path)
    if path == "/query":
        stir(desk)  # the editor would take the place of the plain form on the way
    stops = []
    for _ in range(STOPS):
        desk.keyboard.press("Tab")
        stop = desk.evaluate(LOOK)
        if stop["tag"] == "BODY":
            break
        stops.append(stop)
    assert len(stops) > 10
    assert stops[0]["name"] == "Skip to content"
    assert [it for it in stops if not it["name"]] == []
    assert [it for it in stops if not (it["seen"] and it["outlined"])] == []
    places = [it["place"] for it in stops]
    assert places == sorted(set(places))


def test_escape_closes_suggestions_and_keeps_the_words(desk: Page) -> None:
    """Suggestions are announced in a live region and closed by Escape; what was typed stays."""
    desk.goto("/films")
    box = desk.locator("#find")
    box.focus()
    desk.keyboard.type("daniel", delay=20)
    expect(desk.locator("[role=listbox]").first).to_be_visible()
    expect(desk.locator("[role=status]").first).to_contain_text("suggestion")
    expect(box).to_have_attribute("aria-expanded", "true")
    desk.keyboard.press("ArrowDown")
    active = box.get_attribute("aria-activedescendant")
    assert desk.locator(f"#{active}").get_attribute("aria-selected") == "true"
    desk.keyboard.press("Escape")
    expect(desk.locator("[role=listbox]").first).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
    assert box.input_value().startswith("daniel")


def test_suggestions_that_come_late_do_not_open_after_escape(desk: Page) -> None:
    """What was asked before Escape, and is answered after it, opens nothing."""
    box, asked = ask_late(desk)
    desk.keyboard.press("Escape")
    let_go(desk, asked)
    expect(box).to_have_attribute("aria-expanded", "false")
    assert box.input_value() == "daniel"


def test_suggestions_that_come_late_do_not_take_away_the_chosen_one(desk: Page) -> None:
    """Whoever walks through the suggestions keeps the list, whatever is answered after the first step."""
    box, asked = ask_late(desk)
    options = desk.locator("[role=listbox]").first.locator("[role=option]")
    seen = options.all_text_contents()
    desk.keyboard.press("ArrowDown")
    let_go(desk, asked)
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert options.all_text_contents() == seen
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")


def test_what_a_screen_reader_is_told(desk: Page) -> None:
    """The accessibility tree of a film has the landmarks in order, the title, and each role as a list item."""
    desk.goto("/film/1-mile-to-you-2017")
    told = desk.locator("body").aria_snapshot()
    order = [told.index(mark) for mark in LANDMARKS]
    assert order == sorted(order)
    assert 'heading "1 Mile To You 2017" [level=1]' in told
    assert 'heading "Who played whom" [level=2]' in told
    assert "Graham Rogers" in told[told.index("Who played whom") :]
