"""Files in the format of IMDb's datasets, of any size, with the proportions of real credits, always the same.

Casts of five to thirty names, crews of two to nine; most people with one credit and a few with hundreds; names that
several people bear; characters with names of their own beside doctors and policemen in thousands of films. The rows are
written as they are made.
"""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

SYLLABLES = "an bel cor dan el fin gar hal is jor kar len mor nad ol per quin ros sel tor ul var wen yor zel".split()  # noqa: SIM905  # reads as the word list it is
WORDS = """
    Salt Rust Harbour Winter Glass Island Paper North Silent Red Last Second House River Night Ferry Stone Garden Letter
    Summer Bridge Hunger Station Mirror Engine Orchard Field Quiet Border Signal Tide Ember Hollow Crown Fever Thread
    """.split()  # noqa: SIM905  # reads as the word list it is
PARTS = """
    Doctor Nurse Policeman Reporter Bartender Dancer Waiter Judge Guard Detective Mother Father Narrator Driver Priest
    Soldier Teacher Secretary Cook Thief Sailor Mayor Clerk Singer Neighbour Barber Stranger Widow Butler Farmer
    """.split()  # noqa: SIM905  # reads as the word list it is
GENRES = ["Drama", "Comedy", "Romance", "Thriller", "Crime", "Horror", "Documentary", "Adventure", "Western", "Musical"]
CREW = {"director": 1.1, "writer": 1.6, "producer": 1.2, "composer": 0.6, "cinematographer": 0.7, "editor": 0.7}
"""The jobs behind the camera, and how many people have each, on average."""
PEOPLE = 5
"""People in name.basics for each film; some of them are in no film."""


class World:
    """Names by how often they are borne, drawn by one generator of chance."""

    def __init__(self, films: int, seed: int) -> None:
        self.films, self.people = films, films * PEOPLE
        self.chance = random.Random(seed)  # noqa: S311  # films, not secrets
        self.first = self._words(1_500, 3)
        self.last = self._words(20_000, 4)

    def _words(self, count: int, most: int) -> tuple[list[str], list[float]]:
        """Words, and sums of weights: the tenth word is used a tenth as often as the first."""
        words: dict[str, None] = {}
        while len(words) < count:
            words["".join(self.chance.choices(SYLLABLES, k=self.chance.randint(1, most))).title()] = None
            if len(words) < count and self.chance.random() < 0.5:
                words[self.chance.choice(SYLLABLES).title() + self.chance.choice(WORDS).lower()] = None
        return list(words), list(accumulate(1 / (place + 3) for place in range(len(words))))

    def name(self) -> str:
        """Somebody's name."""
        first = self.chance.choices(self.first[0], cum_weights=self.first[1])[0]
        return f"{first} {self.chance.choices(self.last[0], cum_weights=self.last[1])[0]}"

    def person(self) -> str:
        """Somebody's id: those at the front of the line get most of the parts."""
        return f"nm{int(self.people * self.chance.random() ** 2.2):07}"


def write_files(folder: Path, films: int, seed: int = 1) -> None:
    """The files of a dataset with so many films."""
    world = World(films, seed)
    folder.mkdir()
    _write(folder / "name.basics.tsv.gz", "nconst\tprimaryName", _people(world))
    header = "tconst\ttitleType\tprimaryTitle\toriginalTitle\tisAdult\tstartYear\tendYear\truntimeMinutes\tgenres"
    _write(folder / "title.basics.tsv.gz", header, _films(world))
    _write(folder / "title.ratings.tsv.gz", "tconst\taverageRating\tnumVotes", _ratings(world))
    header = "tconst\tordering\tnconst\tcategory\tjob\tcharacters"
    _write(folder / "title.principals.tsv.gz", header, _parts(world))


def _write(path: Path, header: str, lines: Iterator[str]) -> None:
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as file:
        file.write(header + "\n")
        file.writelines(line + "\n" for line in lines)


def _people(world: World) -> Iterator[str]:
    return (f"nm{number:07}\t{world.name()}" for number in range(world.people))


def _films(world: World) -> Iterator[str]:
    chance = world.chance
    for number in range(world.films):
        title = " ".join(chance.sample(WORDS, chance.choice((1, 2, 2, 3))))
        year = 2026 - int(min(chance.expovariate(1 / 28), 110))
        genres = ",".join(sorted(chance.sample(GENRES, chance.randint(1, 3))))
        yield f"tt{number:07}\tmovie\t{title}\t{title}\t0\t{year}\t\\N\t{chance.randint(62, 180)}\t{genres}"


def _ratings(world: World) -> Iterator[str]:
    for number in range(world.films):
        if world.chance.random() < 0.8:
            yield f"tt{number:07}\t{world.chance.randint(20, 90) / 10}\t{int(world.chance.lognormvariate(5, 2)) + 5}"


def _parts(world: World) -> Iterator[str]:
    chance = world.chance
    for number in range(world.films):
        cast = dict.fromkeys(world.person() for _ in range(min(30, 3 + int(chance.lognormvariate(1.5, 0.7)))))
        crew = [(world.person(), job) for job, mean in CREW.items() for _ in range(int(mean + chance.random()))]
        for place, person in enumerate(cast, start=1):
            yield f"tt{number:07}\t{place}\t{person}\tactor\t\\N\t{_character(world)}"
        for place, (person, job) in enumerate(crew, start=len(cast) + 1):
            yield f"tt{number:07}\t{place}\t{person}\t{job}\t\\N\t\\N"


def _character(world: World) -> str:
    chance, kind = world.chance, world.chance.random()
    if kind < 0.06:
        return "\\N"
    if kind < 0.3:
        return f'["{chance.choice(PARTS)}"]'
    if kind < 0.34:
        return f'["{world.name()}", "{chance.choice(PARTS)}"]'
    return f'["{world.name()}{" (voice)" if kind > 0.98 else ""}"]' if kind > 0.5 else f'["{world.name().split()[0]}"]'
