"""The documents for users hold what they print: every block of theirs is run over the sample, in order."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest

from graph import build
from tests.servers import free_port

ROOT = Path(__file__).parents[1]
CLIENTS = ROOT / "tests" / "clients"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SERVED = "http://localhost:8000/"
PAUSE = "-- block --"


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a document, and what it prints, None where the document does not say."""

    language: str
    text: str
    prints: str | None


def blocks(name: str) -> list[Block]:
    """The blocks of a document; a block of text tells what the one before it prints."""
    found: list[Block] = []
    for language, text in BLOCK.findall((ROOT / "docs" / name).read_text(encoding="utf-8")):
        if language == "text":
            found[-1] = Block(found[-1].language, found[-1].text, text.strip())
        else:
            found.append(Block(language, text, None))
    return found


@pytest.fixture(scope="module")
def address(sample: build.Place) -> Iterator[str]:
    """What `make run` serves: the sample, at another port."""
    port = free_port()
    command = [sys.executable, "-m", "filmgraph", "serve", "--port", str(port), "--workers", "1"]
    process = subprocess.Popen(command, env=os.environ | {"FILMGRAPH_DATA": str(sample.data)}, cwd=ROOT)
    try:
        for _ in range(300):
            try:
                urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
                break
            except OSError:
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(60)


def ran(block: Block, folder: Path, address: str, data: Path) -> str:
    """What a block prints; fails where it does."""
    text = re.sub(rf"{SERVED}(?=sparql|film/|reconcile)", address, block.text).replace(".venv/bin/", "")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    command = {
        "sh": ["bash", "-euc", text],
        "python": [sys.executable, "-c", text],
        "js": ["node", "--input-type=module", "-e", text],
    }[block.language]
    environment = os.environ | {"PATH": path, "FILMGRAPH_DATA": str(data), "MPLBACKEND": "Agg"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


def scripts(found: list[Block]) -> Iterator[Block]:
    """The blocks to run; those of Python are one program, after the commands whose files it reads."""
    yield from (block for block in found if block.language != "python")
    program = f"\nprint('{PAUSE}')\n".join(block.text for block in found if block.language == "python")
    yield Block("python", program, f"\n{PAUSE}\n".join(b.prints or "" for b in found if b.language == "python"))


@pytest.mark.parametrize("name", ["tutorial.md", "clients.md"])
def test_a_document_prints_what_it_says(name: str, address: str, sample: build.Place, tmp_path: Path) -> None:
    """Every block of the document runs as it stands, and prints what stands below it."""
    for block in scripts(blocks(name)):
        if block.text.strip() == "make run" or block.language == "js":
            continue  # that is what serves the sample here; the other has a test of its own
        printed = ran(block, tmp_path, address, sample.data)
        if block.prints is not None:
            assert re.sub(r"\n+", "\n", printed) == re.sub(r"\n+", "\n", block.prints.strip())
    if name == "tutorial.md":
        assert (tmp_path / "decades.png").read_bytes().startswith(b"\x89PNG")
        assert (tmp_path / "my-release" / "SHA256SUMS").is_file()


def test_comunica_asks_the_endpoint(address: str, sample: build.Place) -> None:
    """Comunica, run from npm, gets the answer that the document prints."""
    if not shutil.which("node") or not (CLIENTS / "node_modules" / "@comunica").is_dir():
        pytest.skip("Comunica is not installed; `make clients` gets it from npm")
    (block,) = (block for block in blocks("clients.md") if block.language == "js")
    assert ran(block, CLIENTS, address, sample.data) == block.prints


def test_the_targets_are_told_in_lines_of_a_terminal() -> None:
    """``make help`` names each target in one line of 80 columns, and lists those that the README speaks of."""
    lines = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    assert max(map(len, lines)) <= 80
    spoken = set(re.findall(r"(?:`|\n    )make ([a-z]+)", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert {"run", "test"} <= spoken <= {line.split()[0] for line in lines}
