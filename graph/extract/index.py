"""The names of one document: which belong together, and what each could be: a performer, a character, a film."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from graph.extract import names
from graph.extract.known import bynames, famous, leading
from graph.extract.lexicon import is_adjective, is_human
from graph.extract.rules import words

FEMALE, MALE = "female", "male"
_NUMBER = re.compile(r" (?:[IVX]{2,4}|V|\d+)$")
"""The number of a sequel: "Rocky II" has Rocky for its hero."""


@dataclass(frozen=True)
class NameIndex:
    """Every name of a document by its key, the cast that is known, and the films that are named."""

    counts: Counter[str]
    shown: dict[str, str]
    cast: frozenset[str] = frozenset()
    characters: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    crew: frozenset[str] = frozenset()
    title: str = ""
    """The key of the reviewed film's title."""
    shown_title: str = ""
    year: str = ""
    """The reviewed film's year; empty where the text does not tell."""
    surnames: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    fulls: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    """The full forms that have been asked for."""
    firsts: dict[str, str] = field(default_factory=dict)
    """By an uncommon first name, the key of the only known performer who bears it."""

    def full(self, name: str) -> str:
        """The full form of a performer's name within the document; the name itself where there is none, or several.

        >>> index = build(["Ann Bell", "Bell"], cast=["Cy Dorn"])
        >>> index.full("Bell"), index.full("Dorn"), index.full("Rook")
        ('Ann Bell', 'Cy Dorn', 'Rook')
        """
        if name not in self.fulls:
            self.fulls[name] = self._full(name)
        return self.fulls[name]

    def _full(self, name: str) -> str:
        folded = names.key(name)
        if folded in self.cast:
            return self.shown[folded]
        if (meant := names.key(bynames().get(folded, ""))) in self.shown:
            return self.shown[meant]
        if (known_tail := _known_tail(name)) is not None:
            return known_tail
        if folded in self.firsts:
            return self.shown[self.firsts[folded]]
        known = [k for k in self.surnames.get(names.parts(name), ()) if k != folded]
        seeded = [k for k in known if k in self.cast]
        chosen = seeded or known
        if len(chosen) > 1:
            chosen = [k for k in chosen if k in leading()] or chosen
        if len(chosen) == 1:
            return self.shown[chosen[0]]
        return self.shown.get(folded, names.tidy(name))

    @property
    def title_role(self) -> str | None:
        """The name of someone after whom the film is called, where the text or the title itself tells."""
        if not self.title:
            return None
        inside = [
            k for k in self.counts if k not in self.cast and k not in self.titles and f" {k} " in f" {self.title} "
        ]
        if inside:
            return _NUMBER.sub("", self.shown[max(inside, key=len)])
        plain = self.shown_title.removeprefix("The ")
        single = plain == self.shown_title and plain.isalpha() and not is_human(plain.lower())
        return plain if single or begins_given(plain) or has_title(plain) else None

    def candidates(self, name: str) -> tuple[str, ...]:
        """The keys of all longer names that end in these words."""
        return self.surnames.get(names.parts(name), ())


def build(
    found: Iterable[str],
    cast: Iterable[str] = (),
    characters: Iterable[str] = (),
    titles: Iterable[str] = (),
    crew: Iterable[str] = (),
    title: str = "",
    year: str = "",
) -> NameIndex:
    """The index of the names found in a text and of what is known before reading it."""
    counts: Counter[str] = Counter()
    shown: dict[str, str] = {}
    seeds = [names.tidy(name) for name in cast]
    for name, times in Counter([*seeds, *map(names.tidy, found)]).items():
        folded = names.key(name)
        counts[folded] += times
        shown.setdefault(folded, name)
    cast_keys, title_keys = _keys(seeds), _keys(titles)
    return NameIndex(
        counts,
        shown,
        cast_keys,
        _keys(characters),
        title_keys,
        _keys(crew),
        names.key(title),
        names.tidy(title),
        year,
        _surnames(shown, title_keys),
        firsts=_first_names(shown, cast_keys),
    )


def _keys(given: Iterable[str]) -> frozenset[str]:
    return frozenset(map(names.key, given))


def _surnames(shown: dict[str, str], titles: frozenset[str]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """The longer names that end in some words, by these words; no titles of films, nor what no performer is called."""
    ending: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for folded, name in shown.items():
        split = names.parts(name)
        if len(split) > 1 and could_be_performer(name) and folded not in titles:
            for first in range(1, len(split)):
                ending[split[first:]].append(folded)
    return {words: tuple(keys) for words, keys in ending.items()}


def _first_names(shown: dict[str, str], cast: frozenset[str]) -> dict[str, str]:
    """The first names of known performers, where they are no common ones and nobody else in the text bears one."""
    bearers: dict[str, list[str]] = defaultdict(list)
    for folded in shown:
        if " " in folded:
            bearers[folded.split(" ")[0]].append(folded)
            bearers[folded.split(" ")[-1]].append(folded)
    known = leading()
    return {
        word: keys[0]
        for word, keys in bearers.items()
        if len(keys) == 1 and (keys[0] in cast or keys[0] in known) and not is_given(word)
    }


def _known_tail(name: str) -> str | None:
    """The well-known performer's name at the end of a longer run of capitals: "Captain John Wayne"."""
    split = names.tidy(name).split(" ")
    if len(split) < 3 or names.key(name) in leading():
        return None
    tail = " ".join(split[1:] if len(split) == 3 else split[-2:])
    return tail if names.key(tail) in leading() else None


@lru_cache(maxsize=65536)
def could_be_performer(name: str) -> bool:
    """Whether a name of two or more words has nothing that speaks against a performer.

    >>> could_be_performer("Ann Bell"), could_be_performer("Dr. Finn"), could_be_performer("Argus Films")
    (True, False, False)
    """
    folded = names.key(name).split()
    if len(folded) > 1 and names.key(name) in leading():
        return True
    if not folded or (folded[0] in ("the", "a") and name[1:2] != ".") or name[-1:].isdigit():
        return False
    if "of" in folded[1:]:
        return names.key(name) in famous()
    if has_title(name) and folded[0] not in words("names", "performer_titles"):
        return False
    odd = [word for word in folded if word in words("words", "not_person") and not is_given(word)]
    if odd == folded[:1] and len(name.split()) == 2 and "-" in name:
        return True
    return not odd or (odd == folded[-1:] and len(folded) in (2, 3) and _first_name(folded[0], odd[0]))


def _first_name(word: str, surname: str) -> bool:
    """Whether a word can be the first name before a surname that is a common word as well: "Huntz Hall"."""
    common = is_human(word) or is_adjective(word) or word in words("names", "openers")
    return is_given(word) or (surname in words("names", "surname_words") and not common)


@lru_cache(maxsize=65536)
def has_title(name: str) -> bool:
    """Whether a name begins with a title, as characters' names do; a byname before a full name is none.

    >>> has_title("Captain Sable"), has_title("Ann Bell"), has_title("Big Jim"), has_title("Big Jim Orr")
    (True, False, True, False)
    """
    split = names.key(name).split()
    if len(split) > 2 and (split[0] == "lil" or (split[0] in ("big", "little") and is_given(split[1]))):
        return False
    return len(split) > 1 and split[0] in words("names", "honorifics") and not is_given(split[0])


def is_given(word: str) -> bool:
    """Whether a word is a common given name."""
    return word in words("given", "male") or word in words("given", "female")


def begins_given(name: str) -> bool:
    """Whether a name begins with a common given name or an initial."""
    first = names.key(name).split(" ")[0]
    return is_given(first) or (len(first) <= 2 and name[1:2] == ".")


@lru_cache(maxsize=65536)
def gender(name: str) -> str | None:
    """What a name's given name or title tells, if it tells."""
    split = names.key(name).split()
    if not split:
        return None
    if split[0] in ("mr", "sir", "lord", "king", "prince", "father", "uncle", "mister", "don", "monsieur"):
        return MALE
    if split[0] in ("mrs", "ms", "miss", "lady", "queen", "princess", "aunt", "madame", "madam", "sister", "dame"):
        return FEMALE
    he, she = split[0] in words("given", "male"), split[0] in words("given", "female")
    return None if he == she else (MALE if he else FEMALE)
