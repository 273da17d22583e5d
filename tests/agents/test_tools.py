"""The tools: what they answer about the sample, and how they refuse."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import jsonschema
import pytest
from mcp import Client, MCPError
from mcp.server.mcpserver import MCPServer

from agents.server import NAMES
from tests.agents.conftest import Call, run

BASE = "http://localhost:8000/"
KEVIN = f"{BASE}role/1-mile-to-you-2017/graham-rogers/kevin"
SENTENCE = "Kevin (Graham Rogers) is fast, liked and in love."


def test_every_tool_tells_what_it_takes_and_gives(server: MCPServer) -> None:
    """Each has a description, closed arguments, a schema of its answer, and says that it only reads."""

    async def listed() -> list[Any]:
        async with Client(server) as client:
            return list((await client.list_tools()).tools)

    tools = run(listed)
    assert tuple(tool.name for tool in tools) == NAMES
    for tool in tools:
        assert tool.description
        assert tool.input_schema["additionalProperties"] is False
        assert tool.output_schema["properties"]
        assert tool.annotations.read_only_hint
        jsonschema.Draft202012Validator.check_schema(tool.output_schema)


@pytest.mark.parametrize(
    ("name", "kind", "expected", "near"),
    [
        ("tim roth", "person", f"{BASE}person/tim-roth", False),
        ("skyfal", "film", f"{BASE}film/skyfall-2012", False),
        ("Gra ham Rodgers", "person", f"{BASE}person/graham-rogers", True),
    ],
)
def test_a_thing_is_found_by_its_name(call: Call, name: str, kind: str, expected: str, near: bool) -> None:
    """Case, the end of a word and slips of the pen do not matter; the last is said."""
    found = call("find_entity", name=name, kind=kind)
    assert found["entities"][0]["iri"] == expected
    assert found["near"] is near


@pytest.mark.parametrize(
    ("film", "character"),
    [
        ("1 Mile To You", "Kevin"),
        ("1 mile to you (2017)", "kevin"),
        ("film/1-mile-to-you-2017", f"{BASE}character/1-mile-to-you-2017/kevin"),
        (f"{BASE}film/1-mile-to-you-2017", "character/1-mile-to-you-2017/kevin"),
        ("1-mile-to-you-2017", "KEVIN"),
        (None, f"{BASE}character/1-mile-to-you-2017/kevin"),
    ],
)
def test_who_played_whom_comes_with_its_sentence(call: Call, film: str | None, character: str) -> None:
    """A film and a character may be named, or given by path or IRI; sentence and source come along."""
    (role,) = call("who_played", film=film, character=character)["roles"]
    assert role["role"] == KEVIN
    assert role["film"] == {"iri": f"{BASE}film/1-mile-to-you-2017", "label": "1 Mile To You", "year": 2017}
    assert role["person"] == {"iri": f"{BASE}person/graham-rogers", "label": "Graham Rogers"}
    assert role["proof"]["quote"] == SENTENCE
    assert role["proof"]["source"]["label"] == "1 Mile To You (2017) Review"
    assert role["datasets"] == ["Sample film facts"]


def test_a_cast_begins_with_its_leads(call: Call) -> None:
    """A film's parts come in the order of billing, so that a few of them are the leads."""
    roles = call("who_played", film="Casablanca", limit=3)["roles"]
    assert [role["person"]["label"] for role in roles] == ["Humphrey Bogart", "Ingrid Bergman", "Paul Henreid"]


def test_a_character_of_many_films_has_all_its_faces(call: Call) -> None:
    """Without a film, everyone who has played one of that name is counted, though few are shown."""
    first = call("who_played", character="james bond", limit=1)
    every = call("who_played", character="James Bond")
    assert len(first["roles"]) == 1
    assert 1 + first["more"] == len(every["roles"]) > 5
    assert {"Sean Connery", "Daniel Craig"} <= {role["person"]["label"] for role in every["roles"]}


def test_a_list_says_how_many_more_there_are(call: Call) -> None:
    """Roles of a person are bounded, newest first; a film narrows them down."""
    few = call("roles_of", person="Tim Roth", limit=2)
    every = call("roles_of", person="tim-roth")
    years = [role["film"]["year"] for role in every["roles"]]
    assert len(few["roles"]) == 2
    assert 2 + few["more"] == len(years)
    assert years == sorted(years, reverse=True)
    (only,) = call("roles_of", person="Tim Roth", film="1 Mile To You")["roles"]
    assert only["description"] == "the team's track coach"


def test_evidence_gives_every_proof(call: Call) -> None:
    """A role's passage stands in its source where the answer says, and the dataset that states it is named."""
    found = call("evidence", fact=KEVIN)
    assert [proof["quote"] for proof in found["proofs"]] == [SENTENCE]
    assert found["proofs"][0]["end"] - found["proofs"][0]["start"] == len(SENTENCE)
    assert [source["label"] for source in found["datasets"]] == ["Sample film facts"]
    film = call("evidence", fact="film/skyfall-2012", limit=1)
    assert film["more"] > 0
    assert film["proofs"][0]["about"].startswith("film:")


def test_a_path_joins_two_people(call: Call) -> None:
    """Each step is a film in which both play; the next begins with whom the last ended with."""
    way = call("path", origin="Tim Roth", goal="Humphrey Bogart")
    hops = way["hops"]
    assert way["found"]
    assert [hops[0]["before"]["label"], hops[-1]["after"]["label"]] == ["Tim Roth", "Humphrey Bogart"]
    assert all(one["after"] == two["before"] for one, two in pairwise(hops))
    for hop in hops:
        assert {role["person"]["iri"] for role in hop["roles"]} == {hop["before"]["iri"], hop["after"]["iri"]}
    assert call("path", origin="Tim Roth", goal="tim-roth")["hops"] == []


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("who_played", {"film": f"{BASE}film/skyfal-2013"}, f"Skyfall (2012) <{BASE}film/skyfall-2012>"),
        ("who_played", {"film": "Skyfal"}, f"Skyfall (2012) <{BASE}film/skyfall-2012>"),
        ("who_played", {"film": "Skyfall", "character": "Monneypeny"}, f"<{BASE}character/skyfall-2012/moneypenny>"),
        ("who_played", {"character": "Jmes Bond"}, "James Bond"),
        ("roles_of", {"person": f"{BASE}person/tim-rooth"}, f"Tim Roth <{BASE}person/tim-roth>"),
        ("evidence", {"fact": f"{BASE}role/nothing/at/all"}, "there is no"),
        ("path", {"origin": "Tim Roth", "goal": "Tim Rooth"}, f"<{BASE}person/tim-roth>"),
        ("schema", {"term": "film:perfomer"}, "film:performer"),
    ],
)
def test_what_is_made_up_is_refused_with_near_ones(call: Call, tool: str, arguments: dict[str, str], said: str) -> None:
    """An IRI, name or term that there is not is an error that offers those that may be meant."""
    error = call(tool, **arguments)
    assert isinstance(error, str)
    assert error.startswith(f"Error executing tool {tool}: ")
    assert said in error


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("roles_of", {"person": "film/skyfall-2012"}, "is a film; expected the IRI of a person"),
        ("evidence", {"fact": "person/tim-roth"}, "expected the IRI of a role or credit or film or rating"),
        ("evidence", {"fact": "http://x/<script>"}, "is no IRI"),
        ("who_played", {}, "give a film, a character, or both"),
        ("who_played", {"film": 3}, "valid string"),
        ("who_played", {"filmm": "Skyfall"}, "filmm"),
        ("find_entity", {}, "Field required"),
        ("find_entity", {"name": "x", "limit": "many"}, "valid integer"),
        ("find_entity", {"name": "x", "limit": 1000}, "less than or equal to 50"),
        ("find_entity", {"name": "x", "kind": "planet"}, "'film', 'person'"),
        ("find_entity", {"name": ""}, "at least 1 character"),
        ("sparql", {"query": ["ASK {}"]}, "valid string"),
        ("delete_all", {}, "Unknown tool"),
    ],
)
def test_wrong_arguments_are_the_protocols_error(call: Call, tool: str, arguments: dict[str, Any], said: str) -> None:
    """A wrong type, bound, name or kind of thing is a tool error that says what was expected."""
    error = call(tool, **arguments)
    assert isinstance(error, str)
    assert said in error


def test_a_bug_is_not_told(server: MCPServer, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an unexpected exception says stays on the server."""

    def broken(*_: object) -> None:
        raise RuntimeError("/etc/secret")

    monkeypatch.setattr("agents.ways.path", broken)
    assert call("path", origin="a", goal="b") == "Error executing tool path"


def test_schema_lists_the_vocabulary_and_explains_a_term(call: Call) -> None:
    """The whole is brief; one term brings its examples."""
    every = call("schema")
    (role,) = call("schema", term="film:Role")["terms"]
    assert {"film:Role", "film:played"} <= {term["name"] for term in every["terms"]}
    assert not any(term["examples"] for term in every["terms"])
    assert role["kind"] == "class"
    assert "film:performer" in role["examples"][0]


def test_examples_are_found_by_their_words_and_run(call: Call) -> None:
    """Each example has its question and can be asked as it is given."""
    found = call("example_queries", about="directors", limit=2)
    assert len(found["examples"]) == 2
    for example in found["examples"]:
        assert "director" in f"{example['question']} {example['query']}".lower()
        assert call("sparql", query=example["query"])["columns"]
    assert call("example_queries", limit=1)["more"] > 30


def test_resources_and_the_prompt_are_there(server: MCPServer) -> None:
    """The ontology and the prefixes are resources in Turtle; another address is an error of the protocol."""

    async def read() -> tuple[str, str, str]:
        async with Client(server) as client:
            listed = {str(each.uri): each.mime_type for each in (await client.list_resources()).resources}
            assert listed == dict.fromkeys(["filmgraph://ontology", "filmgraph://prefixes"], "text/turtle")
            one, two = [(await client.read_resource(uri)).contents[0].text for uri in listed]  # type: ignore[union-attr]  # texts
            prompt = await client.get_prompt("who_played_whom", {"film": "Skyfall"})
            with pytest.raises(MCPError):
                await client.read_resource("filmgraph://nothing")
        return one, two, prompt.messages[0].content.text  # type: ignore[union-attr]  # a text

    ontology, prefixes, prompt = run(read)
    assert "film:Role a owl:Class" in ontology
    assert "sh:declare" in prefixes
    assert "Skyfall" in prompt
