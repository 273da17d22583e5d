"""Fill the page of the interface from its OpenAPI document, so that both say the same."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from webapp.api.schema import PLACE
from webapp.links import SAFE
from webapp.pages import ApiField, ApiGroup, ApiPage, ApiParameter, ApiRoute, ApiSchema

JSON = "application/json"
SCHEMAS = "schemas"
"""The end of the address of the page that shows the schemas."""
FORM = "application/x-www-form-urlencoded"


def api_page(said: Mapping[str, Any], base: str) -> ApiPage:
    """Routes by their tags, and the schemas in the order of their names."""
    found = [_route(path, method, it, base) for path, each in said["paths"].items() for method, it in each.items()]
    tags = {it["operationId"]: it["tags"][0] for each in said["paths"].values() for it in each.values()}
    groups = (
        ApiGroup(tag["name"], tuple(route for route in found if tags[route.id] == tag["name"])) for tag in said["tags"]
    )
    schemas = said["components"]["schemas"].items()
    return ApiPage(base, said["info"]["version"], tuple(groups), tuple(_schema(name, each) for name, each in schemas))


def part(whole: ApiPage, name: str) -> ApiPage | None:
    """One group of the routes, by the end of its page's address, or the schemas; None where there is no such part."""
    if name == SCHEMAS:
        return replace(whole, groups=())
    groups = tuple(group for group in whole.groups if group.key == name)
    return replace(whole, groups=groups, schemas=()) if groups else None


def _route(path: str, method: str, said: Mapping[str, Any], base: str) -> ApiRoute:
    content = said["responses"]["200"]["content"]
    shown = (it["schema"] for media, it in content.items() if "json" in media and "ld+json" not in media)
    schema: Mapping[str, Any] = next(shown, {})
    return ApiRoute(
        id=said["operationId"],
        method=method.upper(),
        path=path,
        says=" ".join(filter(None, (said["summary"], said.get("description")))),
        parameters=tuple(_parameter(each) for each in said.get("parameters", ())),
        forms=tuple(content),
        answer=tuple(words(schema)) if schema.get("type") != "string" else (),
        curl=_curl(path, said, base),
    )


def _parameter(said: Mapping[str, Any]) -> ApiParameter:
    choices = tuple(said["schema"].get("enum", ()))
    return ApiParameter(said["name"], said["in"], said.get("description", ""), choices, said["required"])


def _schema(name: str, said: Mapping[str, Any]) -> ApiSchema:
    fields = tuple(ApiField(key, tuple(words(each))) for key, each in said.get("properties", {}).items())
    return ApiSchema(name, said.get("description", ""), fields)


def words(schema: Mapping[str, Any]) -> Iterator[str]:
    """A type in words; the name of a schema is a word of its own.

    >>> list(words({"type": "array", "items": {"$ref": PLACE + "Proof"}}))
    ['list of ', 'Proof']
    """
    if "$ref" in schema:
        yield schema["$ref"].removeprefix(PLACE)
    elif schema.get("type") == "array":
        yield "list of "
        yield from words(schema["items"])
    elif "anyOf" in schema:
        for place, each in enumerate(schema["anyOf"]):
            yield from [" or "] * (place > 0)
            yield from words(each)
    elif isinstance(schema.get("additionalProperties"), dict):
        yield "object of "
        yield from words(schema["additionalProperties"])
    elif "enum" in schema:
        yield " or ".join(f"“{value}”" for value in schema["enum"])
    else:
        kinds = schema.get("type", "anything")
        yield kinds if isinstance(kinds, str) else " or ".join(kinds)


def _curl(path: str, said: Mapping[str, Any], base: str) -> str | None:
    """A line for a shell that calls the route, None where there is no example of it."""
    parameters = said.get("parameters", ())
    needed = {it["name"]: it.get("example") for it in parameters if it["required"]}
    if None in needed.values():
        return None
    places = {it["name"]: quote(str(it["example"]), safe=SAFE) for it in parameters if it["in"] == "path"}
    address = base.rstrip("/") + path.format_map(places)
    asked = [(name, value) for name, value in needed.items() if name not in places]
    line = ["curl", "-L", *_sent(said)]
    content = said["responses"]["200"]["content"]
    if JSON in content and len(content) > 1:
        line += ["-H", f"Accept: {JSON}"]
    if asked:
        line += ["-G", *(word for name, value in asked for word in ("--data-urlencode", f"{name}={value}"))]
    return shlex.join([*line, address])


def _sent(said: Mapping[str, Any]) -> list[str]:
    """What is sent along as a body."""
    content = said.get("requestBody", {}).get("content", {})
    if FORM in content:
        pairs = content[FORM]["example"].items()
        return [word for name, value in pairs for word in ("--data-urlencode", f"{name}={value}")]
    if JSON in content:
        return ["-H", f"Content-Type: {JSON}", "-d", json.dumps(content[JSON]["example"])]
    return []
