"""The command line of filmgraph; each command calls one function of the core and says what came of it."""

from __future__ import annotations

import math
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import click
from click.core import ParameterSource

from graph import build, datasets, ontology, query, reports, snapshot
from graph.crawl import PAUSE, Crawl
from graph.errors import FilmgraphError, InputError, SettingError, StoreError
from graph.extract import THRESHOLD
from graph.iris import DEFAULT_BASE
from graph.push import CHUNK, Pushed, Target, push
from graph.sandbox import watched
from graph.shelf import Report
from graph.sources.imdb import FILMS, Choice
from graph.store import Endpoint, GraphStore, QuerySource, UpdateService, read_prefixes

WIKIDATA = "https://query.wikidata.org/sparql"


class _Share(click.FloatRange):
    """A number from 0 to 1; ``nan`` is none, though it is below neither bound."""

    def __init__(self) -> None:
        super().__init__(0, 1)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number; fails with the option's name for anything else."""
        number: float = super().convert(value, param, ctx)
        if math.isnan(number):
            self.fail(f"{value!r} is not a number from 0 to 1.", param, ctx)
        return number


class _Commands(click.Group):
    """Turns the errors that filmgraph raises on purpose into one line on stderr and exit code 1."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except FilmgraphError as error:
            click.echo(f"filmgraph: {error}", err=True)
            ctx.exit(1)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader, such as `head`, has gone
            ctx.exit(0)
        except OSError as error:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left to write cannot be written
            click.echo(f"filmgraph: {error.filename or 'the output'}: {error.strerror or error}", err=True)
            ctx.exit(1)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="filmgraph")
@click.option("--data", envvar="FILMGRAPH_DATA", default="var", show_default=True, help="The data folder.")
@click.option(
    "--base",
    envvar="FILMGRAPH_BASE",
    help=f"IRI under which all is published.  [default: that of the data folder, else {DEFAULT_BASE}]",
)
@click.option("--endpoint", envvar="FILMGRAPH_ENDPOINT", help="Ask this SPARQL server in place of the data folder.")
@click.option(
    "--update-endpoint", envvar="FILMGRAPH_UPDATE_ENDPOINT", help="Push each change to this SPARQL Update service."
)
@click.option(
    "--default-graph",
    envvar="FILMGRAPH_DEFAULT_GRAPH",
    help="The graph in which those servers hold the merge of all graphs.  [default: their default graph]",
)
@click.pass_context
def main(
    ctx: click.Context,
    data: str,
    base: str | None,
    endpoint: str | None,
    update_endpoint: str | None,
    default_graph: str | None,
) -> None:
    """A film knowledge graph: who played whom, with the sentence that proves it."""
    place = build.place_at(Path(data), base, _given(ctx, "base"))
    ctx.obj = _Site(
        place,
        _address(endpoint, _given(ctx, "endpoint")),
        _address(update_endpoint, _given(ctx, "update_endpoint")),
        _address(default_graph, _given(ctx, "default_graph"), "IRI of a graph"),
    )


def _given(ctx: click.Context, name: str) -> str:
    """How a setting was given: as an option, or by its variable of the environment."""
    if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE:
        return f"--{name.replace('_', '-')}"
    return f"FILMGRAPH_{name.upper()}"


def _address(text: str | None, name: str, what: str = "address of a SPARQL server") -> str | None:
    """A setting that is empty or starts with http; raises SettingError for anything else."""
    if text and not text.startswith(("http://", "https://")):
        raise SettingError(f"{name} is {text!r}; expected the http(s) {what}")
    return text or None


class _Site:
    """Where to write and whom to ask."""

    def __init__(
        self, place: build.Place, endpoint: str | None, update: str | None = None, merge: str | None = None
    ) -> None:
        self.place, self.endpoint, self.update, self.merge = place, endpoint, update, merge

    @property
    def local(self) -> build.Place:
        """The place to change; raises SettingError where an endpoint is set that is only asked."""
        if self.endpoint and not self.update:
            raise SettingError(
                f"{self.endpoint} is only asked; leave FILMGRAPH_ENDPOINT unset to change {self.place.data}, or set "
                "FILMGRAPH_UPDATE_ENDPOINT to push each change"
            )
        return self.place

    def published(self, number: int | None) -> None:
        """Say which snapshot is current, and push it where the settings say so."""
        click.echo(f"snapshot {number} is current")
        if self.update:
            target = Target(UpdateService(self.update, _credentials()), self.update, self.merge)
            with _meter() as meter:
                _say_pushed(push(self.place.data, target, meter=meter), self.update)

    @contextmanager
    def source(self, timeout: float | None = 30) -> Iterator[QuerySource]:
        """The remote endpoint if one is set, else the current snapshot; relative IRIs of queries are under the base."""
        prefixes = read_prefixes(ontology.PREFIXES)
        if self.endpoint:
            remote = Endpoint(self.endpoint, timeout=timeout, prefixes=prefixes, default_graph=self.merge)
            remote.base = self.place.base
            yield remote
            return
        with snapshot.open_current(self.place.data, prefixes) as current:
            current.base = self.place.base
            yield current


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Counts inputs on stderr while work goes on, on a terminal only."""
    shown, done = sys.stderr.isatty(), 0

    def tick(name: str) -> None:
        nonlocal done
        done += 1
        if shown:
            click.echo(f"\r\x1b[K{done:,}  {name[-60:]}", err=True, nl=False)

    yield tick
    if shown and done:
        click.echo("\r\x1b[K", err=True, nl=False)


@contextmanager
def _meter() -> Iterator[datasets.Meter]:
    """Shows on stderr what long work is at, its rate and the time left, on a terminal only."""
    shown, step, began = sys.stderr.isatty(), "", 0.0

    def tell(name: str, done: int, total: int) -> None:
        nonlocal step, began
        if name != step:
            step, began = name, time.monotonic()
        rate = done / max(time.monotonic() - began, 0.001)
        if shown:
            click.echo(f"\r\x1b[K{name}{_pace(done, total, rate)}", err=True, nl=False)

    yield tell
    if shown and step:
        click.echo("\r\x1b[K", err=True, nl=False)


def _pace(done: int, total: int, rate: float) -> str:
    """How much is done of how much, how fast, and, where the whole is known, how long it will take."""
    if not done or not rate:
        return ""
    if not total:
        return f"  {done:,}, {rate:,.0f}/s"
    return f"  {done:,} of {total:,}, {rate:,.0f}/s, {max(total - done, 0) / rate:.0f} s left"


def _finish(site: _Site, report: Report) -> None:
    """Say what became of each input; exit code 1 if any could not be read."""
    for added in report.added:
        roles = "" if added.roles is None else f", {added.roles} roles"
        click.echo(f"added {added.name} as {added.source}: {added.film}{roles}")
    for text in report.unchanged:
        click.echo(f"unchanged {text}")
    for text in report.notes:
        click.echo(f"note: {text}", err=True)
    for text in report.failed:
        click.echo(f"filmgraph: {text}", err=True)
    if report.snapshot is not None:
        site.published(report.snapshot)
    sys.exit(1 if report.failed else 0)


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE…")
@click.option("--format", "form", type=click.Choice(["jsonl", "ttl", "text"]), default="jsonl", show_default=True)
@click.option("--threshold", type=_Share(), default=THRESHOLD, show_default=True, help="Least confidence of a role.")
@click.option(
    "--explain", is_flag=True, help="Show the text with its spans, the rule behind each pair, and what was rejected."
)
@click.pass_obj
def extract(site: _Site, paths: tuple[str, ...], form: str, threshold: float, explain: bool) -> None:
    """Print the facts found in reviews; nothing is stored."""
    failed = False
    found = build.explained(paths, threshold) if explain else build.extracted(site.place, paths, form, threshold)
    for item in found:
        failed |= isinstance(item, InputError)
        click.echo(f"filmgraph: {item}" if isinstance(item, InputError) else item, err=isinstance(item, InputError))
    sys.exit(1 if failed else 0)


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option(
    "--text",
    "mode",
    type=click.Choice(build.MODES),
    default="full",
    show_default=True,
    help="How much of the text is stored.",
)
@click.option("--replace", is_flag=True, help="Drop earlier sources that came under the same name.")
@click.option("--threshold", type=_Share(), default=THRESHOLD, show_default=True, help="Least confidence of a role.")
@click.pass_obj
def add(site: _Site, paths: tuple[str, ...], mode: str, replace: bool, threshold: float) -> None:
    """Add reviews: .txt .md .html .json .jsonl, folders, or - for standard input."""
    with _progress() as tick:
        report = build.add(site.local, paths, mode=mode, replace=replace, threshold=threshold, progress=tick)
    _finish(site, report)


@main.group(name="import")
def import_() -> None:
    """Import datasets of films."""


@import_.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def facts(site: _Site, file: Path) -> None:
    """Import a facts file: films and roles in TOML."""
    _finish(site, build.import_facts(site.local, file))


def _edition(command: Callable[..., None]) -> Callable[..., None]:
    """The options of every dataset: its version, date and licence, which are kept with its triples."""
    for option in (
        click.option("--licence", help="Its licence."),
        click.option("--date", "published", type=click.DateTime(["%Y-%m-%d"]), help="When it was published."),
        click.option("--version", help="Its version, in the publisher's words."),
    ):
        command = option(command)
    return command


def _import(site: _Site, offer: datasets.Offer) -> None:
    with _meter() as meter:
        report = build.import_dataset(site.local, offer, meter)
    _finish(site, report)


@import_.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="DIR")
@click.option(
    "--types", default=",".join(FILMS), show_default=True, help="The types of titles to take, separated by commas."
)
@click.option("--from", "since", type=click.IntRange(1880, 2100), help="Only titles of this year and later.")
@click.option("--min-votes", type=click.IntRange(min=0), help="Only titles with at least so many votes.")
@_edition
@click.pass_obj
def imdb(
    site: _Site, /, folder: Path, types: str, since: int | None, min_votes: int | None, **edition: str | datetime | None
) -> None:
    """Import IMDb's dataset files: title.basics, title.principals, name.basics; ratings, crew, akas if there."""
    choice = Choice(tuple(kind.strip() for kind in types.split(",") if kind.strip()), since, min_votes)
    with _meter() as meter:
        offer = datasets.imdb(folder, choice, _said(edition), meter)
    _import(site, offer)


@import_.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="DIR")
@_edition
@click.pass_obj
def tmdb(site: _Site, /, folder: Path, **edition: str | datetime | None) -> None:
    """Import TMDB's films: tmdb_5000_movies.csv and …_credits.csv, or movies_metadata.csv and credits.csv."""
    _import(site, datasets.tmdb(folder, _said(edition)))


@import_.command()
@click.option("--endpoint", default=WIKIDATA, show_default=True, help="A SPARQL server with Wikidata's data.")
@click.option("--from", "since", type=click.IntRange(1880, 2100), help="Only films shown in this year and later.")
@click.option(
    "--pause", type=click.FloatRange(min=0), default=PAUSE, show_default=True, help="Seconds between two queries."
)
@click.option("--fresh", is_flag=True, help="Fetch all anew, whatever an interrupted run has fetched.")
@_edition
@click.pass_obj
def wikidata(
    site: _Site, /, endpoint: str, since: int | None, pause: float, fresh: bool, **edition: str | datetime | None
) -> None:
    """Import Wikidata's films from its SPARQL service; interrupted, the same command goes on from there."""
    if not endpoint.startswith(("http://", "https://")):
        raise SettingError(f"--endpoint is {endpoint!r}; expected the http(s) address of a SPARQL server")
    crawl = Crawl(endpoint, site.local.data, since, pause)
    if fresh:
        crawl.discard()
    with _meter() as meter:
        offer = datasets.wikidata(crawl, _said(edition), meter)
    _import(site, offer)


@import_.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--raw", is_flag=True, help="Keep statements and graphs as they are: no mapping, inference or shapes.")
@click.option("--name", help="The dataset's name; by default that of the first file.")
@_edition
@click.pass_obj
def rdf(site: _Site, /, files: tuple[Path, ...], raw: bool, name: str | None, **edition: str | datetime | None) -> None:
    """Import RDF files: films in terms of schema.org are mapped. Turtle, N-Triples, N-Quads, TriG, RDF/XML, JSON-LD."""
    if raw:
        with _meter() as meter:
            report = build.import_raw(site.local, files, meter)
        _finish(site, report)
    _import(site, datasets.rdf(files, site.place.base, name, _said(edition)))


def _said(edition: dict[str, str | datetime | None]) -> datasets.Edition:
    told = {key: f"{value:%Y-%m-%d}" if isinstance(value, datetime) else value for key, value in edition.items()}
    return datasets.Edition(**told)


@main.command()
@click.pass_obj
def resolve(site: _Site) -> None:
    """Join the films, people and roles of earlier reviews to those of datasets that came later."""
    with _meter() as meter:
        report = build.resolve(site.local, meter)
    _finish(site, report)


@main.command()
@click.argument("source")
@click.pass_obj
def remove(site: _Site, source: str) -> None:
    """Drop one source, by its id or IRI, and publish."""
    report = build.remove(site.local, source)
    click.echo(f"removed {source}")
    site.published(report.snapshot)


@main.command(name="query")
@click.argument("words", nargs=-1, metavar="[TEXT | key=value…]")
@click.option("-f", "--file", type=click.Path(path_type=Path), help="Read the query from a file.")
@click.option("--name", help="Ask a named query; its terms follow as key=value.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", *reports.TYPES]),
    default=None,
    help="Default: table, or ttl for triples.",
)
@click.option("--list", "listing", is_flag=True, help="List the named queries and their questions.")
@click.option(
    "--timeout", type=click.FloatRange(min=0), default=60, show_default=True, help="Seconds to wait; 0: for ever."
)
@click.pass_obj
def query_(
    site: _Site,
    words: tuple[str, ...],
    file: Path | None,
    name: str | None,
    form: str | None,
    listing: bool,
    timeout: float,
) -> None:
    """Ask the graph in SPARQL, or by a named query. Relative IRIs are under the base: DESCRIBE <film/dr-no-1962>."""
    if listing:
        for known in query.names() + query.names("examples"):
            click.echo(f"{known:32} {query.question(known)}")
        return
    text = _query_text(site, words, file, name)
    with site.source(timeout or None) as source, watched(timeout or None, _give_up):
        said = reports.answer(source, text, form, site.place.base if sys.stdout.isatty() else None)
    click.echo(said, nl=False)


def _give_up(error: FilmgraphError) -> None:
    """End the process in the middle of a query: nothing else stops the engine."""
    click.echo(f"filmgraph: {error}; --timeout sets how long a query may take", err=True)
    os._exit(1)


def _query_text(site: _Site, words: tuple[str, ...], file: Path | None, name: str | None) -> str:
    if (file is not None) + (name is not None) + bool(words and name is None) != 1:
        raise click.UsageError("give one of: the query's TEXT, -f FILE, --name NAME, --list")
    if file is not None:
        return _read_query(file)
    if name is None:
        return " ".join(words)
    pairs = [word.partition("=") for word in words]
    wrong = next((word for word, (_, sign, _value) in zip(words, pairs, strict=True) if not sign), None)
    if wrong is not None:
        raise click.UsageError(f"expected key=value after --name, got {wrong!r}")
    empty = next((key for key, _, value in pairs if not value), None)
    if empty is not None:
        raise click.UsageError(f"{empty}= has no value; expected {empty}=VALUE")
    terms = query.read_terms(name, {key: value for key, _, value in pairs}, site.place.base)
    return query.fill(name, limit=None, **terms)


def _read_query(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: byte {error.start} is not UTF-8; a query is a text in UTF-8") from error


@main.command()
@click.pass_obj
def validate(site: _Site) -> None:
    """Check every source against the SHACL shapes, and the ontology against its style."""
    count = build.validate_all(site.place)
    click.echo(f"{count} graphs and the ontology fit their shapes")


@main.command()
@click.option("--format", "form", type=click.Choice(["nq", "ttl", "jsonld"]), default="nq", show_default=True)
@click.option("-o", "--output", type=click.File("wb"), default="-", help="Default: standard output.")
@click.pass_obj
def export(site: _Site, form: str, output: BinaryIO) -> None:
    """Write the whole graph: N-Quads (sorted, byte for byte the same each time), Turtle or JSON-LD."""
    with snapshot.open_current(site.place.data) as current:
        output.write(reports.exported(current, form))


@main.command()
@click.option("--sources", is_flag=True, help="List the sources and their ids, and the editions of datasets.")
@click.option("--unresolved", is_flag=True, help="List what may be one, or disagrees, and was left apart.")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), help="Of --unresolved.  [default: table]"
)
@click.pass_obj
def stats(site: _Site, sources: bool, unresolved: bool, form: str | None) -> None:
    """Count what the graph holds."""
    if form and not unresolved:
        raise click.UsageError("--format goes with --unresolved")
    with site.source() as source:
        if unresolved:
            click.echo(reports.unresolved(source, form), nl=False)
            return
        for line in reports.source_lines(source) if sources else reports.statistics(source):
            click.echo(line)


@main.group(invoke_without_command=True)
@click.pass_context
def snapshots(ctx: click.Context) -> None:
    """List, verify, roll back or prune the published snapshots."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_)


@snapshots.command(name="list")
@click.pass_obj
def list_(site: _Site) -> None:
    """List the snapshots, the current one marked."""
    for line in reports.snapshot_lines(site.place.data):
        click.echo(line)


@snapshots.command()
@click.argument("number", type=int)
@click.pass_obj
def rollback(site: _Site, number: int) -> None:
    """Make an earlier snapshot the current one."""
    snapshot.rollback(site.local.data, number)
    site.published(number)


@snapshots.command()
@click.argument("number", type=int, required=False)
@click.pass_obj
def verify(site: _Site, number: int | None) -> None:
    """Read a snapshot, or all, and say what is no longer as it was published."""
    whole: list[int] = []
    damaged: list[int] = []
    for found in snapshot.verify(site.place.data, number):
        (damaged if found.faults else whole).append(found.number)
        for line in reports.verified_lines(found):
            click.echo(line, err=bool(found.faults))
    if damaged:
        raise StoreError(reports.way_back(site.place.data, damaged, whole))


@snapshots.command()
@click.option(
    "--keep", type=click.IntRange(min=1), default=3, show_default=True, help="How many of the newest to keep."
)
@click.pass_obj
def prune(site: _Site, keep: int) -> None:
    """Delete old snapshots; one that is being read stays."""
    gone = snapshot.prune(site.place.data, keep)
    click.echo(f"deleted {len(gone)} snapshots" + (f": {', '.join(map(str, gone))}" if gone else ""))


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--snapshot", "number", type=int, help="Which snapshot.  [default: the current one]")
@click.pass_obj
def backup(site: _Site, folder: Path, number: int | None) -> None:
    """Copy a snapshot to another data FOLDER, checked; a later backup there adds only what is new."""
    copied, new = snapshot.backup(site.place.data, folder, number)
    click.echo(f"snapshot {copied} is in {folder}" + ("" if new else " already"))


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_obj
def restore(site: _Site, folder: Path) -> None:
    """Make the backup in FOLDER the current snapshot; what was there before stays as an earlier one."""
    site.published(snapshot.restore(site.local.data, folder))


@main.command(name="push")
@click.argument("url", required=False)
@click.option("--snapshot", "number", type=int, help="Which snapshot.  [default: the current one]")
@click.option("--update", is_flag=True, help="URL takes SPARQL Update, not the Graph Store Protocol.")
@click.option("--union", is_flag=True, help="The server merges its graphs itself, each triple once: send no merge.")
@click.option("--all", "afresh", is_flag=True, help="Send everything, also what arrived before.")
@click.option(
    "--chunk", type=click.IntRange(min=1_000), default=CHUNK, show_default=True, help="Bytes that are sent at a time."
)
@click.pass_obj
def push_(
    site: _Site, url: str | None, number: int | None, update: bool, union: bool, afresh: bool, chunk: int
) -> None:
    """Load a snapshot into a SPARQL server; what arrived before is not sent again.

    URL is the address of its graph store, such as http://localhost:7878/store, or its update service with --update.
    FILMGRAPH_USER and FILMGRAPH_PASSWORD are sent where the server asks for them.
    """
    address = _address(url or site.update, "URL")
    if address is None:
        raise click.UsageError("give the URL of a graph store, or set FILMGRAPH_UPDATE_ENDPOINT")
    service = UpdateService if update or not url else GraphStore
    target = Target(service(address, _credentials()), address, site.merge, union)
    with _meter() as meter:
        pushed = push(site.place.data, target, number=number, chunk=chunk, afresh=afresh, meter=meter)
    _say_pushed(pushed, address)


def _credentials() -> tuple[str, str] | None:
    user = os.environ.get("FILMGRAPH_USER")
    return (user, os.environ.get("FILMGRAPH_PASSWORD", "")) if user else None


def _say_pushed(pushed: Pushed, address: str) -> None:
    click.echo(
        f"snapshot {pushed.number} is at {address}: {pushed.sent} graphs sent ({pushed.triples:,} triples), "
        f"{pushed.unchanged} unchanged, {pushed.deleted} deleted"
    )


@main.command()
@click.option("--host", envvar="FILMGRAPH_HOST", default="127.0.0.1", show_default=True)
@click.option("--port", envvar="FILMGRAPH_PORT", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--workers", envvar="FILMGRAPH_WORKERS", type=click.IntRange(min=1), default=2, show_default=True)
@click.pass_obj
def serve(site: _Site, host: str, port: int, workers: int) -> None:
    """Serve the site and its SPARQL endpoint."""
    from webapp.server import serve as run  # the other commands need no web framework

    place = site.place
    run(place.data, place.base, site.endpoint, default_graph=site.merge, host=host, port=port, workers=workers)


if __name__ == "__main__":
    main()
