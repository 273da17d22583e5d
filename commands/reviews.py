"""Commands that read reviews: extract, add; and remove."""

from __future__ import annotations

import sys

import click

from commands.screen import counted, say
from commands.site import Site, finish
from commands.storing import encoding as in_encoding
from commands.storing import storing, threshold
from graph import build
from graph.errors import InputError


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE…")
@click.option("--format", "form", type=click.Choice(["jsonl", "ttl", "text"]), default="jsonl", show_default=True)
@threshold
@in_encoding
@click.option(
    "--explain", is_flag=True, help="Show the text with its spans, the rule behind each pair, and what was rejected."
)
@click.pass_obj
def extract(
    site: Site, paths: tuple[str, ...], form: str, threshold: float, encoding: str | None, explain: bool
) -> None:
    """Print the facts found in reviews; nothing is stored."""
    failed = False
    found = (
        build.explained(paths, threshold, encoding)
        if explain
        else build.extracted(site.place, paths, form, threshold, encoding)
    )
    for item in found:
        failed |= isinstance(item, InputError)
        if isinstance(item, InputError):
            say(f"filmgraph: {item}", err=True)
        else:
            say(item, coloured=explain)
    sys.exit(1 if failed else 0)


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("--licence", help="The licence of reviews that name none.")
@in_encoding
@storing
@click.pass_obj
def add(
    site: Site,
    paths: tuple[str, ...],
    mode: str,
    licence: str | None,
    encoding: str | None,
    replace: bool,
    threshold: float,
) -> None:
    """Add reviews.

    They are .txt, .md, .html, .json, .jsonl, .csv and .tsv files, folders of these, or - for standard input.
    """
    with site.changing() as place, counted() as tick:
        report = build.add(
            place,
            paths,
            mode=mode,
            licence=licence,
            encoding=encoding,
            replace=replace,
            threshold=threshold,
            progress=tick,
        )
    finish(site, report)


@click.command()
@click.argument("source")
@click.pass_obj
def remove(site: Site, source: str) -> None:
    """Drop one source, by its id or IRI, and publish."""
    with site.changing() as place:
        report = build.remove(place, source)
    click.echo(f"removed {source}")
    site.published(report.snapshot)
