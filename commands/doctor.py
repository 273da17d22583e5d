"""The command that looks over an installation."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click

from commands.site import Site

MARKS = {"ok": "ok     ", "warning": "warning", "wrong": "WRONG  "}


@click.command()
@click.option("--host", envvar="FILMGRAPH_HOST", default="127.0.0.1", show_default=True)
@click.option("--port", envvar="FILMGRAPH_PORT", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--workers", envvar="FILMGRAPH_WORKERS", type=click.IntRange(min=1), default=2, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Say it for programs.")
@click.pass_obj
def doctor(site: Site, host: str, port: int, workers: int, as_json: bool) -> None:
    """Check this installation; say what is wrong and what to run.

    Exit code 1 if something is wrong.
    """
    from webapp.doctor import WRONG, Place, examine  # the other commands need no web framework

    place = site.place
    findings = list(examine(Place(place.data, place.base, host, port, workers, site.endpoint, site.merge)))
    if as_json:
        click.echo(json.dumps([asdict(it) for it in findings], ensure_ascii=False, indent=1))
    else:
        for it in findings:
            click.echo(f"{MARKS[it.state]} {it.name}: {it.says}" + (f"; run: {it.run}" if it.run else ""))
    sys.exit(1 if any(it.state == WRONG for it in findings) else 0)
