"""What patterns need: words without which they match nothing."""

from __future__ import annotations

import pytest

from graph.extract.needs import Macros, needed


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        ("one two three", [["two"]]),
        ("^one two$", [["one"], ["one two"], ["two"]]),
        ("N is N", [["N"], ["N is"], ["is"], ["is N"], ["N"]]),
        ("^(?:a|the) (?:old )?cat$", [["a", "the"], ["a cat", "a old", "the cat", "the old"], ["cat"]]),
        (" (?:a|b .* c) ", [["a", "b"]]),
        (" plays? ", [["play", "plays"]]),
        (" a(?:x|y)?b ", [["ab", "axb", "ayb"]]),
        (" in(?= the) ", [["in"]]),
        (" (?<!not )as ", [["as"]]),
        (" by {who} ", [["by"]]),
        (r" \( [a-z] \) ", [["("], [")"]]),
        (" (?:very )*good ", [["good"]]),
        (" (?:, and )+then ", [[","], [", and"], ["and"], ["then"]]),
        (" x{0,3} y ", [["y"]]),
        ("(?:.|b)", []),
        (" (?i:no) ", []),
        (" [Nn]o ", []),
    ],
)
def test_needs(pattern: str, wanted: list[list[str]]) -> None:
    """Every set that a pattern needs is told by words, or pairs of them, that stand whole in what it matches."""
    assert [sorted(words) for words in needed(pattern)] == wanted


def test_a_macro_is_spelt_out() -> None:
    """What a macro stands for is needed as if it stood there itself."""
    macros = Macros({"{verb}": "(?:sings|hums)", "{said}": "N {verb}"})
    assert frozenset(("sings", "hums")) in needed("{said} .", macros)
