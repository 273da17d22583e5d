"""The whole flow: sources, facts, triples, snapshot.

Every function takes the place where the graph lives, changes the store under the writer's lock and publishes a
snapshot, or leaves what is published as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace as replace_fields
from functools import partial
from pathlib import Path

from graph import datasets, ontology, present, recall, sidecar, snapshot
from graph.errors import InputError
from graph.extract import THRESHOLD
from graph.extract.explain import explain
from graph.facts import Document, Facts
from graph.harvest import harvest
from graph.iris import Iris, slug
from graph.publishing import Place, memory_of, place_at, publish, said_of
from graph.raw import store_raw
from graph.resolve import Identified, Known, identify, learn
from graph.reunite import reunite
from graph.shelf import Added, Report, Shelf, text_source
from graph.sources.blogs.post import Entry
from graph.sources.blogs.post import Skipped as SkippedPost
from graph.sources.facts_file import read_facts_file
from graph.sources.read import STANDARD_INPUT, SUFFIXES, Skipped, find_files, read, skipped_lines
from graph.store import Writer
from graph.transcript import transcript
from graph.triples import DatasetSource, dataset_quads, review_quads
from graph.validate import check_ontology, validate
from graph.withdraw import keep, lift

__all__ = [
    "MODES", "Place", "add", "explained", "extracted", "import_dataset", "import_facts", "import_posts", "import_raw",
    "place_at", "publish", "remove", "resolve", "validate_all",
]  # fmt: skip

MODES = ("full", "quotes", "offsets")
"""How much of a review's text is stored: all of it, only the proving sentences, or only where they stand."""


_PRINTERS = {"jsonl": present.facts_json, "text": present.facts_text}


def add(
    place: Place,
    paths: Iterable[str],
    *,
    mode: str = "full",
    licence: str | None = None,
    encoding: str | None = None,
    replace: bool = False,
    threshold: float = THRESHOLD,
    progress: Callable[[str], None] = lambda _: None,
) -> Report:
    """Add reviews; inputs that cannot be read are reported and the others kept.

    ``mode`` is one of ``MODES``; ``licence`` is that of reviews that name none, ``encoding`` how those are read that
    are not UTF-8; ``replace`` drops earlier sources that came under the same name; ``progress`` is called with the
    name of each input when it is done.
    """
    report = Report()
    _shelve(place, _licensed(_documents(paths, report, encoding), licence), report, mode, replace, threshold, progress)
    return report


def _licensed(documents: Iterable[Document | InputError], licence: str | None) -> Iterator[Document | InputError]:
    """The documents, each under its own licence or else under the one given."""
    for item in documents:
        if licence and isinstance(item, Document) and not item.metadata.licence:
            yield replace_fields(item, metadata=replace_fields(item.metadata, licence=licence))
        else:
            yield item


def import_posts(
    place: Place,
    entries: Iterable[Entry],
    *,
    mode: str = "full",
    replace: bool = False,
    threshold: float = THRESHOLD,
    progress: Callable[[str], None] = lambda _: None,
) -> Report:
    """Add the posts of an export, a feed or a folder, as ``add`` adds files; what is no post is noted.

    Raises InputError, with nothing stored, for an export that is broken.
    """
    report = Report()
    _shelve(place, _posts(entries, report), report, mode, replace, threshold, progress)
    return report


def _posts(entries: Iterable[Entry], report: Report) -> Iterator[Document | InputError]:
    for entry in entries:
        if isinstance(entry, SkippedPost):
            report.notes.append(f"{entry.name}: skipped: {entry.reason}")
        else:
            yield entry


def _shelve(
    place: Place,
    documents: Iterable[Document | InputError],
    report: Report,
    mode: str,
    replace: bool,
    threshold: float,
    progress: Callable[[str], None],
) -> None:
    """Read and store documents, then publish if that changed anything."""
    with Writer(place.data) as writer, memory_of(place, writer) as memory:
        shelf = Shelf(place.iris, writer, memory, recall.sources(writer.source()), mode, replace, report)
        for outcome in harvest(documents, threshold=threshold):
            shelf.put(outcome)
            progress(outcome.name)
        if writer.changed:
            report.snapshot = publish(place, writer)


def extracted(
    place: Place, paths: Iterable[str], form: str, threshold: float = THRESHOLD, encoding: str | None = None
) -> Iterator[str | InputError]:
    """The facts of each document as ``jsonl``, ``text`` or ``ttl``; nothing is stored."""
    notes = Report()
    for outcome in harvest(_documents(paths, notes, encoding), threshold=threshold):
        if outcome.document is None or outcome.facts is None:
            yield outcome.error or InputError(f"{outcome.name}: gave no facts")
        elif form == "ttl":
            found = identify(outcome.facts, place.iris, Known())
            yield present.turtle(review_quads(place.iris, text_source(outcome.document, "full"), found))
        else:
            yield _PRINTERS[form](outcome.facts)
    yield from map(InputError, notes.notes)


def explained(
    paths: Iterable[str], threshold: float = THRESHOLD, encoding: str | None = None
) -> Iterator[str | InputError]:
    """Each document with its spans, every pair that was considered, and why those that are no roles are none."""
    notes = Report()
    for document in _documents(paths, notes, encoding):
        try:
            yield document if isinstance(document, InputError) else transcript(explain(document, threshold=threshold))
        except InputError as error:
            yield error
    yield from map(InputError, notes.notes)


def import_facts(place: Place, path: Path) -> Report:
    """Import a facts file; a newer one of the same name takes the place of the older."""
    content = read_facts_file(path)
    source = DatasetSource(
        slug(content.name), content.title, content.sha256, content.version, content.published, content.licence
    )
    graph = str(place.iris.graph(source.id))
    with Writer(place.data) as writer, memory_of(place, writer) as memory:
        if any(entry.graph == graph and entry.sha256 == source.sha256 for entry in recall.sources(writer.source())):
            return Report(unchanged=[f"{path}: stored already, as {source.id}"])
        writer.drop_graph(graph)
        quads = dataset_quads(place.iris, source, _identified(content.films, place.iris, memory))
        validate(quads, str(path))
        writer.replace_graph(graph, quads)
        roles = sum(len(film.roles) for film in content.films)
        entry = Added(str(path), source.id, f"{len(content.films)} films", roles)
        return Report(added=[entry], snapshot=publish(place, writer))


def import_dataset(place: Place, offer: datasets.Offer) -> Report:
    """Import a dataset of any size; a newer edition takes the place of the older, the same one changes nothing."""
    with Writer(place.data) as writer:
        writer.replace_graph(place.iris.graph(ontology.SOURCE), ontology.quads(place.iris))  # before the long loads
        writer.on_load = partial(place.meter, "loading the store")
        return _import(place, writer, offer)


def _import(place: Place, writer: Writer, offer: datasets.Offer) -> Report:
    with datasets.stored(offer, place.iris, writer, place.meter) as report:
        if report.added:
            place.meter("publishing", 0, 0)
            report.snapshot = publish(place, writer)
            if len(recall.sources(writer.source())) > 1:
                report.notes.append("`filmgraph resolve` joins what was stored before to this dataset")
    offer.done()
    return report


def import_raw(place: Place, paths: Sequence[Path]) -> Report:
    """Import RDF files as they are; what is published is exactly what they say, beside what was there before."""
    with Writer(place.data) as writer:
        report = store_raw(paths, place.iris, writer, place.meter)
        if report.added:
            place.meter("publishing", 0, 0)
            report.snapshot = snapshot.publish(place.data, writer, manifest_extra=said_of(place), told=place.tell)
    return report


def remove(place: Place, name: str) -> Report:
    """Drop one source, named by its id or IRI, or a graph named by its IRI, and publish.

    Raises InputError with near ids when there is no such source.
    """
    with Writer(place.data) as writer:
        ids = {entry.id: entry for entry in recall.sources(writer.source())}
        wanted = name.removeprefix(place.base).split("/")[-1]
        if wanted not in ids and name not in writer.graphs():
            raise InputError(recall.no_such_source(name, list(ids)))
        writer.drop_graph(ids[wanted].graph if wanted in ids else name, stale=[place.iris.inferred])
        return Report(snapshot=publish(place, writer))


def resolve(place: Place) -> Report:
    """Hold what is stored against what came later: films and people of reviews join those of datasets.

    IRIs that go lead to those that took their place, in the graph of merges; a second run changes nothing.
    """
    with Writer(place.data) as writer, memory_of(place, writer) as memory:
        withdrawals, _ = lift(writer, place.iris)  # they move with the rest
        entries = recall.sources(writer.source())
        report = Report(notes=[reunite(writer, place.iris, memory, entries, place.meter).words()])
        if withdrawals:
            keep(writer, place.iris, withdrawals)
        if writer.changed:
            place.meter("publishing", 0, 0)
            report.snapshot = publish(place, writer)
        else:
            report.unchanged.append("everything is resolved already")
    return report


def validate_all(place: Place) -> int:
    """Check every graph of the current snapshot against the shapes, and the ontology; gives the number of graphs."""
    check_ontology()
    with snapshot.open_current(place.data) as current:
        with snapshot.advised(place.data, current.folder):
            sidecar.Sidecar.open(current.folder / sidecar.NAME).check()
        own = {str(place.iris.inferred), str(place.iris.graph(ontology.SOURCE))}
        graphs = [graph for graph in current.graphs() if graph not in own]
        for graph in graphs:
            validate(current.dump(graph), graph)
    return len(graphs)


def _documents(paths: Iterable[str], report: Report, encoding: str | None = None) -> Iterator[Document | InputError]:
    """The documents behind paths, in order; what a folder holds besides reviews is noted."""
    for path in paths:
        files, skipped = 0, list[Skipped]()
        for found in [path] if path == STANDARD_INPUT else find_files(Path(path)):
            if isinstance(found, Skipped):
                skipped.append(found)
            else:
                files += 1
                yield from read(found, encoding=encoding)
        report.notes.extend(skipped_lines(path, skipped))
        if not files:
            yield InputError(f"{path}: holds no reviews; their names end in {', '.join(SUFFIXES)}")


def _identified(films: Iterable[Facts], iris: Iris, memory: recall.Memory) -> Iterator[Identified]:
    """The films of one dataset, each with an IRI of its own."""
    seen: set[str] = set()
    for number, facts in enumerate(films, start=1):
        found = identify(facts, iris, memory.about(facts))
        if str(found.film) in seen:
            raise InputError(
                f"{facts.source}: film {number} ({found.label}) has the title and year of another; give one of them "
                "an id of its own"
            )
        seen.add(str(found.film))
        learn(found, memory.known, stated=True)
        yield found
