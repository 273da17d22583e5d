"""Passages of running text that name someone as doing a job: "directed by Leif Tilden", "Leif Tilden's film".

Every rule of ``rules/credits.toml`` is a phrase with a name at its left or right. What speaks of another film, a
comparison or an earlier work is doubted (see ``doubts``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from graph.extract import credit_rules, doubts, index, known, names, rules
from graph.extract.credit_rules import Rule
from graph.facts import Span

MOST_PLACES = 200
"""Places of a bare surname that are looked at for the full name."""

MOST_SURNAMES = 30
"""Different bare surnames that are looked up in one text."""

WIDE = 250
"""Code points at either side of a word that a rule needs in which its phrase must stand."""

REACH = 90
"""Code points at either side of a phrase in which its names must stand."""

_JOINT = r"(?:,? (?:and|&)|,|/) "
_JOINT_AFTER = re.compile(_JOINT)
_PLAIN_JOINT = re.compile(r" (?:and|&) ")
_DATED = re.compile(r"[\"']? \([12]\d{3}")
_TITLES = re.compile(r" ?(?:[Ss]ir |Mr\. )?")
_GAP = re.compile(
    r" ?(?:the |a |an |our |one )?(?:(?:[a-z][\w'-]*|B-movie|TV|Oscar-[Ww]inner):? ?){0,4}(?:[Ss]ir |Mr\. )?"
)

_FIRMS = frozenset(("Brothers", "Entertainment", "Films", "Pictures", "Productions", "Studio", "Studios"))
"""The last words of firms' names."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A person named as doing a job, by one rule in one place of the readable text."""

    person: str
    job: str
    rule: str
    confidence: float
    phrase: Span
    mention: Span


def _places(rule: Rule, text: str, words: _Words, title: str) -> Iterator[Span]:
    """Where a rule's phrase stands; the text is searched only near a word that the rule needs."""
    small = words.text
    if rule.before_title is None:
        for start, end in words.near(rule.needs) if len(small) == len(text) else [(0, len(text))]:
            yield from (Span(*match.span()) for match in rule.pattern.finditer(text, start, end))
        return
    if not title:
        return
    start = small.find(title.lower()) if title and len(small) == len(text) else -1
    for _ in range(MOST_PLACES):
        if start < 0:
            return
        left = rule.before_title.search(text, max(0, start - REACH), start)
        right = rule.pattern.match(text, start + len(title))
        if left is not None and right is not None:
            yield Span(left.start(), right.end())
        start = small.find(title.lower(), start + len(title))


class _Words:
    """Where words stand in a text in small letters; each is looked for once."""

    def __init__(self, text: str) -> None:
        self.text, self.found = text, dict[str, list[int]]()
        self.held = frozenset(filter(text.__contains__, credit_rules.needed()))

    def near(self, needs: Iterable[str]) -> list[tuple[int, int]]:
        """The stretches of the text within ``WIDE`` of a word, in order, none touching another."""
        places = sorted(chain.from_iterable(map(self._places, self.held.intersection(needs))))
        made: list[tuple[int, int]] = []
        for place in places:
            start = made.pop()[0] if made and place - WIDE <= made[-1][1] else max(0, place - WIDE)
            made.append((start, min(len(self.text), place + WIDE)))
        return made

    def _places(self, word: str) -> list[int]:
        """Where a word stands; of places less than ``WIDE`` apart the first and the last tell enough."""
        if word not in self.found:
            places, place = self.found.setdefault(word, []), self.text.find(word)
            while place >= 0:
                places.append(place)
                last = self.text.rfind(word, place + 1, place + WIDE)
                place = last if last >= 0 else self.text.find(word, place + 1)
        return self.found[word]


def find_claims(text: str, title: str | None = None) -> Iterator[Claim]:
    """Every passage of a readable text in which a rule sees someone doing a job, in the order of the rules.

    A surname alone stands for the only full name of the text that ends with it, and for no one without that.
    """
    people, words = _People(text), _Words(text.lower())
    for rule in credit_rules.load_all():
        if words.held.isdisjoint(rule.needs):
            continue
        for phrase in _places(rule, text, words, title or ""):
            mentions = _after(text, phrase.end, rule) if rule.after else _before(text, phrase.start)
            for number, mention in enumerate(mentions):
                shown = _completed(text, mention, mentions[number + 1 : number + 2])
                person = _person(people, names.tidy(shown), title or "", rule)
                if person is not None:
                    sure = rule.sure * doubts.trust(
                        text, phrase, mention, title or "", rival=rule.rival, works=rule.works
                    )
                    sure *= _standing(people, rule, person, phrase)
                    yield Claim(person, rule.job, rule.name, sure, phrase, mention)


def _completed(text: str, mention: Span, following: list[Span]) -> str:
    """The words of a mention; a first name alone has the surname of the name joined to it: "Ana & Bo Ruiz"."""
    shown = mention.of(text)
    if " " in shown or not following or not index.begins_given(shown):
        return shown
    split = names.parts(following[0].of(text))
    return f"{shown} {following[0].of(text).rpartition(' ')[2]}" if len(split) == 2 else shown


def _person(people: _People, words: str, title: str, rule: Rule) -> str | None:
    """The full name behind the words of a mention; a weak rule that does not name the film asks for it here."""
    name = _without_title(words, title)
    if not name or name[0] in "\"'" or not names.is_person(name) or name.rpartition(" ")[2] in _FIRMS:
        return None
    if rule.famous and names.key(name) not in known.makers():
        return None
    if _is_full_name(name):
        return name
    return None if rule.weak and not rule.subject else people.look_up(name)


def _standing(people: _People, rule: Rule, person: str, phrase: Span) -> float:
    """How far the rest of the text bears out a weak rule."""
    sure = 0.5 if rule.weak and people.known_otherwise(person) else 1.0
    sure = 0.4 if rule.weak and _only_performs(person) else sure
    if rule.subject and not (_DATED.match(people.text, phrase.end) or people.recurs(person)):
        sure *= 0.65
    return sure


def _only_performs(person: str) -> bool:
    """Whether a person is well known as a performer, and not for work behind the camera as well."""
    return names.key(person) in known.famous() and names.key(person) not in known.makers()


class _People:
    """What a text says of people elsewhere; a bounded number of them, so that the work stays linear."""

    def __init__(self, text: str) -> None:
        self.text, self.found, self.others = text, dict[str, str | None](), dict[str, bool]()

    def known_otherwise(self, person: str) -> bool:
        """Whether the person acts in the film, or wrote the book behind it; yes where too many have been asked for."""
        if person not in self.others:
            self.others[person] = len(self.others) >= MOST_SURNAMES or doubts.known_otherwise(self.text, person)
        return self.others[person]

    def recurs(self, person: str) -> bool:
        """Whether the person does something elsewhere in the text; no where too many have been asked for."""
        return len(self.others) <= MOST_SURNAMES and doubts.recurs_as_subject(self.text, person)

    def look_up(self, surname: str) -> str | None:
        """The one full name in the text that ends with ``surname``; nothing if there is none, or several."""
        if surname not in self.found:
            self.found[surname] = self._search(surname) if len(self.found) < MOST_SURNAMES else None
        return self.found[surname]

    def _search(self, surname: str) -> str | None:
        full: dict[str, str] = {}
        for match in islice(re.finditer(rf"(?<= ){re.escape(surname)}\b", self.text), MOST_PLACES):
            for span in names.find_names(self.text, max(0, match.start() - 40), match.end()):
                name = names.tidy(span.of(self.text))
                if span.end == match.end() and _is_full_name(name) and names.is_person(name):
                    full.setdefault(names.key(name), name)
        return next(iter(full.values())) if len(full) == 1 else None


def _after(text: str, start: int, rule: Rule) -> list[Span]:
    """The names that begin right after ``start``, with those joined to them."""
    found: list[Span] = []
    place = (_GAP if rule.gap else _TITLES).match(text, start)
    last = place.end() if place else start
    plural = text[start - 1] == "s" or rule.gap or bool(rule.then)
    for span in names.find_names(text, start, min(len(text), start + REACH)):
        if span.end <= last:
            continue
        if span.start > last:
            break
        span = _without_tail(text, Span(last, span.end))
        if rule.whole and text.startswith("'s", span.end):
            break
        found.append(span)
        joint = _JOINT_AFTER.match(text, span.end) if plural else None
        if joint is None:
            break
        last = joint.end()
    if rule.then and not (found and re.compile(rule.then).match(text, found[-1].end)):
        return []
    return found


def _without_tail(text: str, span: Span) -> Span:
    """A name without the "I" of a clause that follows without a full stop."""
    return Span(span.start, span.end - 2) if span.of(text).endswith(" I") else span


def _before(text: str, end: int) -> list[Span]:
    """The name that ends right before ``end``, with those joined to it."""
    found: list[Span] = []
    for span in reversed(list(names.find_names(text, max(0, end - REACH), end))):
        if span.end != end:
            break
        found.append(span)
        joint = _PLAIN_JOINT.search(text, max(0, span.start - 5), span.start)
        if joint is None or joint.end() != span.start:
            break
        end = joint.start()
    return found[::-1]


def _is_full_name(name: str) -> bool:
    """Whether a name is first name and surname, not a surname with its particle alone; "Don" is a title or a name."""
    split = names.parts(name)
    if len(split) == 1 and " " in name:
        first = names.key(name).partition(" ")[0]
        return first == "don" or names.key(name) in known.makers()
    return len(split) > 1 and (
        index.begins_given(name) or " ".join(split[:-1]) not in rules.words("names", "particles")
    )


def _without_title(name: str, title: str) -> str:
    """The name without the film's title that follows it for want of a full stop; nothing if it is the title itself."""
    if not title:
        return name
    if names.key(name) in names.key(title):
        return ""
    cut = name.casefold().find(" " + title.casefold())
    return name[:cut] if cut > 0 else name
