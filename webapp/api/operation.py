"""What is said of one route of the interface: what may be asked of it, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from webapp.api.schema import Schema


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that a request may say in its query: its name, what it means, and what may be said."""

    name: str
    says: str
    example: str | int | None = None
    choices: tuple[str, ...] = ()
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """What one route answers.

    ``group`` is the heading it stands under; ``media`` the forms of its answer; ``gives`` the type of the JSON among
    them. ``example`` is an address that answers, in which names of ``Samples`` stand in braces. ``body`` is what may be
    sent, by media type: a schema and an example.
    """

    group: str
    media: tuple[str, ...]
    gives: Any = None
    example: str = ""
    asks: tuple[Parameter, ...] = ()
    body: Mapping[str, tuple[Schema, Any]] = field(default_factory=dict)
