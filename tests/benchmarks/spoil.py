"""Spoils names the way that people and tables do, with a fixed seed, so that it is known what was meant."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from string import ascii_lowercase

ARTICLES = ("The", "A", "An", "Le", "La", "Les", "Il", "El", "Der", "Die", "Das")
MARKED = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae", "ß": "ss", "ñ": "n", "œ": "oe"}
SOUNDS = (("ph", "f"), ("f", "ph"), ("ei", "ey"), ("y", "i"), ("ks", "x"), ("x", "ks"), ("w", "v"), ("k", "c"),
          ("ou", "u"), ("tch", "ch"), ("sch", "sh"), ("kh", "h"), ("sky", "ski"), ("ov", "off"))  # fmt: skip
"""How the same sounds are written in Latin letters by others."""
Spoiler = Callable[[str, random.Random], str | None]
"""Makes another spelling of a name; None where this cannot be done to it."""


def typo(name: str, chance: random.Random) -> str | None:
    """One letter is left out, doubled, replaced by another, or swapped with the next; the first stays."""
    places = [place for place in range(1, len(name)) if name[place].isalpha()]
    if len(name) < 4 or not places:
        return None
    place = chance.choice(places)
    head, letter, tail = name[:place], name[place], name[place + 1 :]
    other = chance.choice(ascii_lowercase)
    swapped = head + tail[:1] + letter + tail[1:]
    return chance.choice((head + tail, head + letter + letter + tail, head + other + tail, swapped))


def typos(name: str, chance: random.Random) -> str | None:
    """Two of these errors in a longer name."""
    once = typo(name, chance) if len(name) > 14 else None
    return typo(once, chance) if once else None


def moved_article(name: str, chance: random.Random) -> str | None:
    """The article stands behind a comma."""
    del chance
    first, _, rest = name.partition(" ")
    return f"{rest}, {first}" if first in ARTICLES and rest else None


def dropped_article(name: str, chance: random.Random) -> str | None:
    """There is no article."""
    del chance
    first, _, rest = name.partition(" ")
    return rest if first in ARTICLES and rest else None


def transliterated(name: str, chance: random.Random) -> str | None:
    """Letters with marks are written without, as two letters, or sounds in another way."""
    if not name.isascii():
        return "".join(_unmarked(letter) for letter in name)
    lower = name.lower()
    ways = [(old, new) for old, new in SOUNDS if old in lower[1:]]
    if not ways:
        return None
    old, new = chance.choice(ways)
    return name[0] + lower[1:].replace(old, new, 1)


def swapped(name: str, chance: random.Random) -> str | None:
    """The last name stands first, with a comma or without."""
    first, _, last = name.rpartition(" ")
    return f"{last}{chance.choice((',', ''))} {first}" if first else None


def initials(name: str, chance: random.Random) -> str | None:
    """All but the last name are initials, with a stop or without."""
    *first, last = name.split()
    stop = chance.choice((".", ""))
    return " ".join([*(f"{word[0]}{stop}" for word in first), last]) if first else None


def shouted(name: str, chance: random.Random) -> str | None:
    """In capitals, with blanks and signs where none belong."""
    return chance.choice((name.upper(), f"  {name} ", name.replace(" ", "-"), name.lower()))


def _unmarked(letter: str) -> str:
    return MARKED.get(letter.lower()) or unicodedata.normalize("NFKD", letter)[0]
