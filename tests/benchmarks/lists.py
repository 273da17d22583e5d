"""How long a page of a long list takes, with the counts of all its facets: python tests/benchmarks/lists.py [FILMS]."""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.graph.test_browse import BASE, made

ASKED: list[tuple[dict[str, str], str, str]] = [
    ({}, "name", ""),
    ({}, "year", "8000 title 2"),
    ({}, "rating", "020"),
    ({"decade": "1990"}, "name", "title 3"),
    ({"genre": f"{BASE}genre/War", "reviews": "yes"}, "name", ""),
    ({"genre": f"{BASE}genre/Drama", "decade": "1950", "rating": "9"}, "year", ""),
    ({"director": f"{BASE}person/1"}, "rating", ""),
    ({"genre": f"{BASE}genre/Western"}, "name", "title 9"),
]
"""Lists narrowed in ways of every kind, in every order, from the beginning and from the middle."""


def main(films: int = 500_000) -> None:
    """Make an index of so many films and ask it for pages."""
    with TemporaryDirectory() as folder:
        begun = time.process_time()
        path = Path(folder) / "sidecar.sqlite"
        lists = made(path, films)
        print(f"{films:,} films indexed in {time.process_time() - begun:.0f} s, {path.stat().st_size / 1e6:.0f} MB")
        seconds = []
        for number in range(6):
            for wanted, order, after in ASKED:
                begun = time.process_time()
                lists.page("film", wanted, order=order, after=after)
                lists.choices("film", wanted)
                seconds.append(time.process_time() - begun)
            if number == 0:
                print(f"first time: longest {max(seconds) * 1000:.1f} ms")
        print(
            f"page and counts: median {statistics.median(seconds) * 1000:.1f} ms, longest {max(seconds) * 1000:.1f} ms"
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
