"""The server is started where nobody listens, and ends when told, however early."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from filmgraph import main
from graph import build
from graph.errors import SettingError
from tests.servers import free_port
from webapp.server import check_address


@pytest.mark.parametrize("shared", [False, True])
def test_a_port_in_use_is_refused(sample: build.Place, shared: bool) -> None:
    """One line names the port and the option, even where the other server lets its port be shared."""
    with socket.socket() as other:
        if shared:
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = CliRunner().invoke(main, ["--data", str(sample.data), "serve", "--port", str(port)])
    assert result.exit_code == 1
    assert result.stderr == f"filmgraph: port {port} is in use; choose another with --port\n"
    assert not result.stdout


def test_a_free_port_stays_free() -> None:
    """Looking at an address leaves it to be taken."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        port = other.getsockname()[1]
    check_address("127.0.0.1", port)
    check_address("127.0.0.1", port)


@pytest.mark.parametrize("host", ["192.0.2.7", "not a host"])
def test_a_foreign_host_is_refused(host: str) -> None:
    """An address that is none of this machine's is named, with the option that sets it."""
    with pytest.raises(SettingError, match=rf"'{host}' is no address of this machine; choose another with --host"):
        check_address(host, 8000)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="sees the first worker in /proc, on Linux only")
def test_a_server_that_is_told_to_end_while_its_workers_begin_ends(sample: build.Place) -> None:
    """A worker that does not listen for signals yet is not waited for."""
    command = [sys.executable, "-m", "filmgraph", "--data", str(sample.data), "serve", "--port", str(free_port())]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True) as server:
        children, end = Path(f"/proc/{server.pid}/task/{server.pid}/children"), time.monotonic() + 60
        try:
            while server.poll() is None and time.monotonic() < end and not children.read_text().split():
                time.sleep(0.01)
            server.terminate()
            _, said = server.communicate(timeout=30)
        finally:
            if server.poll() is None:
                os.killpg(server.pid, signal.SIGKILL)
    assert (server.returncode, said) == (0, b"")
