"""What the part of a sentence that is coded already tells of the words that follow it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.extract import lexicon
from graph.extract.rules import words
from graph.extract.tokens import Token
from graph.extract.units import Unit

_LIKENESS = ("wannabe", "lookalike", "look-alike", "impersonator")


def is_verb(tokens: Sequence[Token], index: int, before: Unit | None) -> bool:
    """Whether a word right after a unit is its verb, "Renata smoulders", or makes it another's likeness."""
    text = tokens[index].text
    if before is None or text in _LIKENESS:
        return before is not None
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    alone = after is None or after.kind != "word" or after.stops
    single = before.kind in ("name", "human") and not before.plural
    return single and alone and text.endswith("s") and lexicon.is_plural(text)


def is_performers(before: Sequence[str], out: Sequence[str], units: Mapping[str, Unit]) -> bool:
    """Whether "his" or "her" before a name can be a performer's: "his oily Creel", not "his wife Ada"."""
    described = words("words", "describing_after").difference((":",))
    clause = [*out[-2:]] == [",", "and"]
    if out and not clause and (out[-1] in described or out[-1] in units):
        return False
    return all(lexicon.is_adjective(word) for word in before[1:])


def left_out_noun(out: Sequence[str], units: Mapping[str, Unit]) -> str:
    """The noun that "the better one" leaves out: the last one, after a possessive the last that had an owner too."""
    owned = out[-1:] == ["'s"]
    found = ""
    for before, token in zip(("", *out), out, strict=False):
        unit = units.get(token)
        if unit is not None and unit.kind == "human" and not unit.plural and (before == "'s" or not owned):
            found = unit.head
    return found
