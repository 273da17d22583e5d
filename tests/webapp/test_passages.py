"""Passages laid over texts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from webapp.fill.passages import Passage, quoted_paragraphs, text_paragraphs
from webapp.pages import Paragraph

TEXT = "One runs.\n\nKevin (Graham Rogers) is fast. Ellie waits.\nA line.\n\nEnd."


def passage(words: str, fact: int, *mentions: str) -> Passage:
    """Where the words stand in the text, as the proof of a fact."""
    start = TEXT.index(words)
    spans = tuple((TEXT.index(each), TEXT.index(each) + len(each)) for each in mentions)
    return Passage(start, start + len(words), words, fact, spans)


def flat(paragraphs: tuple[Paragraph, ...]) -> list[str]:
    """The words of each paragraph."""
    return ["".join(p.text for s in paragraph.segments for p in s.pieces) for paragraph in paragraphs]


def test_every_word_of_a_text_is_shown_once_in_order() -> None:
    """Cutting a text at its passages neither loses nor doubles a word."""
    found = text_paragraphs(TEXT, [passage("Kevin (Graham Rogers) is fast.", 1, "Kevin", "Graham Rogers")])
    assert flat(found) == ["One runs.", "Kevin (Graham Rogers) is fast. Ellie waits.\nA line.", "End."]


def test_a_passage_carries_its_anchor_its_facts_and_its_marks() -> None:
    """The segment of a passage has its anchor, the numbers of its facts, and its mentions marked."""
    first = passage("Kevin (Graham Rogers) is fast.", 1, "Kevin")
    second = Passage(first.start, first.end, first.quote, 2)
    segment = text_paragraphs(TEXT, [first, second])[1].segments[0]
    assert segment.facts == segment.closing == (1, 2)
    assert segment.anchors == (f"p{first.start}-{first.end}",)
    assert [piece.text for piece in segment.pieces if piece.marked] == ["Kevin"]


def test_a_passage_over_two_paragraphs_has_one_anchor() -> None:
    """What runs over the end of a paragraph is marked in both, and its anchor stands at the beginning."""
    start, end = TEXT.index("Ellie"), len(TEXT)
    paragraphs = text_paragraphs(TEXT, [Passage(start, end, None, 7)])
    marked = [segment for paragraph in paragraphs for segment in paragraph.segments if segment.facts]
    assert [segment.anchors for segment in marked] == [(f"p{start}-{end}",), ()]
    assert [segment.closing for segment in marked] == [(), (7,)]


def test_quotes_alone_keep_their_order_and_show_the_gaps() -> None:
    """Where only quotes are kept, overlapping ones are joined and gaps are shown."""
    paragraphs = quoted_paragraphs([passage("A line.", 2), passage("Kevin (Graham Rogers) is fast.", 1, "Kevin")])
    assert flat(paragraphs) == ["Kevin (Graham Rogers) is fast.", "A line."]
    assert [paragraph.elided for paragraph in paragraphs] == [True, True]
    assert paragraphs[0].segments[0].pieces[0].marked


def test_nothing_is_shown_where_nothing_is_kept() -> None:
    """A review of which only offsets are kept has no paragraphs."""
    assert quoted_paragraphs([Passage(3, 9, None, 1)]) == ()


@given(st.text("ab \n", max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6))
def test_any_spans_leave_the_text_whole(text: str, spans: list[tuple[int, int]]) -> None:
    """Whatever the spans, the paragraphs hold every letter of the text in order."""
    passages = [Passage(min(s), max(s), None, n, (s,)) for n, s in enumerate(spans, start=1) if min(s) < max(s)]
    shown = "".join(flat(text_paragraphs(text, passages)))
    assert shown.replace("\n", "").replace(" ", "") == text.replace("\n", "").replace(" ", "")
