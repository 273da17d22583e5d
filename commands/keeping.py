"""Commands that keep what is published: snapshots, backup, restore, push, release."""

from __future__ import annotations

from pathlib import Path

import click

from commands.screen import metered
from commands.site import Site, credentials, http_address, say_pushed
from graph import corrections, reports, snapshot
from graph.errors import StoreError
from graph.push import CHUNK, Target, push
from graph.release import TEXTS, release
from graph.store import GraphStore, UpdateService


@click.group(invoke_without_command=True)
@click.pass_context
def snapshots(ctx: click.Context) -> None:
    """List, verify, roll back, compact or prune the snapshots."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_)


@snapshots.command(name="list")
@click.pass_obj
def list_(site: Site) -> None:
    """List the snapshots, the current one marked."""
    for line in reports.snapshot_lines(site.place.data):
        click.echo(line)


@snapshots.command()
@click.argument("number", type=int)
@click.pass_obj
def rollback(site: Site, number: int) -> None:
    """Make an earlier snapshot the current one."""
    data = site.local.data
    before = corrections.withdrawals_of(data)
    snapshot.rollback(data, number)
    if corrections.withdrawals_of(data) != before:
        click.echo("note: other roles are withdrawn in it; `filmgraph withdraw --list` lists them", err=True)
    site.published(number)


@snapshots.command()
@click.pass_obj
def compact(site: Site) -> None:
    """Publish the current snapshot again, its files written anew.

    It makes questions faster, for more room on the disk. Imports do it by themselves; this is for an import that was
    stopped there. Readers and writers go on meanwhile.
    """
    site.published(snapshot.compact(site.local.data))


@snapshots.command()
@click.argument("number", type=int, required=False)
@click.pass_obj
def verify(site: Site, number: int | None) -> None:
    """Read a snapshot, or all; say what is not as published."""
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
def prune(site: Site, keep: int) -> None:
    """Delete old snapshots; one that is being read stays."""
    gone = snapshot.prune(site.place.data, keep)
    click.echo(f"deleted {len(gone)} snapshots" + (f": {', '.join(map(str, gone))}" if gone else ""))


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--snapshot", "number", type=int, help="Which snapshot.  [default: the current one]")
@click.pass_obj
def backup(site: Site, folder: Path, number: int | None) -> None:
    """Copy a snapshot to another data FOLDER, checked.

    A later backup there adds only what is new.
    """
    copied, new = snapshot.backup(site.place.data, folder, number)
    click.echo(f"snapshot {copied} is in {folder}" + ("" if new else " already"))


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_obj
def restore(site: Site, folder: Path) -> None:
    """Make the backup in FOLDER the current snapshot.

    What was there before stays as an earlier one.
    """
    site.published(snapshot.restore(site.local.data, folder))


@click.command(name="push")
@click.argument("url", required=False)
@click.option("--snapshot", "number", type=int, help="Which snapshot.  [default: the current one]")
@click.option("--update", is_flag=True, help="URL takes SPARQL Update, not the Graph Store Protocol.")
@click.option("--union", is_flag=True, help="The server merges its graphs itself, each triple once: send no merge.")
@click.option("--all", "afresh", is_flag=True, help="Send everything, also what arrived before.")
@click.option(
    "--chunk", type=click.IntRange(min=1_000), default=CHUNK, show_default=True, help="Bytes that are sent at a time."
)
@click.pass_obj
def push_(site: Site, url: str | None, number: int | None, update: bool, union: bool, afresh: bool, chunk: int) -> None:
    """Load a snapshot into a SPARQL server.

    What arrived before is not sent again.

    URL is the address of its graph store, such as http://localhost:7878/store, or its update service with --update.
    FILMGRAPH_USER and FILMGRAPH_PASSWORD are sent where the server asks for them.
    """
    address = http_address(url or site.update, "URL")
    if address is None:
        raise click.UsageError("give the URL of a graph store, or set FILMGRAPH_UPDATE_ENDPOINT")
    service = UpdateService if update or not url else GraphStore
    target = Target(service(address, credentials()), address, site.merge, union)
    with metered() as meter:
        pushed = push(site.place.data, target, number=number, chunk=chunk, afresh=afresh, meter=meter)
    say_pushed(pushed, address)


@click.command(name="release")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--texts",
    type=click.Choice(TEXTS),
    default="licensed",
    show_default=True,
    help="Whole texts of reviews with a licence, of all that are stored in full, or of none.",
)
@click.pass_obj
def release_(site: Site, folder: Path, texts: str) -> None:
    """Freeze the current snapshot in DIR, a folder to publish.

    It holds dumps, a table of roles with their proofs, descriptions and checksums.
    """
    with metered() as meter:
        made = release(site.place.data, folder, site.place.base, texts, meter)
    for file in made.files:
        count = "" if file.count is None else f"{file.count:>12,}"
        click.echo(f"{file.path:26} {file.size:>14,} bytes {count}")
    if made.withheld:
        click.echo(
            f"{made.withheld} reviews name no licence: their whole texts are left out (--texts all takes them in)",
            err=True,
        )
    click.echo(f"snapshot {made.number} is released in {folder}")
