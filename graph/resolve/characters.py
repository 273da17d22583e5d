"""Whether two names can mean one character."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from graph.facts import Role
from graph.iris import slug

_TITLES = frozenset(
    """
    mr mrs ms miss dr doctor sir dame lady lord madame monsieur prof professor reverend father sister brother aunt uncle
    captain capt lt lieutenant sgt sergeant col colonel major gen general private officer detective agent sheriff
    inspector judge coach king queen prince princess
    """.split()  # noqa: SIM905  # reads as the word list it is
)
_FORMS = _TITLES | {"a", "an", "the", "young", "old"}
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


def as_known(role: Role, stated: Iterable[str], known: Iterable[str]) -> Role:
    """The role under the character's known name, where exactly one fits: of those that datasets state, else of all."""
    said = role.character
    for names in (sorted(stated), sorted(known)):
        if said is None or said in names:
            return role
        for fits in (compatible, may_be):
            fitting = [name for name in names if fits(name, said)]
            if len(fitting) == 1:
                return replace(role, character=fitting[0])
            if fitting:
                return role
    return role


def _stands_for(word: str, full: str) -> bool:
    return word == full or (len(word) == 1 and full.startswith(word))


def _telling(name: str) -> set[str]:
    words = set(slug(name).split("-"))
    return words - _FORMS or words
