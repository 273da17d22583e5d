"""What refutes a pair whatever its confidence: a film after its maker, a list of films, a prize, how it is played."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from graph.extract import names
from graph.extract.beside import word_after, word_before
from graph.extract.brackets import (
    is_byname,
    is_directing,
    is_far,
    is_made_by,
    is_makers_film,
    is_origin,
    is_other_film,
    is_tail,
    is_title_begun,
    lists_films,
)
from graph.extract.elsewhere import elsewhere
from graph.extract.features_context import is_led, led_by_title
from graph.extract.index import NameIndex
from graph.extract.jobs import JOB, is_job_line
from graph.extract.known import is_film, leading, makers
from graph.extract.lexicon import is_stop
from graph.extract.nearby import is_behind_a_nearer, is_listed, is_named_behind, is_no_performer, is_own, is_place
from graph.extract.pairs import NAMED, THING, Pair
from graph.extract.patterns import said
from graph.extract.rules import words


def refuted(pair: Pair, index: NameIndex) -> str:
    """Why a pair is no role, in a few words; empty where nothing refutes it."""
    return next(
        (reason for reason, holds in _tests(pair.match.rule.form, pair.kind == NAMED) if holds(pair, index)), ""
    )


_Test = Callable[[Pair, NameIndex], bool]


@cache
def _tests(form: str, named: bool) -> tuple[tuple[str, _Test], ...]:
    """What can refute the pairs of a form, each with its reason, in order."""
    tests: tuple[tuple[bool, str, _Test], ...] = (
        (form == "poss" and named, "a film and its maker", _is_film),
        (form == "poss" and named, "in an earlier version", _is_earlier),
        (named, "a performer, not a role", _is_performer),
        (form in ("copula", "poss") and named, "the performer's own name", _is_same),
        (True, "no performer, but a character or a film", is_no_performer),
        (True, JOB, _is_job),
        (named, "a thing, not a role", _is_thing),
        (form in ("par", "rpar"), "a film and its maker", is_directing),
        (form in ("pby", "par"), "said of someone else", _is_nested),
        (form == "par", "the end of a longer name", is_tail),
        (form in ("poss", "rpar"), "a relative in life, not a role", is_own),
        (form == "par", "somebody else stands nearer", is_far),
        (form == "pby", "somebody else stands nearer", is_behind_a_nearer),
        (form == "appos" and named, "one of a list of names", is_listed),
        (form == "par", "a list of films", lists_films),
        (True, "a prize, or one for another film", _is_prized),
        (form in ("plays", "copula"), "said not to be played", _is_denied),
        (named, "a title, not a name", _is_bare),
        (not named, "an amount, not a role", _is_amount),
        (not named, "how it is played, not who", _is_manner),
        (form == "copula" and not named, "named in the bracket behind it", is_named_behind),
        (not named, "a figure of speech", _is_figure),
        (form in ("as", "plays") and not named, "a trade, not a role", _is_performing),
        (named and form in ("copula", "pronoun"), "what some people see in somebody", _is_for_some),
        (form in ("par", "pby") and named, "where it happens", is_place),
        (form == "rpar" and named, "the rest of a title follows", is_title_begun),
        (form == "rpar", "a film behind its maker", is_makers_film),
        (form in ("par", "rpar"), "another film behind a name", is_other_film),
        (form in ("par", "rpar"), "another name", is_byname),
        (form in ("par", "rpar") and not named, "who made the film", is_made_by),
        (form == "par" and named, "where somebody is from", is_origin),
        (True, "said of another film", _is_elsewhere),
        (True, "led by another film's title", _is_led),
    )
    return tuple((reason, holds) for applies, reason, holds in tests if applies)


def _is_elsewhere(pair: Pair, index: NameIndex) -> bool:
    """Whether the words around place the pair in another film."""
    return bool(elsewhere(pair, index))


def _is_job(pair: Pair, _: NameIndex) -> bool:
    """Whether the role is a job behind the camera or a heading's word; a description with an article is none."""
    if names.key(pair.actor) in words("words", "credit_words"):
        return True
    if is_job_line(pair):
        return True
    if pair.kind != NAMED and " " in pair.role:
        return False
    return not words("words", "credit_words").isdisjoint(names.key(pair.role).split()[-1:])


def _is_bare(pair: Pair, _: NameIndex) -> bool:
    """Whether nothing is left of a role but a shortened title: "Lt."."""
    return pair.role.endswith(".") and names.key(pair.role) in words("names", "honorifics")


def _is_amount(pair: Pair, _: NameIndex) -> bool:
    """Whether a description tells how much there is of something: "ten thousand dollars"."""
    return names.key(pair.role).rpartition(" ")[2] in words("words", "amounts")


def _is_film(pair: Pair, index: NameIndex) -> bool:
    """Whether "Bell's Fay" is the film: its title, or said to be a film."""
    actor, role = names.key(index.full(pair.actor)), names.key(pair.role)
    title = f" {index.title} "
    if f" {names.key(pair.actor)}s {role} " in title or (role in index.titles and role != index.title):
        return True
    known = actor in index.cast or actor in leading()
    if role == index.title and not known:
        return True
    if is_film(role, index.title) and (actor in makers() or " " in role):
        return True
    if not words("words", "of_films").isdisjoint(role.split()):
        return True
    if pair.role_unit.quoted and not pair.role_unit.before and not known:
        return True
    return said("film", pair.match.coded.text[pair.match.end - 1 :])


def _is_performer(pair: Pair, index: NameIndex) -> bool:
    """Whether a role is the full name of someone in the cast, and no character's as well."""
    role = names.key(pair.role)
    if pair.role_unit.before[:1] in (("a",), ("an",)) and role in leading():
        return True  # "a younger Cy Dorn" only compares
    return " " in role and role in index.cast and role not in index.characters


def _is_same(pair: Pair, index: NameIndex) -> bool:
    """Whether a role has the performer's own name: "Bell is Bell", "turns Ann Bell into Bell"."""
    return names.parts(pair.role) in (names.parts(pair.actor), names.parts(index.full(pair.actor))[-1:])


def _is_earlier(pair: Pair, _: NameIndex) -> bool:
    """Whether a character is told of in the pluperfect, as one of an earlier film: "Bell's Fay had grown rich"."""
    return said("earlier", pair.match.coded.text[pair.match.end :])


def _is_thing(pair: Pair, _: NameIndex) -> bool:
    """Whether a name after "a" only says of which kind a thing is: "an Art Deco ballroom"."""
    unit, coded = pair.role_unit, pair.match.coded
    after = word_after(coded, unit.symbol)
    plain = (
        after.isalpha() and after not in coded.units and not is_stop(after) and not after.endswith(("s", "ed", "ing"))
    )
    return unit.before in (("a",), ("an",)) and plain


def _is_denied(pair: Pair, _: NameIndex) -> bool:
    """Whether the role is said not to be played, or played elsewhere; "is not playing Fay as a fool" only tells how."""
    text = pair.match.coded.text
    compared = pair.match.coded.units.get(word_before(pair.match.coded, pair.actor_unit.symbol))
    if compared is not None and compared.text == "the way":
        return True
    after = text[text.find(pair.role_unit.symbol) + 1 :]
    return pair.kind != THING and said("denied", pair.match.gap) and not said("still", after)


def _is_nested(pair: Pair, _: NameIndex) -> bool:
    """Whether the role is played by a character, "who plays Fay is played by Cy Dorn", or did a job: "cut by Fay ("."""
    before = pair.match.coded.text[: pair.match.coded.text.find(pair.role_unit.symbol)]
    return said("made", before) or (pair.match.rule.form == "pby" and said("nested", before))


def _is_prized(pair: Pair, index: NameIndex) -> bool:
    """Whether it is a prize, or won for it in another film: "Bell won her Oscar for playing Fay in Low Water"."""
    role = names.key(pair.role)
    if role.startswith("best act") or (
        role.endswith(_LAUREATES) and not words("words", "prizes").isdisjoint(role.split())
    ):
        return True
    text = pair.match.coded.text
    if not pair.match.gap or words("words", "prizes").isdisjoint(pair.match.gap.split()):
        return False
    ahead = text[text.find(pair.role_unit.symbol) + 2 :][:40].split(" ")
    unit = pair.match.coded.units.get(ahead[1]) if len(ahead) > 1 and ahead[0] in ("in", "from", "on") else None
    other = unit is not None and unit.kind in ("name", "title") and names.key(unit.text) != index.title
    return other or (unit is not None and unit.head in ("stage", "television"))


_LAUREATES = ("winner", "winners", "nominee", "nominees")


def _is_figure(pair: Pair, _: NameIndex) -> bool:
    """Whether it is a way of speaking: "makes a fool of himself", "the star is Ann Bell"."""
    if pair.match.rule.form == "copula" and pair.role.lower() in _STARS:
        return True
    if pair.match.rule.name == "nouns before the performers" and pair.role_unit.head.endswith(("star", "stars")):
        return True  # "The film stars Ann Bell, Cy Dorn and Bo Finn"
    text = pair.match.coded.text
    return _SELF.match(text, text.find(pair.role_unit.symbol) + 1) is not None and pair.role_unit.head in _FOOLS


_STARS = frozenset(
    f"{lead} {noun}"
    for lead in ("the", "a", "our")
    for noun in ("star", "actor", "actress", "performer", "lead", "leading lady", "leading man")
)
_FOOLS = frozenset(("fool", "ass", "star", "man", "woman", "hero", "martyr", "laughingstock"))
_SELF = re.compile(r" of (?:himself|herself|themselves|itself)\b")


def _is_performing(pair: Pair, index: NameIndex) -> bool:
    """Whether "as" only tells somebody's trade: "her range as an actress", "Cy Dorn's best as a director"."""
    head, text = pair.role_unit.head, pair.role.lower()
    if pair.match.gap.split()[-1:] != ["as"]:
        return False
    actor = names.key(index.full(pair.actor))
    if head in words("words", "makers") and (" " not in text or actor in index.crew or actor in makers()):
        return True
    return head in words("words", "performers") and (pair.role_unit.plural or " ".join(text.split()[1:]) == head)


def _is_for_some(pair: Pair, _: NameIndex) -> bool:
    """Whether somebody is another one only to some: "to my kids he is Fay", "Ann Orr is Nan to everyone"."""
    text, place = pair.match.coded.text, pair.match.coded.text.find(pair.role_unit.symbol)
    return said("for_some", text[:place]) or said("to_some", text[place + 1 :])


def _is_led(pair: Pair, index: NameIndex) -> bool:
    """Whether the title of another film leads the pair: "Low Water, with Ann Bell as Fay"."""
    return is_led(pair.match) and led_by_title(pair.match, index, sure=True)


def _is_manner(pair: Pair, _: NameIndex) -> bool:
    """Whether a description says how a role is played, or takes one up: "plays him as a man", "turn as this man"."""
    coded = pair.match.coded
    if pair.match.rule.form in ("perf", "poss") and pair.role.startswith(("this ", "that ")):
        return True
    return said("manner", coded.text[: coded.text.find(pair.role_unit.symbol)])
