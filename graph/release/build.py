"""Makes a release: a folder that appears at once and whole, or not at all."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, field, fields
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


@dataclass(frozen=True, slots=True)
class _Contents:
    """The files that were written to a folder so far; each is reported to the meter."""

    folder: Path
    meter: Meter
    files: list[File] = field(default_factory=list)

    def add(self, path: str, title: str, count: int | None = None) -> None:
        """Enter a file that was written."""
        place = self.folder / path
        self.files.append(File(path, title, count, place.stat().st_size, dumps.sha256(place)))
        self.meter("writing", len(self.files), 0)


def _write(
    snapshot: Snapshot, folder: Path, scratch: Path, target: Path, base: str, texts: str, meter: Meter
) -> Released:
    manifest = read_manifest(snapshot.folder)
    sources = query.rows(snapshot, "release/sources", Source)
    reviews = [source for source in sources if source.mode == "full"]
    allowed = frozenset(source.iri for source in reviews if texts == "all" or (texts == "licensed" and source.licence))
    contents = _Contents(folder, meter)
    count = _write_data(snapshot, contents, sources, allowed, scratch)
    _write_ontology(contents)
    told = Told(
        base, manifest.number, manifest.created, manifest.digest, count, manifest.counts, contents.files, sources
    )
    _write_descriptions(contents, told, texts)
    return Released(manifest.number, target, tuple(contents.files), len(reviews) - len(allowed))


def _write_data(
    snapshot: Snapshot, contents: _Contents, sources: Sequence[Source], allowed: frozenset[str], scratch: Path
) -> int:
    """The dumps and the tables; gives the number of statements."""
    folder, prefixes = contents.folder, dict(sorted(read_prefixes(ontology.PREFIXES).items()))
    count = dumps.write_quads(snapshot, folder / "filmgraph.nq.gz", allowed, scratch)
    contents.add("filmgraph.nq.gz", "Every statement with the graph of its source (N-Quads)", count)
    merged = dumps.write_merge(snapshot, folder / "filmgraph.ttl.gz", allowed, prefixes, scratch)
    contents.add("filmgraph.ttl.gz", "The statements of all sources, each once (Turtle)", merged)
    roles = _roles(snapshot, folder / "roles.csv", scratch)
    contents.add("roles.csv", "Who played whom, with the sentences that prove it", roles)
    contents.add("sources.csv", "What was read, and under which licence", _sources(sources, folder / "sources.csv"))
    return count


def _write_ontology(contents: _Contents) -> None:
    (contents.folder / "ontology").mkdir()
    for name in ONTOLOGY:
        shutil.copyfile(ontology.FOLDER / name, contents.folder / "ontology" / name)
        contents.add(f"ontology/{name}", f"The ontology: {name.removesuffix('.ttl')}")


def _write_descriptions(contents: _Contents, told: Told, texts: str) -> None:
    """What the release says of itself, each file telling of those before it, and the sums of them all."""
    folder = contents.folder
    (folder / "void.ttl").write_bytes(description.dcat(told))
    contents.add("void.ttl", "What this is (VoID and DCAT)")
    (folder / "README.md").write_text(readme.text(told, texts), encoding="utf-8")
    contents.add("README.md", "What this is, for people")
    (folder / "ro-crate-metadata.json").write_bytes(description.crate(told))
    contents.add("ro-crate-metadata.json", "What this is (RO-Crate)")
    sums = "".join(f"{file.sha256}  {file.path}\n" for file in sorted(contents.files, key=lambda file: file.path))
    (folder / "SHA256SUMS").write_text(sums, encoding="utf-8")


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
        table.writerow([column.name for column in fields(Source)])
        table.writerows(["" if value is None else value for value in astuple(source)] for source in sources)
    return len(sources)
