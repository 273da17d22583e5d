"""Commands that import reviews from where they live: exports of blogs, feeds, folders of posts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import click

from commands.screen import counted
from commands.site import Site, finish
from commands.storing import storing
from graph import build
from graph.sources.blogs.feeds import read_feed
from graph.sources.blogs.letterboxd import read_letterboxd
from graph.sources.blogs.post import Entry, Wanted
from graph.sources.blogs.posts import read_posts
from graph.sources.blogs.wordpress import read_wordpress

_KINDS: tuple[tuple[str, Callable[[Path, Wanted], Iterator[Entry]], str, str], ...] = (
    ("wordpress", read_wordpress, "FILE", "Import a WordPress export.\n\nAn .xml file, from Tools, Export."),
    ("letterboxd", read_letterboxd, "ZIP", "Import a Letterboxd export.\n\nA .zip file, from Settings, Data."),
    ("posts", read_posts, "DIR", "Import a folder of Jekyll's or Hugo's posts.\n\nMarkdown or HTML with front matter."),
    ("feed", read_feed, "FILE", "Import the entries of an RSS or Atom file; nothing is fetched."),
)
_OPTIONS = (
    click.option("--author", help="Who wrote the posts that name nobody."),
    click.option("--outlet", help="The outlet of posts that name none."),
    click.option("--licence", help="The licence of posts that name none."),
    click.option("--category", "categories", multiple=True, help="Only posts of this category or tag; repeatable."),
)


def _command(name: str, reader: Callable[[Path, Wanted], Iterator[Entry]], metavar: str, text: str) -> click.Command:
    """The command that imports one kind of export."""

    @click.command(name=name, help=text)
    @click.argument("path", type=click.Path(path_type=Path), metavar=metavar)
    @storing
    @click.pass_obj
    def run(
        site: Site,
        path: Path,
        author: str | None,
        outlet: str | None,
        licence: str | None,
        categories: tuple[str, ...],
        mode: str,
        replace: bool,
        threshold: float,
    ) -> None:
        wanted = Wanted(author, outlet, licence, categories)
        with site.changing() as place, counted() as tick:
            report = build.import_posts(
                place, reader(path, wanted), mode=mode, replace=replace, threshold=threshold, progress=tick
            )
        finish(site, report)

    for option in reversed(_OPTIONS):
        option(run)
    return run


POSTS = tuple(_command(*kind) for kind in _KINDS)
"""What ``import`` offers beside datasets."""
