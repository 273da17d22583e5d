"""The page of the interface for programs."""

from __future__ import annotations

from dataclasses import dataclass

from graph.iris import slug


@dataclass(frozen=True, slots=True)
class ApiParameter:
    """What a request says: its name, where it stands (``path`` or ``query``), its meaning, what may be said."""

    name: str
    place: str
    says: str
    choices: tuple[str, ...]
    needed: bool


@dataclass(frozen=True, slots=True)
class ApiRoute:
    """One method of one path: what it does, what it asks for, the forms of its answer, and a line that calls it.

    ``answer`` says what its JSON holds: the names of schemas, and the words between them.
    """

    id: str
    method: str
    path: str
    says: str
    parameters: tuple[ApiParameter, ...]
    forms: tuple[str, ...]
    answer: tuple[str, ...]
    curl: str | None


@dataclass(frozen=True, slots=True)
class ApiGroup:
    """Routes of one kind."""

    name: str
    routes: tuple[ApiRoute, ...]

    @property
    def key(self) -> str:
        """The end of the address of its page."""
        return slug(self.name)


@dataclass(frozen=True, slots=True)
class ApiField:
    """A field of a schema: its name, and its type in words and names of schemas, in turn as they read."""

    name: str
    type: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ApiSchema:
    """What one kind of object in an answer holds."""

    name: str
    says: str
    fields: tuple[ApiField, ...]


@dataclass(frozen=True, slots=True)
class ApiPage:
    """What a program can ask of the site, as its OpenAPI document says it: all of it, one group, or the schemas."""

    base: str
    version: str
    groups: tuple[ApiGroup, ...]
    schemas: tuple[ApiSchema, ...]
