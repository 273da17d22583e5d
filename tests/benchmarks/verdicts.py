"""Verdicts on pairs, to train on, by the cast of the film or by an annotation: 0 or 1, and what it counts."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

from graph.extract import names
from graph.extract.pairs import HUMAN, NAMED, Pair

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
GOLD_WEIGHT = 4.0
LEFT_OUT = 0.5
"""What a pair counts whose performer is no member of the cast: known casts leave out small parts."""

SURE_FORMS = ("plays", "pby", "as", "par", "rpar", "perf", "role", "voice", "gapping")
"""Forms in which a description of someone whom a member of the cast plays is mostly right."""


def casts() -> dict[str, dict[str, str]]:
    """The words of each performer's characters, by film and by the performer's key."""
    folder = DATA / "imdb-casts"
    people = {row["nconst"]: row["primaryName"] for row in _rows(folder / "name.basics.tsv.gz")}
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in _rows(folder / "title.principals.tsv.gz"):
        if row["category"] in ("actor", "actress", "self"):
            who = names.key(people.get(row["nconst"], ""))
            found[row["tconst"]][who] = f"{found[row['tconst']].get(who, '')} {row['characters']}"
    return found


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def by_cast(pair: Pair, actor: str, cast: dict[str, str]) -> tuple[float, float] | None:
    """Whether a pair is right by the film's cast, and how much that counts; nothing where the cast does not tell."""
    known = _cast_members(names.key(actor), cast)
    if not known:
        return _by_strangers(pair, names.key(actor), cast)
    if _is_played(pair, known, cast):
        return 1.0, 1.0
    if pair.kind == NAMED:
        return 0.0, 0.8
    if pair.kind == HUMAN and pair.match.rule.form in SURE_FORMS:
        return 1.0, 0.3
    return None


def _by_strangers(pair: Pair, folded: str, cast: dict[str, str]) -> tuple[float, float]:
    """The verdict on a pair whose performer is not in the cast: a byname, a mistake, or one left out."""
    _, _, rest = folded.partition(" ")
    bynames = [k for k in cast if rest and " " in k and k.split()[-1] == folded.split()[-1]]
    if _is_played(pair, bynames, cast):
        return 1.0, 0.7
    characters = {names.key(one) for played in cast.values() for one in played.strip(' []"').split(",")}
    mistaken = not rest or folded in characters or (pair.kind == NAMED and _is_played(pair, cast, cast))
    return 0.0, 1.0 if mistaken else LEFT_OUT


def _is_played(pair: Pair, members: Iterable[str], cast: dict[str, str]) -> bool:
    """Whether a word of the role stands in what members of the cast play."""
    played = [word for k in members for word in names.key(cast[k]).split() if word not in _SMALL]
    wanted = names.parts(pair.role) if pair.kind == NAMED else names.key(pair.role).split()[-1:]
    return any(get_close_matches(word, played, 1, 0.8) for word in wanted if word not in _SMALL)


_SMALL = {"the", "of", "a", "n", "mr", "mrs", "dr", "young", "old"}


def _cast_members(folded: str, cast: dict[str, str]) -> list[str]:
    """The members of a cast whom a name can mean: the same, a near spelling, or the same surname."""
    if folded in cast:
        return [folded]
    if " " not in folded:
        return [k for k in cast if k.split()[-1:] == [folded]]
    near = get_close_matches(folded, cast, 1, 0.85)
    ends = (folded.split()[0], folded.split()[-1])
    return near or [k for k in cast if (k.split()[0], k.split()[-1]) == ends]


def by_gold(pair: Pair, actor: str, truth: dict[str, object]) -> tuple[float, float] | None:
    """Whether a pair is in the annotation."""
    for role in truth["roles"]:  # type: ignore[attr-defined]
        if names.key(role["actor"]) != names.key(actor):
            continue
        spellings = [role["character"], *role.get("aliases", [])]
        same = any(_same(pair, spelling, role.get("descriptive", False)) for spelling in spellings)
        if role.get("ambiguous"):
            return None
        if same:
            return 1.0, GOLD_WEIGHT
    return 0.0, GOLD_WEIGHT


def _same(pair: Pair, spelling: str, descriptive: bool) -> bool:
    given, wanted = names.parts(pair.role), names.parts(spelling)
    if given == wanted:
        return True
    return descriptive and pair.kind != NAMED and bool(given and wanted) and _stem(given[-1]) == _stem(wanted[-1])


def _stem(word: str) -> str:
    return word.rstrip("s")
