"""An explained review for a terminal: the text with its spans, and under each sentence the pairs considered there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from click import style

from graph.extract.explain import Considered, Explanation
from graph.facts import Span


def transcript(explanation: Explanation) -> str:
    """The whole text; names are underlined, performers green, roles cyan; pairs follow the sentence that gave them."""
    text = explanation.document.text
    styles = _styles(explanation)
    by_end: dict[int, list[Considered]] = defaultdict(list)
    for one in explanation.considered:
        by_end[one.evidence.span.end].append(one)
    parts = [style(f"{explanation.document.name}", bold=True), "\n"]
    place = 0
    for end in sorted(by_end):
        parts += [_styled(text, place, end, styles), "\n", *map(_line, by_end[end])]
        place = end + len(text[end:]) - len(text[end:].lstrip(" "))
    parts += [_styled(text, place, len(text), styles), "\n", _summary(explanation.considered)]
    return "".join(parts)


def _styles(explanation: Explanation) -> dict[Span, str]:
    """What each span is: a name, or, in a pair that stands, the performer or the role."""
    styles = dict.fromkeys(explanation.names, "name")
    for one in explanation.considered:
        if not one.reason:
            styles.update(zip(one.evidence.mentions, ("performer", "role"), strict=False))
    return styles


def _styled(text: str, start: int, end: int, styles: dict[Span, str]) -> str:
    parts, place = [], start
    for span in sorted(styles):
        if place <= span.start and span.end <= end:
            parts += [text[place : span.start], _mark(span.of(text), styles[span])]
            place = span.end
    return "".join([*parts, text[place:end]])


def _mark(words: str, kind: str) -> str:
    colour = {"performer": "green", "role": "cyan"}.get(kind)
    return style(words, fg=colour, bold=colour is not None, underline=True)


def _line(one: Considered) -> str:
    sign = style("✗", fg="red") if one.reason else style("✓", fg="green")
    because = style(f"  {one.reason}", fg="yellow") if one.reason else ""
    proof = one.evidence
    return f"    {sign} {one.actor} → {one.role}  {proof.confidence:.2f}  [{proof.rule}]{because}\n"


def _summary(considered: Sequence[Considered]) -> str:
    stand = sum(not one.reason for one in considered)
    pairs = "1 pair" if len(considered) == 1 else f"{len(considered)} pairs"
    return f"\n{pairs} considered, {stand} {'stands' if stand == 1 else 'stand'}\n"
