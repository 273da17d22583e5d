"""Who played whom: cases as files, the rules' own examples, bounds for any text, and the floors of quality."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import InputError
from graph.extract import Gazetteer, extract
from graph.extract.patterns import Rule, rules, rules_for
from graph.extract.reading import read
from graph.extract.resolve_roles import decide
from graph.extract.rules import load
from graph.facts import Document, Facts
from tests.benchmarks import quality

ROOT = Path(__file__).parents[3]
CASES = sorted((ROOT / "tests" / "cases" / "extract").glob("*.txt"))
RULES = load("relations")["rule"]
VETOES = load("relations")["veto"]
ELSEWHERE = load("relations")["elsewhere"]
MEGABYTE = 1_000_000
PIECES = [
    "Ann Bell",
    " plays ",
    "Fay",
    " (",
    ")",
    ", ",
    " as ",
    "the nurse",
    "'s ",
    ". ",
    "\n",
    '"',
    "_",
    "<b>",
    "[a](",
    " by ",
    "é",
    "（",
    "\u200b",
    "1999",
    "he ",
]


def roles(text: str) -> list[str]:
    """The roles of a text, one line each."""
    return [f"{role.actor} | {role.character or role.description}" for role in extract(Document("case", text)).roles]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    """A review gives exactly the roles that its case lists."""
    text, _, wanted = path.read_text(encoding="utf-8").partition("\n# output\n")
    assert sorted(roles(text.strip())) == sorted(wanted.strip().splitlines())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["name"])
def test_rule_catches_its_example(rule: dict[str, str]) -> None:
    """Every rule finds the pair of its own example."""
    found = read(Document(rule["name"], rule["catches"])).candidates
    pairs = {f"{c.pair.actor} | {c.pair.role}".lower() for c in found if c.pair.match.rule.name == rule["name"]}
    assert rule["gives"].lower() in pairs


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_rule_has_cues(rule: Rule) -> None:
    """Every rule has cues, of which its example holds one: no sentence without one pays for it."""
    example = next(entry["catches"] for entry in RULES if entry["name"] == rule.name)
    tokens = {token for coded in read(Document(rule.name, example)).sentences for token in coded.text.split(" ")}
    assert not rule.cues.isdisjoint(tokens)
    assert rule not in rules_for(tokens - rule.cues)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["name"])
def test_rule_spares_its_counterexample(rule: dict[str, str]) -> None:
    """No rule's counterexample gives a role by that rule."""
    found = extract(Document(rule["name"], rule["spares"])).roles
    assert rule["name"] not in {evidence.rule for role in found for evidence in role.evidence}


@pytest.mark.parametrize("veto", VETOES, ids=lambda veto: veto["name"])
def test_veto(veto: dict[str, str]) -> None:
    """A veto rejects every pair of its example and none of its counterexample."""
    caught = read(Document("caught", veto["catches"])).candidates
    spared = read(Document("spared", veto["spares"])).candidates
    assert any(candidate.pair.match.veto == veto["name"] for candidate in caught)
    assert not any(candidate.pair.match.veto == veto["name"] for candidate in spared)


@pytest.mark.parametrize("cue", ELSEWHERE, ids=lambda cue: cue["name"])
def test_elsewhere(cue: dict[str, str]) -> None:
    """A cue of another film refutes a pair of Ann Bell's in its example and none in its counterexample."""
    caught, spared = (read(Document("case", cue[key])).candidates for key in ("catches", "spares"))
    reasons = {candidate.refuted for candidate in caught if candidate.pair.actor == "Ann Bell"}
    assert reasons == {"said of another film"}
    assert not any(candidate.refuted for candidate in spared if candidate.pair.actor == "Ann Bell")


def test_a_known_cast_makes_a_pair_surer() -> None:
    """A gazetteer that names the performer raises the pair's confidence."""
    document = Document("case", "The siren Calla (Zuri) sings him to sleep.")
    without = extract(document, threshold=0).roles[0].confidence
    assert extract(document, Gazetteer(cast=("Zuri",)), threshold=0).roles[0].confidence > without


def test_below_the_threshold_is_a_suggestion() -> None:
    """A role below the threshold is kept as a suggestion and not as a fact."""
    facts = extract(Document("case", "Ann Bell plays Fay."), threshold=1.0)
    assert not facts.roles
    assert [role.character for role in facts.suggestions] == ["Fay"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        (" \n\t ", "is empty"),
        ("\0\1\2PNG", "binary"),
        ("(((---)))", "no words"),
        ("Der Film ist nicht gut, und die Schauspieler sind es auch nicht. " * 4, "German"),
        ("Le film est très beau et les acteurs sont bons dans leurs rôles, mais il est trop long. " * 4, "French"),
        ("Этот фильм очень хорош, и актёры играют прекрасно.", "Cyrillic"),
        ("この映画はとても面白いです。役者も素晴らしい。", "Japanese"),
    ],
)
def test_refusal(text: str, words: str) -> None:
    """What is no English review is refused with the document's name and the reason."""
    with pytest.raises(InputError, match=words) as caught:
        extract(Document("reviews/odd.txt", text))
    assert "reviews/odd.txt" in str(caught.value)


AGREEMENT = """SERVICE AGREEMENT (2017)

This agreement is made between Acme Holdings (the Supplier) and John Smith (the Customer). The Supplier
(Acme Holdings) shall deliver the goods named in clause 4 to the Customer (John Smith) within thirty days. The Manager
(Jane Doe) acts as agent. Either of the parties may end it by notice in writing. Performance is due each month, and each
invoice is payable at once. The Guarantor (Paul Jones) plays no part in disputes, which go to the courts of Malta."""

RECIPE = """Aunt May's Apple Cake

Preheat the oven to 180 degrees. Peel and slice four apples. Whisk the eggs with sugar until pale, then stir in butter
and milk. Add flour (Maple Mill) and a pinch of salt. Pour it into a round pan, lay the apples on top and bake for
forty minutes. My friend Ann Bell serves it with cream; my brother (Ted Orr) takes it with tea. It keeps for days in a
tin, if nobody knows where the tin is."""


@pytest.mark.parametrize(("text", "kind"), [(AGREEMENT, "an agreement"), (RECIPE, "a recipe")])
def test_text_of_another_kind(text: str, kind: str) -> None:
    """A contract and a recipe are refused by name, and a contract in a film is none."""
    with pytest.raises(InputError, match=rf"^x\.txt: does not look like a film review but like {kind}"):
        extract(Document("x.txt", text))
    review = (
        "The film is one long contract. Ann Bell plays the supplier and Ted Orr the customer, and the parties haggle "
        "over each clause of their agreement until the audience would sign anything. The director, who has eggs, flour "
        "and sugar to spare, lets the scenes in the kitchen simmer. The actors do what they can with a script that a "
        "lawyer could have written, and a story that ends with a notice on the door."
    )
    assert len(extract(Document("x.txt", review)).roles) == 2


def check(document: Document, facts: Facts) -> None:
    """Assert what holds for any result."""
    for role in (*facts.roles, *facts.suggestions):
        assert (role.character is None) != (role.description is None)
        assert 0 <= role.confidence <= 1
        assert role.evidence
        for evidence in role.evidence:
            assert evidence.span.of(document.text) == evidence.quote
            assert evidence.quote
            for mention in evidence.mentions:
                assert 0 <= mention.start < mention.end <= len(document.text)


@settings(max_examples=120, deadline=None)
@given(st.one_of(st.text(max_size=400), st.lists(st.sampled_from(PIECES), max_size=60).map("".join)))
def test_any_text(text: str) -> None:
    """Any text gives facts whose spans lie in it, the same each time, or a clear refusal."""
    document = Document("any", text)
    try:
        facts = extract(document)
    except InputError:
        return
    check(document, facts)
    assert extract(document) == facts


REVIEWS = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests/benchmarks/gold/reviews").glob("*.txt"))]
WORDS = [
    "the",
    "pace",
    "is",
    "slow",
    "and",
    "dull",
    "but",
    "rain",
    "falls",
    "as",
    "(mostly)",
    "played",
    ",",
    "by",
    "then",
]
NAMELESS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(" ".join)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(REVIEWS), NAMELESS)
def test_a_paragraph_without_names_changes_nothing(review: str, paragraph: str) -> None:
    """A paragraph that names nobody changes no role, nor its confidence or evidence."""
    longer = Document("case", f"{review.rstrip()}\n\n{paragraph.capitalize()}.\n")
    facts = extract(Document("case", review))
    assert facts.roles
    assert extract(longer).roles == facts.roles


@pytest.mark.measured
@pytest.mark.parametrize(
    "piece", ["(", "Fay (Ann Bell) ", "word ", "A", "Ann Bell plays the thief and ", "Ann's ", "["]
)
def test_linear_time(piece: str) -> None:
    """A megabyte of one piece takes time in proportion to its length, not to its square."""
    times = []
    for size in (MEGABYTE // 32, MEGABYTE // 8):
        document = Document("big", f"A film with actors. {piece * (size // len(piece))}")
        start = time.process_time()
        with suppress(InputError):
            extract(document)
        times.append(time.process_time() - start)
    assert times[1] < max(8 * times[0], 2.0)


def test_decisions_give_a_reason() -> None:
    """Every pair that is no role says why."""
    from graph.extract.judge import judge_pairs

    reading = read(
        Document("case", "Jonah Beck (Red Silo, The Weir) plays Doyle. Kim Lund turned down the role of Doyle.")
    )
    rejected = [one for one in decide(judge_pairs(reading)) if one.reason]
    assert any(one.reason == "did not happen" for one in rejected)


@pytest.mark.parametrize("name", list(json.loads(quality.BASELINE.read_text(encoding="utf-8"))))
def test_floor(name: str) -> None:
    """Precision and recall on the project's own gold are not below their floors."""
    floors = json.loads(quality.BASELINE.read_text(encoding="utf-8"))
    reached = quality.figures({name: quality.measure(quality.own_sets()[name])})
    assert quality.below(floors, reached) == []
