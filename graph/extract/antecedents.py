"""For whom a pronoun or "the role" stands: a performer or a character named before it."""

from __future__ import annotations

import re

from graph.extract import index as names_index
from graph.extract import known, names
from graph.extract.index import NameIndex
from graph.extract.lexicon import is_stop
from graph.extract.relations import Match
from graph.extract.units import Coded, Unit

_SEVERAL_NAMED = re.compile(
    "(?:^|[,;:] |and |but |are |were |by |with |of )"
    "([\ue000-\ue7ff](?: , [\ue000-\ue7ff])*(?: ,)? (?:and|&) [\ue000-\ue7ff])(?! 's)"
)
"""Several names in a row, for whom "they" can stand."""


def antecedents(match: Match, index: NameIndex, previous: Coded | None) -> tuple[list[Unit], Coded] | None:
    """The performers named in a row for whom "they" can stand: in the same sentence, else in the one before it."""
    for coded, end in ((match.coded, match.start), (previous, None)):
        named = _SEVERAL_NAMED.search(coded.text[:end]) if coded is not None else None
        units = [coded.units[c] for c in named[1] if c in coded.units] if coded is not None and named else []
        if coded is not None and units and all(_can_be_performer(unit, index, None) for unit in units):
            return units, coded
    return None


def antecedent(match: Match, index: NameIndex, previous: Coded | None, wanted: str) -> tuple[Unit, Coded] | None:
    """The first name before the pronoun, else of the sentence before, that a performer can have."""
    before = [
        u for s, u in match.coded.units.items() if u.kind == "name" and 0 <= match.coded.text.find(s) < match.start
    ]
    for units, coded in ((before, match.coded), (list(previous.units.values()) if previous else [], previous)):
        if coded is None:
            continue
        fitting = [unit for unit in units if _can_be_performer(unit, index, wanted)]
        several = len({index.full(unit.text) for unit in fitting}) > 1
        if several and coded is previous and coded.text.find(fitting[0].symbol) > _SUBJECT:
            return None
        if fitting:
            return fitting[0], coded
    return None


_SUBJECT = 12
"""How far from the head of its sentence a name may begin to be its subject, in symbols of the coded sentence."""


def _can_be_performer(unit: Unit, index: NameIndex, wanted: str | None) -> bool:
    """Whether a name can be the performer of a pronoun: in full somewhere, and of its gender."""
    meant = unit.kind == "name" and unit.before[:1] not in (("a",), ("an",))  # "an Art Deco ballroom"
    full = index.full(unit.text) if meant else ""
    fits = wanted is None or names_index.gender(full) in (None, wanted)
    return bool(full) and fits and len(names.parts(full)) > 1 and names_index.could_be_performer(full)


def role_before(match: Match, index: NameIndex, previous: Coded | None) -> tuple[Unit, Coded] | None:
    """The character for whom a pronoun or "the role" stands: named in the same sentence before, else in the one before.

    "The role" tells no gender, so that only a single name will do.
    """
    gender = {"he": names_index.MALE, "him": names_index.MALE, "she": names_index.FEMALE, "her": names_index.FEMALE}
    wanted = gender.get(match.stands)
    for coded, end in ((match.coded, match.start), (previous, None)):
        if coded is None:
            continue
        units = [u for s, u in coded.units.items() if coded.text.find(s) < (len(coded.text) if end is None else end)]
        named = [u for u in units if _can_be_role(u, coded, index, wanted)]
        if named and (wanted is not None or len({names.key(u.text) for u in named}) == 1):
            return named[0], coded
        if named:
            return None
    return None


_PREDICATE = re.compile(" (?:is|was) [\ue800-\uebff]")
"""What says of a single name at the head of its sentence that it is somebody's: "Fay is a nurse"."""


def _can_be_role(unit: Unit, coded: Coded, index: NameIndex, wanted: str | None) -> bool:
    """Whether a name can be the character of a pronoun: of its gender, no performer, owner or place."""
    if unit.kind != "name" or not (unit.before or unit.text.replace("-", " ").istitle()):
        return False
    place, folded = coded.text.find(unit.symbol), names.key(index.full(unit.text))
    before, after = coded.text[max(0, place - 12) : place].split()[-1:], coded.text[place + 2 : place + 42].split()[:1]
    performer = folded in index.cast or folded in known.famous() or folded in index.crew
    alone = not before and not unit.before and " " not in unit.text and index.counts[names.key(unit.text)] == 1
    opens = alone and _PREDICATE.match(coded.text, place + 1) is None
    modifies = bool(after) and after[0].isalpha() and not is_stop(after[0]) and not after[0].endswith(("s", "ed"))
    placed = bool(before) and before[0] in ("in", "at", "from", "on", "near", "to")
    doubtful = performer or opens or modifies or placed or after == ["'s"] or folded in index.titles
    return not doubtful and (wanted is None or names_index.gender(unit.text) in (None, wanted))
