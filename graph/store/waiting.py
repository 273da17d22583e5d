"""Small graphs that wait to be written together: the engine takes many statements at once in half the time."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pyoxigraph import Quad, Store

from graph.store.embedded import Oxigraph
from graph.store.quads import merged, read_graph

MOST = 20_000
"""So many statements are written as soon as they are there: memory stays flat."""
MANY = 5_000
"""From so many on, the engine's files are written directly; for fewer that costs more than it saves."""


class Waiting:
    """The statements of new graphs that are not in the engine yet."""

    def __init__(self) -> None:
        self._quads: list[Quad] = []

    def put(self, iri: str, nquads: bytes) -> bool:
        """Take a new graph in; whether it is time to write. Raises ``StoreError`` for a text that cannot be read."""
        self._quads += read_graph(iri, nquads)
        return len(self._quads) >= MOST

    def __bool__(self) -> bool:
        return bool(self._quads)

    def write(self, engine: Store) -> None:
        """Hand everything over to the engine, each statement for its graph and for the merge of all graphs."""
        quads, self._quads = self._quads, []
        if quads:
            hand_over = engine.bulk_extend if len(quads) >= MANY else engine.extend
            hand_over([*quads, *map(merged, quads)])


class Draft(Oxigraph):
    """A view on a state that is not published yet; what waits is written before it is looked at."""

    def __init__(self, store: Store, prefixes: Mapping[str, str] | None, write: Callable[[], object]) -> None:
        super().__init__(store, "draft", prefixes)
        self._write = write

    @property
    def store(self) -> Store:
        """The engine, with all that was waiting."""
        self._write()
        return super().store
