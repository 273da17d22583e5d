"""Whether two names can mean one character."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

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


def _stands_for(word: str, full: str) -> bool:
    return word == full or (len(word) == 1 and full.startswith(word))


def _telling(name: str) -> set[str]:
    words = set(slug(name).split("-"))
    return words - _FORMS or words


_FITS = {compatible: 0.95, may_be: 0.85}
"""The ways in which names fit, and how sure it is that those that do so mean one character."""
