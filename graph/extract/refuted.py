"""What refutes a pair whatever its confidence: a film after its maker, a list of films, a prize, how it is played."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from graph.extract import names
from graph.extract.beside import word_after, word_before
from graph.extract.elsewhere import elsewhere
from graph.extract.features_context import is_led, led_by_title
from graph.extract.index import NameIndex
from graph.extract.known import is_film, leading, makers
from graph.extract.lexicon import is_stop
from graph.extract.pairs import NAMED, THING, Pair
from graph.extract.patterns import compiled
from graph.extract.rules import load, words

_BRACKET = re.compile(r"[()\[\]{}]")


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
        (True, "a job, not a role", _is_job),
        (named, "a thing, not a role", _is_thing),
        (form in ("par", "rpar"), "a film and its maker", _is_directing),
        (form in ("pby", "par"), "said of someone else", _is_nested),
        (form == "par", "the end of a longer name", _is_tail),
        (form == "poss", "a relative in life, not a role", _is_own),
        (form == "par", "somebody else stands nearer", _is_far),
        (form == "appos" and named, "one of a list of names", _is_listed),
        (form == "par", "a list of films", _lists_films),
        (True, "a prize, or one for another film", _is_prized),
        (form in ("plays", "copula"), "said not to be played", _is_denied),
        (named, "a title, not a name", _is_bare),
        (not named, "an amount, not a role", _is_amount),
        (not named, "how it is played, not who", _is_manner),
        (not named, "a figure of speech", _is_figure),
        (named and form in ("copula", "pronoun"), "what some people see in somebody", _is_for_some),
        (form == "rpar" and named, "the rest of a title follows", _is_title_begun),
        (form == "rpar", "a film behind its maker", _is_makers_film),
        (form in ("par", "rpar"), "another name", _is_byname),
        (form in ("par", "rpar") and not named, "who made the film", _made),
        (form == "par" and named, "where somebody is from", _is_origin),
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
    if role == index.title and actor not in index.cast:
        return True
    if is_film(role, index.title) and actor in makers():
        return True
    if pair.role_unit.quoted and not pair.role_unit.before and not known:
        return True
    return _said("film", pair.match.coded.text[pair.match.end - 1 :])


def _is_performer(pair: Pair, index: NameIndex) -> bool:
    """Whether a role is the full name of someone in the cast, and no character's as well."""
    role = names.key(pair.role)
    return " " in role and role in index.cast and role not in index.characters


def _is_earlier(pair: Pair, _: NameIndex) -> bool:
    """Whether a character is told of in the pluperfect, as one of an earlier film: "Bell's Fay had grown rich"."""
    return _said("earlier", pair.match.coded.text[pair.match.end :])


def _is_thing(pair: Pair, _: NameIndex) -> bool:
    """Whether a name after "a" only says of which kind a thing is: "an Art Deco ballroom"."""
    unit, coded = pair.role_unit, pair.match.coded
    after = word_after(coded, unit.symbol)
    plain = (
        after.isalpha() and after not in coded.units and not is_stop(after) and not after.endswith(("s", "ed", "ing"))
    )
    return unit.before in (("a",), ("an",)) and plain


def _is_directing(pair: Pair, index: NameIndex) -> bool:
    """Whether the bracket is of a film and a maker: "Cy Dorn (Low Water) directs", "Ann Bell (Frost, by Cy Dorn)"."""
    work = (" directs", " directed", " wrote", " writes", " shoots", " shot ", " edits", " edited", " photographs")
    if any(" " in name and is_film(name, index.title) for name in map(names.key, (pair.actor, pair.role))):
        return pair.kind == NAMED
    by = pair.match.rule.form == "rpar" and pair.match.after.startswith((" , by ", " by "))
    text, end = pair.match.coded.text, pair.match.end
    beside = pair.match.coded.units.get(text[end + 5 : end + 6]) if text.startswith(" and ", end) else None
    other = beside is not None and beside.head in words("words", "makers")
    return by or other or text.startswith(work, end)


def _is_tail(pair: Pair, _: NameIndex) -> bool:
    """Whether a performer's name follows another without a word between: "(CHILDREN OF MEN)"."""
    coded, unit = pair.match.coded, pair.actor_unit
    return not unit.before and word_before(coded, unit.symbol) in coded.units


def _is_own(pair: Pair, _: NameIndex) -> bool:
    """Whether somebody is the performer's own: "Bell's own daughter, Kitty", "Bell, whose wife was ill"."""
    if pair.match.rule.name == "whose" and pair.kind != NAMED and pair.role_unit.head in words("nouns", "kin"):
        return True
    units = (pair.role_unit, pair.description)
    return any("own" in (*unit.before, *unit.text.split()) for unit in units if unit is not None)


def _lists_films(pair: Pair, index: NameIndex) -> bool:
    """Whether a bracket holds titles: "Dr. Finn (Low Water, The Weir)"."""
    actor = names.key(index.full(pair.actor))
    if actor in index.cast or actor in leading():
        return False
    match = pair.match
    inside = _BRACKET.split(match.coded.text[match.start : match.end])
    units = [match.coded.units.get(item.strip()) for item in inside[1].split(",")] if len(inside) > 1 else []
    return any(unit is not None and unit.kind == "name" and unit.before in (("the",), ("a",)) for unit in units)


def _is_makers_film(pair: Pair, index: NameIndex) -> bool:
    """Whether a quotation in brackets stands behind one of the crew: "director Cy Dorn ("Low Water")"."""
    actor = names.key(index.full(pair.actor))
    return pair.role_unit.quoted and actor in index.crew and actor not in index.cast


def _is_far(pair: Pair, _: NameIndex) -> bool:
    """Whether a bracket far behind the role belongs to somebody between: "Fay is chased by a brute (Cy Dorn)"."""
    if pair.match.rule.name != "bracket, far":
        return False
    units = pair.match.coded.units
    nearer = any(symbol in units and units[symbol].kind in ("name", "human") for symbol in pair.match.gap)
    return nearer or (pair.kind == NAMED and _BY.search(pair.match.gap) is not None)


_BY = re.compile(r"\bby (?:[^\s,;()]+ ){1,4}\( ?$")
"""Somebody by whom something is done to the role, told by a word that is known of no person."""


def _is_listed(pair: Pair, _: NameIndex) -> bool:
    """Whether names simply follow one another: "Ann Bell, Cy Dorn, Fay Orr, Bo Finn"."""
    units, run = pair.match.coded.units, set[str]()
    for word in pair.match.coded.text.split(" "):
        if word in units and units[word].kind == "name" and not units[word].before:
            run.add(word)
        elif word != ",":
            if len(run) > 3 and {pair.role_unit.symbol, pair.actor_unit.symbol} <= run:
                return True
            run = set()
    return len(run) > 3 and {pair.role_unit.symbol, pair.actor_unit.symbol} <= run


def _is_denied(pair: Pair, _: NameIndex) -> bool:
    """Whether the role is said not to be played; "is not playing Fay as a fool" only tells how it is."""
    text = pair.match.coded.text
    after = text[text.find(pair.role_unit.symbol) + 1 :]
    return pair.kind != THING and _said("denied", pair.match.gap) and not _said("still", after)


def _is_nested(pair: Pair, _: NameIndex) -> bool:
    """Whether the role is played by a character, "who plays Fay is played by Cy Dorn", or did a job: "cut by Fay ("."""
    before = pair.match.coded.text[: pair.match.coded.text.find(pair.role_unit.symbol)]
    return _said("made", before) or (pair.match.rule.form == "pby" and _said("nested", before))


def _is_prized(pair: Pair, index: NameIndex) -> bool:
    """Whether it is a prize, or won for it in another film: "Bell won her Oscar for playing Fay in Low Water"."""
    if names.key(pair.role).startswith("best act"):
        return True
    text = pair.match.coded.text
    if not pair.match.gap or words("words", "prizes").isdisjoint(pair.match.gap.split()):
        return False
    ahead = text[text.find(pair.role_unit.symbol) + 2 :][:40].split(" ")
    unit = pair.match.coded.units.get(ahead[1]) if len(ahead) > 1 and ahead[0] in ("in", "from", "on") else None
    other = unit is not None and unit.kind in ("name", "title") and names.key(unit.text) != index.title
    return other or (unit is not None and unit.head in ("stage", "television"))


def _is_byname(pair: Pair, _: NameIndex) -> bool:
    """Whether a bracket only names somebody otherwise: "Ann Bell (aka Ann Orr)", "Anthony (Tony) Bell"."""
    unit, match = pair.actor_unit if pair.match.rule.form == "par" else pair.role_unit, pair.match
    outer = pair.role_unit if unit is pair.actor_unit else pair.actor_unit
    if not words("words", "otherwise").isdisjoint(unit.before):
        return True
    behind = match.coded.units.get(match.coded.text[match.end + 1 : match.end + 2])
    return behind is not None and behind.kind == "name" and not behind.before and " " not in outer.text


def _made(pair: Pair, _: NameIndex) -> bool:
    """Whether the bracket names who made the film: "the cinematographer (Cy Dorn)"."""
    first = pair.role.split(" ")[0]
    return pair.role_unit.head in words("words", "makers") and first not in ("a", "an", "his", "her", "two")


def _is_origin(pair: Pair, _: NameIndex) -> bool:
    """Whether a name only says where a person before the bracket is from: "a banker from Rook (Cy Dorn)"."""
    text = pair.match.coded.text
    return _said("origin", text[: max(0, text.find(pair.role_unit.symbol))])


def _is_figure(pair: Pair, _: NameIndex) -> bool:
    """Whether it is a way of speaking: "makes a fool of himself", "the star is Ann Bell"."""
    if pair.match.rule.form == "copula" and pair.role.lower() in _STARS:
        return True
    text = pair.match.coded.text
    return _SELF.match(text, text.find(pair.role_unit.symbol) + 1) is not None and pair.role_unit.head in _FOOLS


_STARS = frozenset(
    f"{lead} {noun}" for lead in ("the", "a", "our") for noun in ("star", "actor", "actress", "performer")
)
_FOOLS = frozenset(("fool", "ass", "star", "man", "woman", "hero", "martyr", "laughingstock"))
_SELF = re.compile(r" of (?:himself|herself|themselves|itself)\b")


def _is_for_some(pair: Pair, _: NameIndex) -> bool:
    """Whether somebody is another one only to some: "to my kids he is Fay", "Ann Orr is Nan to everyone"."""
    text, place = pair.match.coded.text, pair.match.coded.text.find(pair.role_unit.symbol)
    return _said("for_some", text[:place]) or _said("to_some", text[place + 1 :])


def _is_title_begun(pair: Pair, _: NameIndex) -> bool:
    """Whether a name in a bracket goes on as titles do: "Cy Dorn (Low Water: The Return)"."""
    return pair.match.after.startswith(" : ")


def _is_led(pair: Pair, index: NameIndex) -> bool:
    """Whether the title of another film leads the pair: "Low Water, with Ann Bell as Fay"."""
    return is_led(pair.match) and led_by_title(pair.match, index, sure=True)


def _is_manner(pair: Pair, _: NameIndex) -> bool:
    """Whether a description says how a role is played: "Bell plays him as a man who …"."""
    coded = pair.match.coded
    return _said("manner", coded.text[: coded.text.find(pair.role_unit.symbol)])


def _said(name: str, text: str) -> bool:
    return _pattern(name).search(text) is not None


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return compiled(load("relations")["refuting"][name])
