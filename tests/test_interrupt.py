"""Ctrl+C ends a command at once, whatever it is doing, without a traceback."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from filmgraph import main
from graph import build
from graph.derive import _deaf

EARLY = """
import os, signal, sys

class Ctrl:
    def find_spec(self, name, *_):
        if name == "graph.build":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Ctrl())
from filmgraph import main
main(["--help"])
"""
MASK = "import signal; print(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, []))"


def test_ctrl_c_while_modules_load_says_nothing() -> None:
    """Whoever thinks better of it in the first half second sees no inner workings."""
    root = Path(__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", EARLY], cwd=root, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def test_ctrl_c_at_work_is_one_line(place: build.Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """The exit code is that of an interrupted program."""

    def add(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(build, "add", add)
    result = CliRunner().invoke(main, ["--data", str(place.data), "add", "reviews"])
    assert (result.exit_code, result.stdout, result.stderr) == (130, "", "filmgraph: interrupted\n")


def test_the_process_beside_a_load_leaves_ctrl_c_to_its_parent() -> None:
    """It would print a traceback of its own; only what is started meanwhile is deaf."""
    with _deaf():
        beside = subprocess.run([sys.executable, "-c", MASK], capture_output=True, text=True, check=True)
    assert beside.stdout == "True\n"
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])
