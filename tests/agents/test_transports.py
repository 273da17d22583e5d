"""The command as clients start it: on standard input and output, by streamable HTTP, and over a remote server."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from click.testing import CliRunner
from mcp import Client, StdioServerParameters

from agents.server import NAMES, make_server
from agents.transport import http_app
from agents.world import World
from filmgraph import main
from graph import build
from graph.errors import SettingError
from tests.agents.conftest import caller, run
from tests.servers import Server, free_port

ROOT = Path(__file__).parents[2]
LONGEST = 60.0
"""Seconds that anything may take on a machine however loaded."""
HELLO: dict[str, Any] = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}},
}
TYPES = {"Accept": "application/json, text/event-stream"}


async def exchange(client: Client) -> None:
    """What each way of connecting must do: list, answer, and refuse."""
    async with client:
        assert tuple(tool.name for tool in (await client.list_tools()).tools) == NAMES
        answer = await client.call_tool("who_played", {"film": "1 Mile To You", "character": "Kevin"})
        assert answer.structured_content is not None
        assert answer.structured_content["roles"][0]["person"]["label"] == "Graham Rogers"
        rows = await client.call_tool("sparql", {"query": "ASK { ?who film:played ?whom }"})
        assert rows.structured_content is not None
        assert rows.structured_content["boolean"] is True
        assert (await client.call_tool("who_played", {"film": "film/invented-1900"})).is_error


def command(place: build.Place, *words: str) -> list[str]:
    """The command line as a process."""
    return [sys.executable, "-m", "filmgraph", "--data", str(place.data), "mcp", *words]


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_a_client_starts_it_as_a_process(sample: build.Place, mode: str) -> None:
    """On standard input and output it speaks nothing but the protocol, the newest and the one before."""
    program, *words = command(sample)
    run(exchange, Client(StdioServerParameters(command=program, args=words, cwd=ROOT), mode=mode))


@pytest.fixture(scope="module")
def address(sample: build.Place) -> Iterator[str]:
    """Where it listens by streamable HTTP."""
    port = free_port()
    with subprocess.Popen(
        command(sample, "--http", "--port", str(port)), cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            said = process.stdout.readline()
            assert f"http://127.0.0.1:{port}/mcp" in said
            yield f"http://127.0.0.1:{port}/mcp"
        finally:
            process.terminate()
            process.wait(LONGEST)


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_clients_reach_it_by_http(address: str, mode: str) -> None:
    """The same answers come by streamable HTTP."""
    run(exchange, Client(address, mode=mode))


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://localhost:3000"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Host": "evil.example"}, 421),
    ],
)
def test_strange_pages_and_names_are_turned_away(address: str, headers: dict[str, str], status: int) -> None:
    """A web page of another site, or a name that was made to lead here, gets nothing."""
    assert requests.post(address, json=HELLO, headers={**TYPES, **headers}, timeout=LONGEST).status_code == status


def test_a_request_that_is_no_message_is_an_error(address: str) -> None:
    """What is not JSON, or too long, is refused as the protocol says."""
    kind = {**TYPES, "Content-Type": "application/json"}
    assert requests.post(address, data="{", headers=kind, timeout=LONGEST).json()["error"]["code"] == -32700
    assert requests.post(address, data=b" " * 1_100_000, headers=kind, timeout=LONGEST).status_code == 413


@pytest.mark.parametrize(
    ("method", "params", "code"),
    [
        ("tools/call", {"name": 5, "arguments": {}}, -32602),
        ("tools/call", {"name": "schema", "arguments": ["film:Role"]}, -32602),
        ("tools/call", {}, -32602),
        ("tools/burn", {}, -32601),
    ],
)
def test_a_call_of_wrong_types_is_the_protocols_error(
    address: str, method: str, params: dict[str, object], code: int
) -> None:
    """What does not fit the protocol's own messages gets JSON-RPC's code for it."""
    message: dict[str, Any] = {"jsonrpc": "2.0", "id": 7, "method": method, "params": params}
    answer = requests.post(address, json=message, headers=TYPES, timeout=LONGEST).json()
    assert answer["id"] == 7
    assert answer["error"]["code"] == code


def test_a_door_for_others_needs_a_name(world: World) -> None:
    """An address that other machines reach is opened only together with the names that it goes by."""
    server = make_server(world)
    with pytest.raises(SettingError, match="--allow-host"):
        http_app(server, "0.0.0.0", [], [])  # noqa: S104  # what is refused
    assert http_app(server, "0.0.0.0", ["films.example"], [])  # noqa: S104  # with a name


def test_nothing_to_serve_is_said_at_once(tmp_path: Path) -> None:
    """Without data the command ends with one line that says what to do."""
    result = CliRunner().invoke(main, ["--data", str(tmp_path / "none"), "mcp"])
    assert result.exit_code == 1
    assert result.stderr.startswith("filmgraph: ")
    assert result.stderr.count("\n") == 1


def test_a_port_in_use_is_refused(sample: build.Place, address: str) -> None:
    """One line names the address and the option."""
    port = address.split(":")[2].removesuffix("/mcp")
    result = CliRunner().invoke(main, ["--data", str(sample.data), "mcp", "--http", "--port", port])
    assert result.exit_code == 1
    assert f"cannot listen on 127.0.0.1:{port}" in result.stderr


def test_other_commands_do_not_load_it() -> None:
    """The command line starts without the protocol's libraries."""
    code = "import sys, filmgraph; print([name for name in ('mcp', 'pydantic', 'uvicorn') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_tools_work_over_a_remote_server(sample_server: Server, sample: build.Place, tmp_path: Path) -> None:
    """A SPARQL server gives the same answers and refusals; near names come from its labels."""
    world = World(tmp_path, sample.base, sample_server.query, merge=sample_server.default_graph, timeout=60)
    call = caller(make_server(world))
    (role,) = call("who_played", film="1 Mile To You", character="kevin")["roles"]
    assert role["proof"]["quote"] == "Kevin (Graham Rogers) is fast, liked and in love."
    assert len(call("who_played", character="James Bond")["roles"]) > 5
    assert call("path", origin="Tim Roth", goal="humphrey-bogart")["found"]
    assert call("find_entity", name="skyfa", kind="film")["entities"][0]["label"] == "Skyfall (2012)"
    assert call("sparql", query="ASK { <film/skyfall-2012> a film:Film }")["boolean"] is True
    assert call("sparql", query="DESCRIBE <film/skyfall-2012>", limit=1)["more"] > 10
    assert "skyfall-2012>" in call("who_played", film="film/skyfall-2013")
    assert "only reads" in call("sparql", query="DROP ALL")
    assert "near ones" in call("sparql", query="ASK { <film/skyfall-1900> ?p ?o }")["notes"][0]
