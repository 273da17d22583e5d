"""How long other stores take to load the same N-Quads: Oxigraph's own loader, and Virtuoso's."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from pathlib import Path

from tests.servers import OXIGRAPH, VIRTUOSO_BUFFERS, free_port, write_virtuoso_ini

PARTS = 4
"""Files among which the lines are dealt for Virtuoso, which loads a file in one thread."""


def oxigraph(nquads: Path, folder: Path) -> float | None:
    """Seconds that ``oxigraph load`` takes; None where it is not installed."""
    if not OXIGRAPH.exists():
        return None
    began = time.perf_counter()
    subprocess.run(
        [OXIGRAPH, "load", "--location", folder / "oxigraph", "--file", nquads, "--lenient"],
        check=True,
        stderr=subprocess.DEVNULL,
    )
    taken = time.perf_counter() - began
    shutil.rmtree(folder / "oxigraph")
    return taken


def virtuoso(nquads: Path, folder: Path) -> float | None:
    """Seconds that Virtuoso's two bulk loaders and the checkpoint after them take; None where it is not installed."""
    if not (shutil.which("virtuoso-t") and shutil.which("isql-vt")):
        return None
    home = folder / "virtuoso"
    home.mkdir()
    _deal(nquads, home)
    port = free_port()
    write_virtuoso_ini(home, port=free_port(), sql_port=port, buffers=VIRTUOSO_BUFFERS, reads=home)
    command = ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"]
    with subprocess.Popen(command, cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _await(port)
            _isql(port, f"ld_dir('{home}', '*.nq', 'urn:none');").wait()
            began = time.perf_counter()
            for loader in [_isql(port, "rdf_loader_run();") for _ in range(2)]:
                loader.wait()
            _isql(port, "checkpoint;").wait()
            return time.perf_counter() - began
        finally:
            server.kill()
            server.wait()
            shutil.rmtree(home)


def _deal(nquads: Path, home: Path) -> None:
    subprocess.run(
        ["split", "-n", f"l/{PARTS}", "--additional-suffix=.nq", nquads, home / "part-"],
        check=True,
    )


def _isql(port: int, statement: str) -> subprocess.Popen[bytes]:
    command = ["isql-vt", f"127.0.0.1:{port}", "dba", "dba", f"exec={statement}"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _await(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.2)
        else:
            time.sleep(1)
            return
    raise TimeoutError("Virtuoso did not start within a minute")
