"""What the service says of its own state."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must be in order, and its state: ``ok``, or what is wrong."""

    name: str
    state: str


@dataclass(frozen=True, slots=True)
class ReadyPage:
    """Whether visitors may be sent here, and why not."""

    ready: bool
    checks: tuple[Check, ...]
