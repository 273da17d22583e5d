"""The options of every command that stores reviews."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from commands.screen import Share
from graph import build
from graph.errors import InputError
from graph.extract import THRESHOLD
from graph.sources import recode

threshold = click.option(
    "--threshold", type=Share(), default=THRESHOLD, show_default=True, help="Least confidence of a role."
)


def _known(_: click.Context, option: click.Parameter, encoding: str | None) -> str | None:
    """The usual name of an encoding that was given."""
    try:
        return None if encoding is None else recode.known(encoding)
    except InputError as error:
        raise click.BadParameter(str(error), param=option) from error


encoding = click.option(
    "--encoding", metavar="NAME", callback=_known, help="How files are read that are not UTF-8, such as cp1252."
)
_OPTIONS = (
    click.option(
        "--text",
        "mode",
        type=click.Choice(build.MODES),
        default="full",
        show_default=True,
        help="How much of each text is stored.",
    ),
    click.option("--replace", is_flag=True, help="Drop earlier sources that came under the same name."),
    threshold,
)


def storing(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command ``--text`` (as ``mode``), ``--replace`` and ``--threshold``."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
