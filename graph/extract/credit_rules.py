"""The rules of ``rules/credits.toml`` as they are matched, with the words for films and qualities written out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from graph.extract import rules

_WORDS = r"(?:[a-z][\w'-]*,? ){0,8}[a-z][\w'-]*,?"
_FEW = r"(?:[a-z][\w'-]* ){0,2}[a-z][\w'-]*"
_QUALITIES = r"(?:(?!(?:the|yet|and|or|in|of|for|on|with|that|this)\b)[a-z-]+,? ){0,3}"
_GENRE = (
    "(?:film|movie|picture|drama|melodrama|comedy|thriller|western|horror|biopic|epic|adaptation|remake|masterpiece"
    "|classic|musical|documentary|romance|debut|version|fantasy|adventure|satire|tale|shocker|chiller|farce|fable|noir"
    "|flick|feature|opus|saga|reboot|sequel|romcom|rom-com|sleeper|biopic|weepie|tear-jerker|two-hander|actioner|whodunit"
    "|dramedy|slasher|chamber piece|crowd-pleaser|swashbuckler)"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A phrase with a name at its left or right; the file tells what each mark of it means."""

    name: str
    job: str
    after: bool
    gap: bool
    sure: float
    then: str
    whole: bool
    weak: bool
    rival: bool
    subject: bool
    works: bool
    famous: bool
    needs: tuple[str, ...]
    before_title: re.Pattern[str] | None
    pattern: re.Pattern[str]


@cache
def load_all() -> tuple[Rule, ...]:
    """The rules in the order of their file."""
    return tuple(_rule(rule) for rule in rules.load("credits")["rule"])


@cache
def needed() -> frozenset[str]:
    """The words that some rule needs."""
    return frozenset(word for rule in load_all() for word in rule.needs)


def _rule(rule: dict[str, Any]) -> Rule:
    """A rule of the file; a phrase with the film's title in it is parted there."""
    before, title, after = rule["phrase"].rpartition("TITLE")
    end = r"(?:(?=[ (\"])|(?<=\())" if rule["side"] == "after" else ""
    return Rule(
        rule["name"],
        rule["job"],
        rule["side"] == "after",
        rule.get("gap", False),
        rule["sure"],
        rule.get("then", ""),
        rule.get("whole", False),
        rule.get("weak", False),
        rule.get("rival", False),
        rule.get("subject", False),
        rule.get("works", False),
        rule.get("famous", False),
        tuple(rule["needs"].split() if isinstance(rule["needs"], str) else rule["needs"]),
        re.compile(_source(before) + r"\Z") if title else None,
        re.compile(_source(after) + end),
    )


def _source(phrase: str) -> str:
    return (
        phrase.replace("GENRE", _GENRE)
        .replace("FILM", _GENRE.replace("|debut", ""))
        .replace("~", _FEW)
        .replace("WORDS", _WORDS)
        .replace("QUALITIES ", _QUALITIES)
    )
