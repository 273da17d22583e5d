"""Where a graph lives, what a writer knows of it, and how its state becomes the next snapshot."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from graph import datasets, ontology, recall, sidecar, snapshot
from graph.derive import derived, indexed
from graph.errors import SettingError
from graph.infer import is_small
from graph.iris import DEFAULT_BASE, Iris, check_base
from graph.shelf import SOFTWARE
from graph.store import Snapshot, Writer
from graph.store.faults import room
from graph.withdraw import Amended, joined, keep


def _untold(*_: object) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the graph lives: the data folder and the base IRI under which it is published.

    ``meter`` is told what a change of the graph is at, where that takes long.
    """

    data: Path
    base: str
    meter: datasets.Meter = field(default=_untold, compare=False, repr=False)

    @property
    def iris(self) -> Iris:
        """The mint of this graph's IRIs."""
        return Iris(self.base)

    def tell(self, step: str) -> None:
        """Tell the meter of a step of which nobody knows how far it is."""
        self.meter(step, 0, 0)


def place_at(data: Path, base: str | None, setting: str = "FILMGRAPH_BASE") -> Place:
    """The place of a data folder; ``base`` must be the one under which it was published, and by default is.

    Raises SettingError, which names the ``setting``, for another base, or one that is no http(s) IRI.
    """
    published = snapshot.published_base(data)
    if base and published and base != published:
        raise SettingError(
            f"{data} was published under {published}, not under {setting}={base}; leave it out, or use another "
            "data folder"
        )
    place = Place(data, base or published or DEFAULT_BASE)
    check_base(place.base, setting)
    return place


def publish(place: Place, writer: Writer, amended: Amended | None = None) -> int:
    """Take out what is withdrawn, infer what follows, then make the state the next snapshot; gives its number.

    ``amended`` are lines that were added to large graphs, or taken from them, so that these need not be compared.
    """
    iris = place.iris
    writer.on_load = partial(place.meter, "loading the store")
    amended = joined(amended or {}, keep(writer, iris))
    writer.replace_graph(iris.graph(ontology.SOURCE), ontology.quads(iris))
    scratch = TemporaryDirectory(dir=place.data, prefix=datasets.SCRATCH)
    with (
        _before(place) as before,
        room(place.data),
        scratch as folder,
        derived(iris, writer, before, Path(folder), amended, place.tell) as index,
    ):
        return snapshot.publish(place.data, writer, manifest_extra=said_of(place), index=index, told=place.tell)


@contextmanager
def _before(place: Place) -> Iterator[Snapshot | None]:
    """The snapshot from which a writer began, None where there is none."""
    if snapshot.current(place.data) is None:
        yield None
        return
    with snapshot.open_current(place.data) as before:
        yield before


def said_of(place: Place) -> dict[str, str]:
    """What a snapshot's manifest says besides its figures."""
    return {"base": place.base, "software": SOFTWARE}


@contextmanager
def memory_of(place: Place, writer: Writer) -> Iterator[recall.Memory]:
    """What the graph holds, looked up in the index of the snapshot from which the writer began.

    A damaged index is made anew for the time being; the next snapshot gets one of its own anyway.
    """
    folder = snapshot.current(place.data)
    with TemporaryDirectory(dir=place.data, prefix=datasets.SCRATCH) as spare:
        index = _index(folder / sidecar.NAME, Path(spare), place, writer) if folder is not None else None
        yield recall.Memory(writer.source(), index, place.iris)


def _index(path: Path, spare: Path, place: Place, writer: Writer) -> sidecar.Sidecar:
    if sidecar.is_sound(path):
        return sidecar.Sidecar.open(path)
    if is_small(writer, place.iris):
        sidecar.build(spare / sidecar.NAME, writer.source())
    else:
        indexed(place.iris, writer, spare, spare / sidecar.NAME, {})
    return sidecar.Sidecar.open(spare / sidecar.NAME)
