"""Every place where a rule finds a performer and a role in one coded sentence; nothing is judged here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from graph.extract import lexicon
from graph.extract.known import famous_surnames
from graph.extract.patterns import ITEM, Rule, any_veto, rules_for, vetoes
from graph.extract.rules import words
from graph.extract.units import Coded, Unit
from graph.facts import Span


class Match(NamedTuple):
    """A rule that fired: performers and roles in the order of the text, and the words between and after them."""

    rule: Rule
    coded: Coded
    actors: tuple[Unit, ...]
    roles: tuple[tuple[Unit, ...], ...]
    """Each role as its units: an owner ("Norma" of "Norma's butler"), a description, a name; at least one of them."""
    start: int
    end: int
    gap: str
    after: str = ""
    pronoun: str = ""
    stands: str = ""
    """A pronoun or "the role" that stands for a role named before."""
    veto: str = ""
    """The name of the veto that the words between, or just before, fall under."""


def find_matches(coded: Coded) -> Iterator[Match]:
    """Every rule's matches in one coded sentence."""
    if len(coded.units) < 2 and not _STANDING.search(coded.text):
        return
    text = coded.text
    for rule in rules_for(text.split(" ")):
        if rule.guard is not None and rule.guard.search(text) is None:
            continue
        if (first := rule.pattern.search(text)) is not None:
            for match in _places(rule, text, first.start()):
                if not rule.before or _describes(coded, match):
                    yield _match(rule, coded, match)


def _places(rule: Rule, text: str, start: int) -> Iterator[re.Match[str]]:
    """Where a rule matches from ``start`` on: anywhere, or only after the clause that it leans on."""
    if rule.led is None:
        return rule.pattern.finditer(text, start)
    led = rule.led.search(text)
    return iter(()) if led is None else rule.pattern.finditer(text, led.end())


_BRACKETED = re.compile(r"\( [^()]* \) ?")
_STANDING = re.compile(r"\b(?:he|she|they|his|her|him|it|role|part)\b")


def _match(rule: Rule, coded: Coded, match: re.Match[str]) -> Match:
    groups = match.groupdict()
    pronoun = groups.get("p") or groups.get("p2") or groups.get("p3") or ""
    name_a = next((name for name in ("a", "a2", "a3", "a4", "a5") if groups.get(name)), None)
    actors = groups[name_a] if name_a else ""
    name_x = next((name for name in ("x", "x2", "x3") if groups.get(name)), None)
    roles = groups[name_x] if name_x else ""
    gap = ""
    if name_a and name_x:
        first, second = sorted((match.span(name_a), match.span(name_x)))
        gap = coded.text[first[1] : second[0]]
    between = gap if name_a else coded.text[match.start() : match.start(name_x) if name_x else match.end()]
    performers = tuple(coded.units[c] for c in _BRACKETED.sub("", actors) if c in coded.units)
    told = tuple(_before(performers[0]) if rule.before else split_roles(roles, coded))
    if rule.before and not (told and told[0][0].plural):
        performers = performers[:1]
    return Match(
        rule,
        coded,
        performers,
        told,
        match.start(),
        match.end(),
        gap,
        groups.get("after") or "",
        pronoun,
        next((groups[q] for q in ("q", "q2", "q3", "q4") if groups.get(q)), ""),
        _veto(between, coded.text[max(0, match.start() - 24) : match.start()]) if rule.vetoed else "",
    )


def _describes(coded: Coded, match: re.Match[str]) -> bool:
    """Whether a description that can be a role stands before the first performer of a match; before most none does."""
    performer = next((coded.units[c] for c in match["a"] if c in coded.units), None)
    return performer is not None and any(_before(performer))


def _before(performer: Unit) -> Iterator[tuple[Unit, ...]]:
    """The description that stands before a performer's name as a role, if its last word is one: "gunman Cy Dorn"."""
    head = performer.before[-1] if performer.before else ""
    if (
        lexicon.is_human(head)
        and _performing().isdisjoint((head, lexicon.singular(head)))
        and "leading" not in performer.before
        and (" " in performer.text or performer.text.lower() in famous_surnames())
    ):
        span = Span(performer.before_start, performer.span.start - 1)
        many = lexicon.is_plural(head)
        yield (Unit(performer.symbol, span, " ".join(performer.before), "human", head=head, plural=many),)


@cache
def _performing() -> frozenset[str]:
    """Nouns before a name that say what somebody is in life, not in the film."""
    return (
        words("words", "performer_words")
        | words("words", "performers")
        | words("words", "makers")
        | words("words", "film_work")
        | words("words", "leads")
    )


def _veto(gap: str, ahead: str) -> str:
    """The name of the veto that the words between (brackets aside), or just before, fall under; empty for none."""
    gap, ahead = _BRACKETED.sub("", gap) if "(" in gap else gap, " ".join(ahead.split()[-2:])
    if any_veto().search(gap) is None and any_veto().search(ahead) is None:
        return ""
    return next((v.name for v in vetoes() if v.pattern.search(gap) or (v.ahead and v.pattern.search(ahead))), "")


def split_roles(roles: str, coded: Coded) -> Iterator[tuple[Unit, ...]]:
    """The single roles of a coordination, each as its units."""
    last: Unit | None = None
    end = 0
    for item in _item().finditer(roles):
        units = tuple(coded.units[c] for c in item[0] if c in coded.units)
        apposition = (
            last is not None and last.kind == "name" and units[-1].kind != "name" and roles[end : item.start()] == " , "
        )
        if not apposition:
            yield units
        last, end = units[-1], item.end()


@cache
def _item() -> re.Pattern[str]:
    return re.compile(ITEM)
