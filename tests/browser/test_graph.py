"""The picture of a graph, by mouse, by finger and by keyboard, in Chromium."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
VENDOR = Path(__file__).parents[2] / "webapp" / "static" / "vendor" / "cytoscape.min.js"
NODES = "svg.graph .node"
AT = "document.activeElement.dataset.href"


@pytest.fixture
def drawn(page: Page) -> Page:
    """The graph around a film, drawn."""
    if not VENDOR.exists():
        pytest.skip("cytoscape is missing; get it with: make setup")
    page.goto("/graph?of=person/tim-roth")
    expect(page.locator(NODES).first).to_be_visible()
    return page


def test_the_picture_holds_what_the_table_holds(drawn: Page) -> None:
    """Each film and person of the table is drawn once, and no two lie upon each other."""
    hrefs = drawn.locator("table.ties th a:not(.ask)").evaluate_all("all => [...new Set(all.map(it => it.pathname))]")
    boxes = drawn.locator(f"{NODES} rect").evaluate_all("all => all.map(it => it.getBoundingClientRect().toJSON())")
    assert drawn.locator(NODES).count() == len(hrefs) == len(boxes)
    for place, one in enumerate(boxes):
        for two in boxes[place + 1 :]:
            apart = one["right"] <= two["left"] or two["right"] <= one["left"]
            assert apart or one["bottom"] <= two["top"] or two["bottom"] <= one["top"]


@pytest.mark.parametrize("of", ["person/humphrey-bogart", "film/the-maltese-falcon-1941"])
def test_what_the_ties_say_can_be_read(page: Page, of: str) -> None:
    """Below each to whom the chosen one is tied stands the role, upon no name and no other role, whoever is chosen."""
    if not VENDOR.exists():
        pytest.skip("cytoscape is missing; get it with: make setup")
    page.goto(f"/graph?of={of}")
    expect(page.locator(NODES).first).to_be_visible()
    for chosen in (f"{NODES}.centre", f"{NODES}:not(.centre, .far)"):
        page.locator(chosen).first.focus()
        said = page.locator("svg.graph .words text")
        expect(said).to_have_count(page.locator(".tie.lit").count())
        assert said.count()
        boxes = page.locator(f"svg.graph .words text, {NODES} rect").evaluate_all(  # at once: the page may be scrolling
            "all => all.map(it => ({ word: it.matches('.words *'), ...it.getBoundingClientRect().toJSON() }))"
        )
        for place, one in enumerate(boxes):
            for two in boxes[place + 1 :] if one["word"] else [it for it in boxes if it["word"]]:
                apart = one["right"] <= two["left"] or two["right"] <= one["left"]
                assert apart or one["bottom"] <= two["top"] + 1 or two["bottom"] <= one["top"] + 1


def test_arrows_and_enter_add_what_surrounds(drawn: Page) -> None:
    """By keyboard alone one comes from the centre to another and adds more to picture and table, and hears of it."""
    before = drawn.locator(NODES).count(), drawn.locator("tr[data-tie]").count()
    drawn.locator(f"{NODES}.centre").focus()
    start = drawn.evaluate(AT)
    for arrow in ("ArrowLeft", "ArrowRight"):  # the centre may stand at an edge
        if drawn.evaluate(AT) == start:
            drawn.keyboard.press(arrow)
    assert drawn.evaluate(AT) != start
    expect(drawn.locator(".chosen-node a")).to_have_attribute("href", drawn.evaluate(AT))
    drawn.locator(f"{NODES}.film", has_text="Pulp Fiction").focus()
    drawn.keyboard.press("Enter")
    expect(drawn.locator("[data-status]")).to_contain_text("added around Pulp Fiction")
    assert drawn.locator(NODES).count() > before[0]
    assert drawn.locator("tr[data-tie]").count() > before[1]
    drawn.keyboard.press("Home")
    assert drawn.evaluate(AT) == start


def test_a_click_adds_what_surrounds(drawn: Page) -> None:
    """A click does the same as Enter, and a second one says that there is no more."""
    before = drawn.locator(NODES).count()
    film = drawn.locator(f"{NODES}.film", has_text="Pulp Fiction")
    film.click()
    expect(drawn.locator("[data-status]")).to_contain_text("added around")
    expect(drawn.locator(NODES)).not_to_have_count(before)
    film.focus()
    drawn.keyboard.press("Enter")
    expect(drawn.locator("[data-status]")).to_contain_text("shown already")


def test_every_one_is_reached_by_page_down(drawn: Page) -> None:
    """Page Down leads through all films and people, Tab out of the picture."""
    count = drawn.locator(NODES).count()
    drawn.locator(f"{NODES}.centre").focus()
    seen = set()
    for _ in range(count):
        drawn.keyboard.press("PageDown")
        seen.add(drawn.evaluate(AT))
    assert len(seen) == count
    drawn.keyboard.press("Tab")
    assert drawn.evaluate("document.activeElement.closest('svg')") is None


def test_plus_and_minus_change_the_size(drawn: Page) -> None:
    """+ and − make the picture larger and smaller, 0 shows it as at first."""
    width = "document.querySelector('svg.graph').viewBox.baseVal.width"
    drawn.locator(f"{NODES}.centre").focus()
    first = drawn.evaluate(width)
    drawn.keyboard.press("+")
    assert drawn.evaluate(width) < first
    drawn.get_by_role("button", name="Farther").click()
    drawn.get_by_role("button", name="Farther").click()
    assert drawn.evaluate(width) > first


ARRANGED = """() => new Promise((resolve) => {
  const worker = new Worker("/static/graph-layout.js");
  worker.onmessage = ({ data }) => resolve(data);
  worker.postMessage({
    scripts: [], room: { w: 1000, h: 600 }, edges: [{ source: "film", target: "person" }],
    nodes: ["film", "person"].map((id) => ({ id, w: 120, h: 40, x: 0, y: 0 })),
  });
})"""
"""Where the picture's worker puts one film and one person in a wide room."""


def test_two_stand_near_each_other(page: Page) -> None:
    """One film and one person do not stand in the far corners of the picture, nor upon each other."""
    page.goto("/about")
    one, two = page.evaluate(ARRANGED)
    wide, high = abs(one["x"] - two["x"]), abs(one["y"] - two["y"])
    assert wide <= 360
    assert high <= 200
    assert wide >= 120 or high >= 40


@pytest.mark.parametrize("of", ["film/skyfall-2012", "film/psycho-1960"])
def test_all_is_in_sight_at_first(page: Page, of: str) -> None:
    """The picture opens with every film and person inside its frame, at a size that can be read, on a phone too."""
    if not VENDOR.exists():
        pytest.skip("cytoscape is missing; get it with: make setup")
    page.goto(f"/graph?of={of}")
    expect(page.locator(NODES).first).to_be_visible()
    frame, *boxes = page.locator(f".canvas, {NODES}").evaluate_all(
        "all => all.map(it => it.getBoundingClientRect().toJSON())"
    )
    assert len(boxes) > 3
    for box in boxes:
        assert frame["left"] - 1 <= box["left"] < box["right"] <= frame["right"] + 1
        assert frame["top"] - 1 <= box["top"] < box["bottom"] <= frame["bottom"] + 1
    letters = page.locator(f"{NODES}:not(.centre) text").first.evaluate("it => it.getScreenCTM().a * 14")
    assert letters > 8


def test_the_picture_is_saved(drawn: Page, tmp_path: Path) -> None:
    """The SVG file is well-formed, holds every name and needs no style sheet; the PNG file is one."""
    names = drawn.locator(f"{NODES} text").count()
    for kind in ("SVG", "PNG"):
        with drawn.expect_download() as saved:
            drawn.get_by_role("button", name=f"Save as {kind}").click()
        assert saved.value.suggested_filename == f"what-surrounds-tim-roth.{kind.lower()}"
        saved.value.save_as(tmp_path / kind)
    tree = ET.parse(tmp_path / "SVG")  # noqa: S314  # our own file
    texts = tree.findall(".//{http://www.w3.org/2000/svg}text")
    assert len(texts) == names
    assert all(text.get("fill", "").startswith("rgb") for text in texts)
    assert (tmp_path / "PNG").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("look", [{"forced_colors": "active"}, {"color_scheme": "dark"}, {"reduced_motion": "reduce"}])
def test_it_is_seen_however_one_looks(visit: Visit, look: dict[str, str]) -> None:
    """With forced colours, in the dark and without motion the names stand out from what is behind them."""
    opened = visit(**look)
    opened.goto("/graph?of=film/skyfall-2012")
    name = opened.locator(f"{NODES}.film:not(.centre) text").first
    expect(name).to_be_visible()
    behind, letters = name.evaluate(
        "it => [it.previousElementSibling ?? it.parentNode.firstChild, it].map(x => getComputedStyle(x).fill)"
    )
    assert behind != letters


def test_without_scripts_the_table_says_it_all(visit: Visit) -> None:
    """With scripts off there is no empty frame, and proofs open in the table."""
    opened = visit(java_script_enabled=False)
    opened.goto("/graph?of=film/1-mile-to-you-2017")
    expect(opened.locator(".picture")).to_be_hidden()
    opened.locator("table.ties summary").first.click()
    expect(opened.locator("table.ties blockquote").first).to_be_visible()
