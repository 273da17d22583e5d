"""JSON Schema from types: dataclasses, and what their fields are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

Schema = dict[str, Any]
PLACE = "#/components/schemas/"
_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}


class Schemas:
    """The schemas of dataclasses by their names, each written down when it is first referred to."""

    def __init__(self) -> None:
        self.named: dict[str, Schema] = {}

    def of(self, kind: Any) -> Schema:
        """The schema of a type; a ready one stays as it is. Raises TypeError for what JSON cannot hold.

        >>> Schemas().of(tuple[int | None, ...])
        {'type': 'array', 'items': {'type': ['integer', 'null']}}
        """
        if isinstance(kind, Mapping):
            return dict(kind)
        if kind in _PLAIN:
            return {"type": _PLAIN[kind]}
        if is_dataclass(kind) and isinstance(kind, type):
            return self._reference(kind)
        return self._made(kind, get_origin(kind), get_args(kind))

    def _made(self, kind: Any, origin: Any, of: tuple[Any, ...]) -> Schema:
        if origin is Literal:
            return {"enum": list(of)}
        if origin in (Union, UnionType):
            return _either([self.of(each) for each in of])
        if origin is tuple and of[1:] == (...,):
            return {"type": "array", "items": self.of(of[0])}
        if origin is dict and of[0] is str:
            return {"type": "object", "additionalProperties": self.of(of[1])}
        raise TypeError(f"{kind!r} has no schema; expected a dataclass, tuple[X, ...], dict[str, X], or plain values")

    def _reference(self, kind: type) -> Schema:
        if kind.__name__ not in self.named:
            self.named[kind.__name__] = {}  # a dataclass may hold itself
            self.named[kind.__name__] = self._object(kind)
        return {"$ref": PLACE + kind.__name__}

    def _object(self, kind: type) -> Schema:
        hints, names = get_type_hints(kind), [field.name for field in fields(kind)]
        return {
            "type": "object",
            "description": " ".join((kind.__doc__ or "").replace("``", "`").split()),
            "properties": {name: self.of(hints[name]) for name in names},
            "required": names,
            "additionalProperties": False,
        }


def _either(schemas: list[Schema]) -> Schema:
    """One schema for several: plain types share a list."""
    if all(set(each) == {"type"} for each in schemas):
        return {"type": [each["type"] for each in schemas]}
    return {"anyOf": schemas}
