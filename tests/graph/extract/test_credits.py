"""Credits in running text: every rule by its own examples, and what must not become a credit."""

from __future__ import annotations

from typing import Any

import pytest

from graph.extract import rules
from graph.extract.claims import find_claims
from graph.extract.clean import clean
from graph.extract.credits import ENOUGH, combine, read_credits
from graph.facts import Credit, Evidence, Span

RULES: list[dict[str, Any]] = rules.load("credits")["rule"]
TITLE = "The Salt Year"


def _named(sentence: str, rule: dict[str, Any]) -> list[float]:
    person = "Stanley Kubrick" if rule.get("famous") else "Ana Ruiz"
    text = sentence.replace("TITLE", TITLE).replace("Ana Ruiz", person)
    if rule.get("subject"):
        text += " Ruiz keeps the camera low."
    claims = [claim for claim in find_claims(text, TITLE) if claim.rule == rule["name"]]
    return [claim.confidence for claim in claims if claim.person == person]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["name"])
def test_rule_catches_its_example(rule: dict[str, Any]) -> None:
    """Each rule names Ana Ruiz in its example, with the confidence that it promises."""
    assert _named(rule["catches"], rule) == [pytest.approx(rule["sure"])]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["name"])
def test_rule_needs_a_word(rule: dict[str, Any]) -> None:
    """Each rule says which words it needs, and its example holds one: no text without one is searched for it."""
    needs = rule["needs"].split() if isinstance(rule["needs"], str) else rule["needs"]
    assert min(map(len, needs))
    assert any(need in rule["catches"].lower() for need in needs)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["name"])
def test_rule_spares_its_counterexample(rule: dict[str, Any]) -> None:
    """No rule is sure enough of the name in its counterexample to make a credit of it."""
    assert all(sure < ENOUGH for sure in _named(rule["spares"], rule))


@pytest.mark.parametrize(
    "text",
    [
        "It looks like a film that Bea Holm might have dreamt.",
        "Unlike director Bea Holm, it never blinks.",
        "Rust (1998), directed by Bea Holm, was better.",
        "The novel written by Bea Holm is longer.",
        "Casting director Bea Holm found them all.",
        "The deputy director is played by Bea Holm.",
        "The songs were written by Bea Holm.",
        "She was up for three prizes: Art Direction, Director, Adapted Screenplay.",
        "Film director Max Orr (Bea Holm) shouts at the crew.",
        "Art direction by Bea Holm helps.",
        "It recalls Bea Holm's film.",
        "Bea Holm's lush art direction helps.",
        'It was made a year before Bea Holm\'s directorial debut with "Rust".',
        "This is a step in the right direction.",
    ],
)
def test_what_is_no_credit_of_this_film(text: str) -> None:
    """Comparisons, other films, books, songs and jobs with a director's name in them give no credit."""
    assert read_credits(text, clean(text), TITLE) == ()


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Directed by Ana Ruiz and Bo Li, it is short.", ["Ana Ruiz", "Bo Li"]),
        ("Written and directed by _Ana de la Ruiz_, it is short.", ["Ana de la Ruiz"]),
        ("[Ana Ruiz](https://example.org/ana) wrote and directed it.", ["Ana Ruiz"]),
        ("Ruiz’s direction is plain. Nobody but Ana Ruiz would dare.", ["Ana Ruiz"]),
        ("Directed by Ruiz. Ruiz is unknown.", []),
        ("Director Ana Ruiz and Bo Li quarrel.", ["Ana Ruiz"]),
        ("Directed, if that is not too strong a word, by Ana Ruiz.", ["Ana Ruiz"]),
        ("The Salt Year (9/5/39) Ana Ruiz ~ Bo Li, Cy Dorn", ["Ana Ruiz"]),
        ("The Salt Year (1939) Ana Ruiz ~ Bo Li, Cy Dorn", ["Ana Ruiz"]),
        ("The Salt Year (GB 1971, Foss, 94 mins, dir. Ana Ruiz)", ["Ana Ruiz"]),
        ("This 1950 black-and-white effort by Ana Ruiz is short.", ["Ana Ruiz"]),
        ("Ana Ruiz, a woman who knew about salt, directed this tribute to it.", ["Ana Ruiz"]),
        ("Ana Ruiz does a calm and exact job of directing a crowd.", ["Ana Ruiz"]),
        ("I'd like to believe director Ana Ruiz made it longer.", ["Ana Ruiz"]),
        ("It was put in the hands of Ana Ruiz.", ["Ana Ruiz"]),
        ("Ana Ruiz wrote it, directed it, and lived it.", ["Ana Ruiz"]),
    ],
)
def test_directors_in_prose(text: str, people: list[str]) -> None:
    """A director is a full name beside a phrase, alone or joined to others; a surname needs its full name."""
    found = read_credits(text, clean(text), TITLE)
    assert [credit.person for credit in found if credit.job == "director"] == people


def test_credit_shows_its_sentence() -> None:
    """A credit's evidence is the sentence as it stands in the source, markup and all, with the name in it."""
    text = "It is long. Directed by **Ana Ruiz**, it never drags. It ends."
    (credit,) = read_credits(text, clean(text))
    (evidence,) = credit.evidence
    assert evidence.quote == "Directed by **Ana Ruiz**, it never drags." == evidence.span.of(text)
    assert [mention.of(text) for mention in evidence.mentions] == ["Ana Ruiz"]


def test_several_passages_make_a_credit_surer() -> None:
    """Two different passages for one person give more confidence than each alone, and all are kept as evidence."""
    text = "Director Ana Ruiz knows the sea. Ana Ruiz’s direction is calm."
    (credit,) = read_credits(text, clean(text))
    assert len(credit.evidence) == 2
    assert credit.evidence[0].confidence > 0.9


def test_fact_line_settles_a_job() -> None:
    """Where a fact line names the director, prose adds passages but no other director."""
    line = Evidence(Span(0, 5), "Dir: ", "factbox.director", 0.98)
    prose = Evidence(Span(9, 12), "abc", "credits.director", 0.85)
    told = [Credit("ANA RUIZ", "director", (prose,)), Credit("Bo Li", "director", (prose,))]
    assert combine([Credit("Ana Ruiz", "director", (line,))], told) == (Credit("Ana Ruiz", "director", (line, prose)),)


@pytest.mark.parametrize(
    ("sentence", "directors"),
    [
        ("It is directed by Don Ruiz, and it is cold.", ["Don Ruiz"]),
        ("It is directed by Don Xavo Ruiz, and it is cold.", ["Don Xavo Ruiz"]),
        ("The Weir was director Ana Ruiz's first picture.", ["Ana Ruiz"]),
        ("It is a prank, and the writer and director, Ana Ruiz, knows it.", ["Ana Ruiz"]),
        ("Harbour Productions' new thriller The Weir is cold.", []),
        ("Vincent Price's The Weir is cold, and Price waits.", []),
    ],
)
def test_names_of_directors(sentence: str, directors: list[str]) -> None:
    """The name "Don" may be a given name; neither a firm nor a performer with a possessive before the title directs."""
    found = read_credits(sentence, clean(sentence), "The Weir")
    assert [credit.person for credit in found if credit.job == "director"] == directors
