"""Commands that import datasets, and resolve, which joins earlier reviews to them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click

from commands.screen import metered
from commands.site import Site, finish
from graph import build, datasets
from graph.crawl import PAUSE, Crawl
from graph.errors import SettingError
from graph.sources.imdb import FILMS, Choice

WIKIDATA = "https://query.wikidata.org/sparql"


@click.group(name="import")
def import_() -> None:
    """Import datasets of films, and reviews from where they live."""


@import_.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def facts(site: Site, file: Path) -> None:
    """Import a facts file: films and roles in TOML."""
    with site.changing() as place:
        report = build.import_facts(place, file)
    finish(site, report)


def _edition(command: Callable[..., None]) -> Callable[..., None]:
    """The options of every dataset: its version, date and licence, which are kept with its triples."""
    for option in (
        click.option("--licence", help="Its licence."),
        click.option("--date", "published", type=click.DateTime(["%Y-%m-%d"]), help="When it was published."),
        click.option("--version", help="Its version, in the publisher's words."),
    ):
        command = option(command)
    return command


def _import(site: Site, offer: datasets.Offer) -> None:
    with site.changing() as place:
        report = build.import_dataset(place, offer)
    finish(site, report, compact=True)


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
    site: Site, /, folder: Path, types: str, since: int | None, min_votes: int | None, **edition: str | datetime | None
) -> None:
    """Import IMDb's dataset files.

    They are title.basics, title.principals and name.basics; ratings, crew and akas are read if they are there.
    """
    choice = Choice(tuple(kind.strip() for kind in types.split(",") if kind.strip()), since, min_votes)
    with metered() as meter:
        offer = datasets.imdb(folder, choice, _said(edition), meter)
    _import(site, offer)


@import_.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="DIR")
@_edition
@click.pass_obj
def tmdb(site: Site, /, folder: Path, **edition: str | datetime | None) -> None:
    """Import TMDB's films and credits from CSV.

    Either tmdb_5000_movies.csv and …_credits.csv, or movies_metadata.csv and credits.csv.
    """
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
    site: Site, /, endpoint: str, since: int | None, pause: float, fresh: bool, **edition: str | datetime | None
) -> None:
    """Import Wikidata's films from its SPARQL service.

    Interrupted, the same command goes on from there.
    """
    if not endpoint.startswith(("http://", "https://")):
        raise SettingError(f"--endpoint is {endpoint!r}; expected the http(s) address of a SPARQL server")
    crawl = Crawl(endpoint, site.local.data, since, pause)
    if fresh:
        crawl.discard()
    with metered() as meter:
        offer = datasets.wikidata(crawl, _said(edition), meter)
    _import(site, offer)


@import_.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--raw", is_flag=True, help="Keep statements and graphs as they are: no mapping, inference or shapes.")
@click.option("--name", help="The dataset's name; by default that of the first file.")
@_edition
@click.pass_obj
def rdf(site: Site, /, files: tuple[Path, ...], raw: bool, name: str | None, **edition: str | datetime | None) -> None:
    """Import RDF files: films in terms of schema.org are mapped. Turtle, N-Triples, N-Quads, TriG, RDF/XML, JSON-LD."""
    if raw:
        with site.changing() as place:
            report = build.import_raw(place, files)
        finish(site, report, compact=True)
    _import(site, datasets.rdf(files, site.place.base, name, _said(edition)))


def _said(edition: dict[str, str | datetime | None]) -> datasets.Edition:
    told = {key: f"{value:%Y-%m-%d}" if isinstance(value, datetime) else value for key, value in edition.items()}
    return datasets.Edition(**told)


@click.command()
@click.pass_obj
def resolve(site: Site) -> None:
    """Join what is stored to datasets that came later.

    Films, people and roles of earlier sources take the place that those of the datasets have.
    """
    with site.changing() as place:
        report = build.resolve(place)
    finish(site, report)
