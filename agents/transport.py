"""Runs the server: on standard input and output, or on an address, by streamable HTTP."""

from __future__ import annotations

import logging
import socket
import sys
from collections.abc import Sequence
from ipaddress import ip_address

import uvicorn
from mcp.server.mcpserver import MCPServer
from mcp.server.transport_security import TransportSecuritySettings
from starlette.applications import Starlette

from graph.errors import SettingError

PATH = "/mcp"
LOCAL = ("127.0.0.1", "localhost", "[::1]")
LONGEST_BODY = 1_000_000
"""Bytes of a request."""


def serve_stdio(server: MCPServer) -> None:
    """Answer one client on standard input and output until it goes; everything else is said on standard error."""
    _log()
    server.run("stdio")


def serve_http(server: MCPServer, host: str, port: int, names: Sequence[str], origins: Sequence[str]) -> None:
    """Answer any number of clients at ``http://host:port/mcp`` until interrupted.

    Raises SettingError where the address cannot be listened at, or is open to others without the names it goes by.
    """
    _log()
    app = http_app(server, host, names, origins)
    with _listening(host, port) as listener:
        name = f"[{host}]" if ":" in host else host
        print(f"filmgraph answers MCP clients on http://{name}:{port}{PATH} (Ctrl+C ends it)", flush=True)  # noqa: T201
        config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=2)
        uvicorn.Server(config).run(sockets=[listener])


def http_app(server: MCPServer, host: str, names: Sequence[str], origins: Sequence[str]) -> Starlette:
    """The server as an application, which refuses a request whose Host or Origin is not one of those expected.

    ``names`` are hosts, with or without a port, that clients call it by besides this machine's own; ``origins`` are
    those of web pages that may call it. Raises SettingError where other machines are let in and no name is given.
    """
    if not _is_local(host) and not names:
        raise SettingError(
            f"--host {host} lets other machines in; name what they call this one with --allow-host, for example "
            f"--allow-host films.example.org"
        )
    known = [f"{name}:*" for name in LOCAL] + [each for name in names for each in (name, f"{name}:*")]
    pages = [f"http://{name}:*" for name in LOCAL] + list(origins)
    return server.streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        stateless_http=True,
        max_request_body_size=LONGEST_BODY,
        transport_security=TransportSecuritySettings(allowed_hosts=known, allowed_origins=pages),
        host=host,
    )


def _is_local(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _listening(host: str, port: int) -> socket.socket:
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family, backlog=128)
    except socket.gaierror as error:
        raise SettingError(f"{host!r} is no address of this machine; choose another with --host") from error
    except OSError as error:
        raise SettingError(
            f"cannot listen on {host}:{port}: {error.strerror}; choose another with --host or --port"
        ) from error


def _log() -> None:
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="filmgraph: %(message)s")
