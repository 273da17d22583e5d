"""The command that looks things up by name: search."""

from __future__ import annotations

import click

from commands.screen import say
from commands.site import Site
from graph import lookup, sidecar, snapshot
from graph.errors import SettingError


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="TEXT")
@click.option("--kind", type=click.Choice([*sidecar.KINDS, sidecar.ROLE]), help="Only things of this kind.")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="How many at most.")
@click.pass_obj
def search(site: Site, words: tuple[str, ...], kind: str | None, limit: int) -> None:
    """Find films, people and roles by name, or by two names.

    An actor and a film, a character and an actor, a film and its year: bogart casablanca.
    Accents and slips do not matter.
    """
    if site.endpoint:
        raise SettingError(
            f"search needs the index of a data folder, which {site.endpoint} has not; ask it by `filmgraph query`"
        )
    with snapshot.open_current(site.place.data) as current:
        for line in lookup.found_lines(current, " ".join(words), kind, limit, site.place.base):
            say(line)
