"""Corrections by people: a role that was read wrongly is withdrawn, or put back, and a snapshot published."""

from __future__ import annotations

from pathlib import Path

from graph import snapshot
from graph.errors import InputError
from graph.iris import WITHDRAWALS
from graph.publishing import Place, publish
from graph.store import QuerySource, Writer, catalogue
from graph.withdraw import Wish, Withdrawal, joined, keep, lift, remaining, stated, wished


def withdraw(place: Place, wish: Wish) -> tuple[Withdrawal, int]:
    """Withdraw a role from what a source says, or everywhere, and publish; gives the withdrawal and the snapshot.

    Raises InputError for a role that is not known or withdrawn already, without a reason, or told by several sources.
    """
    with Writer(place.data) as writer:
        known, lifted = lift(writer, place.iris)
        new = wished(writer.source(), place.iris, wish, known)
        taken = keep(writer, place.iris, [*known, new])
        _check(writer.source(), place, new)
        return new, publish(place, writer, joined(lifted, taken))


def undo(place: Place, wish: Wish) -> int:
    """Undo the withdrawals of a role, or that from one source, put back what was said, and publish a snapshot.

    Raises InputError for a role that is not withdrawn.
    """
    with Writer(place.data) as writer:
        known, lifted = lift(writer, place.iris)
        taken = keep(writer, place.iris, remaining(place.iris, wish, known))
        return publish(place, writer, joined(lifted, taken))


def withdrawals_of(data: Path) -> str:
    """What tells the withdrawals of the current snapshot from those of another; empty where it has none.

    The store is not opened, which may be damaged where somebody rolls back.
    """
    folder = snapshot.current(data)
    try:
        entries = catalogue.read(folder) if folder is not None else {}
    except (OSError, ValueError):
        return ""
    return next((entry.sha256 for graph, entry in entries.items() if graph.endswith(WITHDRAWALS)), "")


def _check(source: QuerySource, place: Place, new: Withdrawal) -> None:
    """Raise InputError where a graph says nothing but the role: it would be emptied."""
    left = [row.graph for row in stated(source, [new.role])[str(new.role)] if row.itself]
    for graph in left:
        if new.covers(graph, place.iris):
            raise InputError(f"{graph} says nothing besides this role; `filmgraph remove {graph}` takes it out")
