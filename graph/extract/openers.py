"""Words with a capital that only open a sentence, or only stress something, and begin no name."""

from __future__ import annotations

import re
from functools import cache

from graph.extract.letters import WORD
from graph.extract.lexicon import is_human
from graph.extract.rules import listed, words


def opens(text: str, begin: int, stop: int, openers: frozenset[str], *, alone: bool) -> bool:
    """Whether a word only opens a sentence: "Then", "Second-billed", "Voiced" before a small letter."""
    if stop - begin == 2 and text[begin + 1] == "." and not alone:
        return False
    word = text[begin:stop].strip("\"“”'’.").lower().replace("’", "'")
    if word in openers or (not alone and word in words("names", "groups")):
        return True
    if word.rpartition("-")[2] in words("words", "name_adjectives") and "-" in word:
        return True
    if not alone and "-" in word and text[begin + 1 : stop].islower() and _is_described(word):
        return True
    if not alone and word in _describing() and _describes(text, begin, stop, word):
        return True
    if alone and stop - begin > 3 and text[begin:stop].isupper() and _is_stressed(word):
        return True
    if not word.endswith(("ed", "ing", "ly", "year-old")) or _given(word):
        return False
    if not alone:
        return ("-" in word and text[begin + 1 : stop].islower()) or _describes(text, begin, stop, word)
    return text[stop + 1 : stop + 2].islower() and _starts_sentence(text, begin)


def _is_described(word: str) -> bool:
    """Whether a word of several parts says what somebody is: "Second-in-command", "Navy-mad"; not "Doo-na"."""
    last = word.rpartition("-")[2]
    return "-in-" in word or last in words("words", "adjectives") or (len(last) > 3 and is_human(last))


def is_named(text: str, begin: int, stop: int, end: int) -> bool:
    """Whether a word that could open a sentence is a name here: "a boy named Early", "Tuesday Weld"."""
    if stop < end and text[begin - 1 : begin] == "(" and text[begin:stop].lower() in words("names", "weekdays"):
        return True
    if stop < end:
        return text[begin:stop].lower() in _first_names() and text[begin:end].startswith(_known())
    return text[max(0, begin - 7) : begin].endswith(("named ", "called "))


@cache
def _known() -> tuple[str, ...]:
    """Well-known performers whose first name could open a sentence."""
    return tuple(
        name for name in listed("famous", "performers") if name.split()[0].lower() in words("names", "openers")
    )


@cache
def _first_names() -> frozenset[str]:
    return frozenset(name.split()[0].lower() for name in _known())


@cache
def _describing() -> frozenset[str]:
    """Adjectives and jobs: at the head of a sentence they stand before a name with a capital."""
    return words("words", "adjectives") | words("nouns", "work").difference(words("names", "honorifics"))


def _is_stressed(word: str) -> bool:
    """Whether a word set in capitals is an adjective that is only stressed: "a WONDERFUL job"."""
    return word in words("words", "adjectives") or word.endswith(("ful", "ous", "able", "ible", "less", "tastic"))


def _describes(text: str, begin: int, stop: int, word: str) -> bool:
    """Whether a word at the head of a sentence only describes the person named after it: "Handsome John Derek"."""
    particles = "(?:(?:de|del|da|di|du|la|le|van|von|der|den|bin|al) ){0,2}"
    more = "?" if word.endswith("ing") else ""
    following = re.match(rf" ({WORD})(?: {particles}{WORD}){more}", text[stop : stop + 80])
    return following is not None and _given(following[1].lower()) and not _given(word) and _starts_sentence(text, begin)


def _given(word: str) -> bool:
    return word in words("given", "male") or word in words("given", "female")


def _starts_sentence(text: str, begin: int) -> bool:
    before = text[max(0, begin - 4) : begin].rstrip(" \"'(")
    return not before or before[-1] in ".!?\n:;—-"
