"""Puts extracted reviews into the store, one graph each, and reports what became of every input."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import InitVar, dataclass, field
from importlib.metadata import version
from pathlib import PurePath

from graph.errors import ValidationError
from graph.facts import Document, Facts
from graph.harvest import Outcome
from graph.iris import Iris, slug
from graph.recall import Memory, StoredSource
from graph.resolve import Identified, identify, learn
from graph.store import Writer
from graph.triples import TextSource, review_quads
from graph.validate import validate

SOFTWARE = f"filmgraph {version('filmgraph')}"
ID_LENGTH = 48
"""Longest readable part of a source's id, in characters."""


@dataclass(frozen=True, slots=True)
class Added:
    """One source that is now stored, under its id; ``film`` is what it is about, or how much a dataset holds.

    ``roles`` is None where they were not counted.
    """

    name: str
    source: str
    film: str
    roles: int | None


@dataclass(slots=True)
class Report:
    """What became of each input, in order, and the number of the snapshot, None if nothing was published."""

    added: list[Added] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    snapshot: int | None = None


@dataclass(slots=True)
class Shelf:
    """The writer's store while reviews are added: what it knows, how much text it keeps, what it reports."""

    iris: Iris
    writer: Writer
    memory: Memory
    stored: InitVar[Iterable[StoredSource]]
    mode: str
    replace: bool
    report: Report
    _texts: dict[str, StoredSource] = field(init=False, repr=False)
    """What is stored, by the digest of its text; of one text stored twice the first."""
    _stems: dict[str, dict[str, StoredSource]] = field(init=False, repr=False)
    """What is stored, by the readable part of its id, then by its graph."""

    def __post_init__(self, stored: Iterable[StoredSource]) -> None:
        self._texts, self._stems = {}, {}
        for entry in stored:
            self._enter(entry)

    def _enter(self, entry: StoredSource) -> None:
        self._texts.setdefault(entry.sha256, entry)
        self._stems.setdefault(entry.id.rpartition("-")[0], {})[entry.graph] = entry

    def put(self, outcome: Outcome) -> None:
        """Store one outcome, or report why not; a source whose text is stored already changes nothing."""
        document, facts = outcome.document, outcome.facts
        if document is None or facts is None:
            self.report.failed.append(str(outcome.error))
            return
        digest = sha256(document)
        same = self._texts.get(digest)
        if same and not self.replace:
            kept = "" if self.mode == "full" else f" (to keep only {self.mode}, add --replace)"
            self.report.unchanged.append(f"{document.name}: this text is stored already, as {same.id}{kept}")
            return
        self._store(document, facts, text_source(document, self.mode), same)

    def _drop(self, entry: StoredSource, document: Document) -> None:
        self.writer.drop_graph(entry.graph)
        self._stems[entry.id.rpartition("-")[0]].pop(entry.graph)
        if self._texts.get(entry.sha256) is entry:
            del self._texts[entry.sha256]
        self.report.notes.append(f"{document.name}: takes the place of {entry.id}")

    def _make_room(self, document: Document, graph: str) -> None:
        """Drop, or at least mention, earlier sources that came under the same name with another text."""
        stem = source_stem(document)
        for entry in list(self._stems.get(stem, {}).values()):
            if entry.graph == graph:
                continue
            if self.replace:
                self._drop(entry, document)
            else:
                self.report.notes.append(
                    f"{document.name}: {entry.id} came under the same name with another text; both are kept "
                    f"(`filmgraph remove {entry.id}` drops the older one, `add --replace` does so at once)"
                )

    def _store(self, document: Document, facts: Facts, source: TextSource, same: StoredSource | None) -> None:
        found = identify(facts, self.iris, self.memory.about(facts))
        quads = review_quads(self.iris, source, found)
        try:
            validate(quads, document.name)
        except ValidationError as error:
            self.report.failed.append(str(error))
            return
        graph = str(self.iris.graph(source.id))
        if same and same.graph != graph:
            self._drop(same, document)
        self._make_room(document, graph)
        if not self.writer.replace_graph(graph, quads):
            self.report.unchanged.append(f"{document.name}: stored already, just so, as {source.id}")
            return
        if same and same.graph == graph:
            self.report.notes.append(f"{document.name}: takes the place of {same.id}")
        learn(found, self.memory.known)
        self._enter(StoredSource(graph, self.iris.review(source.id), facts.headline or document.name, source.sha256))
        self._report(document, found, source)

    def _report(self, document: Document, found: Identified, source: TextSource) -> None:
        roles = len(found.facts.roles)
        self.report.added.append(Added(document.name, source.id, found.label, roles))
        if found.film is None:
            lost = f", but not its {roles} {'role' if roles == 1 else 'roles'}" if roles else ""
            said = f"{document.name}: names no film; its text is stored{lost}"
            self.report.notes.append(f"{said}; put a line such as Casablanca (1942) above it")


def source_stem(document: Document) -> str:
    """The readable part of a source's id: the file's name, or the end of its URL.

    >>> source_stem(Document("reviews/001_Dr. No.txt", "…"))
    '001-dr-no'
    >>> source_stem(Document("Who's Afraid of Virginia Woolf? 1966.txt", "…"))
    'whos-afraid-of-virginia-woolf-1966'
    """
    url = document.metadata.url
    name = PurePath(url.split("?")[0].rstrip("/") if url else document.name)
    stem = name.stem if name.suffix.lower() in {".txt", ".md", ".markdown", ".html", ".htm", ".json"} else name.name
    return slug(stem)[:ID_LENGTH].strip("-")


def text_source(document: Document, mode: str) -> TextSource:
    """A document as a source: its id is stable and readable, the stem of the name and the head of the digest."""
    digest = sha256(document)
    name, licence = f"{source_stem(document)}-{digest[:8]}", document.metadata.licence
    return TextSource(name, document.text, digest, mode, SOFTWARE, licence)


def sha256(document: Document) -> str:
    """The digest of a document's text in UTF-8, in hexadecimal."""
    return hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
