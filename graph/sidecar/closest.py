"""What one name, as somebody wrote it, may stand for: the things of a kind whose names are most like it.

First come names that are the same but for the order of the words and the article, then those that hold all the words
or begin with the initials; only where none of them is like enough are near spellings looked for.
"""

from __future__ import annotations

from typing import Any

from rapidfuzz import fuzz, process

from graph.sidecar.likeness import ARTICLES, bare, likeness, without_article, without_marks
from graph.sidecar.near import Ask, one_error_away, pool

ALIKE = 0.93
"""From this likeness on no near spellings are looked for."""
LEAST = 0.45
"""Less alike than this is not what was meant."""
SAME, HOLDING, INITIALS = 60, 25, 80
"""How many rows are looked at that are the same, hold all the words, or begin with the initials."""
ENOUGH = 2_000
"""So many spellings that hold a piece are looked at."""
MISTYPED, LOOKED_AT = 400, 20
"""How many names that hold all words but one are compared, and how many of all are worth a closer look."""
MANY = 5
"""Words of a name whose order is not tried."""
_ARTICLES = ("the", "a", "an", "le", "la", "les", "il", "el", "der", "die", "das")
"""Those that may have been dropped."""
_COLUMNS = "iri, named.kind, label, detail, weight, named.folded"

Scored = tuple[float, Any]
"""A likeness, and the row of a thing under a name."""


def closest(ask: Ask, folded: str, kind: str, limit: int, *, deep: bool = False) -> list[Scored]:
    """The things of a kind most like a folded name, each once, the best first; of equals that of which most is said.

    ``deep`` looks for near spellings even where there are things of the very name.
    """
    found = _scored(folded, _same(ask, folded, kind))
    found |= _scored(folded, _holding(ask, folded, kind))
    for more in (_mistyped, _near):
        if not deep and max((score for score, _ in found.values()), default=0.0) >= ALIKE:
            break
        names = _most_alike(folded, more(ask, folded))
        found = _best(found, _scored(folded, _of(ask, names, kind, SAME)))
    best = sorted(found.values(), key=lambda pair: (-pair[0], -pair[1][4], pair[1][0]))
    return [pair for pair in best[:limit] if pair[0] >= LEAST]


def _scored(folded: str, rows: list[Any]) -> dict[str, Scored]:
    found: dict[str, Scored] = {}
    for row in rows:
        found = _best(found, {row[0]: (likeness(folded, row[5]), row)})
    return found


def _best(one: dict[str, Scored], other: dict[str, Scored]) -> dict[str, Scored]:
    """Of two sets the better of each thing."""
    for iri, scored in other.items():
        if iri not in one or one[iri][0] < scored[0]:
            one[iri] = scored
    return one


def _same(ask: Ask, folded: str, kind: str) -> list[Any]:
    """The things that bear the name, with the article or without, in any turn of its words."""
    return _of(ask, sorted(turns(folded)), kind, SAME)


def turns(folded: str) -> set[str]:
    """A name, and what it may be in the index.

    >>> sorted(turns("matrix the") & {"matrix", "the matrix", "matrix the"}), "tom hanks" in turns("hanks tom")
    (['matrix', 'matrix the', 'the matrix'], True)
    """
    short = without_article(folded)
    found = {folded, short, bare(folded), without_marks(short), *(f"{article} {short}" for article in _ARTICLES)}
    words = folded.split()
    if words[-1] in ARTICLES:
        found.add(" ".join([words[-1], *words[:-1]]))
    if len(words) < MANY:
        found |= {" ".join([*words[place:], *words[:place]]) for place in range(1, len(words))}
    return found


def _holding(ask: Ask, folded: str, kind: str) -> list[Any]:
    """The things whose names hold all words; one letter is the beginning of a word."""
    words = (folded if kind == "person" else without_article(folded)).split()
    initials = [word for word in words if len(word) == 1]
    if len(initials) == len(words):
        return []
    match = " ".join(f'"{word}"*' if len(word) == 1 else f'"{word}"' for word in words)
    rows = ask(_HOLDING, match, kind, INITIALS if initials else HOLDING)
    if rows or not initials:
        return rows
    return ask(_HOLDING, " ".join(f'"{word}"' for word in words if len(word) > 1), kind, INITIALS)


def _mistyped(ask: Ask, folded: str) -> set[str]:
    """The names that hold all words but one, which begins with the same letter; and a short name's near ones."""
    short = without_article(folded)
    words = short.split()
    names = {*one_error_away(ask, short), *one_error_away(ask, short, "the ")}
    if not 1 < len(words) < MANY:
        return names
    for place in range(len(words)):
        match = " ".join(f'"{word[0]}"*' if place == at else f'"{word}"' for at, word in enumerate(words))
        names |= {name for (name,) in ask(_SPELT, match, MISTYPED)}
    return names


def _near(ask: Ask, folded: str) -> set[str]:
    """The names that share the rarest pieces, as written and with other letters for those with marks."""
    plain = without_marks(folded)
    return {*pool(ask, folded, ENOUGH), *(pool(ask, plain, ENOUGH) if plain != folded else ())}


def _most_alike(folded: str, names: set[str]) -> list[str]:
    """The names that are worth a closer look, by their letters and by their words in any order."""
    choices = sorted(names)
    found = {
        name
        for scorer in (fuzz.ratio, fuzz.token_sort_ratio)
        for name, _, _ in process.extract(folded, choices, scorer=scorer, limit=LOOKED_AT, score_cutoff=100 * LEAST)
    }
    return sorted(found)


def _of(ask: Ask, names: list[str], kind: str, limit: int) -> list[Any]:
    places = ", ".join("?" * len(names))
    return ask(
        f"SELECT {_COLUMNS} FROM named WHERE folded IN ({places}) AND named.kind = ? ORDER BY id LIMIT ?",  # noqa: S608  # question marks
        *names, kind, limit,
    )  # fmt: skip


_HOLDING = f"""
  SELECT {_COLUMNS} FROM name_word JOIN named ON named.id = name_word.rowid
  WHERE name_word MATCH ?1 AND named.kind = ?2 ORDER BY name_word.rowid LIMIT ?3
"""  # noqa: S608  # our own names
_SPELT = """
  SELECT folded FROM name_word WHERE name_word MATCH ?1 ORDER BY rowid LIMIT ?2
"""
