"""The query editor, in Chromium: typing, completion, answers, tabs, and nothing from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

ROOT = Path(__file__).parents[2]
YASGUI = ROOT / "webapp" / "static" / "vendor" / "yasgui.min.js"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not YASGUI.exists(), reason="YASGUI is missing; get it with: npm ci && npm run vendor"),
]
EXAMPLE = "/query?ask=examples/13-several-critics"
VIOLATIONS = "axe.run().then(found => found.violations.map(v => [v.id, v.nodes[0].target.join(' ')]))"
TEXT = "document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.getValue()"


def write(page: Page, text: str) -> None:
    """Put a text into the editor and the cursor at its end."""
    page.evaluate("t => document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.setValue(t)", text)
    page.evaluate("document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.focus()")
    page.keyboard.press("Control+End")


def holds(page: Page, piece: str) -> None:
    """Wait until the text in the editor holds a piece."""
    page.wait_for_function(f"piece => {TEXT}.includes(piece)", arg=piece)


def run(page: Page) -> None:
    """Press the button."""
    page.get_by_role("button", name="Run").click()


def stir(page: Page) -> None:
    """Move the mouse, upon which the editor comes."""
    page.mouse.move(40, 40)
    expect(page.locator(".tabPanel.active .CodeMirror")).to_be_visible()


@pytest.fixture
def editor(page: Page) -> Iterator[Page]:
    """The query page with its editor ready; it asks no other host for anything."""
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.goto("/query")
    stir(page)
    yield page
    page.wait_for_load_state("networkidle")
    assert hosts == {urlsplit(page.url).netloc}


def test_an_answer_has_names_links_and_files(editor: Page) -> None:
    """A query that is run gives a table in which roles have their names and proofs; the address is its link."""
    write(editor, "SELECT ?role { ?role a film:Role ; film:evidence ?e } GROUP BY ?role ORDER BY ?role LIMIT 5")
    run(editor)
    rows = editor.locator(".yasr tbody tr")
    expect(rows).to_have_count(5)
    expect(rows.first.locator("a").first).to_contain_text(" as ")
    expect(rows.first.locator(".proofs")).to_contain_text("passage")
    expect(editor.locator(".yasr .files a")).to_have_text(["JSON", "XML", "CSV", "TSV"])
    expect(editor).to_have_url(re.compile("query=[^&]*film%3Aevidence"))


def test_rows_can_be_sorted_and_found(editor: Page) -> None:
    """A click on a column sorts by what is seen, and words typed above leave only the rows that hold them."""
    write(
        editor, "SELECT ?who ?year { ?who film:actedIn/film:year ?year . ?who film:name ?n FILTER(STRSTARTS(?n, 'M')) }"
    )
    run(editor)
    first = editor.locator(".yasr tbody tr").first
    expect(first).to_be_visible()
    editor.get_by_role("button", name="year").click()
    expect(editor.locator(".yasr th").nth(1)).to_have_attribute("aria-sort", "ascending")
    lowest = int(first.locator("td").nth(1).inner_text())
    editor.get_by_role("button", name="year").click()
    expect(editor.locator(".yasr th").nth(1)).to_have_attribute("aria-sort", "descending")
    assert int(first.locator("td").nth(1).inner_text()) > lowest
    editor.get_by_label("Find in these rows").fill("maggie")
    expect(editor.locator(".yasr")).to_contain_text("rows hold “maggie”")
    expect(first.locator("td").first).to_contain_text("Maggie")
    assert editor.locator(".yasr tbody tr").count() < 20


def test_terms_are_completed(editor: Page) -> None:
    """Letters of a property bring those that begin so, with what they say, and the prefix is declared."""
    write(editor, "SELECT * {\n  ?a ")
    editor.keyboard.type("film:pe", delay=40)
    hint = editor.locator(".CodeMirror-hint").first
    expect(hint).to_contain_text("The person who plays a role.")
    editor.keyboard.press("Enter")
    holds(editor, "film:performer")
    holds(editor, "PREFIX film: <https://w3id.org/filmgraph#>")


def test_classes_are_completed_after_a(editor: Page) -> None:
    """After “a” only classes are offered."""
    write(editor, "SELECT * { ?film a ")
    editor.keyboard.type("film:F", delay=40)
    expect(editor.locator(".CodeMirror-hint")).to_have_count(1)
    expect(editor.locator(".CodeMirror-hint")).to_contain_text("film:Film")


def test_names_are_completed_in_quotes_and_as_iris(editor: Page) -> None:
    """Inside quotation marks names are offered, after < the things that bear them."""
    write(editor, "SELECT * { ?who film:name ")
    editor.keyboard.type('"graham ro', delay=40)
    expect(editor.locator(".CodeMirror-hint").first).to_contain_text("Graham Rogers")
    editor.keyboard.press("Enter")
    holds(editor, '"Graham Rogers"')
    write(editor, "SELECT * { ?role film:inFilm ")
    editor.keyboard.type("<casabl", delay=40)
    expect(editor.locator(".CodeMirror-hint").first).to_contain_text("Casablanca")
    editor.keyboard.press("Enter")
    holds(editor, "/film/casablanca-1942>")


def test_a_mistake_is_told_and_found(visit: Visit) -> None:
    """A query that cannot be read is explained, and a button leads to the place."""
    page = visit()  # the browser notes the 400 in its console
    page.goto("/query")
    stir(page)
    write(page, "SELECT ?a {\n  ?a film:played\n}")
    with page.expect_response("**/sparql") as answer:
        run(page)
    assert answer.value.status == 400
    expect(page.locator(".errorResult")).to_contain_text("line 3")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.locator(".parseErrorIcon").first.hover()
    page.get_by_role("button", name="Go to line 3").click()
    page.wait_for_function("document.querySelector('.CodeMirror').CodeMirror.getCursor().line === 2")
    assert said == []


def test_a_misspelt_term_is_told_beside_the_answer(editor: Page) -> None:
    """A table that is empty because a term does not exist says which was probably meant."""
    write(editor, "SELECT * { ?film film:titel ?title }")
    run(editor)
    expect(editor.locator(".yasr")).to_contain_text("did you mean film:title?")
    expect(editor.locator(".yasr")).not_to_contain_text("The query is fine")


def test_examples_take_the_place_of_examples_and_spare_what_was_written(editor: Page) -> None:
    """An example opened after another one takes its tab; one opened after own work gets a tab of its own."""
    editor.goto(EXAMPLE)
    expect(editor.locator(".tabsList .tab")).to_have_count(1)
    editor.goto("/query?ask=examples/15-double-roles")
    expect(editor.locator(".tabsList .tab")).to_have_count(1)
    expect(editor.locator(".tabPanel.active .CodeMirror")).to_contain_text("HAVING")
    write(editor, "ASK { ?mine film:played ?own }")
    run(editor)
    expect(editor.locator(".yasr .said")).to_have_text("Yes.")
    editor.goto(EXAMPLE)
    expect(editor.locator(".tabsList .tab")).to_have_count(2)
    editor.locator(".tabsList .tab a").first.click()
    holds(editor, "?mine")


def test_the_server_answer_makes_room(editor: Page) -> None:
    """The answer that came with the page is there at once, and goes when the query is run again."""
    editor.goto(EXAMPLE)
    expect(editor.locator(".desk > .result tbody tr")).to_have_count(10)
    run(editor)
    expect(editor.locator(".yasr tbody tr")).to_have_count(10)
    expect(editor.locator(".desk > .result")).to_have_count(0)


def test_the_keyboard_gets_in_and_out(editor: Page) -> None:
    """Tab leaves the editor, Ctrl + Enter runs, and what is typed goes along to the page that explains it."""
    write(editor, "ASK { ?a film:played ?b }")
    editor.keyboard.press("Control+Enter")
    expect(editor.locator(".yasr .said")).to_have_text("Yes.")
    editor.evaluate("document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.focus()")
    editor.keyboard.press("Tab")
    editor.wait_for_function("document.activeElement.closest('.CodeMirror') === null")
    editor.get_by_role("button", name="Explain it").click()
    expect(editor.locator(".outline").first).to_contain_text("?a played ?b")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_answer_shuts_nobody_out(visit: Visit, scheme: str) -> None:
    """No violation is found by axe in the editor with an answer in it, light or dark."""
    if not AXE.exists():
        pytest.skip("axe-core is missing; get it with: npm ci")
    opened = visit(bypass_csp=True, color_scheme=scheme)
    opened.goto(f"/query?query={quote('SELECT ?role ?name { ?role film:character/film:name ?name } LIMIT 20')}")
    stir(opened)
    run(opened)
    expect(opened.locator(".yasr tbody tr a").first).to_contain_text(" as ")
    opened.evaluate(AXE.read_text(encoding="utf-8"))
    found = opened.evaluate(VIOLATIONS)
    opened.get_by_role("button", name="Response").click()
    expect(opened.locator(".yasr .CodeMirror")).to_be_visible()
    found += opened.evaluate(VIOLATIONS)
    write(opened, "SELECT ?nothing {")
    run(opened)
    expect(opened.locator(".errorResult")).to_contain_text("line 1")
    found += opened.evaluate(VIOLATIONS)
    assert found == []


def test_the_editor_waits_for_a_visitor(page: Page) -> None:
    """Nobody who only reads fetches the editor; who types finds the text, and the cursor, in it."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/query", wait_until="networkidle")
    assert not [url for url in asked if "/vendor/" in url]
    typed = "it => { it.focus(); it.value = 'ASK { ?a film:played ?b }'; it.setSelectionRange(3, 3) }"
    page.locator("#query").evaluate(typed)  # at one stroke, as the editor may come at any moment after the first sign
    expect(page.locator(".tabPanel.active .CodeMirror-focused")).to_be_visible()
    assert page.evaluate(TEXT) == "ASK { ?a film:played ?b }"
    page.wait_for_function("document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.getCursor().ch === 3")
    run(page)
    expect(page.locator(".yasr .said")).to_have_text("Yes.")


def test_focus_is_seen_while_the_editor_comes(page: Page) -> None:
    """Who is in the plain box when the editor takes its place sees the ring around the editor at once."""
    page.goto("/query", wait_until="networkidle")
    page.locator("#query").focus()
    editor = page.locator(".tabPanel.active .CodeMirror")
    expect(editor).to_be_visible()
    page.wait_for_function("document.activeElement.closest('.CodeMirror')")
    ring = "it => getComputedStyle(it).outlineStyle + ' ' + getComputedStyle(it).outlineWidth"
    assert editor.evaluate(ring) == editor.locator("textarea").first.evaluate(ring) == "solid 2px"


def test_only_the_query_page_loads_the_editor(page: Page) -> None:
    """No other page, not even an exercise, takes the third-party script along."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("/", "/learn/01-one-pattern", "/query/explain?query=ASK+{}", "/query/code?query=ASK+{}"):
        page.goto(path, wait_until="networkidle")
    assert not [url for url in asked if "/vendor/" in url]


def test_known_prefixes_are_no_mistakes(editor: Page) -> None:
    """A prefix of ours may stay undeclared; one that nobody knows is marked."""
    write(editor, "SELECT * { ?film film:title ?title }")
    expect(editor.locator(".parseErrorIcon")).to_have_count(0)
    write(editor, "SELECT * { ?film fillm:title ?title }")
    expect(editor.locator(".parseErrorIcon")).to_have_count(1)
