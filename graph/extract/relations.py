"""Candidate pairs: every place where a rule finds a performer and a role in one coded sentence. Nothing is judged here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from graph.extract.rules import load
from graph.extract.units import Coded, Unit

_N, _D, _U = "\ue000-\ue7ff", "\ue800-\uebff", "\uec00-\uefff"
_NAMED = r"(?:named|called|nicknamed|dubbed|known as|by the name of|, named|, called|, known as) "
_NARRATION = "\uf400-\uf7ff"
_OWNER = rf"(?:[{_N}{_D}{_U}] 's )?"
_LAST = r"(?! 's [^(\[{])"
_ITEM = (
    rf"(?:{_OWNER}(?:[{_D}{_U}] (?:{_NAMED}|, )?|[{_N}] {_NAMED})?[{_N}](?: (?:/|aka|alias) [{_N}])?{_LAST}"
    rf"|{_OWNER}[{_D}{_U}]{_LAST}|[{_NARRATION}\uf800-\uf8ff])"
)
"""One role: a name with what describes it, or a description, each perhaps after its owner."""
_CLAUSE = (
    r"(?! (?:as|is|was|are|were|has|had|who|play|gives|[(\[{]|'s|in (?:the|a) (?:role|part)"
    rf"|[a-z]+(?:s|ed)(?! in|\.|,)|did|does|will|[{_N}{_D}{_U}]))"
)
"""What must not follow the last role of a coordination: then it begins a new clause."""
_JOIN = r"(?:and|&|as well as|then|and then|and later|and also)"
_AND = rf"(?: ,)? {_JOIN}"


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to say who played whom."""

    name: str
    form: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Veto:
    """Words under which a pair is not meant: between the two, or with ``ahead`` also just before them."""

    name: str
    pattern: re.Pattern[str]
    ahead: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that fired: the performers and the roles in the order of the text, and the words between and after them."""

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
    veto: str = ""
    """The name of the veto that the words between, or just before, fall under."""


@cache
def rules() -> tuple[Rule, ...]:
    """All rules of ``rules/relations.toml``, compiled."""
    table = load("relations")
    macros = _macros(table["classes"])
    return tuple(
        Rule(entry["name"], entry["form"], re.compile(_expand(entry["pattern"], macros))) for entry in table["rule"]
    )


@cache
def vetoes() -> tuple[Veto, ...]:
    """All vetoes of ``rules/relations.toml``, compiled."""
    return tuple(Veto(e["name"], re.compile(e["pattern"]), e["ahead"]) for e in load("relations")["veto"])


def _macros(classes: dict[str, str]) -> dict[str, str]:
    """What stands for each name in braces."""
    name = f"[{_N}]"
    actors = rf"{name}(?: ,(?= [{_N}](?: ,|(?: ,)? (?:and|&))) {name})*(?:(?: ,)? (?:and|&) {name}(?! (?:as|plays|is|played|portrayed|voiced|who|whose|\()))?"
    macros = {f"{{{key}}}": value for key, value in classes.items()}
    macros |= {f"{{G{k}}}": rf"(?:[^\s.,;:()\[\]{{}}\"{_N}{_D}\uf000-\uf8ff]+ ){{0,{k}}}" for k in range(1, 9)}
    macros |= {f"{{H{k}}}": rf"(?:[^\s.,;:()\[\]{{}}\"\ue000-\uf8ff]+ ){{0,{k}}}" for k in (2, 3, 4, 6)}
    macros |= {f"{{C{k}}}": rf"(?:[^\s.;:()\[\]{{}}{_N}]+ ){{0,{k}}}" for k in (4, 6, 8, 10, 14)}
    macros["{A}"] = f"(?P<a>{actors})"
    macros["{A1}"] = f"(?P<a>{name})"
    macros["{titlerole}"] = "[\uf800-\uf8ff]"
    macros["{narr}"] = f"[{_NARRATION}]"
    macros["{item}"] = _ITEM
    macros["{X1}"] = f"(?P<x>{_ITEM})"
    two = rf" {_JOIN} {_ITEM}{_CLAUSE}| , and {_ITEM}(?= (?:[.;,)!]|in )|$)"
    macros["{X}"] = f"(?P<x>{_ITEM}(?:(?: , {_ITEM}){{1,6}}{_AND} {_ITEM}{_CLAUSE}|{two})?)"
    macros["{XB}"] = f"(?P<x>{_ITEM}(?:(?: , {_ITEM}){{0,6}}{_AND} {_ITEM})?)"
    macros["{aside}"] = r"(?:, [^,;()]{1,90} ,|\( [^()]{1,90} \)(?: ,)?)"
    macros["{by}"] = (
        rf"(?:(?:played|portrayed|performed|voiced|acted|embodied|done|essayed|brought to life|also|here|a|an|the|who else but|none other than|no less than|no lesser than|in the form of|courtesy of|voice|voice of|voice by|voiced) (?:(?:[^\s()]+ ){{0,4}}by )?)?(?:(?:the|that|a|an|none other than|one|[{_D}{_U}]|ever \S+|always \S+|[{_N}] (?:cohort|regular|veteran|favou?rite|alum|alumnus|stalwart|mainstay|star|legend|wannabe|lookalike)(?= [{_N}])) ?,? ){{0,2}}"
    )
    macros["{rolephrase}"] = (
        r"(?:(?:in |as )?(?:the|a|an|his|her|their|in|this|that|small|two|dual) (?:[^\s.;:()]+ ){0,4}?{role} (?:of|as|,|\")|(?:role|part|character) of)".replace(
            "{role}", classes["role"]
        )
    )
    return macros


def _expand(pattern: str, macros: dict[str, str]) -> str:
    """A pattern with its braces filled and its classes of units in place."""
    for _ in range(2):
        pattern = re.sub(r"\{(?:[A-Za-z]+\d*)\}", lambda m: macros.get(m[0], m[0]), pattern)
    pattern = pattern.replace("{{", "{").replace("}}", "}")
    units = {"N": _N, "D": _D, "U": _U}
    pattern = re.sub(
        r"(?<![A-Za-z<\\])\[([NDU]{1,3})\]", lambda m: "[" + "".join(units[c] for c in m[1]) + "]", pattern
    )
    return re.sub(r"(?<![\w\\<\[{])([NDU])(?![\w\]])", lambda m: f"[{units[m[1]]}]", pattern)


def find_matches(coded: Coded) -> Iterator[Match]:
    """Every rule's matches in one coded sentence."""
    for rule in rules():
        for match in rule.pattern.finditer(coded.text):
            yield _match(rule, coded, match)


def _match(rule: Rule, coded: Coded, match: re.Match[str]) -> Match:
    groups = match.groupdict()
    pronoun = groups.get("p") or groups.get("p2") or groups.get("p3") or ""
    actors = groups.get("a") or ""
    name_a, name_x = "a" if actors else None, next((name for name in ("x", "x2", "x3") if groups.get(name)), None)
    roles = groups[name_x] if name_x else ""
    gap, ahead = "", " ".join(coded.text[max(0, match.start() - 24) : match.start()].split()[-2:])
    if name_a and name_x:
        first, second = sorted((match.span(name_a), match.span(name_x)))
        gap = coded.text[first[1] : second[0]]
    return Match(
        rule,
        coded,
        tuple(coded.units[c] for c in actors if c in coded.units),
        tuple(split_roles(roles, coded)),
        match.start(),
        match.end(),
        gap,
        groups.get("after") or "",
        pronoun,
        next((v.name for v in vetoes() if v.pattern.search(gap) or (v.ahead and v.pattern.search(ahead))), ""),
    )


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
    return re.compile(_ITEM)
