"""From matches to pairs: coordinations are distributed, shared surnames completed, pronouns given their names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from graph.extract import index as names_index
from graph.extract import known, names
from graph.extract.antecedents import antecedent, antecedents, role_before
from graph.extract.index import NameIndex
from graph.extract.relations import Match
from graph.extract.rules import words
from graph.extract.units import TITLE_ROLE, Coded, Unit

NAMED, HUMAN, THING = "named", "human", "thing"

_SEVERAL = "passive, several"
"""The rule by which one performer has all roles of a coordination, though it is passive."""


class Pair(NamedTuple):
    """One performer and one role as one match gives them; nothing is judged yet."""

    match: Match
    actor: str
    """The performer's name as it stands here, completed from a shared surname; not yet the full form."""
    actor_unit: Unit
    role: str
    role_unit: Unit
    kind: str
    """``named``, or a description whose head is ``human`` or a ``thing``."""
    owner: Unit | None = None
    description: Unit | None = None
    """The description in front of a named role: "the widow" of "the widow, Amory"."""
    uneven: bool = False
    """The numbers of performers and roles did not fit."""
    shared: bool = False
    """One of several pairs of the match."""
    antecedent: Coded | None = None
    """The sentence of the name that a pronoun stands for."""


def pairs_of(match: Match, index: NameIndex, previous: Coded | None) -> Iterator[Pair]:
    """The pairs of one match."""
    if match.pronoun:
        yield from (_plural_pairs if match.pronoun == "they" else _pronoun_pairs)(match, index, previous)
        return
    if match.stands and match.actors:
        yield from _standing_pairs(match, index, previous)
        return
    if not match.actors or not match.roles:
        return
    actors = _complete_actors(match.actors, index, bracketed=match.rule.form == "par")
    actors = actors[-1:] if _WHO_PLAYS.match(match.gap) else actors
    roles = [_role(units, match) for units in match.roles]
    if match.rule.plural and not roles[-1].last.plural:
        return
    for role in roles:
        _name_title_role(role, index, match.coded)
    _complete_roles(roles, match)
    if (
        match.rule.form in ("par", "pby", "voice")
        and len(actors) == 1
        and "both" not in match.gap
        and match.rule.name != _SEVERAL
    ):
        roles = roles[-1:]
    if len(actors) > 1 and roles[-1].kind != NAMED and roles[-1].last.plural:
        roles = roles[-1:]
    if len(actors) == len(roles) == 2 and (_couple(roles) or (match.rule.form == "par" and _crossed(actors, roles))):
        roles = _by_gender(actors, roles)
    several = len(actors) > 1 or len(roles) > 1
    for (actor, unit), role, uneven in _distribute(actors, roles):
        yield _pair(match, actor, unit, role, uneven=uneven, shared=several)


_WHO_PLAYS = re.compile(r" (?:, )?who (?:[a-z]+ )?(?:plays|portrays|is|was) ")
"""Behind several performers it is said of the last one alone."""


@dataclass(slots=True)
class _Role:
    units: tuple[Unit, ...]
    last: Unit
    text: str
    kind: str
    owner: Unit | None = None
    description: Unit | None = None


def _role(units: tuple[Unit, ...], match: Match) -> _Role:
    """A role from its units: the name wins over a description; an owner belongs to a description only."""
    last = units[-1]
    named = [u for u in units if u.kind == "name"]
    owner = next((unit for unit in units[:-1] if _owns(unit, match.coded)), None)
    if last.kind == "name":
        second = named[-2] if len(named) > 1 and _alias(named[-2], match.coded) else None
        text = f"{names.tidy(second.text)}/{names.tidy(last.text)}" if second else names.tidy(last.text)
        described = next((u for u in units if u.kind in ("human", "thing")), None)
        return _Role(units, last, text, NAMED, owner, described)
    text = last.text.removeprefix("whose ") if owner is None else f"{owner.text}'s {last.text}"
    return _Role(units, last, _one_line(text), HUMAN if last.kind == "human" else THING, owner)


_TITLE_HERE = re.compile(
    "^in ([\ue000-\ue7ff]) ,|(?:film|movie) ([\ue000-\ue7ff])|([\ue000-\ue7ff]) (?:is|was) (?:called|named) after"
)
"""Where a sentence that speaks of the title role says what the film is called."""


def _name_title_role(role: _Role, index: NameIndex, coded: Coded) -> None:
    """Gives "the title role" the name that the film's title holds, if it holds one."""
    if role.last.head == TITLE_ROLE and (name := index.title_role or _title_here(coded, index)):
        role.text, role.kind = name, NAMED
    elif role.last.head == TITLE_ROLE:
        role.text = "the title character"


def _title_here(coded: Coded, index: NameIndex) -> str:
    """The name that is said to be the film's in the same sentence, where it looks like somebody's."""
    found = None if index.title else _TITLE_HERE.search(coded.text)
    name = coded.units[found[found.lastindex or 0]].text if found else ""
    epithet = {"the", "of"}.intersection(name.lower().split()[1:])
    return names.tidy(name) if epithet or names_index.begins_given(name) or names_index.has_title(name) else ""


def _owns(unit: Unit, coded: Coded) -> bool:
    place = coded.text.find(unit.symbol)
    return coded.text[place + 1 : place + 4] == " 's"


def _alias(unit: Unit, coded: Coded) -> bool:
    """Whether a second name for the same role follows: "Ash / the Stranger"."""
    return coded.text[coded.text.find(unit.symbol) + 2 :].startswith(("/ ", "aka ", "alias "))


def _one_line(text: str) -> str:
    """A description on one line, its leading article in small letters wherever in the sentence it stands."""
    first, *rest = text.split()
    if text.isupper():
        return " ".join([first, *rest]).lower()
    lead = first.lower() if first.lower() in words("words", "determiners") else first
    return " ".join([lead, *rest])


def _complete_actors(units: Sequence[Unit], index: NameIndex, *, bracketed: bool = False) -> list[tuple[str, Unit]]:
    """The performers' names; "Ada and Grace Munk" share a surname."""
    made: list[tuple[str, Unit]] = []
    surname = ""
    for unit in reversed(units):
        name = names.tidy(unit.text)
        split = name.split(" ")
        if (
            len(split) == 1
            and surname
            and index.full(name) == name
            and (bracketed or len(units) > 2 or names_index.is_given(names.key(name)))
            and names.key(name) not in known.famous()
        ):
            name = f"{name} {surname}"
        elif len(split) > 1:
            surname = " ".join(split[1:]) if len(split) == 2 else split[-1]
        made.append((name, unit))
    return made[::-1]


def _complete_roles(roles: list[_Role], match: Match) -> None:
    """Completes "Ron & Val Tibbs" and "Mr. and Mrs. Pike"."""
    for role, following in pairwise(roles):
        split = following.text.split(" ")
        single = role.kind == NAMED and " " not in role.text and role.text.strip(".")
        if not single or following.kind != NAMED or len(split) < 2:
            continue
        titled = names.key(role.text) in words("names", "honorifics")
        both_given = names_index.is_given(names.key(role.text)) and names_index.is_given(names.key(split[0]))
        if titled or (both_given and match.rule.form == "par" and not names_index.has_title(following.text)):
            role.text = f"{role.text} {split[-1]}"


def _couple(roles: Sequence[_Role]) -> bool:
    """Whether the roles are a couple with one surname: "Mr. and Mrs. Pike"."""
    if len(roles) != 2 or any(role.kind != NAMED for role in roles):
        return False
    first, second = (role.text.split(" ") for role in roles)
    titled = all(names.key(split[0]) in words("names", "honorifics") for split in (first, second))
    return titled and first[-1] == second[-1]


def _crossed(actors: Sequence[tuple[str, Unit]], roles: Sequence[_Role]) -> bool:
    """Whether the given names say that each performer has the other role: "Cy and Ann Orr (Fay Bell & Bo Lind)"."""
    played, meant = (
        [names_index.gender(name) for name in told] for told in ((a for a, _ in actors), (r.text for r in roles))
    )
    return None not in (*played, *meant) and played == meant[::-1] and played[0] != played[1]


def _by_gender(actors: Sequence[tuple[str, Unit]], roles: list[_Role]) -> list[_Role]:
    """The couple in the performers' order, where the given names tell it."""
    he, she = (names_index.gender(name) for name, _ in actors)
    wanted = names_index.gender(roles[0].text)
    swapped = wanted is not None and (she == wanted or he not in (None, wanted)) and he != wanted
    return roles[::-1] if swapped else roles


def _distribute(actors: list[tuple[str, Unit]], roles: list[_Role]) -> Iterator[tuple[tuple[str, Unit], _Role, bool]]:
    """Which performer has which role: one to one, all the same, or one performer with several."""
    if len(actors) == len(roles):
        yield from ((actor, role, False) for actor, role in zip(actors, roles, strict=True))
    elif len(roles) == 1:
        uneven = len(actors) > 1 and not roles[0].last.plural and not _family(roles[0].last)
        yield from ((actor, roles[0], uneven) for actor in actors)
    elif len(actors) == 1:
        yield from ((actors[0], role, False) for role in roles)
    elif roles[-1].last.plural and len(actors) > len(roles):
        single = len(roles) - 1
        yield from ((actors[k], roles[min(k, single)], False) for k in range(len(actors)))
    else:
        yield from ((actor, role, True) for actor, role in zip(actors, roles, strict=False))


def _family(unit: Unit) -> bool:
    """Whether a name is that of several: "the Corleones"."""
    return unit.before[:1] == ("the",) and unit.text.endswith("s") and " " not in unit.text


def _pair(match: Match, actor: str, unit: Unit, role: _Role, *, uneven: bool, shared: bool) -> Pair:
    return Pair(match, actor, unit, role.text, role.last, role.kind, role.owner, role.description, uneven, shared)


def _pronoun_pairs(match: Match, index: NameIndex, previous: Coded | None) -> Iterator[Pair]:
    """The roles of "he" or "she", given to the nearest sentence's performer who can be meant."""
    wanted = names_index.MALE if match.pronoun in ("he", "his") else names_index.FEMALE
    found = antecedent(match, index, previous, wanted)
    if found is None:
        return
    unit, coded = found
    for units in match.roles:
        role = _role(units, match)
        made = _pair(match, names.tidy(unit.text), unit, role, uneven=False, shared=len(match.roles) > 1)
        yield made._replace(antecedent=coded)


def _plural_pairs(match: Match, index: NameIndex, previous: Coded | None) -> Iterator[Pair]:
    """The roles of "they", given to the performers named in a row before, in the same sentence or the one before it."""
    found = antecedents(match, index, previous)
    if found is None:
        return
    actors, roles = _complete_actors(found[0], index), [_role(units, match) for units in match.roles]
    roles = roles[-1:] if roles[-1].last.plural else roles
    if len(roles) == len(actors) or roles[-1].last.plural:
        for (actor, unit), role, uneven in _distribute(actors, roles):
            yield _pair(match, actor, unit, role, uneven=uneven, shared=True)._replace(antecedent=found[1])


def _standing_pairs(match: Match, index: NameIndex, previous: Coded | None) -> Iterator[Pair]:
    """The pairs of "Ann Bell plays her" and "the role went to Ann Bell": the role has its name earlier."""
    found = role_before(match, index, previous)
    if found is None:
        return
    unit, coded = found
    role = _role((unit,), match)
    for actor, performer in _complete_actors(match.actors, index):
        made = _pair(match, actor, performer, role, uneven=False, shared=len(match.actors) > 1)
        yield made._replace(antecedent=coded)
