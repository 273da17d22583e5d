"""Large datasets: from files to fact tables to the N-Quads of one graph, checked, and into the writer's store.

An ``Offer`` is a dataset that was looked through: it is known what it is, and how to read it. Reading, writing and
checking happen in a scratch folder; the store is touched only when all of that went well.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from graph import recall
from graph.crawl import Crawl
from graph.errors import InputError
from graph.iris import Iris, slug
from graph.shelf import SOFTWARE, Added, Report
from graph.sources.imdb import Choice, find_imdb, read_imdb
from graph.sources.rdf import read_schema_org
from graph.sources.tables import Problems, Tables
from graph.sources.tmdb import find_tmdb, read_tmdb
from graph.sources.wikidata import read_wikidata
from graph.store import GraphEntry, Statement, Writer, read_statements
from graph.store.faults import room
from graph.triples import DatasetSource
from graph.triples.bulk import Written, write_quads
from graph.validate import validate

CHECKED = 30_000_000
"""Bytes of N-Quads up to which a graph is checked whole against the shapes; of a larger one, a sample of films is."""
SAMPLE = 400
"""How many films of a larger dataset are checked against the shapes."""
SCRATCH = ".import-"
"""What the name of a scratch folder begins with, inside the data folder."""

READ = "with billing"
"""What is read that earlier versions did not read: their imports are made anew from the same files."""

Meter = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and of how much in all (0: not known)."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What the user says of a dataset: its version, its date (ISO 8601) and its licence."""

    version: str | None = None
    published: str | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A dataset that can be read: what the user called it, what it is, and how its fact tables are filled."""

    name: str
    source: DatasetSource
    fill: Callable[[Tables, Callable[[str], None]], Problems]
    done: Callable[[], None] = lambda: None
    """What is to be done once it is stored."""


def imdb(folder: Path, choice: Choice, edition: Edition, meter: Meter = lambda *_: None) -> Offer:
    """IMDb's dataset files in a folder; ``meter`` is told the bytes that were looked through.

    Raises InputError where a file that is needed is missing, cut off or none of IMDb's.
    """
    files = find_imdb(folder, lambda done, of: meter("looking through the files, bytes", done, of))
    said = [*(f"{name} sha256:{file.sha256}" for name, file in sorted(files.items())), choice.words()]
    source = _source("imdb", "IMDb", said, edition, "personal and non-commercial use only")
    return Offer(str(folder), source, lambda tables, progress: read_imdb(files, choice, tables, progress))


def rdf(paths: Sequence[Path], base: str, name: str | None, edition: Edition) -> Offer:
    """RDF files with films in terms of schema.org; ``name`` is the dataset's, by default that of the first file."""
    said = [f"{path.name} sha256:{file_digest(path)}" for path in paths]
    title = name or plain_name(paths[0])

    def fill(tables: Tables, progress: Callable[[str], None]) -> Problems:
        return read_schema_org(_statements(paths, base, progress), tables)

    return Offer(", ".join(map(str, paths)), _source(slug(title), title, said, edition), fill)


def tmdb(folder: Path, edition: Edition) -> Offer:
    """TMDB's films and credits as CSV, in a folder; raises InputError where one of the two files is missing."""
    movies, credits_ = find_tmdb(folder)
    said = [f"{path.name} sha256:{file_digest(path)}" for path in (movies, credits_)]
    source = _source("tmdb", "TMDB", said, edition)
    return Offer(str(folder), source, lambda tables, progress: read_tmdb(movies, credits_, tables, progress))


def wikidata(crawl: Crawl, edition: Edition, meter: Meter = lambda *_: None) -> Offer:
    """Wikidata's films from a SPARQL server, fetched now or, after an interruption, what is missing of them.

    Raises StoreError where the server is away or stays busy; the next run goes on from there.
    """
    crawl.fetch(told=meter, agent=SOFTWARE.replace(" ", "/"))
    said = [f"{crawl.endpoint} sha256:{crawl.digest()}", f"from {crawl.since}"]
    source = _source("wikidata", "Wikidata", said, edition, "CC0 1.0")
    return Offer(
        crawl.endpoint, source, lambda tables, _: read_wikidata(crawl.endpoint, crawl.pages(), tables), crawl.discard
    )


def _statements(paths: Sequence[Path], base: str, progress: Callable[[str], None]) -> Iterator[Statement]:
    """The statements of all files; blank nodes of different files stay apart."""
    for number, path in enumerate(paths):
        progress(path.name)
        for subject, predicate, value, literal in read_statements(path, base):
            yield _apart(subject, number), predicate, value if literal else _apart(value, number), literal


def _apart(term: str, number: int) -> str:
    return f"{term}-{number}" if term.startswith("_:") else term


def file_digest(path: Path) -> str:
    """The SHA-256 of a file."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error


def plain_name(path: Path) -> str:
    """The name of a file without its suffixes.

    >>> plain_name(Path("data/films.nt.gz"))
    'films'
    """
    return Path(path.name.removesuffix(".gz")).stem


@contextmanager
def stored(offer: Offer, iris: Iris, writer: Writer, meter: Meter = lambda *_: None) -> Iterator[Report]:
    """Read a dataset and have the writer load its graph, in place of an earlier edition; gives what became of it.

    Nothing is read where the same files with the same choice are stored already.
    """
    same = [entry for entry in recall.sources(writer.source()) if entry.sha256 == offer.source.sha256]
    if same:
        yield Report(unchanged=[f"{offer.name}: stored already, as {same[0].id}"])
        return
    with scratch(writer.data) as folder:
        written, report = _write(offer, iris, folder, meter)
        entry = GraphEntry(written.lines, written.sha256)
        writer.load_graph(iris.graph(offer.source.id), written.path, entry, stale=[iris.inferred])
        yield report


def _write(offer: Offer, iris: Iris, folder: Path, meter: Meter) -> tuple[Written, Report]:
    """The graph of a dataset in a file, checked, and what is to be reported."""
    with Tables(folder) as tables:
        problems = offer.fill(tables, lambda name: meter(f"reading {name}", 0, 0))
        films, report = tables.number("SELECT count(*) FROM film"), Report(notes=list(problems.lines()))
        if not films:
            raise InputError("\n".join([f"{offer.name}: holds no film that is wanted", *report.notes[:5]]))
        written = write_quads(
            tables, iris, offer.source, folder / "graph.nq", lambda done, of: meter("writing triples", done, of)
        )
        _check(tables, iris, offer, written)
        roles = tables.number("SELECT count(*) FROM role_key")
        report.added.append(Added(offer.name, offer.source.id, f"{films:,} films", roles))
    return written, report


def _check(tables: Tables, iris: Iris, offer: Offer, written: Written) -> None:
    """Hold the graph against the shapes; of a large one only some films, since all are written by the same rules."""
    if written.path.stat().st_size <= CHECKED:
        validate(written.path.read_bytes(), offer.name)
        return
    with tempfile.TemporaryDirectory(dir=tables.folder) as folder, Tables(Path(folder)) as some:
        tables.copy_some(some, SAMPLE)
        sample = write_quads(some, iris, offer.source, Path(folder) / "sample.nq")
        validate(sample.path.read_bytes(), offer.name)


@contextmanager
def scratch(data: Path) -> Iterator[Path]:
    """A folder for what is large and not kept; what a killed import left is removed (the writer's lock is held)."""
    for left in data.glob(f"{SCRATCH}*"):
        shutil.rmtree(left, ignore_errors=True)
    with room(data), tempfile.TemporaryDirectory(dir=data, prefix=SCRATCH) as folder:
        yield Path(folder)


def _source(name: str, title: str, said: list[str], edition: Edition, licence: str | None = None) -> DatasetSource:
    """A dataset by its files: its digest differs whenever a file, the choice, the edition or what is read of it does.

    ``licence`` is the publisher's usual one, for users who say none.
    """
    words = [*said, READ, f"version {edition.version}", f"date {edition.published}", f"licence {edition.licence}"]
    digest = hashlib.sha256("\n".join(words).encode()).hexdigest()
    return DatasetSource(
        name, title, digest, edition.version, edition.published, edition.licence or licence, tuple(said)
    )
