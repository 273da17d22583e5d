"""The command line of filmgraph; its commands are in ``commands``, each of which calls one function of the core."""

from __future__ import annotations

import os
import sys
from pathlib import Path

INTERRUPTED = 130
"""The exit code after Ctrl+C, as shells have it."""

try:
    import click

    from commands.agents import mcp
    from commands.asking import export, query_, stats, validate
    from commands.doctor import doctor
    from commands.imports import import_, resolve
    from commands.keeping import backup, push_, release_, restore, snapshots
    from commands.posts import POSTS
    from commands.reviews import add, extract, remove
    from commands.screen import say
    from commands.searching import search
    from commands.site import Site, given, http_address
    from commands.withdrawing import withdraw
    from graph import build
    from graph.errors import FilmgraphError
    from graph.iris import DEFAULT_BASE
except KeyboardInterrupt:  # they take a moment to load
    sys.exit(INTERRUPTED)


class Commands(click.Group):
    """Turns the errors that filmgraph raises on purpose into one line on stderr and exit code 1."""

    def invoke(self, ctx: click.Context) -> object:
        """The command's result; an error becomes a line and an exit code."""
        try:
            return super().invoke(ctx)
        except FilmgraphError as error:
            say(f"filmgraph: {error}", err=True)
            ctx.exit(1)
        except KeyboardInterrupt:
            click.echo("filmgraph: interrupted", err=True)
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader, such as `head`, has gone
            ctx.exit(0)
        except OSError as error:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left to write cannot be written
            say(f"filmgraph: {error.filename or 'the output'}: {error.strerror or error}", err=True)
            ctx.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
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
    place = build.place_at(Path(data), base, given(ctx, "base"))
    ctx.obj = Site(
        place,
        http_address(endpoint, given(ctx, "endpoint")),
        http_address(update_endpoint, given(ctx, "update_endpoint")),
        http_address(default_graph, given(ctx, "default_graph"), "IRI of a graph"),
    )


@main.command()
@click.option("--host", envvar="FILMGRAPH_HOST", default="127.0.0.1", show_default=True)
@click.option("--port", envvar="FILMGRAPH_PORT", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--workers", envvar="FILMGRAPH_WORKERS", type=click.IntRange(min=1), default=2, show_default=True)
@click.pass_obj
def serve(site: Site, host: str, port: int, workers: int) -> None:
    """Serve the site and its SPARQL endpoint."""
    from webapp.server import serve as run  # the other commands need no web framework

    place = site.place
    run(place.data, place.base, site.endpoint, default_graph=site.merge, host=host, port=port, workers=workers)


REVIEWS = (extract, add, remove, withdraw)
DATASETS = (import_, resolve)
ASKING = (search, query_, validate, export, stats)
KEEPING = (snapshots, backup, restore, push_, release_)
SERVING = (mcp, doctor)

for _command in REVIEWS + DATASETS + ASKING + KEEPING + SERVING:
    main.add_command(_command)
for _command in POSTS:
    import_.add_command(_command)


if __name__ == "__main__":
    main()
