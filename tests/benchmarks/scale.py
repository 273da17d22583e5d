"""How imports, publishing and adding grow with the graph, on generated files in IMDb's format.

``scale.py --triples 2,8`` makes files whose import publishes about so many million triples (inference included),
imports and publishes them, adds one review, and asks the site's queries. The generator has a fixed seed; sizes of
casts, lengths of careers, shared names and shared characters follow what real credits look like.
"""

from __future__ import annotations

import argparse
import gzip
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from rdflib import URIRef

from graph import build, datasets, query, sidecar, snapshot
from graph.iris import DEFAULT_BASE
from graph.sources.imdb import Choice
from graph.store import QuerySource

PER_FILM = 256
"""Triples that one generated film brings to what is published, about."""
FIRST = """
    Ann Bo Carl Dora Emil Fay Gus Hana Ivar June Karel Lena Max Nora Odd Petra Quinn Rosa Sven Tove Una Vera
    """.split()  # noqa: SIM905  # reads as the word list it is
LAST = """
    Bell Dorn Ek Frost Grey Holm Ito Jansen Koch Lind Moss Nilsen Orr Pike Quist Rask Storm Thorn Ulv Voss
    """.split()  # noqa: SIM905  # reads as the word list it is
WORDS = """
    Salt Rust Harbour Winter Glass Island Paper North Silent Red Last Second House River Night Ferry Stone
    """.split()  # noqa: SIM905  # reads as the word list it is
REVIEW = """{title} ({year}) Review

{title} is a {year} drama about two families on one island.

The ferryman, {character} ({actor}), wants only quiet.

Actor(s): {actor}

Genre: Drama
"""


def main() -> None:
    """Measure each size in a folder of its own and print a table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--triples", default="1", help="sizes in millions, separated by commas")
    options.add_argument("--folder", type=Path, help="where to work; by default a temporary folder")
    said = options.parse_args()
    for size in (float(text) for text in said.triples.split(",")):
        with tempfile.TemporaryDirectory(dir=said.folder) as folder:
            _measure(Path(folder), int(size * 1_000_000 / PER_FILM))


def write_files(folder: Path, films: int, seed: int = 1) -> None:
    """Files of a dataset with so many films, and about five people for every four of them."""
    chance = random.Random(seed)  # noqa: S311  # films, not secrets
    people = films * 5 // 4
    folder.mkdir()
    _write(folder / "name.basics.tsv.gz", "nconst\tprimaryName", _people(people, chance))
    header = "tconst\ttitleType\tprimaryTitle\toriginalTitle\tisAdult\tstartYear\tendYear\truntimeMinutes\tgenres"
    _write(folder / "title.basics.tsv.gz", header, _films(films, chance))
    header = "tconst\tordering\tnconst\tcategory\tjob\tcharacters"
    _write(folder / "title.principals.tsv.gz", header, _parts(films, people, chance))


def _write(path: Path, header: str, lines: Iterator[str]) -> None:
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as file:
        file.write(header + "\n")
        file.writelines(line + "\n" for line in lines)


def _people(count: int, chance: random.Random) -> Iterator[str]:
    """One name in six is borne by somebody else as well."""
    for number in range(count):
        middle = "" if chance.random() < 0.16 else f" {chance.choice(LAST)}{number % 977}"
        yield f"nm{number:07}\t{chance.choice(FIRST)}{middle} {chance.choice(LAST)}"


def _films(count: int, chance: random.Random) -> Iterator[str]:
    for number in range(count):
        title = " ".join(chance.sample(WORDS, chance.randint(1, 3))) + (f" {number}" if chance.random() < 0.8 else "")
        genres = ",".join(chance.sample(["Drama", "Comedy", "Crime", "Western", "Short"], chance.randint(1, 3)))
        year = 2026 - int(min(chance.expovariate(1 / 25), 100))
        yield f"tt{number:07}\tmovie\t{title}\t{title}\t0\t{year}\t\\N\t{chance.randint(60, 180)}\t{genres}"


def _parts(films: int, people: int, chance: random.Random) -> Iterator[str]:
    """Casts from two to forty, most of about ten; careers from one film to hundreds."""
    for number in range(films):
        size = min(40, 2 + int(chance.lognormvariate(1.9, 0.6)))
        cast = list(dict.fromkeys(int(people * chance.random() ** 3) for _ in range(size)))
        for place, person in enumerate(cast, start=1):
            if place == 1:
                yield f"tt{number:07}\t1\tnm{person:07}\tdirector\t\\N\t\\N"
            else:
                name = f"{chance.choice(FIRST)} {chance.choice(LAST)}" if chance.random() < 0.9 else "The Stranger"
                yield f'tt{number:07}\t{place}\tnm{person:07}\tactor\t\\N\t["{name}"]'


def _measure(folder: Path, films: int) -> None:
    place = build.Place(folder / "var", DEFAULT_BASE)
    write_files(folder / "in", films)
    began, worked = time.perf_counter(), time.process_time()
    steps: dict[str, float] = {}

    def meter(step: str, done: int, total: int) -> None:
        steps.setdefault(step, time.perf_counter() - began)

    build.import_dataset(place, datasets.imdb(folder / "in", Choice(), datasets.Edition()), meter)
    imported, worked = time.perf_counter() - began, time.process_time() - worked
    with snapshot.open_current(place.data) as current:
        triples = snapshot.list_snapshots(place.data)[-1].triples
        print(
            f"\n{films:,} films, {triples:,} triples published in {imported:.1f} s ({triples / imported:,.0f} a second)"
        )
        print(f"  {worked:.1f} s of processor time, {triples / worked:,.0f} triples a second of it")
        print("  " + "  ".join(f"{step} from {at:.1f} s" for step, at in steps.items()))
        title, actor = _somebody(current)
        _time_queries(current.folder, place)
    review = folder / "review.txt"
    review.write_text(
        REVIEW.format(title=title[:-7], year=title[-5:-1], character="Odd", actor=actor), encoding="utf-8"
    )
    began, worked = time.perf_counter(), time.process_time()
    report = build.add(place, [str(review)])
    taken, worked = time.perf_counter() - began, time.process_time() - worked
    film = report.added[0].film
    print(f"  one review more ({film}): {taken:.1f} s until it is current, {worked:.1f} s of processor time")
    print(f"  peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


def _somebody(current: QuerySource) -> tuple[str, str]:
    text = "SELECT ?title ?name { <%sfilm/tt0000007> rdfs:label ?title ; film:actor/film:name ?name } LIMIT 1"
    prefixes = "PREFIX film: <https://w3id.org/filmgraph#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    ((title, name),) = current.select(prefixes + text % DEFAULT_BASE).rows
    return str(title), str(name)


def _time_queries(folder: Path, place: build.Place) -> None:
    """Median and 95th percentile of the site's questions, in milliseconds."""
    with snapshot.open_current(place.data) as current:
        index = sidecar.Sidecar.open(folder / sidecar.NAME)
        films = [URIRef(f"{DEFAULT_BASE}film/tt{number:07}") for number in range(0, 400, 4)]
        people = [URIRef(f"{DEFAULT_BASE}person/nm{number:07}") for number in range(0, 400, 4)]
        questions: dict[str, list[Callable[[], object]]] = {
            "film's cast": [partial(_ask, current, "film-cast", film=iri) for iri in films],
            "actor's roles": [partial(_ask, current, "person-roles", person=iri) for iri in people],
            "search with a typo": [partial(index.search, f"{name[:-1]}x Storn") for name in FIRST],
            "home page figures": [index.counts for _ in range(50)],
        }
        for name, calls in questions.items():
            times = sorted(_timed(call) for call in calls)
            print(f"  {name:22} {statistics.median(times):8.2f} ms, p95 {times[int(len(times) * 0.95)]:8.2f} ms")


def _ask(source: QuerySource, name: str, **terms: URIRef) -> object:
    return source.select(query.fill(name, limit=None, **terms))


def _timed(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
