"""A coded sentence under construction: its tokens so far, and its units, each under a symbol of its own."""

from __future__ import annotations

from graph.extract.units import HUMAN, NAME, NARRATION, ROLE, THING, TITLE, Unit
from graph.facts import Span

_LIMIT = 0x400


class Symbols:
    """Gives every unit the next free symbol of its kind, and collects tokens and units."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.units: dict[str, Unit] = {}
        self.counts = dict.fromkeys((NAME, HUMAN, THING, TITLE, NARRATION, ROLE), 0)

    def emit(
        self,
        base: int,
        span: Span,
        text: str,
        kind: str,
        before: tuple[str, ...] = (),
        before_start: int = -1,
        head: str = "",
        plural: bool = False,
        quoted: bool = False,
    ) -> None:
        """Add a unit of the kind whose first symbol is ``base``; nothing where its symbols are used up."""
        number = self.counts[base]
        if number >= _LIMIT:
            return
        self.counts[base] += 1
        symbol = chr(base + number)
        self.units[symbol] = Unit(
            symbol, span, text, kind, before, span.start if before_start < 0 else before_start, head, plural, quoted
        )
        self.out.append(symbol)
