"""Where commands write and whom they ask: the settings that all of them share."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import click
from click.core import ParameterSource

from commands.screen import metered, say
from graph import build, ontology, snapshot
from graph.errors import SettingError, StoreError
from graph.push import Pushed, Target, push
from graph.shelf import Report
from graph.store import Endpoint, QuerySource, UpdateService, read_prefixes


def given(ctx: click.Context, name: str) -> str:
    """How a setting was given: as an option, or by its variable of the environment."""
    if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE:
        return f"--{name.replace('_', '-')}"
    return f"FILMGRAPH_{name.upper()}"


def http_address(text: str | None, name: str, what: str = "address of a SPARQL server") -> str | None:
    """A setting that is empty or starts with http; raises SettingError for anything else."""
    if text and not text.startswith(("http://", "https://")):
        raise SettingError(f"{name} is {text!r}; expected the http(s) {what}")
    return text or None


class Site:
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

    @contextmanager
    def changing(self) -> Iterator[build.Place]:
        """The place to change; what takes long meanwhile is shown on a terminal."""
        with metered() as meter:
            yield replace(self.local, meter=meter)

    def published(self, number: int | None) -> None:
        """Say which snapshot is current, and push it where the settings say so."""
        click.echo(f"snapshot {number} is current")
        if self.update:
            target = Target(UpdateService(self.update, credentials()), self.update, self.merge)
            with metered() as meter:
                say_pushed(push(self.place.data, target, meter=meter), self.update)

    def compact(self) -> None:
        """Compact what was published; that this cannot be done now is only noted."""
        click.echo("compacting its files, for faster questions; to stop here loses nothing", err=True)
        try:
            click.echo(f"snapshot {snapshot.compact(self.place.data)} is current")
        except StoreError as error:
            click.echo(f"note: {error}", err=True)

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


def credentials() -> tuple[str, str] | None:
    """Name and password for a server that asks for them, from the environment."""
    user = os.environ.get("FILMGRAPH_USER")
    return (user, os.environ.get("FILMGRAPH_PASSWORD", "")) if user else None


def say_pushed(pushed: Pushed, address: str) -> None:
    """Say what of a snapshot went to a server."""
    click.echo(
        f"snapshot {pushed.number} is at {address}: {pushed.sent} graphs sent ({pushed.triples:,} triples), "
        f"{pushed.unchanged} unchanged, {pushed.deleted} deleted"
    )


def finish(site: Site, report: Report, *, compact: bool = False) -> None:
    """Say what became of each input; exit code 1 if any could not be read.

    With ``compact`` a large store is compacted once it is published.
    """
    for added in report.added:
        roles = "" if added.roles is None else f", {added.roles:,} role{'' if added.roles == 1 else 's'}"
        say(f"added {added.name} as {added.source}: {added.film}{roles}")
    for text in report.unchanged:
        say(f"unchanged {text}")
    for text in report.notes:
        say(f"note: {text}", err=True)
    for text in report.failed:
        say(f"filmgraph: {text}", err=True)
    if report.snapshot is not None:
        site.published(report.snapshot)
        if compact and snapshot.is_large(site.place.data):
            site.compact()
    sys.exit(1 if report.failed else 0)
