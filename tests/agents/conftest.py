"""The tools over the bundled sample, called by the SDK's own client."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

import anyio
import pytest
from mcp import Client
from mcp.server.mcpserver import MCPServer

from agents.server import make_server
from agents.world import World
from graph import build


class Call(Protocol):
    """Calls a tool: gives its structured answer, or its error as a text."""

    def __call__(self, name: str, /, **arguments: Any) -> Any:
        """The answer."""


def run(work: Callable[..., Awaitable[Any]], *given: Any) -> Any:
    """Run to the end in a thread of its own: this one may have a browser's event loop."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(anyio.run, work, *given).result()


def caller(server: MCPServer) -> Call:
    """A client in the same process."""

    def call(name: str, /, **arguments: Any) -> Any:
        async def ask() -> Any:
            async with Client(server) as client:
                answer = await client.call_tool(name, arguments)
            return answer.content[0].text if answer.is_error else answer.structured_content  # type: ignore[union-attr]  # a text

        return run(ask)

    return call


@pytest.fixture(scope="session")
def world(sample: build.Place) -> Iterator[World]:
    """The sample's snapshot."""
    world = World(sample.data, sample.base, timeout=60)
    yield world
    world.close()


@pytest.fixture(scope="session")
def server(world: World) -> MCPServer:
    """The server over the sample."""
    return make_server(world, "1")


@pytest.fixture(scope="session")
def call(server: MCPServer) -> Call:
    """A client of the server over the sample."""
    return caller(server)
