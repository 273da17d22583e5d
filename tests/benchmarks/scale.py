"""How imports, publishing, adding a review and the site's questions grow with the graph; prints a table in Markdown.

``scale.py`` measures 2 and 20 million triples, and beside the larger what Oxigraph's own loader and Virtuoso take for
the same N-Quads; ``--triples 2,20,60`` chooses sizes, ``--no-peers`` leaves the others out, ``--plot FILE`` says where
the picture goes. Triples are those of all named graphs, as ``filmgraph stats`` counts them; the store holds each a
second time in the merge of all graphs. Each size is measured in a process of its own, in a folder that is removed.

With ``--resume DIR`` the figures of each size stay in DIR, and its data until all steps are done: a step that is
measured already is not measured again. So large sizes can be measured alone, and go on after an interruption.

What it needs is told beforehand; where the disk has no room for the largest size, it ends at once. Where a size fails,
the table and the picture show what was measured by then.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from graph import build, snapshot  # noqa: E402 - the repository's root comes first
from graph.iris import DEFAULT_BASE  # noqa: E402
from tests.benchmarks import peers  # noqa: E402
from tests.benchmarks.growth import Figures, draw, table  # noqa: E402
from tests.benchmarks.imdb_like import write_files  # noqa: E402
from tests.benchmarks.scale_steps import added, asked, compacted, imported, tell  # noqa: E402

PER_FILM = 455
"""Triples that one generated film brings to what is published, about."""
GOALS = {
    "import, published (s)": 240,
    "peak memory (MB)": 3072,
    "one review more, visible (s)": 3,
    "film's cast": 3,
    "actor's roles": 20,
    "co-stars": 10,
    "who played a name": 10,
    "search with a typo": 10,
    "home figures": 2,
}
"""What is to be reached at 20 million triples; questions in milliseconds, median and 95th percentile."""
DISK, SECONDS = 0.65, 25
"""What a million triples take for a while, about: gigabytes of disk, and seconds on two processors."""
MORE = 20
"""Reviews that are added one after the other once the store is compacted."""
_LEFT = "filmgraph-scale-"
"""How the names of working folders begin."""
_FIGURES, _DATA, _PEERS = "figures.json", "var", "peers"
_SECONDS = ("import, published (s)", "Virtuoso's loader (s)", "Oxigraph's loader (s)", "one review more, visible (s)")


def main() -> None:
    """Measure each size in a process of its own, then print the table and draw the picture."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--triples", default="2,20", help="sizes in millions, separated by commas")
    options.add_argument("--folder", type=Path, help="where to work; by default a temporary folder")
    options.add_argument("--plot", type=Path, default=Path("var/scale.png"), help="the picture; default var/scale.png")
    options.add_argument("--no-peers", action="store_true", help="leave Oxigraph's loader and Virtuoso out")
    options.add_argument("--resume", type=Path, help="where figures stay, and data until all of it is measured")
    options.add_argument("--one", type=float, help=argparse.SUPPRESS)
    said = options.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended; without --resume the working folder is removed"))
    if said.one:
        _measure(said.folder, said.one)
        return
    sizes = sorted(float(text) for text in said.triples.split(","))
    largest = max(size for size in sizes if size <= 20 or size == sizes[0])
    parent = said.folder or Path(tempfile.gettempdir())
    _tell_needs(sizes, said.resume, parent)
    measured: list[Figures] = []
    try:
        for size in sizes:
            with _place_to_work(said.resume, parent, size) as folder:
                try:
                    _in_own_process(folder, size)
                    if not said.no_peers and size == largest:
                        _measure_peers(folder)
                finally:  # where a step fails, what the others took is told all the same
                    measured.append({name: one for step in _known(folder).values() for name, one in step.items()})
                shutil.rmtree(folder / _DATA, ignore_errors=True)
    finally:
        measured = [figures for figures in measured if "triples" in figures]
        if measured:
            print(table(measured, GOALS))
            draw(measured, _SECONDS, said.plot)
            print(f"\nThe picture is in {said.plot}.")


def _tell_needs(sizes: Sequence[float], resume: Path | None, parent: Path) -> None:
    """Tell what will be measured, and what that takes; ends where the disk has no room for it."""
    if resume is not None:
        resume.mkdir(parents=True, exist_ok=True)
    room, most = shutil.disk_usage(resume or parent).free / 1e9, 0.0
    for size in sizes:
        folder = (resume or parent) / f"{size:g}"
        if resume is not None and _known(folder).keys() >= _steps(folder, size).keys():
            day = time.strftime("%Y-%m-%d %H:%M", time.localtime((folder / _FIGURES).stat().st_mtime))
            tell(f"{size:g} million triples were measured already, on {day}; remove {folder} to measure them again")
            continue
        there = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e9 if resume else 0.0
        most = max(most, size * DISK - there)
        minutes = max(1, round(size * SECONDS / 60))
        tell(f"{size:g} million triples take about {size * DISK:.0f} GB of disk and {minutes} min when it is quiet")
    if most > room:
        sys.exit(f"{resume or parent} has {room:.0f} GB free, and {most:.0f} are needed: make room, or measure less")


@contextmanager
def _place_to_work(resume: Path | None, parent: Path, size: float) -> Iterator[Path]:
    """A folder for one size: one that stays, or one that is removed afterwards."""
    if resume is None:
        with _working_folder(parent) as folder:
            yield folder
        return
    (resume / f"{size:g}").mkdir(parents=True, exist_ok=True)
    yield resume / f"{size:g}"


@contextmanager
def _working_folder(parent: Path) -> Iterator[Path]:
    """A folder that is removed afterwards, or, where this process is killed, by the next that begins in ``parent``."""
    for left in parent.glob(f"{_LEFT}*"):
        with (left / "lock").open("a") as lock, suppress(OSError):  # one that is at work keeps its own
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left)
    with tempfile.TemporaryDirectory(prefix=_LEFT, dir=parent) as folder, (Path(folder) / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield Path(folder)


def _in_own_process(folder: Path, size: float) -> None:
    tell(f"measuring {size:g} million triples")
    command = [sys.executable, __file__, "--one", str(size), "--folder", str(folder)]
    subprocess.run(command, check=True)


def _known(folder: Path) -> Figures:
    """What was measured in a folder by now: the figures of each step."""
    path = folder / _FIGURES
    known: Figures = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return known


def _keep(folder: Path, step: str, figures: Figures) -> None:
    """Note a step that is done, whatever may happen to those that follow."""
    path = folder / _FIGURES
    text = json.dumps({**_known(folder), step: figures}, indent=1)
    path.with_suffix(".new").write_text(text + "\n", encoding="utf-8")
    path.with_suffix(".new").rename(path)


def _measure(folder: Path, size: float) -> None:
    """Take the steps of one size that were not taken yet; the data folder is left in ``folder``."""
    for name, step in _steps(folder, size).items():
        if name not in _known(folder):
            tell(name)
            _keep(folder, name, step())


def _measure_peers(folder: Path) -> None:
    """What others take for the N-Quads of the current snapshot; the data folder makes room for them."""
    if _PEERS in _known(folder):
        return
    nquads = folder / "all.nq"
    if not nquads.exists():  # as where a loader failed before
        tell("writing the N-Quads for others")
        with snapshot.open_current(folder / _DATA) as current:
            current.dump_to(folder / "part.nq")
        (folder / "part.nq").rename(nquads)
    shutil.rmtree(folder / _DATA, ignore_errors=True)
    figures: Figures = {"N-Quads (MB)": nquads.stat().st_size / 1e6}
    for name, load in (("Oxigraph's loader (s)", peers.oxigraph), ("Virtuoso's loader (s)", peers.virtuoso)):
        tell(f"measuring {name}")
        figures[name] = load(nquads, folder)
    nquads.unlink()
    _keep(folder, _PEERS, figures)


def _steps(folder: Path, size: float) -> dict[str, Callable[[], Figures]]:
    """What is measured of one size, in this order; each step goes on from what the one before left in the folder."""
    place = build.Place(folder / _DATA, DEFAULT_BASE)

    def begun() -> Figures:
        for left in ("in", _DATA):
            shutil.rmtree(folder / left, ignore_errors=True)
        write_files(folder / "in", int(size * 1_000_000 / PER_FILM))
        figures = imported(folder, place)
        shutil.rmtree(folder / "in")
        return figures

    def at_once() -> Figures:
        return {"film's cast, in SPARQL, at once": asked(place)["film's cast, in SPARQL"]}

    def three() -> Figures:
        taken = [added(folder, place) for _ in range(3)]
        return {name: min(one[name] for one in taken) for name in taken[0]}

    def compact() -> Figures:
        if not snapshot.is_large(place.data):
            return {}
        snapshot.prune(place.data, 1)  # which would need the room
        figures = compacted(place)
        snapshot.prune(place.data, 1)
        return figures

    def more() -> Figures:
        taken = [added(folder, place)["one review more, visible (s)"] for _ in range(MORE)]
        return {f"longest of {MORE} reviews more (s)": max(taken)}

    return {
        "making the files and importing them": begun,
        "asking questions": at_once,
        "adding three reviews": three,
        "compacting the store": compact,
        "asking questions again": lambda: asked(place),
        f"adding {MORE} reviews": more,
    }


if __name__ == "__main__":
    main()
