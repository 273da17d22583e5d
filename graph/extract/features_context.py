"""The words between and around performer and role, and what the rest of their sentence tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from graph.extract import index as names_index
from graph.extract import known, names
from graph.extract.beside import holding, is_name_at, is_word, unit_at, word_after
from graph.extract.index import NameIndex
from graph.extract.lexicon import is_stop
from graph.extract.pairs import NAMED, Pair
from graph.extract.relations import Match
from graph.extract.rules import words

_YEAR = re.compile(r"\b(?:18|19|20)\d\d\b")
_KINDS = ("negations", "unreal", "other_production", "comparison", "jobs")
_LED = re.compile(
    r"([\ue000-\ue7ff\uf000-\uf3ff])(?: \( [^()]{1,12} \))?(?: ,)?"
    r" (?:with|where|in which|starring|featuring|when|which (?:stars|starred)|has|had|stars|starred|features|gave us) $"
)
_LED_OTHER = re.compile(
    r"\b(?:remakes?|sequels?|versions?|follow-up|original|musical|adaptation|series|production)"
    r"(?: \( [^()]{1,12} \))?(?: of [^.;:()]{1,20})?(?: ,)?"
    r" (?:with|where|in which|starring|featuring|has|had|stars|starred) $"
)
_LEADING = frozenset(
    ("with", "where", "which", "starring", "featuring", "when", "stars", "starred", "has", "had", "features", "us")
)
"""The last words of what leads a pair to another title."""
_BRACKETS = ("bracket", "bracket, actor first")


def context(pair: Pair, index: NameIndex) -> list[str]:
    """The features of everything but the two names."""
    match = pair.match
    found = [*_between(match), *_inside(pair), *_sentence(pair, index), *_apposed(match)]
    if match.rule.name in _BRACKETS and pair.kind == NAMED:
        found += [*_sides(pair, index), *_listing(match)]
    far = "pronoun far" if pair.antecedent is not match.coded else "pronoun near"
    return found + holding(
        (
            ("uneven", pair.uneven),
            ("shared", pair.shared),
            (f"even, {match.rule.form}", len(match.actors) == len(match.roles) > 1),
            (far, pair.antecedent is not None),
            (f"veto {match.veto}", match.veto),
        )
    )


def _between(match: Match) -> list[str]:
    """The words between the two, and just before the first."""
    between, ahead = match.gap.split(), match.coded.text[: match.start].split()[-8:]
    acting = words("words", "acting").intersection(between)
    form = match.rule.form
    return [
        f"gap {min(len(between), 12) // 2}",
        *(f"gap {word}" for word in between if word in words("words", "telling")),
        *_kinds([*ahead, *between], "near"),
        *_kinds(between, "between"),
        *holding(
            (
                ("gap acting", acting),
                ("gap not acting", not acting and form in ("as", "role", "perf")),
                ("after comparison", ahead and ahead[-1] in words("words", "comparison")),
                ("after job", words("words", "jobs").intersection(ahead[-3:])),
                ("as … as", between[-2:-1] == ["as"] or (form == "as" and "as" in between[:-1])),
                ("gap comma", "," in between),
                ("year inside", _YEAR.search(match.after) or _YEAR.search(match.gap)),
                ("near known for", words("words", "known_for").intersection([*ahead, *between])),
            )
        ),
    ]


@cache
def _of_any_kind() -> frozenset[str]:
    return frozenset().union(*(words("words", kind) for kind in _KINDS))


def _kinds(tokens: Sequence[str], where: str) -> list[str]:
    if _of_any_kind().isdisjoint(tokens):
        return []
    return [f"{where} {kind}" for kind in _KINDS if not words("words", kind).isdisjoint(tokens)]


def _inside(pair: Pair) -> list[str]:
    """What else stands in a bracket."""
    match = pair.match
    inside = match.after.split()
    more = len(match.roles) == 1 and any(is_name_at(match.coded, token) for token in inside)
    led = match.rule.form == "par" and pair.actor_unit.before == ("the",)
    found = holding(
        (
            ("bracket list", more and "," in inside),
            ("bracket second name", more and "," not in inside),
            ("bracket with a film", led or any(_led_name(match, token) for token in inside)),
            ("bracket of films", not names_index.begins_given(pair.actor) and ("," in inside or led)),
        )
    )
    if inside:
        found.append(f"bracket after {_token_kind(match, inside[0])}")
    if match.rule.form in ("par", "rpar"):
        opened = re.split(r"[(\[{]", match.coded.text[match.start : match.end])[-1].split()
        found += [f"bracket with {word}" for word in opened if word in words("words", "bracket_words")]
    return found


def _apposed(match: Match) -> list[str]:
    """How the apposition before a bracket begins: "Jo, a nurse (" is one person, "Jo, her nurse (" may be two."""
    if "apposition" not in match.rule.name:
        return []
    between = [match.coded.units[token] for token in match.gap.split() if token in match.coded.units]
    return [f"{match.rule.name} with {between[0].text.split()[0].lower()}"] if between else []


def _token_kind(match: Match, token: str) -> str:
    if token in words("words", "beside"):
        return token
    return "unit" if token in match.coded.units else "word"


def _led_name(match: Match, token: str) -> bool:
    """Whether a token is a name after an article, as films have in a list."""
    unit = unit_at(match.coded, token)
    return unit is not None and unit.before[:1] in (("the",), ("a",), ("an",))


def _sides(pair: Pair, index: NameIndex) -> list[str]:
    """The two names of a bracket compared: which is longer, which looks more like a performer's."""
    rule = pair.match.rule.name
    long, short = len(names.parts(pair.actor)), len(names.parts(pair.role))
    found = [f"{rule}: words {min(long, 3)} to {min(short, 3)}"]
    performer, character = (_looks(name, index) for name in (pair.actor, pair.role))
    if performer != character:
        found.append(f"{rule}: {performer} given to {character}")
    return found


def _listing(match: Match) -> list[str]:
    """What tells on which side of brackets the performers of a list stand: "with Ann Bell (Fay), Cy Dorn (Lee)"."""
    ahead, rule = match.coded.text[: match.start].split(), match.rule.name
    return holding(
        (
            (f"{rule}: after a word for the cast", not words("words", "cast_words").isdisjoint(ahead)),
            (f"{rule}: begins the sentence", not ahead),
            (f"{rule}: comma before the bracket", match.gap.startswith(" , ")),
            (f"{rule}: verb after the bracket", _is_verb(match.coded.text[match.end :][1:30].partition(" ")[0])),
            (f"{rule}: bracket before in the list", ahead[-1:] in ([","], ["and"]) and ")" in ahead[-3:-1]),
        )
    )


def _looks(name: str, index: NameIndex) -> str:
    """What a name looks like by itself."""
    folded = names.key(index.full(name))
    if folded in index.cast or folded in known.famous():
        return "known"
    if names_index.has_title(name) or is_word(name):
        return "character"
    return "person" if names_index.begins_given(name) and len(names.parts(name)) > 1 else "name"


def _sentence(pair: Pair, index: NameIndex) -> list[str]:
    """What the rest of the sentence tells: other films, years, a verb after the role."""
    match = pair.match
    text = match.coded.text
    titles = [s for s, u in match.coded.units.items() if u.kind == "title" and names.key(u.text) != index.title]
    own, after = text[match.start : match.end], word_after(match.coded, pair.role_unit.symbol)
    noun, dated = _is_noun(match, after), _dated(text)
    led = is_led(match)
    return holding(
        (
            ("title before", any(text.find(s) < match.start for s in titles)),
            ("title after", any(text.find(s) > match.end for s in titles)),
            ("led by another title", led and led_by_title(match, index)),
            ("led by another production", led and _LED_OTHER.search(text[max(0, match.start - 60) : match.start])),
            ("year in sentence", dated and any(year != index.year for year in _YEAR.findall(text))),
            ("another year in sentence", dated and _another_year(text, index)),
            ("another year before", dated and _another_year(text[: match.start], index)),
            ("sentence of another production", _of_another(text)),
            ("possessive of a thing", match.rule.form == "poss" and noun),
            (f"role before a noun, {match.rule.form}", noun),
            (
                f"verb after role, {match.rule.form}",
                _is_verb(after) and not (match.rule.form == "copula" and _first(pair)),
            ),
            ("past play", match.rule.form == "plays" and (" played " in own or " portrayed " in own)),
        )
    )


@lru_cache(maxsize=256)
def _dated(text: str) -> bool:
    """Whether a sentence may hold a year."""
    return "18" in text or "19" in text or "20" in text


def _another_year(text: str, index: NameIndex) -> bool:
    """Whether the words hold a year that is not the film's, where that is known."""
    return bool(index.year) and any(year != index.year for year in _YEAR.findall(text))


@lru_cache(maxsize=256)
def _of_another(text: str) -> bool:
    """Whether a sentence speaks of another production."""
    return not words("words", "other_production").isdisjoint(text.split())


def is_led(match: Match) -> bool:
    """Whether a word stands before the pair behind which a title tells of which film it is."""
    ahead = match.coded.text[max(0, match.start - 12) : match.start - 1] if match.start else ""
    return ahead.rpartition(" ")[2] in _LEADING


def led_by_title(match: Match, index: NameIndex, *, sure: bool = False) -> bool:
    """Whether a title just before says of which film the pair is: "Aladin, with", "Low Water (1999), where".

    ``sure`` asks for a marked or well-known title that shares nothing with the reviewed film's, where that is known.
    """
    led = _LED.search(match.coded.text[max(0, match.start - 60) : match.start])
    unit = match.coded.units.get(led[1]) if led else None
    if unit is None or names.key(unit.text) == index.title:
        return False
    if sure:
        alike = not index.title or set(names.key(unit.text).split()) & set(index.title.split()) - {"the", "of", "a"}
        folded = names.key(unit.text)
        known_film = known.is_film(folded, index.title) and not names_index.is_given(folded)
        return not alike and (unit.kind == "title" or unit.quoted or known_film)
    if known.is_title(names.key(unit.text), index.title):
        return True
    person = names_index.begins_given(unit.text) or names.key(unit.text) in index.cast
    return unit.kind == "title" or not person or unit.before[:1] == ("the",)


def _first(pair: Pair) -> bool:
    """Whether the role stands before the performer, so that the copula follows it."""
    return pair.role_unit.span.start < pair.actor_unit.span.start


def _is_verb(word: str) -> bool:
    """Whether a word looks like a verb in the third person."""
    if word in words("words", "auxiliaries"):
        return True
    return word.isalpha() and len(word) > 3 and word.endswith(("s", "ed"))


def _is_noun(match: Match, word: str) -> bool:
    """Whether a word after a name makes it an adjective: "Poe adaptations"."""
    plain = word.isalpha() and word not in match.coded.units and not _is_verb(word)
    return word in words("words", "thing_nouns") or (
        plain and not is_stop(word) and word not in words("words", "beside")
    )
