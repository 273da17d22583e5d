"""What speaks for and against a pair: named features, for the scorer and for people."""

from __future__ import annotations

from graph.extract import index as names_index
from graph.extract import known, names
from graph.extract.beside import described, holding, is_word, told_before, word_before
from graph.extract.features_context import context
from graph.extract.features_role import role
from graph.extract.index import NameIndex
from graph.extract.pairs import Pair
from graph.extract.rules import words

Features = dict[str, float]


def features_of(pair: Pair, index: NameIndex) -> Features:
    """The features of one pair by itself, each 1 where it holds; those of the whole document come later."""
    rule = pair.match.rule.name
    always = ["bias", f"rule {rule}", f"rule {rule}, {pair.kind}", f"kind {pair.kind}"]
    found = dict.fromkeys([*always, *performer(pair, index), *role(pair, index), *context(pair, index)], 1.0)
    return found | {"prior": pair.match.rule.prior} if pair.match.rule.prior else found


def performer(pair: Pair, index: NameIndex) -> list[str]:
    """The performer's side: the shape of the name, what is known of it, what stands before it."""
    unit, name = pair.actor_unit, pair.actor
    full = index.full(name)
    split, folded = names.parts(name), names.key(full)
    coded = pair.antecedent or pair.match.coded
    is_known = folded in known.famous() or folded in index.cast
    return [
        f"actor words {2 if _starred(pair) else min(len(split), 3)}",
        f"actor after {told_before(coded, unit.symbol)}",
        "actor in cast" if folded in index.cast else "actor outside cast" if index.cast else "no cast",
        *_shape(name, full, split, folded, starred=_starred(pair)),
        *described(unit.before, "actor"),
        *holding(
            (
                ("actor no performer", not names_index.could_be_performer(full)),
                ("actor titled", names_index.has_title(name)),
                ("actor is a film", folded in index.titles or names.key(name) in index.titles),
                ("actor a character", folded in index.characters),
                ("actor in crew", folded in index.crew),
                ("actor a maker", folded in known.makers()),
                ("actor a maker's surname", len(split) == 1 and split[0] in known.maker_surnames()),
                ("actor quoted", unit.quoted),
                ("actor a word", is_word(name) and " " not in full),
                ("actor capitals", name.isupper() and len(name) <= 4),
                ("actor repeated", index.counts[folded] > 1),
                (f"actor named once, {pair.match.rule.form}", _once(full, index)),
                ("actor called by first name", len(split) > 1 and index.counts[split[0]] > 0 and not is_known),
            )
        ),
    ]


def _once(full: str, index: NameIndex) -> bool:
    """Whether a full name stands once in the text and no part of it alone: as performers are named."""
    split = names.parts(full)
    alone = (split[0], split[-1]) if len(split) > 1 else ()
    return bool(alone) and index.counts[names.key(full)] == 1 and not any(index.counts[part] for part in alone)


def _starred(pair: Pair) -> bool:
    """Whether the text says that somebody stars as the role, so that a single name counts as much as a full one."""
    if pair.match.rule.form != "as":
        return False
    first = pair.match.gap.split()[:1]
    ahead = word_before(pair.match.coded, pair.actor_unit.symbol)
    return (first == ["as"] and ahead in words("words", "starring")) or first in (["stars"], ["starred"])


def _shape(name: str, full: str, split: tuple[str, ...], folded: str, *, starred: bool) -> list[str]:
    """Whether the name is single or begins with a given name, and whether it is well known."""
    single = len(split) == 1
    return holding(
        (
            ("actor resolved", single and full != names.tidy(name)),
            ("actor alone", single and full == names.tidy(name) and not starred),
            ("actor given alone", single and names_index.is_given(split[0]) and not folded.endswith(f" {split[0]}")),
            ("actor begins given", not single and names_index.begins_given(name)),
            ("actor famous given", folded in known.famous()),
            ("actor famous surname given", single and split[0] in known.famous_surnames()),
        )
    )
