"""What commands show on a terminal while they work, and what they take from it."""

from __future__ import annotations

import math
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from graph import datasets

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BUT_COLOURS = re.compile(rf"(?!\x1b\[[0-9;]*m){_UNSEEN.pattern}")


def visible(text: str, *, coloured: bool = False) -> str:
    r"""The text with what a terminal would obey spelt out: no file's name, and no review's words, move its cursor.

    Of text that is ``coloured`` the colours stay.

    >>> visible("a\x1b[2Jb\n"), visible("\x1b[1ma\x1b[2Jb\x1b[0m", coloured=True)
    ('a\\x1b[2Jb\n', '\x1b[1ma\\x1b[2Jb\x1b[0m')
    """
    unseen = _BUT_COLOURS if coloured else _UNSEEN
    return unseen.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def say(text: str, *, err: bool = False, nl: bool = True, coloured: bool = False) -> None:
    """Print words that came from outside, such as names of files, made visible."""
    click.echo(visible(text, coloured=coloured), err=err, nl=nl)


class Share(click.FloatRange):
    """A number from 0 to 1; ``nan`` is none, though it is below neither bound."""

    def __init__(self) -> None:
        super().__init__(0, 1)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number; fails with the option's name for anything else."""
        number: float = super().convert(value, param, ctx)
        if math.isnan(number):
            self.fail(f"{value!r} is not a number from 0 to 1.", param, ctx)
        return number


@contextmanager
def counted() -> Iterator[Callable[[str], None]]:
    """Counts inputs on stderr while work goes on, on a terminal only."""
    shown, done = sys.stderr.isatty(), 0

    def tick(name: str) -> None:
        nonlocal done
        done += 1
        if shown:
            click.echo(f"\r\x1b[K{done:,}  {visible(name[-60:]).replace(chr(10), ' ')}", err=True, nl=False)

    try:
        yield tick
    finally:
        if shown and done:
            click.echo("\r\x1b[K", err=True, nl=False)


@contextmanager
def metered() -> Iterator[datasets.Meter]:
    """Shows on stderr what long work is at, its rate and the time left, on a terminal only."""
    shown, step, began = sys.stderr.isatty(), "", 0.0

    def tell(name: str, done: int, total: int) -> None:
        nonlocal step, began
        if name != step:
            step, began = name, time.monotonic()
        rate = done / max(time.monotonic() - began, 0.001)
        if shown:
            click.echo(f"\r\x1b[K{name}{_pace(done, total, rate)}", err=True, nl=False)

    try:
        yield tell
    finally:
        if shown and step:
            click.echo("\r\x1b[K", err=True, nl=False)


def _pace(done: int, total: int, rate: float) -> str:
    """How much is done of how much, how fast, and, where the whole is known, how long it will take."""
    if not done or not rate:
        return ""
    if not total:
        return f"  {done:,}, {rate:,.0f}/s"
    return f"  {done:,} of {total:,}, {rate:,.0f}/s, {max(total - done, 0) / rate:.0f} s left"
