"""The options of every command that stores reviews."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from commands.screen import Share
from graph import build
from graph.extract import THRESHOLD

threshold = click.option(
    "--threshold", type=Share(), default=THRESHOLD, show_default=True, help="Least confidence of a role."
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
