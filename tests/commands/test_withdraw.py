"""Withdrawing on the command line: what is said, what is listed, and which calls are wrong."""

from __future__ import annotations

import pytest

from graph import build
from tests.commands.typed import run

ROLE = "role/saltmarsh-1994/ida-holm/maren"


def test_a_role_is_withdrawn_listed_counted_and_put_back(stored: build.Place) -> None:
    """By its path; the list says why, since when and who says so."""
    assert "there are no withdrawn roles" in run(stored, "withdraw", "--list").output
    done = run(stored, "withdraw", ROLE, "--because", "she plays the  aunt", "--by", "Ada")
    assert done.exit_code == 0, done.output
    assert "withdrawn from saltmarsh-" in done.output
    assert "snapshot 2 is current" in done.output
    role, why, where = run(stored, "withdraw", "--list").output.splitlines()
    assert role == ROLE
    assert why.strip().startswith("she plays the aunt (2")
    assert why.endswith(", Ada)")
    assert where.strip().startswith("from saltmarsh-")
    assert "withdrawn roles                           1" in run(stored, "stats").output
    assert "Maren" not in run(stored, "query", "--name", "who-played-whom").output
    back = run(stored, "withdraw", ROLE, "--undo")
    assert (back.exit_code, f"{ROLE} stands again" in back.output) == (0, True)
    assert "Maren" in run(stored, "query", "--name", "who-played-whom").output


def test_who_rolls_back_is_told_that_withdrawals_differ(stored: build.Place) -> None:
    """An earlier snapshot is as it was: the role stands in it."""
    run(stored, "withdraw", ROLE, "--because", "she plays the aunt", "--everywhere")
    assert "everywhere" in run(stored, "withdraw", "--list").output
    assert "other roles are withdrawn in it" in run(stored, "snapshots", "rollback", "1").stderr
    assert run(stored, "snapshots", "rollback", "1").stderr == ""


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ([], 2, "give the ROLE to withdraw, or --list"),
        ([ROLE], 1, "needs its reason: --because"),
        ([ROLE, "--because", "x", "--source", "a", "--everywhere"], 2, "give one of them"),
        ([ROLE, "--undo", "--because", "x"], 2, "--undo takes only the ROLE"),
        ([ROLE, "--undo"], 1, "is not withdrawn (`filmgraph withdraw --list`"),
        (["role/saltmarsh-1994/ida-holm/marem", "--because", "x"], 1, f"did you mean {ROLE}"),
        (["Maren", "--because", "x"], 1, "'Maren' is no role; expected a path such as role/"),
    ],
)
def test_mistakes_are_answered_with_what_to_do(stored: build.Place, words: list[str], code: int, message: str) -> None:
    """Nothing is published."""
    result = run(stored, "withdraw", *words)
    assert result.exit_code == code, result.output
    assert message in result.stderr
    assert len(run(stored, "snapshots").output.splitlines()) == 1
