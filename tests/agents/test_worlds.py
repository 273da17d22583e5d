"""The tools over graphs that change, or in which things share a name; and their documentation."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp.server.mcpserver import MCPServer

from agents.server import make_server
from agents.world import World
from graph import build, corrections
from graph.withdraw import Wish
from tests.agents.conftest import Call, caller, run
from tests.graph.test_reunite import BRIEF, COLD, NAMESAKE, REVIEW, imdb, reviews
from tests.graph.test_withdraw import DAY, KEVIN, ONE, write

DOCS = Path(__file__).parents[2] / "docs" / "agents.md"
TWINS = """
[[film]]
title = "The Ferry"
year = 1931
roles = [["Ida Holm", "Maren"]]

[[film]]
title = "The Ferry"
year = 1994
roles = [["Karel Vinter", "Odd"], ["Ida Holm", "Maren Lund"], ["Ida Holm", "Old Maren"]]
"""
LATER = """
[[film]]
title = "Saltmarsh"
year = 2001
roles = [["Karel Vinter", "The Warden"]]
"""


@pytest.fixture
def twins(place: build.Place) -> Iterator[Call]:
    """Two films of one title."""
    stored(place, "twins.toml", TWINS)
    world = World(place.data, place.base)
    yield caller(make_server(world))
    world.close()


def stored(place: build.Place, name: str, text: str) -> None:
    """Import a facts file."""
    path = place.data.parent / name
    path.write_text(text, encoding="utf-8")
    build.import_facts(place, path)


def test_namesakes_are_not_chosen_among(twins: Call) -> None:
    """A title that two films bear is refused with both; the year, or the IRI, tells them apart."""
    error = twins("who_played", film="The Ferry")
    assert "2 films are called 'The Ferry'" in error
    assert "film/the-ferry-1931>" in error
    assert "film/the-ferry-1994>" in error
    (role,) = twins("who_played", film="The Ferry (1931)")["roles"]
    assert role["person"]["label"] == "Ida Holm"
    assert "proof" not in role
    assert twins("who_played", film="film/the-ferry-1994")["more"] == 0


def test_a_part_of_a_name_gives_all_whom_it_fits(twins: Call) -> None:
    """Within one film a part of a character's name is enough; the whole name goes before."""
    found = twins("who_played", film="The Ferry (1994)", character="maren")["roles"]
    assert {role["character"]["label"] for role in found} == {"Maren Lund", "Old Maren"}
    (exact,) = twins("who_played", film="The Ferry (1994)", character="old maren")["roles"]
    assert exact["character"]["label"] == "Old Maren"


def test_people_without_a_film_in_common_are_apart(twins: Call, place: build.Place) -> None:
    """Where no chain of films joins two people, the answer says so, and is no error."""
    stored(place, "alone.toml", '[[film]]\ntitle = "Alone"\nyear = 1950\nroles = [["Nobody Else", "Herself"]]\n')
    way = twins("path", origin="Ida Holm", goal="Nobody Else")
    assert way == {"found": False, "note": "no chain of films joins Ida Holm and Nobody Else", "hops": [], "ways": 0}


def test_a_new_snapshot_is_seen_at_once(twins: Call, place: build.Place) -> None:
    """What is published while a client is connected is in the next answer, in the sandbox too."""
    asked = 'ASK { ?film film:title "Saltmarsh" }'
    assert "no film is called" in twins("who_played", film="Saltmarsh")
    assert twins("sparql", query=asked)["boolean"] is False
    stored(place, "later.toml", LATER)
    assert twins("who_played", film="Saltmarsh")["roles"][0]["character"]["label"] == "The Warden"
    assert twins("sparql", query=asked)["boolean"] is True


@pytest.fixture
def moved(place: build.Place, tmp_path: Path) -> Iterator[Call]:
    """Reviews that joined a dataset: their films and people have its IRIs now."""
    build.add(place, reviews(tmp_path / "in", one=REVIEW, two=BRIEF, cold=COLD))
    imdb(place, tmp_path / "imdb", **NAMESAKE)
    build.resolve(place)
    world = World(place.data, place.base)
    yield caller(make_server(world))
    world.close()


def test_an_iri_published_earlier_leads_on(moved: Call, place: build.Place) -> None:
    """What was merged is followed; one that stood for several offers them, and a query that names one is told."""
    assert moved("who_played", film="film/rost")["about"]["iri"] == f"{place.base}film/tt1"
    assert moved("roles_of", person="person/cy-dorn")["about"]["iri"] == f"{place.base}person/nm2"
    refused = moved("roles_of", person="person/ann-bell")
    assert "<http://localhost:8000/person/ann-bell> was merged into others" in refused
    assert refused.count("Ann Bell <http://localhost:8000/person/nm") == 2
    (note,) = moved("sparql", query="ASK { <film/rost> film:year ?year }")["notes"]
    assert "film/tt1>" in note


def test_the_documentation_names_every_tool_and_argument(server: MCPServer) -> None:
    """The table of tools in docs/agents.md is that of the server, and the blocks for clients are JSON."""

    async def listed() -> dict[str, list[str]]:
        async with Client(server) as client:
            return {tool.name: list(tool.input_schema["properties"]) for tool in (await client.list_tools()).tools}

    text = DOCS.read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \|", text, re.MULTILINE)
    assert {name: re.findall(r"`(\w+)`", arguments) for name, arguments in rows} == run(listed)
    blocks = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", text, re.DOTALL)]
    assert all("filmgraph" in block["mcpServers"] for block in blocks)
    assert len(blocks) == 2


def test_the_documented_program_runs(server: MCPServer, capsys: pytest.CaptureFixture[str]) -> None:
    """The program in docs/agents.md prints who played Kevin and the sentence that proves it."""
    (program,) = re.findall(r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    here: dict[str, Any] = {"server": server}
    with ThreadPoolExecutor(1) as threads:  # as it may not where a browser's event loop runs
        threads.submit(exec, program.replace('"http://127.0.0.1:8001/mcp"', "server"), here).result()
    assert capsys.readouterr().out == "Graham Rogers — Kevin (Graham Rogers) is fast, liked and in love.\n"


def test_a_withdrawn_role_is_refused_with_the_reason(place: build.Place, tmp_path: Path) -> None:
    """Neither is it told of its film, nor is its passage given; who asks for it learns why."""
    build.add(place, write(tmp_path / "in", one=ONE))
    corrections.withdraw(place, Wish(KEVIN, "she plays another", DAY))
    world = World(place.data, place.base)
    ask = caller(make_server(world, "1"))
    assert "she plays another" in ask("evidence", fact=KEVIN)
    assert [role["character"]["label"] for role in ask("who_played", film="Rust and Salt")["roles"]] == ["Max", "Voss"]
    assert [it["kind"] for it in ask("find_entity", name="bell rust salt")["entities"]][:3] == ["role", "role", "film"]
    world.close()
