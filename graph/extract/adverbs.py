"""Adverbs left out of a coded sentence, with the marks that set them off."""

from __future__ import annotations

from collections.abc import Container, Sequence

from graph.extract.rules import words
from graph.extract.tokens import Token


def left_out(tokens: Sequence[Token], index: int, out: list[str], units: Container[str]) -> int:
    """Leaves the adverb at ``index`` out with the marks that set it off; the index after it.

    "Respectively" between performers and roles says "as".
    """
    before = out[-1] if out else ""
    after = tokens[index + 1].text if index + 1 < len(tokens) else ""
    if before == "(" and after == ")":
        out.pop()
        return index + 2
    if tokens[index].text == "respectively" and after:
        return _respectively(tokens, index, out, units)
    return index + 2 if before == after == "," else index + 1


def _respectively(tokens: Sequence[Token], index: int, out: list[str], units: Container[str]) -> int:
    before = next((word for word in reversed(out[-2:]) if word != ","), "")
    after = tokens[index + 1]
    if before in units and (after.kind == "name" or after.text in words("words", "determiners")):
        out.append("as")
    elif out and out[-1] == "," and after.text in (",", ")", "."):
        out.pop()
        return index + 1 + (after.text == ",")
    return index + 1
