"""Commands that ask the graph: query, validate, export, stats."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import click
from rdflib import URIRef

from commands.screen import say
from commands.site import Site
from graph import build, mistakes, query, remarks, reports, snapshot
from graph.errors import FilmgraphError, InputError, QueryError
from graph.sandbox import watched
from graph.store import MalformedQueryError

PARQUET = "parquet"


@click.command(name="query")
@click.argument("words", nargs=-1, metavar="[TEXT | key=value…]")
@click.option("-f", "--file", type=click.Path(path_type=Path), help="Read the query from a file.")
@click.option("--name", help="Ask a named query; its terms follow as key=value.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", *reports.TYPES, PARQUET]),
    default=None,
    help="Default: table, or ttl for triples.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Default: standard output.")
@click.option("--list", "listing", is_flag=True, help="List the named queries, what they take, and their questions.")
@click.option(
    "--timeout", type=click.FloatRange(min=0), default=60, show_default=True, help="Seconds to wait; 0: for ever."
)
@click.pass_obj
def query_(
    site: Site,
    words: tuple[str, ...],
    file: Path | None,
    name: str | None,
    form: str | None,
    output: Path | None,
    listing: bool,
    timeout: float,
) -> None:
    """Ask the graph in SPARQL, or by a named query. Relative IRIs are under the base: DESCRIBE <film/dr-no-1962>."""
    if listing:
        for known in map(query.load, query.names() + query.names("examples")):
            call = " ".join([known.name, *(f"{term}=…" for term in sorted(known.terms))])
            click.echo(f"{call:32} {known.question}")
        return
    text, terms = _query_text(site, words, file, name)
    try:
        with site.source(timeout or None) as source, watched(timeout or None, _give_up):
            if form == PARQUET:
                reports.save_parquet(source, text, _needed(output))
                return
            shown = output is None and sys.stdout.isatty()
            said = reports.answer(source, text, form, site.place.base if shown else None)
            asked = [term for term in terms if isinstance(term, URIRef)]
            unknown = list(reports.unknown(source, asked, site.place.base))
    except MalformedQueryError as error:
        raise QueryError("; ".join(filter(None, (str(error), mistakes.hint(error, text))))) from error
    if output is None:
        (say if form in (None, "table") else click.echo)(said, nl=False)
    else:
        output.write_text(said, encoding="utf-8")
    for line in unknown:
        say(f"filmgraph: {line}", err=True)
    if (strange := remarks.remark(text)) is not None:
        say(f"filmgraph: {strange}", err=True)


def _needed(output: Path | None) -> Path:
    """The file to write; Parquet is no text to be printed."""
    if output is None:
        raise click.UsageError("--format parquet needs -o FILE")
    return output


def _give_up(error: FilmgraphError) -> None:
    """End the process in the middle of a query: nothing else stops the engine."""
    click.echo(f"filmgraph: {error}; --timeout sets how long a query may take", err=True)
    os._exit(1)


def _query_text(
    site: Site, words: tuple[str, ...], file: Path | None, name: str | None
) -> tuple[str, Iterable[query.Term]]:
    """The query, and the terms that a named one was filled with."""
    if (file is not None) + (name is not None) + bool(words and name is None) != 1:
        raise click.UsageError("give one of: the query's TEXT, -f FILE, --name NAME, --list")
    if file is not None:
        return _read_query(file), ()
    if name is None:
        return " ".join(words), ()
    pairs = [word.partition("=") for word in words]
    wrong = next((word for word, (_, sign, _value) in zip(words, pairs, strict=True) if not sign), None)
    if wrong is not None:
        raise click.UsageError(f"expected key=value after --name, got {wrong!r}")
    empty = next((key for key, _, value in pairs if not value), None)
    if empty is not None:
        raise click.UsageError(f"{empty}= has no value; expected {empty}=VALUE")
    terms = query.read_terms(name, {key: value for key, _, value in pairs}, site.place.base)
    return query.fill(name, limit=None, **terms), terms.values()


def _read_query(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: byte {error.start} is not UTF-8; a query is a text in UTF-8") from error


@click.command()
@click.pass_obj
def validate(site: Site) -> None:
    """Check every source against the SHACL shapes.

    The ontology is checked against its style, too.
    """
    count = build.validate_all(site.place)
    click.echo(f"{count} graphs and the ontology fit their shapes")


@click.command()
@click.option("--format", "form", type=click.Choice(["nq", "ttl", "jsonld"]), default="nq", show_default=True)
@click.option("-o", "--output", type=click.File("wb"), default="-", help="Default: standard output.")
@click.pass_obj
def export(site: Site, form: str, output: BinaryIO) -> None:
    """Write the whole graph as N-Quads, Turtle or JSON-LD.

    N-Quads are sorted, byte for byte the same each time.
    """
    with snapshot.open_current(site.place.data) as current:
        output.write(reports.exported(current, form))


@click.command()
@click.option("--sources", is_flag=True, help="List the sources and their ids, and the editions of datasets.")
@click.option("--unresolved", is_flag=True, help="List what may be one, or disagrees, and was left apart.")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), help="Of --unresolved.  [default: table]"
)
@click.pass_obj
def stats(site: Site, sources: bool, unresolved: bool, form: str | None) -> None:
    """Count what the graph holds."""
    if form and not unresolved:
        raise click.UsageError("--format goes with --unresolved")
    with site.source() as source:
        if unresolved:
            click.echo(reports.unresolved(source, form), nl=False)
            return
        for line in reports.source_lines(source) if sources else reports.statistics(source):
            say(line)
