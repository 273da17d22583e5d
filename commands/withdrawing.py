"""The command that takes single roles back: withdraw."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from commands.screen import say
from commands.site import Site
from graph import corrections, reports
from graph.withdraw import Wish


@click.command()
@click.argument("role", required=False)
@click.option("--because", "reason", metavar="TEXT", help="Why it is wrong; shown on its page.")
@click.option("--by", metavar="NAME", help="Who says so.")
@click.option("--source", metavar="ID", help="The review or dataset that is wrong, where several tell the role.")
@click.option("--everywhere", is_flag=True, help="Whoever tells it, now or later.")
@click.option("--undo", is_flag=True, help="Put back what was withdrawn.")
@click.option("--list", "listing", is_flag=True, help="List what is withdrawn, and why.")
@click.pass_obj
def withdraw(
    site: Site,
    role: str | None,
    reason: str | None,
    by: str | None,
    source: str | None,
    everywhere: bool,
    undo: bool,
    listing: bool,
) -> None:
    """Withdraw a ROLE that was read wrongly, and publish.

    ROLE is its path or IRI: role/casablanca-1942/peter-lorre/sam. It stays withdrawn when its review is read again.
    """
    if listing:
        with site.source() as asked:
            for line in reports.withdrawal_lines(asked, site.place.base):
                say(line)
        return
    if role is None:
        raise click.UsageError("give the ROLE to withdraw, or --list")
    if source and everywhere:
        raise click.UsageError("--source names one source, --everywhere means all; give one of them")
    if undo and (reason or everywhere):
        raise click.UsageError("--undo takes only the ROLE, and --source")
    day = datetime.now(UTC).date().isoformat()
    wish = Wish(role, reason or "", day, by, source, everywhere)
    if undo:
        with site.changing() as place:
            number = corrections.undo(place, wish)
        click.echo(f"{role} stands again")
    else:
        with site.changing() as place:
            done, number = corrections.withdraw(place, wish)
        where = "everywhere" if done.source is None else f"from {done.source.rsplit('/', 1)[-1]}"
        click.echo(f"withdrawn {where}: {site.place.iris.path(done.role)}")
    site.published(number)
