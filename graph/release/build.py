"""Makes a release: a folder that appears at once and whole, or not at all."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from graph import ontology, query
from graph.errors import SettingError
from graph.release import description, dumps, readme
from graph.release.description import File, Source, Told
from graph.release.sorting import sort_table
from graph.snapshot import open_current, read_manifest
from graph.store import Snapshot, read_prefixes
from graph.store.faults import explained

RELEASES = "releases"
"""The folder of the data folder from which the site serves releases, where no other is set."""

TEXTS = ("licensed", "all", "none")
"""Which reviews' whole texts a release holds: those with a licence, all that are stored, or none."""

ROLES_ORDER = (
    "title", "year", "film", "actor", "whom", "description", "role", "source", "confidence", "quote", "person",
    "character", "reviewer", "outlet", "url",
)  # fmt: skip
ONTOLOGY = ("film.ttl", "shapes.ttl", "alignments.ttl", "prefixes.ttl")
Meter = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Released:
    """What a release holds: the snapshot's number, its files with sizes and digests, and how many texts it left out."""

    number: int
    folder: Path
    files: tuple[File, ...]
    withheld: int


def release(data: Path, target: Path, base: str, texts: str = "licensed", meter: Meter = lambda *_: None) -> Released:
    """Write the current snapshot to a new folder; the same snapshot gives the same bytes.

    ``texts`` is one of ``TEXTS``. Raises SettingError where the folder holds something already, StoreError where it
    cannot be written; nothing half made stays.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise SettingError(f"{target} holds something already; expected the name of a new or an empty folder")
    with (
        open_current(data, read_prefixes(ontology.PREFIXES)) as snapshot,
        _made(target) as folder,
        TemporaryDirectory(dir=folder.parent, prefix=f".{target.name}-") as scratch,
    ):
        return _write(snapshot, folder, Path(scratch), target, base, texts, meter)


@contextmanager
def _made(target: Path) -> Iterator[Path]:
    """A folder beside the target that takes its place at the end; removed where something goes wrong."""
    with explained(target, "writing a release"):
        target.parent.mkdir(parents=True, exist_ok=True)
        made = Path(mkdtemp(dir=target.parent, prefix=f".{target.name}-"))
    try:
        with explained(target, "writing a release"):
            yield made
            made.chmod(0o755)
            if target.exists():
                target.rmdir()
            made.rename(target)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def _write(
    snapshot: Snapshot, folder: Path, scratch: Path, target: Path, base: str, texts: str, meter: Meter
) -> Released:
    manifest = read_manifest(snapshot.folder)
    sources = query.rows(snapshot, "release/sources", Source)
    reviews = [source for source in sources if source.mode == "full"]
    allowed = frozenset(source.iri for source in reviews if texts == "all" or (texts == "licensed" and source.licence))
    files: list[File] = []

    def add(path: str, title: str, count: int | None = None) -> None:
        place = folder / path
        files.append(File(path, title, count, place.stat().st_size, dumps.sha256(place)))
        meter("writing", len(files), 0)

    count = dumps.write_quads(snapshot, folder / "filmgraph.nq.gz", allowed, scratch)
    add("filmgraph.nq.gz", "Every statement with the graph of its source (N-Quads)", count)
    prefixes = dict(sorted(read_prefixes(ontology.PREFIXES).items()))
    merged = dumps.write_merge(snapshot, folder / "filmgraph.ttl.gz", allowed, prefixes, scratch)
    add("filmgraph.ttl.gz", "The statements of all sources, each once (Turtle)", merged)
    add(
        "roles.csv",
        "Who played whom, with the sentences that prove it",
        _roles(snapshot, folder / "roles.csv", scratch),
    )
    add("sources.csv", "What was read, and under which licence", _sources(sources, folder / "sources.csv"))
    (folder / "ontology").mkdir()
    for name in ONTOLOGY:
        shutil.copyfile(ontology.FOLDER / name, folder / "ontology" / name)
        add(f"ontology/{name}", f"The ontology: {name.removesuffix('.ttl')}")
    told = Told(base, manifest.number, manifest.created, manifest.digest, count, manifest.counts, files, sources)
    (folder / "void.ttl").write_bytes(description.dcat(told))
    add("void.ttl", "What this is (VoID and DCAT)")
    (folder / "README.md").write_text(readme.text(told, texts), encoding="utf-8")
    add("README.md", "What this is, for people")
    (folder / "ro-crate-metadata.json").write_bytes(description.crate(told))
    add("ro-crate-metadata.json", "What this is (RO-Crate)")
    sums = "".join(f"{file.sha256}  {file.path}\n" for file in sorted(files, key=lambda file: file.path))
    (folder / "SHA256SUMS").write_text(sums, encoding="utf-8")
    return Released(manifest.number, target, tuple(files), len(reviews) - len(allowed))


def _roles(snapshot: Snapshot, target: Path, scratch: Path) -> int:
    """One row for each role and each passage that proves it."""
    raw = scratch / "roles.csv"
    with raw.open("wb") as out:
        snapshot.write(query.fill("release/roles"), "text/csv", out)
    return sort_table(raw, target, ROLES_ORDER, scratch)


def _sources(sources: Sequence[Source], target: Path) -> int:
    """One row for each source."""
    with target.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow([field.name for field in fields(Source)])
        table.writerows(["" if value is None else value for value in astuple(source)] for source in sources)
    return len(sources)
