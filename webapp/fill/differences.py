"""Where the sources of a film say different things; nothing is decided here, both sides are shown."""

from __future__ import annotations

from itertools import combinations

from webapp.fill.proofs import Witnesses
from webapp.pages import CastLine, Difference, Said, Side


def differences(
    years: tuple[Said, ...], runtimes: tuple[Said, ...], cast: tuple[CastLine, ...], seen: Witnesses
) -> tuple[Difference, ...]:
    """Different years, running times, and characters given to one actor by sources that do not overlap."""
    found = [_values(question, said) for question, said in (("Year", years), ("Running time", runtimes))]
    by_person: dict[str, list[CastLine]] = {}
    for line in cast:
        by_person.setdefault(line.person.iri, []).append(line)
    found += [_characters(lines, seen) for lines in by_person.values()]
    return tuple(difference for difference in found if difference)


def _values(question: str, said: tuple[Said, ...]) -> Difference | None:
    if len(said) < 2:
        return None
    return Difference(question, tuple(Side(each.value, None, each.sources, each.proofs) for each in said))


def _characters(lines: list[CastLine], seen: Witnesses) -> Difference | None:
    """One actor with several characters is a double role where one source tells of both, else a difference."""
    named = [line for line in lines if line.character]
    apart = {
        line.iri: line
        for pair in combinations(named, 2)
        if _told_apart(*pair, seen) and not _same_in_short(pair[0].whom, pair[1].whom)
        for line in pair
    }
    if not apart:
        return None
    sides = tuple(Side(line.whom, line.iri, seen.all(line.iri), line.proofs) for line in apart.values())
    return Difference(f"Whom did {named[0].person.label} play?", sides)


def _told_apart(one: CastLine, other: CastLine, seen: Witnesses) -> bool:
    first, second = ({ref.iri for ref in seen.all(line.iri)} for line in (one, other))
    return bool(first and second) and not first & second


def _same_in_short(one: str, other: str) -> bool:
    """Whether one name is part of the other: ``Kevin`` and ``Kevin Hart`` do not contradict each other."""
    first, second = set(one.casefold().split()), set(other.casefold().split())
    return first <= second or second <= first
