"""Search by name on the command line."""

from __future__ import annotations

import pytest

from graph import build
from tests.commands.typed import run


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        (["maren"], ["character  Maren, Saltmarsh  character/saltmarsh-1994/maren"]),
        (["saltmarsh", "1994", "--kind", "film"], ["film       Saltmarsh, 1994  film/saltmarsh-1994"]),
        (
            ["holm saltmarsh"],
            [
                "role       Ida Holm as Maren, Saltmarsh (1994)  role/saltmarsh-1994/ida-holm/maren",
                "           “His neighbour Maren (Ida Holm) wants the harbour.”",
                "film       Saltmarsh, 1994  film/saltmarsh-1994",
                "person     Ida Holm  person/ida-holm",
            ],
        ),
        (
            ["hulm saltmarsh", "--limit", "1"],
            ["nothing is called 'hulm saltmarsh'; near names:", "role       Ida Holm as Maren"],
        ),
        (["xyzzy"], ["nothing is called 'xyzzy', or nearly so"]),
        (["--kind", "role", "maren saltmarsh"], ["role       Ida Holm as Maren", "           “His neighbour"]),
        (["--kind", "role", "maren"], ["no role is named by 'maren'; name two things of it"]),
    ],
)
def test_what_is_called_so_is_told_with_its_path(stored: build.Place, words: list[str], lines: list[str]) -> None:
    """A line each, below a role the sentence that proves it; an error is seen through, and said."""
    told = run(stored, "search", *words)
    assert told.exit_code == 0, told.output
    shown = told.output.splitlines()
    assert [line[: len(want)] for line, want in zip(shown, lines, strict=False)] == lines


def test_a_server_has_no_index(stored: build.Place) -> None:
    """It is told what to do there."""
    told = run(stored, "--endpoint", "http://localhost:1/sparql", "search", "maren")
    assert (told.exit_code, "ask it by `filmgraph query`" in told.stderr) == (1, True)
