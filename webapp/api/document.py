"""The OpenAPI 3.1 document: routes, what they answer, and the schemas of their JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from typing import Any
from urllib.parse import unquote

from webapp.api.operation import Operation, Parameter
from webapp.api.operations import OPERATIONS
from webapp.api.routes import Route
from webapp.api.schema import Schema, Schemas

PROBLEM: Schema = {
    "type": "object",
    "description": "What went wrong (RFC 9457); a limit that was passed is named by further members.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "near": {
            "type": "array",
            "items": {"type": "object"},
            "description": "Resources of a similar name.",
        },
    },
}
SAYS = (
    "Every page answers in the forms listed, by the Accept header; an address without a query takes a suffix "
    "instead: .json, .csv, .ttl, .jsonld, .nt, .rdf. JSON is the data that the page itself is made of. "
    "Nothing needs a key, and nothing can be changed here."
)
JSON_TYPES = re.compile(r"application/(?:[\w.-]+\+)?json")


def document(routes: Iterable[Route], base: str, licence: tuple[str, str], samples: Mapping[str, str]) -> Schema:
    """The document of a site: ``licence`` is the name and IRI of that of its statements, ``samples`` fill examples."""
    schemas = Schemas()
    paths: dict[str, Schema] = {}
    for route in routes:
        operation = OPERATIONS.get(route.path)
        if operation is not None:
            paths[route.path] = {
                method.lower(): _said(route, method, operation, schemas, samples) for method in route.methods
            }
    schemas.named["Problem"] = PROBLEM
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "filmgraph",
            "version": version("filmgraph"),
            "summary": "Who played whom in which film, with the sentence that proves it.",
            "description": SAYS,
            "license": {"name": licence[0], "url": licence[1]},
        },
        "servers": [{"url": base.rstrip("/")}],
        "tags": [{"name": name} for name in dict.fromkeys(operation.group for operation in OPERATIONS.values())],
        "paths": paths,
        "components": {"schemas": dict(sorted(schemas.named.items())), "responses": {"Problem": _problem()}},
    }


def address(operation: Operation, samples: Mapping[str, str]) -> str | None:
    """An address that answers, None where the graph has no such thing."""
    try:
        return operation.example.format_map(samples)
    except KeyError:
        return None


def _said(
    route: Route, method: str, operation: Operation, schemas: Schemas, samples: Mapping[str, str]
) -> dict[str, Any]:
    posted = method == "POST"
    asked = [] if posted and "query" in str(operation.body) else operation.asks
    said = {
        "operationId": _name(method, route.path),
        "tags": [operation.group],
        "summary": route.says,
        "description": route.more,
        "parameters": [*_parts(route, address(operation, samples)), *(_parameter(each, samples) for each in asked)],
        "requestBody": _body(operation, samples) if posted else None,
        "responses": {
            "200": {"description": "The answer.", "content": _content(operation, schemas)},
            "default": {"$ref": "#/components/responses/Problem"},
        },
    }
    return {key: value for key, value in said.items() if value}


def _name(method: str, path: str) -> str:
    """A name for generated programs to call.

    >>> _name("GET", "/film/{key}")
    'get_film_key'
    """
    return "_".join([method.lower(), *re.findall(r"\w+", path)])


def _parts(route: Route, example: str | None) -> list[Schema]:
    """The parameters within the path, each with what stands there in the example."""
    pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(route.path))
    found = re.fullmatch(pattern, (example or "").partition("?")[0])
    values = found.groupdict() if found else {}
    return [
        {
            "name": name,
            "in": "path",
            "description": "As it stands in the address.",
            "required": True,
            "schema": schema,
            **({"example": _read(values[name], schema)} if values else {}),
        }
        for name, schema in route.parts
    ]


def _read(value: str, schema: Schema) -> str | int:
    """What stands in an address, as a value."""
    return int(value) if schema["type"] == "integer" else unquote(value)


def _parameter(asked: Parameter, samples: Mapping[str, str]) -> Schema:
    kind = "integer" if isinstance(asked.example, int) else "string"
    schema = {"type": kind, **({"enum": list(asked.choices)} if asked.choices else {})}
    said = {"name": asked.name, "in": "query", "description": asked.says, "required": asked.needed, "schema": schema}
    example = asked.example
    if isinstance(example, str) and example.startswith("{"):
        name = example.strip("{}")
        example = unquote(samples[name]) if name in samples else None
    return said if example is None else {**said, "example": example}


def _body(operation: Operation, samples: Mapping[str, str]) -> Schema:
    content = {
        media: {"schema": schema, "example": _filled(example, samples)}
        for media, (schema, example) in operation.body.items()
    }
    return {"required": True, "content": content}


def _filled(example: Any, samples: Mapping[str, str]) -> Any:
    """A body with the samples in it: only lists hold their names."""
    return [str(each).format_map(samples) for each in example] if isinstance(example, list) and samples else example


def _content(operation: Operation, schemas: Schemas) -> Schema:
    return {
        media: {"schema": schemas.of(operation.gives) if _is_json(media, operation) else {"type": "string"}}
        for media in operation.media
    }


def _is_json(media: str, operation: Operation) -> bool:
    return operation.gives is not None and media != "application/ld+json" and bool(JSON_TYPES.fullmatch(media))


def _problem() -> Schema:
    return {
        "description": "What went wrong; as HTML or RDF where Accept asks for that.",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
