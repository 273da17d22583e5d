"""Decides what a wish to withdraw a role, or to undo that, is about; says what is wrong with one that cannot be met."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from rdflib import URIRef

from graph import query
from graph.errors import InputError
from graph.iris import Iris
from graph.recall import StoredSource, sources
from graph.store import QuerySource
from graph.withdraw.follow import stated
from graph.withdraw.record import Withdrawal

_NEAR = 3


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for: the role as a path or an IRI, and of which source; why, on which day, and by whom.

    Without a ``source`` it is the only source that tells the role, or the only review among them.
    """

    role: str
    reason: str = ""
    day: str = ""
    by: str | None = None
    source: str | None = None
    everywhere: bool = False


def wished(source: QuerySource, iris: Iris, wish: Wish, known: list[Withdrawal]) -> Withdrawal:
    """The withdrawal that is asked for; ``known`` are those made before, and what they took is back in the graphs.

    Raises InputError where there is no such role, no reason, or several sources tell the role.
    """
    if not wish.reason.strip():
        raise InputError('a withdrawal needs its reason: --because "the coach is played by Billy Crudup"')
    role = role_of(iris, wish.role)
    told, before = _sources(source, role), [each.source for each in known if each.role == role]
    if not told and not before:
        raise InputError(_unknown(source, iris, role))
    if None in before or not (wish.everywhere or _open(told, before)):
        raise InputError(
            f"{_short(iris, role)} is withdrawn already; `filmgraph withdraw --list` says why, --undo undoes it"
        )
    only = None if wish.everywhere else _chosen(iris, wish, role, _open(told, before))
    return Withdrawal(role, " ".join(wish.reason.split()), wish.day, wish.by, only, {})


def remaining(iris: Iris, wish: Wish, known: list[Withdrawal]) -> list[Withdrawal]:
    """The withdrawals that remain when some are undone. Raises InputError where the role is not withdrawn."""
    role = role_of(iris, wish.role)
    gone = [each for each in known if each.role == role and (wish.source is None or _is(each.source, wish.source))]
    if not gone:
        where = f" from {wish.source}" if wish.source else ""
        raise InputError(
            f"{_short(iris, role)} is not withdrawn{where} (`filmgraph withdraw --list` lists all that are)"
        )
    return [each for each in known if each not in gone]


def role_of(iris: Iris, text: str) -> URIRef:
    """The role that a path or an IRI names. Raises InputError for anything else."""
    path = text.removeprefix(iris.base).lstrip("/")
    if not path.startswith("role/") or path.count("/") != 3:
        raise InputError(
            f"{text!r} is no role; expected a path such as role/casablanca-1942/humphrey-bogart/rick-blaine, or its IRI"
        )
    return iris.resource(path)


def _sources(source: QuerySource, role: URIRef) -> list[StoredSource]:
    """Who tells the role; a graph that was imported as it is goes by its own IRI."""
    named = {entry.graph: entry for entry in sources(source)}
    graphs = [row.graph for row in stated(source, [role])[str(role)] if row.itself]
    return [named.get(graph) or StoredSource(graph, graph, graph, "") for graph in graphs]


def _open(told: list[StoredSource], before: list[URIRef | None]) -> list[StoredSource]:
    """The sources from which the role was not withdrawn yet."""
    return [entry for entry in told if URIRef(entry.source) not in before]


def _chosen(iris: Iris, wish: Wish, role: URIRef, told: list[StoredSource]) -> URIRef:
    """The source from which a role is withdrawn: the one that is named, the only one, or the only review."""
    if wish.source is not None:
        found = [entry for entry in told if _is(URIRef(entry.source), wish.source)]
    else:
        found = told if len(told) == 1 else [entry for entry in told if entry.source.startswith(f"{iris.base}review/")]
    if len(found) == 1 and found[0].source != found[0].graph:
        return URIRef(found[0].source)
    those = " or ".join(entry.id for entry in told)
    what = (
        f"{wish.source} does not tell {_short(iris, role)}"
        if wish.source
        else "it is told by several sources, or one that has no name"
    )
    raise InputError(f"{what}; choose {those} with --source, or withdraw it --everywhere")


def _unknown(source: QuerySource, iris: Iris, role: URIRef) -> str:
    film = iris.resource("film/" + (iris.path(role) or "").split("/")[1])
    there = [_short(iris, str(row[0])) for row in source.select(query.fill("withdrawn/roles-of", film=film))]
    near = get_close_matches(_short(iris, role), there, n=_NEAR, cutoff=0.3)
    meant = f"; did you mean {' or '.join(near)}?" if near else f"; the graph has no roles of {_short(iris, film)}"
    return f"there is no role {_short(iris, role)}{meant}"


def _is(source: URIRef | None, name: str) -> bool:
    """Whether a source goes by an id or an IRI."""
    return source is not None and name in (str(source), source.rsplit("/", 1)[-1])


def _short(iris: Iris, iri: str) -> str:
    return iris.path(iri) or iri
