"""The role's side of a pair: a character's name or a description, and what stands around it."""

from __future__ import annotations

from graph.extract import index as names_index
from graph.extract import known, names
from graph.extract.beside import described, holding, is_name_at, is_word, told_after, told_before, unit_at, word_before
from graph.extract.index import NameIndex
from graph.extract.pairs import NAMED, Pair
from graph.extract.rules import words

_LEADS = {"an": "a", "her": "his", "their": "his", "that": "this"}
"""Determiners that count as another one."""


def role(pair: Pair, index: NameIndex) -> list[str]:
    """The features of a pair's role."""
    found = (
        [*named(pair, index), *described(pair.role_unit.before, "role")] if pair.kind == NAMED else description(pair)
    )
    return [*found, *_after(pair, index)]


def named(pair: Pair, index: NameIndex) -> list[str]:
    """What a character's name tells."""
    unit, folded, split = pair.role_unit, names.key(pair.role), names.parts(pair.role)
    forms = {folded, names.key(index.full(pair.role))}
    given = bool(split) and names_index.is_given(split[0])
    return [
        f"role words {min(len(split), 3)}",
        f"role after {told_before(pair.match.coded, unit.symbol)}",
        *([f"role with {pair.description.kind}"] if pair.description is not None else []),
        *holding(
            (
                ("role in cast", forms & index.cast),
                ("role in crew", forms & index.crew),
                (f"role famous given{_beside_known(pair, index)}", folded in known.famous()),
                ("role a character", folded in index.characters),
                ("role titled", names_index.has_title(pair.role)),
                ("role is a film", folded in index.titles),
                ("role quoted", unit.quoted),
                (f"role quoted, {pair.match.rule.form}", unit.quoted and (given or names_index.has_title(pair.role))),
                (f"role quoted, {pair.match.rule.name}", unit.quoted and pair.match.rule.form in ("par", "rpar")),
                ("role a word", is_word(pair.role)),
                ("role a job", folded in words("words", "jobs") or folded in words("words", "film_work")),
                ("role after best", "best" in (word_before(pair.match.coded, unit.symbol), *unit.before[:1])),
                ("role given alone", given and len(split) == 1),
                ("role begins given", given and len(split) > 1),
                ("role no person", words("words", "not_person").intersection(folded.split())),
                ("role like actor", set(split) & set(names.parts(pair.actor))),
                ("role repeated", index.counts[folded] > 1),
                ("role owned", pair.owner is not None),
                (f"role told, {pair.match.rule.form}", _told(pair)),
                ("possessive kin", pair.match.rule.name == "possessive" and _kin(pair)),
                ("role acronym", pair.role.isalpha() and pair.role.isupper() and 2 <= len(pair.role) <= 3),
                ("role aged", any(word in words("words", "ages") or word.endswith("-old") for word in unit.before)),
                ("role capitals", pair.role.isupper() and len(pair.role) > 4),
            )
        ),
    ]


def _beside_known(pair: Pair, index: NameIndex) -> str:
    """Whether the performer is known, so that the role may only share its name with another one."""
    full = names.key(index.full(pair.actor))
    return ", actor known" if full in index.cast or full in known.famous() else ""


def _told(pair: Pair) -> bool:
    """Whether words before a character's name say who that is, or a title does."""
    titled = pair.match.rule.form != "pronoun" and names_index.has_title(pair.role)
    return bool(pair.role_unit.before) or pair.description is not None or titled


def _kin(pair: Pair) -> bool:
    """Whether the role is somebody's relative: "Roe's daughter May"."""
    head = pair.description.head if pair.description is not None else ""
    return bool(words("nouns", "kin").intersection((head, *pair.role_unit.before)))


def description(pair: Pair) -> list[str]:
    """What a description tells: its determiner, its head, how long it is."""
    unit, split = pair.role_unit, pair.role.lower().split()
    lead = _lead(split[0] if split else "")
    kin = unit.head in words("nouns", "kin")
    possessive = pair.match.rule.name == "possessive"
    return [
        f"description {lead}",
        f"description words {min(len(split), 5)}",
        f"description {pair.kind} {lead}",
        f"description after {told_before(pair.match.coded, unit.symbol)}",
        *holding(
            (
                ("description owned", pair.owner is not None),
                ("description vague", unit.head in words("nouns", "vague")),
                ("description of film work", unit.head in words("words", "film_work")),
                ("description plural alone", unit.plural and not pair.shared),
                ("description plural shared", unit.plural and pair.shared),
                ("possessive kin", kin and possessive),
                ("description kin", kin and not possessive),
                ("role no", lead == "no"),
                ("description after a name", pair.owner is None and _after_a_name(pair)),
            )
        ),
    ]


def _lead(first: str) -> str:
    first = _LEADS.get(first, first)
    if first in ("a", "the", "his", "its", "this", "no"):
        return first
    return "two" if first in words("words", "plural_determiners") else "none"


def _after_a_name(pair: Pair) -> bool:
    """Whether the description stands in apposition to a name: "Jo, a former star"."""
    coded = pair.match.coded
    ahead = coded.text[: coded.text.find(pair.role_unit.symbol)].split()[-3:]
    return "," in ahead and any(is_name_at(coded, token) for token in ahead)


def _after(pair: Pair, index: NameIndex) -> list[str]:
    """What follows the role; "in" a title behind the last role makes all of them roles in that film."""
    coded, symbol = pair.match.coded, pair.role_unit.symbol
    found = [f"role before {told_after(coded, symbol)}"]
    last = pair.match.roles[-1][-1].symbol if pair.match.roles else symbol
    place = coded.text.find(last) + 2
    ahead = coded.text[place : place + 40].split(" ", 2)
    unit = unit_at(coded, ahead[1]) if len(ahead) > 1 and ahead[0] in ("in", "from", "on", "for") else None
    if unit is not None and unit.kind in ("name", "title"):
        found.append("role in this film" if names.key(unit.text) == index.title else "role in another film")
    return found
