"""The one writer of a data folder.

``store/`` in the data folder is scratch: a writer makes it anew from the current snapshot (hard links: milliseconds at
any size) and throws it away at the end. Whatever a killed writer left there is never read, so nothing needs to be
undone: only ``publish`` makes a change visible. The lock belongs to the process and vanishes with it.

The store's default graph holds the merge of all named graphs, each statement once: the engine's own union of graphs
gives a statement as often as there are graphs that make it (of the samples' 3%), which falsifies every count. The merge
takes a quarter of a load's work and a third of the disk; look-ups would be as quick without it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pyoxigraph import Store

from graph.errors import StoreError
from graph.store import catalogue
from graph.store.catalogue import GraphEntry
from graph.store.embedded import Oxigraph
from graph.store.faults import explain, explained
from graph.store.feed import Feed
from graph.store.folder import check_folder
from graph.store.held import Held
from graph.store.lock import writer_lock
from graph.store.origin import copy_store
from graph.store.quads import amend, clear, load
from graph.store.renew import is_cheaper, write_graphs
from graph.store.waiting import Waiting

BULK = 4_000_000
"""From this many bytes on, a graph is loaded by writing the engine's files directly."""
CHANGE = 100_000_000
"""Up to this many bytes, a graph that exists is compared with the new text, and only the difference is written."""


class Writer:
    r"""Changes a data folder, graph by graph; nothing is seen by readers before ``snapshot.publish``.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, Writer(Path(folder)) as writer:
    ...     writer.replace_graph("urn:g", b'<urn:s> <urn:p> "o" <urn:g> .\n')
    ...     writer.source().ask("ASK { <urn:s> ?p ?o }"), writer.graphs()
    True
    (True, ['urn:g'])
    """

    def __init__(self, data: Path) -> None:
        self.data = data
        self._scratch = [data / name for name in ("store", "store.renewed", "store.kept", "store.before")]
        self._held = Held(self._scratch[0])
        self._broken = ""
        self._catalogue: dict[str, GraphEntry] = {}
        self._start: dict[str, GraphEntry] = {}
        self._feed: Feed | None = None
        self._waiting = Waiting()
        self.on_load: Callable[[int, int], None] = lambda *_: None
        """Told, from another thread, how many statements were handed to the engine in the background, of how many."""
        self.beside: Callable[[], bool] = lambda: False
        """Tells, while files are loaded in the background, whether another process of ours is at work beside."""
        self.loaded = 0
        """How many statements were handed to the engine to be loaded at one stroke."""
        self._known: set[str] = set()

    def __enter__(self) -> Writer:
        check_folder(self.data)
        self._locked = writer_lock(self.data)
        self._locked.__enter__()
        try:
            with explained(self.data, "preparing the store"):
                self._prepare()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self._feed is not None:
            self._feed.give_up()
            self._feed = None
        self._held.close()
        self._waiting = Waiting()
        for left in self._scratch:
            shutil.rmtree(left, ignore_errors=True)
        self._locked.__exit__(None, None, None)

    def _prepare(self) -> None:
        for left in filter(Path.exists, self._scratch):
            shutil.rmtree(left)
        if (current := self.data / "current").is_symlink():
            self._catalogue = copy_store(self.data, current, self._held.folder)
            self._held.to_read()
        else:
            self._held.to_write()
        self._start = dict(self._catalogue)

    @property
    def catalogue(self) -> Mapping[str, GraphEntry]:
        """Every graph by IRI, with its size and digest."""
        return self._catalogue

    @property
    def start(self) -> Mapping[str, GraphEntry]:
        """The catalogue of the snapshot from which the writer began."""
        return self._start

    @property
    def changed(self) -> bool:
        """Whether anything differs from the current snapshot."""
        return self._catalogue != self._start

    def graphs(self) -> list[str]:
        """The IRIs of all named graphs, sorted."""
        return sorted(self._catalogue)

    def replace_graph(self, iri: str, nquads: bytes | Path) -> bool:
        """Make a graph hold exactly these N-Quads (a text, or a file of any size); False if it did so already.

        Every line must name the graph; without a line it is removed. A text that cannot be read leaves the graph as it
        was; a file that cannot be read, or a full disk, leaves the writer unfit to publish.
        """
        iri = str(iri)  # an rdflib URIRef differs from a str of the same characters
        if self._catalogue.get(iri) == (entry := catalogue.entry(nquads)):
            return False
        if isinstance(nquads, Path):
            self.load_graph(iri, nquads, entry)
            self.settle()
        elif len(nquads) < (CHANGE if iri in self._catalogue else BULK):
            (self._replace_small if iri in self._catalogue else self._put)(iri, nquads)
        else:
            self._replace_large(iri, nquads)
        self._catalogue[iri] = entry
        if not entry.triples:
            self.drop_graph(iri)
        return True

    def load_graph(
        self,
        iri: str,
        nquads: Path,
        entry: GraphEntry | None = None,
        *,
        stale: Iterable[str] = (),
        spend: bool = False,
    ) -> None:
        """Fill a graph from a file, in place of what it held, while other work goes on; the file must stay until then.

        ``entry`` is the file's size and digest where they are known; ``stale`` are graphs that will be filled anew as
        well before anything is published. With ``spend`` the file is removed once it is read. What cannot be read
        raises at the next use of the store, and makes the writer unfit to publish.
        """
        iri, entry = str(iri), entry or catalogue.entry(nquads)
        self._empty(iri, stale)
        if self._feed is None:
            with self._guarded():
                self._known = {name.value for name in self._engine.named_graphs()}
                self._feed = self._begin()
        self._known.add(iri)
        self._feed.put(nquads, iri, entry.triples, spend=spend)
        self.loaded += entry.triples
        self._catalogue[iri] = entry

    @property
    def loading(self) -> Mapping[str, Path]:
        """The graphs that are being loaded, with their files."""
        return self._feed.files if self._feed else {}

    def settle(self) -> None:
        """Wait for all files that are being loaded, and write what waits."""
        if self._feed is not None:
            feed, self._feed = self._feed, None
            with self._guarded():
                feed.finish()
                self._held.to_read()
            self._refuse_strangers(self._known)
        self._write()

    def amend_graph(self, iri: str, added: bytes, gone: bytes) -> None:
        """Add lines of N-Quads to a graph and take others from it, whether they were there or not.

        The graph's digest is not known afterwards: ``sign`` it.
        """
        iri = str(iri)
        count = self._catalogue[iri].triples if iri in self._catalogue else 0
        with self._guarded():
            more = amend(self._writable, iri, added, gone)
        self._catalogue[iri] = GraphEntry(count + more, "")

    def sign(self, iri: str, sha256: str) -> None:
        """Give a graph that follows from the others the digest of what it follows from, in place of its own."""
        iri = str(iri)
        if iri in self._catalogue:
            self._catalogue[iri] = GraphEntry(self._catalogue[iri].triples, sha256)

    def drop_graph(self, iri: str, *, stale: Iterable[str] = ()) -> bool:
        """Remove a graph; False if there was none. ``stale`` graphs will be filled anew before that is published."""
        iri = str(iri)
        if iri not in self._catalogue:
            return False
        self._empty(iri, stale)
        self._catalogue.pop(iri, None)
        return True

    def source(self, prefixes: Mapping[str, str] | None = None, *, settled: bool = True) -> Oxigraph:
        """A view on the state that is not published yet; it sees later changes too, and closes with the writer.

        With ``settled`` false it does not wait for files that are being loaded, and sees nothing of them until then.
        """
        if settled:
            self.settle()
        return self._held.view(prefixes, self._write)

    def backup(self, path: Path) -> None:
        """Write the state to a new folder, as hard links where the file system can."""
        if self._broken:
            raise StoreError(f"nothing was published, because an earlier step failed: {self._broken}")
        self.settle()
        with self._guarded():
            self._held.link(path)

    def _put(self, iri: str, nquads: bytes) -> None:
        if self._feed is not None:
            self.settle()
        if self._waiting.put(iri, nquads):  # a new graph waits for others, to be written with them
            self._write()

    def _write(self) -> None:
        if self._waiting:
            with self._guarded():
                self._waiting.write(self._held.to_write())

    def _replace_small(self, iri: str, nquads: bytes) -> None:
        """Only what differs is touched: a graph that is made anew is mostly as it was."""
        before = set(self.source().dump(iri).splitlines())
        after = set(nquads.splitlines())
        with self._guarded():
            amend(self._writable, iri, *(b"\n".join((*lines, b"")) for lines in (after - before, before - after)))

    def _replace_large(self, iri: str, nquads: bytes) -> None:
        with self._guarded():
            clear(self._writable, iri)
            known = {iri, *(name.value for name in self._engine.named_graphs())}
            load(self._writable, iri, nquads)
        self._refuse_strangers(known)

    def _begin(self) -> Feed:
        """Leave the store to a load; who does not wait for it sees a copy of what was there before."""
        self._held.leave(self._scratch[3])
        return Feed(self._held.folder, self.on_load, lambda: self.beside())

    def _empty(self, iri: str, stale: Iterable[str]) -> None:
        """Remove what a graph holds; with it go stale ones, where the store is made anew for it."""
        gone = {iri, *map(str, stale)} & self._catalogue.keys()
        if self._held.folder == self._scratch[0] and is_cheaper(self._catalogue, gone):  # not twice
            self._renew(gone)
        elif iri in self._catalogue:
            with self._guarded():
                clear(self._writable, iri)

    def _renew(self, gone: Iterable[str]) -> None:
        """Go on with a new store, into which all graphs but some are being loaded."""
        kept = {iri: entry for iri, entry in self._catalogue.items() if iri not in gone}
        old, new, rest, _ = self._scratch
        with self._guarded():
            files = write_graphs(self._engine, sorted(kept), rest)
            self._held.move(new)
        shutil.rmtree(old)
        self._catalogue = {}
        for iri, path in files.items():
            self.load_graph(iri, path, kept[iri])

    def _refuse_strangers(self, known: set[str]) -> None:
        strangers = {name.value for name in self._engine.named_graphs()} - known
        if strangers:
            self._broken = f"quads of {min(strangers)} were given for {', '.join(sorted(known - self._start.keys()))}"
            raise StoreError(self._broken)

    @property
    def _engine(self) -> Store:
        self.settle()
        return self._held.store

    @property
    def _writable(self) -> Store:
        self.settle()
        return self._held.to_write()

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """After a failure half way the scratch store is in no known state, so nothing may be published from it."""
        try:
            yield
        except (OSError, SyntaxError, RuntimeError) as error:
            self._broken = str(error)[:300]
            reason = explain(error, self.data, "writing") if isinstance(error, OSError) else self._broken
            raise StoreError(reason) from error
