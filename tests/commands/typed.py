"""A review to add, and a call of the command line as a user types it."""

from __future__ import annotations

from click.testing import CliRunner, Result

from filmgraph import main
from graph import build

REVIEW = """Saltmarsh (1994) Review

A ferry, a feud, a long winter.

Saltmarsh is a 1994 drama about two families on one island.

The ferryman, Odd (Karel Vinter), wants only quiet. His neighbour Maren (Ida Holm) wants the harbour.

Movie description: Saltmarsh is a 1994 drama about two families on one island.

Director(s): Petra Lindqvist

Actor(s): Karel Vinter, Ida Holm

Genre: Drama

  • Our Score
User Rating 3.39 (3 votes)
"""


def run(place: build.Place, *words: str, text: str | None = None, color: bool = False) -> Result:
    """One call of the command line on a data folder."""
    return CliRunner().invoke(main, ["--data", str(place.data), *words], input=text, color=color)
