"""Whether two names can mean one character."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from graph.facts import Role
from graph.iris import slug

_TITLES = frozenset(
    """
    mr mrs ms miss dr doctor sir dame lady lord madame monsieur prof professor reverend father sister brother aunt uncle
    captain capt lt lieutenant sgt sergeant msgt col colonel major gen general private pvt officer detective det agent
    sheriff inspector insp superintendent supt chief commander commissioner marshal judge coach
    king queen prince princess
    baron baroness count countess duke duchess senator president mayor governor rev mother brother master nurse
    """.split()  # noqa: SIM905  # reads as the word list it is
)
_ARTICLES = frozenset({"a", "an", "the"})
SHORT, LONG = 4, 8
"""Letters that a word must have for one of them to be a slip, and for two."""
_FORMS = _TITLES | _ARTICLES | {"young", "old"}
"""Words of a name that do not tell one character from another."""


def compatible(one: str, other: str) -> bool:
    """Whether two names can mean one character: one's telling words are among the other's.

    >>> compatible("Bond", "James Bond"), compatible("Coach K", "Kevin"), compatible("Mrs. Hudson", "Hudson")
    (True, False, True)
    """
    a, b = _telling(one), _telling(other)
    return bool(a and b) and (a <= b or b <= a)


def may_be(one: str, other: str) -> bool:
    """Whether the short form of a name may stand for a longer one: words or their initials, with the same title.

    Too weak on its own; enough where actor and film agree and only one role fits.

    >>> may_be("Coach K", "Coach Jeremy Kopfler"), may_be("Coach K", "Kevin"), may_be("J.B.", "James Bond")
    (True, False, True)
    """
    short, long = sorted((slug(one).split("-"), slug(other).split("-")), key=len)
    titles = [set(words) & _TITLES for words in (short, long)]
    if titles[0] and titles[0] != titles[1]:
        return False
    rest = [word for word in long if word not in _FORMS]
    telling = [word for word in short if word not in _FORMS]
    return bool(telling) and all(any(_stands_for(word, full) for full in rest) for word in telling)


@dataclass(frozen=True, slots=True)
class Attached:
    """A role under the name that its character is known by, and why, where that is another than the source's.

    ``others`` are names that datasets give the actor's characters in this film, where none of them could be taken;
    ``contradicts`` says that none fits, rather than several.
    """

    role: Role
    reason: str = ""
    confidence: float = 1.0
    others: tuple[str, ...] = ()
    contradicts: bool = False


def attach(role: Role, stated: Collection[str], known: Iterable[str]) -> Attached:
    """The role under the character's known name, where exactly one fits: of those that datasets state, else of all."""
    said = role.character
    if said is None or said in stated:
        return Attached(role)
    name, confidence = _fitting(said, stated) or _fitting(said, known) or (said, 1.0)
    others = () if name in stated else tuple(sorted(stated))
    return Attached(
        role if name == said else replace(role, character=name),
        "" if name == said else f"the same performer and film, and “{said}” fits “{name}”",
        confidence,
        others,
        bool(others) and not any(fits(other, name) for other in others for fits in _FITS),
    )


def _fitting(said: str, names: Iterable[str]) -> tuple[str, float] | None:
    """The one name that fits, and how sure that is; the name itself where several do, None where none does."""
    for fits, confidence in _FITS.items():
        fitting = [name for name in sorted(names) if fits(name, said)]
        if fitting:
            return (fitting[0], confidence) if len(fitting) == 1 and said not in fitting else (said, 1.0)
    return None


def alike(one: str, other: str) -> bool:
    """Whether two names may be one, spelt otherwise or with a pet name: each word of the shorter has its like.

    Enough where actor and film agree and only one role fits.

    >>> alike("Larry Talbot", "Lawrence Talbot"), alike("Bruno Anthony", "Bruno Antony")
    (True, True)
    >>> alike("Wolf Man", "The Wolfman"), alike("Sally", "Sandy Pfarrer")
    (True, False)
    """
    short, long = sorted((_telling(one), _telling(other)), key=len)
    whole = ["".join(word for word in slug(name).split("-") if word not in _ARTICLES) for name in (one, other)]
    return _near(whole[0], whole[1]) or all(any(_same_word(word, full) for full in long) for word in short)


def _same_word(word: str, full: str) -> bool:
    return word == full or _near(word, full) or bool(nicknames().get(word, set()) & nicknames().get(full, set()))


def _near(one: str, other: str) -> bool:
    """Whether two words differ by no more than a slip of the pen: one letter, or two in a long word."""
    size = min(len(one), len(other))
    return size >= SHORT and distance(one, other, bound := 1 + (size >= LONG)) <= bound


def distance(one: str, other: str, bound: int) -> int:
    """How many letters must be put in, left out or changed to make one word the other; above ``bound`` any number.

    >>> distance("pirovitch", "perovitch", 2), distance("edelman", "edlemann", 2), distance("nick", "stephen", 2) > 2
    (1, 3, True)
    """
    if abs(len(one) - len(other)) > bound:
        return bound + 1
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        before, row = row, [place]
        for at, mine in enumerate(other, start=1):
            row.append(min(before[at] + 1, row[at - 1] + 1, before[at - 1] + (letter != mine)))
    return row[-1]


@cache
def nicknames() -> dict[str, set[int]]:
    """The groups of first names to which each name and pet name belongs."""
    text = files("graph").joinpath("resolve", "rules", "nicknames.toml").read_text(encoding="utf-8")
    found: dict[str, set[int]] = {}
    for number, group in enumerate(tomllib.loads(text)["groups"]):
        for name in group.split():
            found.setdefault(name, set()).add(number)
    return found


def _stands_for(word: str, full: str) -> bool:
    return word == full or (len(word) == 1 and full.startswith(word))


def _telling(name: str) -> set[str]:
    words = set(slug(name).split("-"))
    return words - _FORMS or words


_FITS = {compatible: 0.95, alike: 0.9, may_be: 0.85}
"""The ways in which names fit, and how sure it is that those that do so mean one character."""
