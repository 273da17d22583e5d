"""Words that stand whole are found where a pattern made for them would find them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.extract import whole


def wanted(text: str, words: str, flags: re.RegexFlag) -> list[int]:
    """What a pattern finds."""
    pattern = rf"(?<![^\W_]){re.escape(words)}(?![^\W_])"
    return [match.start() for match in re.finditer(pattern, text, flags)]


@settings(max_examples=60, deadline=None)
@given(st.text("aAbB _.-éÉſKİı", max_size=40), st.text("aAbBéks ", min_size=1, max_size=3))
def test_as_a_pattern_does(text: str, words: str) -> None:
    """Places are those that a pattern finds, with and without regard to case."""
    assert list(whole.places(text, words)) == wanted(text, words, re.NOFLAG)
    assert list(whole.places(text, words, any_case=True)) == wanted(text, words, re.IGNORECASE)


@pytest.mark.parametrize(
    ("text", "words"), [("İ Salt", "salt"), ("ſalt and Salt", "Salt"), ("ÉTÉ", "été"), ("İKK", "kk")]
)
def test_letters_that_change_their_length(text: str, words: str) -> None:
    """Letters whose small form is longer, or another one's, do not shift what is found."""
    assert list(whole.places(text, words, any_case=True)) == wanted(text, words, re.IGNORECASE)
