"""How well films, people and characters of reviews are told apart, measured on real data beside the repository.

Imports ../shared/data/imdb-casts, reads the reviews of ../shared/data/extraction/silver.jsonl.gz, each of which knows
its film, and compares. ``--data FOLDER`` keeps the imported graph for the next run; ``--list N`` prints N of each kind
of disagreement.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph import build, datasets, recall, sidecar, snapshot
from graph.extract.lexicon import people, singular
from graph.facts import Document, Metadata
from graph.harvest import harvest
from graph.iris import DEFAULT_BASE, slug
from graph.resolve import Identified, alike, compatible, identify, learn, name_key
from graph.sources.imdb import FILMS, Choice
from graph.store import Snapshot, Writer

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
FILM, PERSON = f"{DEFAULT_BASE}film/", f"{DEFAULT_BASE}person/"
TYPES = (*FILMS, "tvSeries", "tvMiniSeries", "tvEpisode", "videoGame")
CAST = """
PREFIX film: <https://w3id.org/filmgraph#>
SELECT ?film ?person ?name ?character {
  ?credit film:inFilm ?film ; film:performer|film:person ?person . ?person film:name ?name
  OPTIONAL { ?credit film:character/film:name ?character }
}
"""


@dataclass(slots=True)
class Cast:
    """What the dataset says of one film: people by the key of their name, and who plays whom."""

    people: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    roles: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @property
    def everybody(self) -> set[str]:
        """The IRIs of cast and crew."""
        return set().union(*self.people.values())


@dataclass(slots=True)
class Score:
    """Counts, and the disagreements behind them."""

    counts: Counter[str] = field(default_factory=Counter)
    shown: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def note(self, kind: str, words: str = "") -> None:
        """One case of a kind."""
        self.counts[kind] += 1
        if words:
            self.shown[kind].append(words)


def main() -> int:
    """Import, resolve, print the table; 1 where a goal is missed."""
    options = _options()
    if not (SHARED / "imdb-casts").exists():
        print(f"{SHARED} is not here; nothing to measure")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        place = build.Place(options.data or Path(folder), DEFAULT_BASE)
        if not (place.data / "current").exists():
            _import(place)
        with snapshot.open_current(place.data) as current:
            score = _measure(place, current)
    return _report(score, options.list)


def _import(place: build.Place) -> None:
    """The dataset and its search index; nothing is inferred, since resolution needs none of that."""
    offer = datasets.imdb(SHARED / "imdb-casts", Choice(types=TYPES), datasets.Edition())
    with Writer(place.data) as writer, datasets.stored(offer, place.iris, writer):
        snapshot.publish(place.data, writer)


def _measure(place: build.Place, current: Snapshot) -> Score:
    casts, score = _casts(current), Score()
    memory = recall.Memory(current, sidecar.Sidecar.open(current.folder / sidecar.NAME), place.iris)
    with gzip.open(SHARED / "extraction" / "silver.jsonl.gz", "rt", encoding="utf-8") as file:
        gold = [json.loads(line) for line in file]
    spent = 0.0
    for outcome, line in zip(harvest(_documents(gold)), gold, strict=True):
        if outcome.facts is None:
            score.note("not read", f"{outcome.name}: {outcome.error}")
            continue
        began = time.process_time()
        found = identify(outcome.facts, place.iris, memory.about(outcome.facts))
        learn(found, memory.known)
        spent += time.process_time() - began
        _judge(found, line["film"], casts[f"{FILM}{line['film']}"], score)
    print(f"{len(gold):,} reviews, {spent / len(gold) * 1000:.1f} ms of CPU each to resolve")
    return score


def _documents(gold: list[dict[str, Any]]) -> Iterator[Document]:
    for number, line in enumerate(gold, start=1):
        year = int(line["year"]) if str(line["year"]).isdigit() else None
        yield Document(f"silver:{number}", line["text"], Metadata(title=line["title"], year=year))


def _casts(current: Snapshot) -> dict[str, Cast]:
    casts: dict[str, Cast] = defaultdict(Cast)
    for film, person, name, character in current.select(CAST):
        casts[str(film)].people[name_key(str(name))].add(str(person))
        if character:
            casts[str(film)].roles[str(person)].add(str(character))
    return casts


def _judge(found: Identified, film: str, cast: Cast, score: Score) -> None:
    if found.film is None or not found.film.startswith(f"{FILM}tt"):
        score.note("film not resolved", f"{found.label}: {film}")
    elif str(found.film) == FILM + film:
        score.note("film right")
    else:
        score.note("film wrong", f"{found.label}: {found.film} for {film}")
    for name, person in found.people.items():
        _judge_person(name, str(person), found, cast, score)
    for role in found.facts.roles:
        if role.character:
            _judge_role(role.actor, role.character, found, cast, score)


def _judge_person(name: str, person: str, found: Identified, cast: Cast, score: Score) -> None:
    meant = cast.people.get(name_key(name), set())
    if person.startswith(f"{PERSON}nm"):
        why = next((match.reason for match in found.matches if str(match.iri) == person), "")
        if person in cast.everybody:
            score.note("person right")
        else:
            score.note("person outside the cast" if not meant else "person wrong", f"{name}, {found.label}: {why}")
    elif meant:
        score.note("person missed", f"{name}, {found.label}: {sorted(meant)}")
    else:
        score.note("person unknown to the cast")


def _judge_role(actor: str, character: str, found: Identified, cast: Cast, score: Score) -> None:
    known = cast.roles.get(str(found.people[actor]), set())
    if not known:
        score.note("role of somebody without a character in the dataset")
    elif character in known:
        score.note("character the same")
    else:
        why = _why(actor, character, known, found, cast)
        score.note(f"character: {why}", f"{actor}, {found.label}: {character} / {sorted(known)}")


def _why(actor: str, character: str, known: set[str], found: Identified, cast: Cast) -> str:
    """Of what kind a name is that is none of the performer's characters."""
    words, title = set(slug(character).split("-")), set(slug(found.label).split("-"))
    others = {name for person, names in cast.roles.items() for name in names if person != str(found.people[actor])}
    kinds = {
        "fits several": any(fits(character, name) for name in known for fits in (compatible, alike)),
        "a performer's own name": words <= set(slug(actor).split("-")) or name_key(character) in cast.people,
        "of another performer": any(fits(character, name) for name in others for fits in (compatible, alike)),
        "a description": singular(slug(character).split("-")[-1]) in people(),
        "from the title": words <= title,
    }
    return next((kind for kind, holds in kinds.items() if holds), "a name that the cast does not have")


def _report(score: Score, shown: int) -> int:
    count = score.counts
    print("\n".join(f"{kind:52}{number:8,}" for kind, number in sorted(count.items())))
    for kind, cases in sorted(score.shown.items()):
        print("\n".join([f"\n{kind}:", *cases[:shown]]) if shown else "", end="")
    films = count["film right"] + count["film wrong"]
    every = films + count["film not resolved"]
    persons = count["person right"] + count["person wrong"]
    roles = sum(number for kind, number in count.items() if kind.startswith("character"))
    figures = {
        "films, precision": (count["film right"], films, 0.99),
        "films, recall": (count["film right"], every, 0.98),
        "people in the cast, precision": (count["person right"], persons, 0.995),
        "people, precision if all outside the cast were wrong": (
            count["person right"],
            persons + count["person outside the cast"],
            0.0,
        ),
        "characters that agree with the cast": (count["character the same"], roles, 0.0),
    }
    print()
    for name, (right, of, goal) in figures.items():
        print(f"{name:56}{right / max(of, 1):8.2%}" + (f"  goal {goal:.1%}" if goal else ""))
    return int(any(right < goal * of for right, of, goal in figures.values()))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a data folder that is kept")
    parser.add_argument("--list", type=int, default=0, help="how many disagreements of each kind to print")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
