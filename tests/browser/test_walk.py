"""A visitor's walk, in Chromium."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


def test_from_home_to_a_proof_and_on_to_another_film(page: Page) -> None:
    """Home, film, a role's evidence, the review with the sentence highlighted, the actor, another film: all by hand."""
    page.goto("/")
    page.locator("main input[type=search]").fill("casablanca")
    page.keyboard.press("Enter")
    page.locator(".found a", has_text="Casablanca").first.click()
    expect(page.locator("h1")).to_contain_text("Casablanca")

    line = page.locator(".credits li").filter(has=page.locator(".who", has_text="Humphrey Bogart"))
    line.locator("summary").click()
    quote = line.locator("blockquote").first
    expect(quote.locator("mark").first).to_be_visible()
    words = quote.inner_text()
    line.locator("figcaption a").first.click()

    sentence = page.locator(".proved:target, .proved:has(:target)")
    expect(sentence).to_be_in_viewport()
    assert "Bogart" in words
    assert sentence.evaluate("element => getComputedStyle(element).backgroundColor") != "rgba(0, 0, 0, 0)"

    page.locator(".margin a", has_text="Humphrey Bogart").first.click()
    expect(page.locator("h1")).to_have_text("Humphrey Bogart")
    page.locator(".parts a.film").filter(has_not_text="Casablanca").first.click()
    expect(page.locator("h1")).not_to_contain_text(re.compile("Casablanca|Humphrey Bogart"))
    expect(page).to_have_url(re.compile("/film/"))


def test_a_proof_opens_with_the_keyboard(page: Page) -> None:
    """The proof of a role is a control of its own that Tab reaches and Enter opens."""
    page.goto("/film/1-mile-to-you-2017")
    page.locator(".credits a").first.focus()
    for _ in range(3):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
    page.keyboard.press("Enter")
    expect(page.locator(".credits details[open] blockquote").first).to_be_visible()


def test_the_skip_link_comes_first(page: Page) -> None:
    """The first Tab reaches the skip link, which leads past the navigation."""
    page.goto("/films")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'main'")


def test_suggestions_come_while_typing(page: Page) -> None:
    """A slash reaches the search box; suggestions are announced, chosen with arrows, and opened with Enter."""
    page.goto("/about")
    page.keyboard.press("/")
    page.keyboard.type("graham ro", delay=30)
    first = page.locator("[role=option]").first
    expect(first).to_contain_text("Graham Rogers")
    expect(page.locator("[role=status]")).to_contain_text("suggestion")
    page.keyboard.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Graham Rogers")


def test_a_passage_and_its_facts_light_each_other(page: Page) -> None:
    """Focus on a fact's number in the margin lights the sentence that proves it."""
    page.goto("/reviews")
    page.locator(".rows a").first.click()
    page.wait_for_url("**/review/**")
    page.wait_for_load_state("load")  # the script that lights them runs before this
    page.mouse.move(0, 0)
    number = page.locator(".margin a.no").nth(2)
    number.focus()
    expect(page.locator(".proved.lit").first).to_be_visible()


def test_a_number_stands_on_the_line_of_its_sentence(page: Page) -> None:
    """The number of a fact never begins a line: it stays with the last word of what it stands behind."""
    page.goto("/film/casablanca-1942")
    page.locator(".cards a[href^='/review/']").first.click()
    page.wait_for_url("**/review/**")
    numbers = page.locator(".proved sup")
    assert numbers.count() > 10
    strays = numbers.evaluate_all("""found => found.filter(number => {
        const before = document.createRange();
        before.selectNodeContents(number.parentNode);
        before.setEndBefore(number);
        const lines = [...before.getClientRects()];
        return number.getBoundingClientRect().top > lines[lines.length - 1].bottom - 2;
    }).length""")
    assert strays == 0


def test_all_facts_of_a_review_can_be_reached(page: Page) -> None:
    """The facts beside a review have no scroll box of their own, and the last comes into view with the text's end."""
    page.set_viewport_size({"width": page.evaluate("innerWidth"), "height": 420})
    page.goto("/reviews")
    page.locator(".rows a").first.click()
    page.wait_for_url("**/review/**")
    page.wait_for_load_state("load")
    box = page.locator(".margin")
    assert box.evaluate("box => box.scrollHeight - box.clientHeight") <= 1
    page.locator(".margin li").last.scroll_into_view_if_needed()
    expect(page.locator(".margin li").last).to_be_in_viewport()


def test_links_on_a_film_are_large_enough_to_tap(page: Page) -> None:
    """On a film's page every link and control outside running prose is at least 24 pixels high."""
    page.goto("/film/1-mile-to-you-2017")
    heights = page.locator("main a, main summary, footer a").evaluate_all(
        "all => all.filter(it => it.checkVisibility()).map(it => [it.innerText, it.getBoundingClientRect().height])"
    )
    if page.evaluate("innerWidth") < 700:
        assert [name for name, height in heights if height < 24] == []
    assert len(heights) > 20


def test_names_in_the_answers_of_home_stay_whole(page: Page) -> None:
    """In the answers on the home page the names have the wider part of the row, the year only what it needs."""
    page.goto("/")
    row = page.locator(".questions tr", has=page.locator("td:nth-child(3)")).first.locator("td")
    first, _, year = row.evaluate_all("cells => cells.map(it => it.getBoundingClientRect().width)")
    assert first > 2 * year


def test_characters_look_like_links(page: Page) -> None:
    """The name of a character on a film's page is underlined before anyone points at it."""
    page.goto("/film/1-mile-to-you-2017")
    colour = page.locator(".whom a").first.evaluate("link => getComputedStyle(link).textDecorationColor")
    assert colour not in ("transparent", "rgba(0, 0, 0, 0)")


def test_two_names_are_connected_by_keyboard(page: Page) -> None:
    """In the boxes for a path a suggestion is written into its box, and Enter in the last one finds the way."""
    page.goto("/path")
    page.locator("#from").press_sequentially("tim ro", delay=30)
    expect(page.locator("[role=option]").first).to_contain_text("Tim Roth")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#from")).to_have_value("Tim Roth")
    page.keyboard.press("Tab")
    page.keyboard.type("Humphrey Bogart")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("From Tim Roth to Humphrey Bogart")
    expect(page.locator(".hops > li")).not_to_have_count(0)


def test_everything_is_there_without_scripts(visit: Visit) -> None:
    """With scripts off, proofs open, search answers, and queries run."""
    opened = visit(java_script_enabled=False)
    opened.goto("/film/1-mile-to-you-2017")
    opened.locator(".credits summary").first.click()
    expect(opened.locator(".credits blockquote").first).to_be_visible()
    opened.goto("/query")
    opened.locator("textarea").fill("SELECT ?who { ?who film:played ?whom } LIMIT 3")
    opened.get_by_role("button", name="Run").click()
    expect(opened.locator(".result tbody tr")).to_have_count(3)
