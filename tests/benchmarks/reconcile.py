"""How well and how fast names are reconciled, with names of ../shared/data/imdb-casts spoilt in known ways.

Titles come with their years, people alone, and people by their initials with one of their films. A person is found
where the first candidate bears the very name that was spoilt: a name alone cannot tell namesakes apart. ``--data
FOLDER`` keeps the imported graph for the next run, ``--number N`` tells how many lines of each kind, ``--list``
prints those that failed.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import itertools
import json
import os
import random
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from graph import build, datasets
from graph.iris import DEFAULT_BASE
from graph.sidecar.fold import fold
from graph.sources.imdb import FILMS, Choice
from tests.benchmarks import spoil
from tests.benchmarks.client import cpu_seconds
from tests.benchmarks.service import served

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "imdb-casts"
BATCH, SEED = 10, 7
GOALS = {"recall@1": 0.97, "recall@5": 0.99, "match precision": 0.99, "a second": 300.0}
OF_FILMS: Sequence[spoil.Spoiler] = (
    spoil.typo, spoil.typos, spoil.moved_article, spoil.dropped_article, spoil.transliterated, spoil.shouted,
)  # fmt: skip
OF_PEOPLE: Sequence[spoil.Spoiler] = (spoil.typo, spoil.typos, spoil.transliterated, spoil.swapped, spoil.shouted)


@dataclass(frozen=True, slots=True)
class Line:
    """One spoilt name with what else is said, the way it was spoilt, and what it stands for."""

    way: str
    query: Mapping[str, Any]
    meant: str
    name: str


def main() -> int:
    """Measure, print the table; 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--number", type=int, default=200)
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    if not SHARED.exists():
        print(f"{SHARED} is not here; nothing to measure")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        place = build.Place(options.data or Path(folder), DEFAULT_BASE)
        if not (place.data / "current").exists():
            offer = datasets.imdb(SHARED, Choice(FILMS), datasets.Edition())
            build.import_dataset(place, offer)
        lines = made(options.number)
        with served(place.data) as address:
            found, figures = asked(lines, f"{address}reconcile")
    return report(lines, found, figures, options.list)


def made(number: int) -> list[Line]:
    """So many spoilt lines of each kind, in a fixed order."""
    chance = random.Random(SEED)  # noqa: S311  # the same lines each time
    films, people = list(rows("title.basics")), list(rows("name.basics"))
    names = {row["nconst"]: row["primaryName"] for row in people}
    titles = {row["tconst"]: row["primaryTitle"] for row in films}
    parts = [row for row in rows("title.principals") if row["category"] in ("actor", "actress", "director")]
    lines: list[Line] = []
    for table, spoilers in ((films, OF_FILMS), (people, OF_PEOPLE), (parts, (spoil.initials,))):
        for spoiler in spoilers:
            drawn = chance.sample(table, len(table))
            some = (line for row in drawn if (line := _line(row, spoiler, chance, names, titles)))
            lines += itertools.islice(some, number)
    chance.shuffle(lines)
    return lines


def _line(
    row: Mapping[str, str],
    spoiler: spoil.Spoiler,
    chance: random.Random,
    names: Mapping[str, str],
    titles: Mapping[str, str],
) -> Line | None:
    """A row of a table as a line to reconcile; None where it cannot be spoilt so."""
    name = row.get("primaryTitle") or row.get("primaryName") or names.get(row.get("nconst", ""), "")
    spoilt = spoiler(name, chance)
    if not spoilt:
        return None
    if "primaryTitle" in row:
        kind, said, meant = "Film", [{"pid": "year", "v": row["startYear"]}], f"film/{row['tconst']}"
    elif "primaryName" in row:
        kind, said, meant = "Person", [], f"person/{row['nconst']}"
    else:
        kind, said, meant = "Person", [{"pid": "film", "v": titles[row["tconst"]]}], f"person/{row['nconst']}"
    query = {"query": spoilt, "type": kind, "limit": 5, "properties": said}
    return Line(f"{kind.lower()}, {spoiler.__name__.replace('_', ' ')}", query, meant, name)


def rows(name: str) -> Iterator[dict[str, str]]:
    """A table of the dataset."""
    with gzip.open(SHARED / f"{name}.tsv.gz", "rt", encoding="utf-8") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def asked(lines: Sequence[Line], address: str) -> tuple[list[list[Any]], dict[str, float]]:
    """The candidates for each line, asked in batches of ten by two clients at a time; and how long that took."""
    batches = [lines[start : start + BATCH] for start in range(0, len(lines), BATCH)]
    local = threading.local()

    def ask(batch: Sequence[Line]) -> list[list[Any]]:
        session = local.__dict__.setdefault("session", requests.Session())
        said = json.dumps({f"q{number}": line.query for number, line in enumerate(batch)})
        answer = session.post(address, data={"queries": said}, timeout=60)
        answer.raise_for_status()
        return [answer.json()[f"q{number}"]["result"] for number in range(len(batch))]

    ask(batches[0])  # the first request opens the snapshot
    spent, begun = _cpu(), time.perf_counter()
    with ThreadPoolExecutor(2) as pool:
        found = [each for batch in pool.map(ask, batches) for each in batch]
    seconds, spent = time.perf_counter() - begun, _cpu() - spent
    return found, {"a second": len(lines) / seconds, "ms of CPU each": 1000 * spent / len(lines)}


def _cpu() -> float:
    """Seconds of processor time that the server has taken, which runs below this process."""
    return cpu_seconds(os.getpid()) - time.process_time()


def report(lines: Sequence[Line], found: Sequence[Sequence[Any]], figures: Mapping[str, float], listed: bool) -> int:
    """Print what was found by the way in which names were spoilt, and how honest the scores are."""
    ways: dict[str, Counter[str]] = defaultdict(Counter)
    bins: dict[int, list[bool]] = defaultdict(list)
    for line, candidates in zip(lines, found, strict=True):
        right = [_is_right(line, each) for each in candidates]
        for way in (line.way, "all"):
            ways[way].update(n=1, first=any(right[:1]), five=any(right[:5]))
            ways[way].update(match=sum(each["match"] for each in candidates))
            ways[way].update(safe=sum(ok for ok, each in zip(right, candidates, strict=True) if each["match"]))
        if candidates:
            bins[min(9, int(candidates[0]["score"] // 10))].append(right[0])
        if listed and not any(right[:1]):
            print(f"  {line.name!r} as {line.query['query']!r}: {[(it['name'], it['score']) for it in candidates[:3]]}")
    for way, count in sorted(ways.items()):
        print(_told(way, count))
    for tens, rights in sorted(bins.items()):
        part = sum(rights) / len(rights)
        print(f"a first score from {10 * tens} on is right in {part:.0%} of {len(rights)}")
    print(", ".join(f"{value:,.1f} {name}" for name, value in figures.items()))
    whole = ways["all"]
    reached = {
        "recall@1": whole["first"] / whole["n"],
        "recall@5": whole["five"] / whole["n"],
        "match precision": whole["safe"] / max(1, whole["match"]),
        "a second": figures["a second"],
    }
    missed = [f"{name} is {reached[name]:.3f}, not {goal}" for name, goal in GOALS.items() if reached[name] < goal]
    print("\n".join(missed))
    return bool(missed)


def _told(way: str, count: Counter[str]) -> str:
    first, five, match = (count[name] / count["n"] for name in ("first", "five", "match"))
    safe = count["safe"] / max(1, count["match"])
    return f"{way:30} {count['n']:6} recall@1 {first:.3f} @5 {five:.3f} matched {match:.2f}, of which right {safe:.3f}"


def _is_right(line: Line, candidate: Mapping[str, Any]) -> bool:
    """Whether it is the thing that was meant; a name alone cannot tell namesakes apart, so any of them is."""
    alone = not line.query["properties"]
    return bool(candidate["id"] == line.meant or (alone and fold(candidate["name"]) == fold(line.name)))


if __name__ == "__main__":
    sys.exit(main())
