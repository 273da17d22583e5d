"""A started service, for measurements and tests over HTTP."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers import free_port

ROOT = Path(__file__).resolve().parents[2]
COME_UP = 60.0
"""Seconds that a server may take to answer."""


_COMMAND = (sys.executable, "-m", "filmgraph")


def _surroundings(data: Path) -> dict[str, str]:
    return {**os.environ, "FILMGRAPH_DATA": str(data), "PYTHONPATH": str(ROOT)}


def add_raw(data: Path, raw: Path) -> None:
    """Add a file of RDF, as it is, to a data folder."""
    subprocess.run([*_COMMAND, "import", "rdf", "--raw", str(raw)], check=True, env=_surroundings(data), cwd=ROOT,
                   stdout=subprocess.DEVNULL)  # fmt: skip


@contextmanager
def served(data: Path, *, raw: Path | None = None, log: Path | None = None, **settings: str) -> Iterator[str]:
    """The address of ``filmgraph serve`` on a data folder, to which a file of RDF is added as it is.

    ``settings`` are environment variables without their ``FILMGRAPH_``, in small letters.
    """
    if raw is not None:
        add_raw(data, raw)
    set_ = {f"FILMGRAPH_{name.upper()}": value for name, value in settings.items()}
    surroundings = {**_surroundings(data), **set_}
    port = free_port()
    with (log or Path(os.devnull)).open("w") as output:
        server = subprocess.Popen(
            [*_COMMAND, "serve", "--port", str(port)],
            env=surroundings, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        try:
            await_answer(f"http://127.0.0.1:{port}/healthz", server)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.send_signal(signal.SIGINT)
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(server.pid, signal.SIGKILL)
                server.wait()


def await_answer(address: str, server: subprocess.Popen[bytes] | None) -> None:
    """Wait until a server answers; raises ``RuntimeError`` where it ends or takes too long."""
    end = time.monotonic() + COME_UP
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310  # our own address
        except urllib.error.HTTPError:
            return
        except OSError:
            if server is not None and server.poll() is not None:
                break
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"no answer from {address}; the server's exit code is {server and server.poll()}")
