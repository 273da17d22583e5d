"""Layouts: which regions a review has, in many shapes, and what holds for any text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.extract.layout import Layout, read_layout
from graph.extract.lines import is_caption, is_rule, without_marks
from graph.facts import Span

HOUSE = """The Salt Year (2017) Review

Cold and well acted.

The ferry's captain (Owen Tarrant) checks the knots himself, and the sea checks him.

The Salt Year
The Salt Year, 2017 © Harbor Light

Director(s): Petra Lindqvist

  • Our Score
User Rating 3.39 (3 votes)
"""


def _shown(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [span.of(text) for span in spans]


def test_house_form() -> None:
    """The house form has its title lines as headings, a caption, fact lines, and the rest as paragraphs."""
    layout = read_layout(HOUSE)
    assert _shown(HOUSE, layout.headings) == ["The Salt Year (2017) Review", "The Salt Year"]
    assert _shown(HOUSE, layout.captions) == ["The Salt Year, 2017 © Harbor Light"]
    assert [fact.field for fact in layout.facts] == ["director", "user_rating"]
    assert len(layout.paragraphs) == 2


def test_text_without_any_structure_is_running_text() -> None:
    """A plain review is one paragraph, whether its lines are broken at the margin or not."""
    text = "The ferry leaves at dawn, and the film leaves\nwith it, and nobody on the pier is missed by anyone at all."
    layout = read_layout(text)
    assert _shown(text, layout.paragraphs) == [text]
    assert layout == Layout(paragraphs=layout.paragraphs)


def test_tags_that_break_lines_part_paragraphs() -> None:
    """Tags such as br and p part paragraphs as blank lines do."""
    text = "The first paragraph is long enough.<br /><br />The second is long enough as well."
    assert len(read_layout(text).paragraphs) == 2


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("# Salt\n\nText follows here.", ["Salt"]),
        ("Salt\n====\n\nText follows here.", ["Salt"]),
        ("**Salt**\n\nText follows here.", ["Salt"]),
        ("SALT REVIEW\nBy Ada Lorne\n\nText follows here.", ["SALT REVIEW"]),
        ("Salt (2017)\nText follows here at once, in the very next line.", ["Salt (2017)"]),
        ("He runs and runs.\n\nShe does not.", []),
    ],
)
def test_headings(text: str, headings: list[str]) -> None:
    """A heading is marked, underlined, set apart, or names a film and its year."""
    assert _shown(text, read_layout(text).headings) == headings


def test_label_waits_for_the_lines_below() -> None:
    """A label alone takes the line below it, and as many list items as follow."""
    text = "Director(s):\nAna Ruiz\n\nCast\n- Bo Li\n- Cy Dorn\n\nThe film itself is another matter, and a longer one."
    assert [(f.field, f.value.of(text)) for f in read_layout(text).facts] == [
        ("director", "Ana Ruiz"),
        ("cast", "Bo Li"),
        ("cast", "Cy Dorn"),
    ]


def test_label_without_a_value_takes_no_prose() -> None:
    """A label above running text is left without a value, and the text stays a paragraph."""
    text = "Our Score\n\nThe film is long, and it does not get any shorter for the waiting, whatever they say."
    layout = read_layout(text)
    assert layout.facts == ()
    assert len(layout.paragraphs) == 1


def test_synopsis_is_a_fact_line() -> None:
    """What stands behind a synopsis label is the film's description, in one piece."""
    text = "Synopsis: Kevin (Bo Li) runs along the shore."
    (fact,) = read_layout(text).facts
    assert (fact.field, fact.value.of(text)) == ("description", "Kevin (Bo Li) runs along the shore.")


def test_tables() -> None:
    """Rows of bars and of tabs are tables, without the rule under the head."""
    text = "| Actor | Role |\n|---|---|\n| Bo Li | Kevin |\n\nAnn Bell\tFay\nCy Dorn\tHugo"
    tables = read_layout(text).tables
    assert [[_shown(text, row.cells) for row in table] for table in tables] == [
        [["Actor", "Role"], ["Bo Li", "Kevin"]],
        [["Ann Bell", "Fay"], ["Cy Dorn", "Hugo"]],
    ]


def test_single_lines() -> None:
    """Rules and captions are told from text, and marks are cut off."""
    assert is_rule("* * *")
    assert not is_rule("★★★")
    assert is_caption("Photo: Ada Lorne")
    assert not is_caption("Photo albums burn in the second act.")
    assert without_marks("> - Fay", Span(0, 7)) == Span(4, 7)


@given(
    st.text()
    | st.lists(st.sampled_from(["# ", "- ", "|", "a", "Cast", ":", "\n", "\t", "©", "Salt (2017)"])).map("".join)
)
def test_regions_lie_in_the_text(text: str) -> None:
    """The regions of any text lie inside it, are not empty, and running text does not overlap."""
    layout = read_layout(text)
    everything = [*layout.headings, *layout.captions, *layout.items, *layout.notes, *layout.paragraphs]
    assert all(0 <= span.start < span.end <= len(text) for span in everything)
    running = sorted(layout.paragraphs + layout.items + layout.notes)
    assert all(first.end <= second.start for first, second in pairwise(running))
