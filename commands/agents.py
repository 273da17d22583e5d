"""The command that serves the graph to language models and other programs: mcp."""

from __future__ import annotations

from contextlib import closing, suppress
from importlib.metadata import version

import click

from commands.site import Site


@click.command()
@click.option("--http", is_flag=True, help="Listen on an address, in place of standard input and output.")
@click.option("--host", default="127.0.0.1", show_default=True, help="With --http: the address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True, help="With --http: its port.")
@click.option(
    "--allow-host", multiple=True, metavar="NAME", help="With --http: a name that clients call this machine by."
)
@click.option(
    "--allow-origin", multiple=True, metavar="ORIGIN", help="With --http: a site whose pages may call, https://…"
)
@click.option(
    "--timeout",
    envvar="FILMGRAPH_TIMEOUT",
    type=click.FloatRange(min=0, min_open=True),
    default=10,
    show_default=True,
    help="Seconds that a query may run.",
)
@click.pass_obj
def mcp(
    site: Site,
    http: bool,
    host: str,
    port: int,
    allow_host: tuple[str, ...],
    allow_origin: tuple[str, ...],
    timeout: float,
) -> None:
    """Serve the graph as tools by the Model Context Protocol.

    docs/agents.md tells how clients are set up.
    """
    from agents.server import make_server  # the other commands need none of it
    from agents.transport import serve_http, serve_stdio
    from agents.world import World

    world = World(site.place.data, site.place.base, site.endpoint, merge=site.merge, timeout=timeout)
    with suppress(KeyboardInterrupt), closing(world):  # Ctrl+C is how it ends
        world.check()
        server = make_server(world, version("filmgraph"))
        if http:
            serve_http(server, host, port, allow_host, allow_origin)
        else:
            serve_stdio(server)
