"""The MCP server: tools, resources and a prompt over one graph."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.tools import Tool
from mcp_types import CallToolResult, TextContent, ToolAnnotations
from pydantic import ConfigDict

from agents.answers import Answer
from agents.tools import Tools
from agents.world import World
from graph.errors import FilmgraphError
from graph.ontology import FOLDER, PREFIXES

INSTRUCTIONS = """\
A film knowledge graph: who played whom in which film, with the sentence of a review that proves it.
Find IRIs with find_entity; never make one up. Ask who_played and roles_of for parts and their best proof, evidence
for every proof, path for how two people are connected. For other questions write SPARQL: read schema and
example_queries, then call sparql. When you answer, quote the proving sentence and name its review; say so where a fact
comes from a dataset and has no sentence. What the graph does not hold is unknown, not false.
"""
READS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, destructive_hint=False, open_world_hint=False)
NAMES = ("find_entity", "who_played", "roles_of", "evidence", "path", "schema", "example_queries", "sparql")


def make_server(world: World, version: str = "") -> MCPServer:
    """The server over one graph; nothing is opened before the first call."""
    tools = Tools(world)
    server: MCPServer = MCPServer(
        "filmgraph",
        title="filmgraph",
        instructions=INSTRUCTIONS,
        version=version,
        tools=[_tool(getattr(tools, name)) for name in NAMES],
        log_level="WARNING",
    )
    _add_resources(server)
    _add_prompt(server)
    return server


def _tool(method: Callable[..., Any]) -> Tool:
    """A method as a tool: an argument that it does not know is an error, not forgotten."""
    tool = Tool.from_function(_telling(method), description=inspect.getdoc(method), annotations=READS)
    known = tool.fn_metadata.arg_model

    class Arguments(known):  # type: ignore[valid-type, misc]  # a class made at run time
        model_config = ConfigDict(extra="forbid", title=known.__name__)

    tool.fn_metadata.arg_model = Arguments
    tool.parameters = Arguments.model_json_schema(by_alias=True)
    return tool


def _telling(method: Callable[..., Any]) -> Callable[..., Any]:
    """A method's answer as data, and the same as one line of text for clients that read only text.

    An error that the caller can mend reaches the caller in its words; any other is logged, and not told.
    """

    @functools.wraps(method)
    def call(*args: Any, **terms: Any) -> CallToolResult:
        try:
            answer: Answer = method(*args, **terms)
        except FilmgraphError as error:
            raise ToolError(str(error)) from error
        text = TextContent(type="text", text=answer.model_dump_json())
        return CallToolResult(content=[text], structured_content=answer.model_dump(mode="json"))

    return call


def _add_resources(server: MCPServer) -> None:
    @server.resource("filmgraph://ontology", name="ontology", mime_type="text/turtle")
    def ontology() -> str:
        """The vocabulary, with definitions and examples."""
        return (FOLDER / "film.ttl").read_text(encoding="utf-8")

    @server.resource("filmgraph://prefixes", name="prefixes", mime_type="text/turtle")
    def prefixes() -> str:
        """The prefixes that queries need not declare."""
        return PREFIXES.read_text(encoding="utf-8")


def _add_prompt(server: MCPServer) -> None:
    @server.prompt(name="who_played_whom", title="Who played whom in a film?")
    def who_played_whom(film: str) -> str:
        """The cast of a film, each part with the sentence that proves it."""
        return (
            f"Who played whom in {film}? Find it with find_entity, then ask who_played. Give a table of actor and "
            "character; below it, for each part, the proving sentence word for word and the review it stands in. Say "
            "which parts have no sentence, and do not add any that the tools did not give."
        )
