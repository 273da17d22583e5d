"""The rules of ``rules/relations.toml``, compiled: how English says who played whom.

Patterns are written with macros in braces; this module says what each stands for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import compress
from typing import NamedTuple

from graph.extract.rules import load

_N, _D, _U = "\ue000-\ue0ff", "\ue800-\ue8ff", "\uec00-\uecff"
"""The symbols of names, of human descriptions and of other phrases; see ``units``."""
_NAMED = r"(?:named|called|nicknamed|dubbed|known(?: to \S+)? as|by the name of|, named|, called|, known as) "
_NARRATION = "\uf400-\uf4ff"
_OWNER = rf"(?:(?:[{_N}] 's and )?[{_N}{_D}{_U}] 's (?:character 's )?)?"
_LAST = r"(?! 's [^(\[{])"
_APPOSED = (
    rf", (?=[{_N}](?! (?:\( [^()]{{1,60}} \) )?"
    rf"(?:as|plays?|playing|is|are|was|were|[a-z]{{3,}}s|[{_N}{_D}{_U}])(?: |$)))"
)
"""A comma before a name that says who a description is; not one that begins the next clause."""
_PLACE = (
    rf"(?:[{_N}] (?:(?:native|born|based|era|style|series|town|city|police|army|gang|team|club|school|family) "
    rf"(?=(?:[{_D}] )?[{_N}])|(?=[{_D}] [{_N}])))?"
)
"""A name before a described one: "a New York cop, John Dane", "Foreign Office man Nigel Small"."""
ITEM = (
    "(?=[\ue000-\uf8ff])"  # every role begins with a symbol; said first, it spares most places a closer look
    rf"(?:{_OWNER}{_PLACE}(?:[{_D}] (?:{_NAMED}|{_APPOSED})?|[{_U}] (?:{_NAMED}|{_APPOSED})|[{_N}] {_NAMED})?[{_N}]"
    rf"(?: (?:/|aka|alias) [{_N}])?{_LAST}"
    rf"|{_OWNER}[{_D}{_U}]{_LAST}|[{_NARRATION}\uf800-\uf8ff])"
)
"""One role: a name with what describes it, or a description, each perhaps after its owner."""
_CLAUSE = (
    r"(?! (?:as|is|was|are|were|has|had|who|play|gives|[(\[{]|'s|in (?:the|a) (?:role|part)"
    rf"|[a-z]+(?:s|ed)(?! in|\.|,)|did|does|will|[{_N}{_D}{_U}]))"
)
"""What must not follow the last role of a coordination: then it begins a new clause."""
_JOIN = r"(?:and|&|as as|then|and then|and later|and also)"
_AND = rf"(?: ,)? {_JOIN}"


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One way to say who played whom."""

    name: str
    form: str
    source: str
    """The pattern, its macros filled in."""
    cues: frozenset[str]
    """A sentence without one of these tokens is not tried; none means that every sentence is."""
    also: frozenset[str]
    """A sentence without one of these tokens either is not tried, where there are any."""
    guard: re.Pattern[str] | None = None
    """What stands in every sentence that the pattern matches, and is sooner looked for."""
    led: re.Pattern[str] | None = None
    """What must stand earlier in the sentence: the full clause that a gapped one leans on."""
    prior: float = 0.0
    """What speaks for the rule before any pair has been seen, as a logit."""
    vetoed: bool = True
    """Whether the vetoes hold for the words between the two."""
    plural: bool = False
    """Whether only a description in the plural will do."""
    before: bool = False
    """Whether the role is what stands before the performer's name: "gunman Cy Dorn"."""

    @property
    def pattern(self) -> re.Pattern[str]:
        """What the rule matches; compiled when it is first tried, for one review tries few of all rules."""
        return _once(self.source)


@dataclass(frozen=True, slots=True)
class Veto:
    """Words under which a pair is not meant: between the two, or with ``ahead`` also just before them."""

    name: str
    pattern: re.Pattern[str]
    ahead: bool


@cache
def _once(source: str) -> re.Pattern[str]:
    return re.compile(source)


@cache
def rules() -> tuple[Rule, ...]:
    """All rules of ``rules/relations.toml``, compiled."""
    table = load("relations")
    macros = _macros({**table["classes"], **table["macros"]})
    return tuple(
        Rule(
            entry["name"],
            entry["form"],
            _expand(entry["pattern"], macros),
            _cues(entry["cue"], table["cues"]),
            _cues(entry.get("also", ""), table["cues"]),
            _compiled(entry.get("guard"), macros),
            _compiled(entry.get("led"), macros),
            entry.get("prior", 0.0),
            entry.get("vetoed", True),
            entry.get("plural", False),
            entry.get("before", False),
        )
        for entry in table["rule"]
    )


def _compiled(pattern: str | None, macros: dict[str, str]) -> re.Pattern[str] | None:
    return None if pattern is None else re.compile(_expand(pattern, macros))


class _Cues(NamedTuple):
    """Which rules a token calls, as numbers with one byte for each rule, so that many are joined at once."""

    cued: dict[str, int]
    """For each token the rules that it is a cue of."""
    also: dict[str, int]
    """For each token the rules that need it, or one of its kind, as well."""
    uncued: int
    plain: int
    """The rules that need no cue, and those that need nothing as well."""


@cache
def _by_token() -> _Cues:
    (cued, uncued), (also, plain) = _numbered([r.cues for r in rules()]), _numbered([r.also for r in rules()])
    return _Cues(cued, also, uncued, plain)


def _numbered(needed: Iterable[frozenset[str]]) -> tuple[dict[str, int], int]:
    found: dict[str, int] = {}
    free = 0
    for number, tokens in enumerate(needed):
        free |= 0 if tokens else 1 << 8 * number
        for token in tokens:
            found[token] = found.get(token, 0) | 1 << 8 * number
    return found, free


@cache
def _telling() -> frozenset[str]:
    return frozenset(_by_token().cued.keys() | _by_token().also.keys())


def rules_for(tokens: Iterable[str]) -> Iterator[Rule]:
    """The rules of which a sentence of these tokens has a cue, in their order.

    >>> [rule.name for rule in rules_for(["plays"])][:2]
    ['plays', 'plays, long']
    """
    cued, also, called, met = _by_token()
    for token in _telling().intersection(tokens):
        called |= cued.get(token, 0)
        met |= also.get(token, 0)
    found = rules()
    return compress(found, (called & met).to_bytes(len(found), "little"))


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern over coded sentences with the macros of ``rules/relations.toml`` filled in."""
    table = load("relations")
    return re.compile(_expand(pattern, _macros({**table["classes"], **table["macros"]})))


def said(name: str, text: str) -> bool:
    """Whether coded words hold the pattern of that name among those that refute pairs."""
    return _refuting(name).search(text) is not None


@cache
def _refuting(name: str) -> re.Pattern[str]:
    return compiled(load("relations")["refuting"][name])


def _cues(cue: str, lists: dict[str, str]) -> frozenset[str]:
    return frozenset(lists.get(cue, cue).split())


@cache
def vetoes() -> tuple[Veto, ...]:
    """All vetoes of ``rules/relations.toml``, compiled."""
    return tuple(Veto(e["name"], re.compile(e["pattern"]), e["ahead"]) for e in load("relations")["veto"])


@cache
def any_veto() -> re.Pattern[str]:
    """What one of the vetoes matches, in one pattern: most words fall under none."""
    return re.compile("|".join(f"(?:{veto.pattern.pattern})" for veto in vetoes()))


def _macros(classes: dict[str, str]) -> dict[str, str]:
    """What stands for each name in braces."""
    name = f"[{_N}]"
    last = (
        rf" (?:and|&) {name}(?! (?:as|plays|is|played|portrayed|voiced|who|whose|\((?! (?:billed|credited|both|here))))"
    )
    aside = r"(?: \( [a-z][^()]{1,120} \)(?= (?:,|and|&) ))?"
    actors = f"{name}(?:(?: , {name})+(?: ,)?{last}|{aside}{last})?"
    macros = {f"{{{key}}}": value for key, value in classes.items()}
    macros |= {f"{{G{k}}}": rf"(?:[^\s.,;:()\[\]{{}}\"{_N}{_D}\uf000-\uf8ff]+ ){{0,{k}}}" for k in range(1, 9)}
    macros |= {f"{{H{k}}}": rf"(?:[^\s.,;:()\[\]{{}}\"\ue000-\uf8ff]+ ){{0,{k}}}" for k in (2, 3, 4, 6)}
    macros |= {f"{{C{k}}}": rf"(?:[^\s.;:()\[\]{{}}{_N}]+ ){{0,{k}}}" for k in (4, 6, 8, 10, 14)}
    macros["{A}"] = f"(?P<a>{actors})"
    macros["{AA}"] = f"(?P<a>{name}(?: , {name})*(?: ,)? (?:and|&) {name})"
    macros["{A1}"] = f"(?P<a>{name})"
    macros["{titlerole}"] = "[\uf800-\uf8ff]"
    macros["{narr}"] = f"[{_NARRATION}]"
    macros["{item}"] = ITEM
    macros["{X1}"] = f"(?P<x>{ITEM})"
    two = rf" {_JOIN} {ITEM}{_CLAUSE}| , and {ITEM}(?= (?:[.;)!]|in |,(?! who| as| [{_N}]))|$)"
    macros["{X}"] = f"(?P<x>{ITEM}(?:(?: , {ITEM}){{1,6}}{_AND} {ITEM}{_CLAUSE}|{two})?)"
    macros["{XB}"] = f"(?P<x>{ITEM}(?:(?: , {ITEM}){{0,6}}{_AND} {ITEM})?)"
    return macros


def _expand(pattern: str, macros: dict[str, str]) -> str:
    """A pattern with its braces filled and its classes of units in place."""
    for _ in range(3):
        pattern = re.sub(r"\{(?:[A-Za-z]+\d*)\}", lambda m: macros.get(m[0], m[0]), pattern)
    pattern = pattern.replace("{{", "{").replace("}}", "}")
    units = {"N": _N, "D": _D, "U": _U}
    pattern = re.sub(
        r"(?<![A-Za-z<\\])\[([NDU]{1,3})\]", lambda m: "[" + "".join(units[c] for c in m[1]) + "]", pattern
    )
    return re.sub(r"(?<![\w\\<\[{])([NDU])(?![\w\]])", lambda m: f"[{units[m[1]]}]", pattern)
