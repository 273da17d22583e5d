"""Roles that stand in cast lists and tables: "Ann Bell as Fay", "Ann Bell … Fay", a table of actors and characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from graph.extract import names
from graph.extract.evidence import proof
from graph.extract.layout import Layout, Row
from graph.extract.people import plain
from graph.facts import Role, Span

LISTED = 0.95
"""The confidence of a role that stands in a cast list."""

BRACKETED = "castlist.bracketed"
"""The rule of roles in blocks of lines, where a line says nothing else."""

_LEADER = r"(?:\s?\.){2,60}|…|\s[–—-]{1,2}\s|:\s|\t+|\s*\|\s*|/\s"
_BETWEEN = rf"\s(?:as|plays|is|voices)\s(?:the voice of )?|{_LEADER}|\s?\((?:as |plays )?"
_PAIR = re.compile(
    rf"(?P<first>[^()\[\]{{}}:…|\t]{{2,60}}?)\s*(?:{_BETWEEN})\s*(?P<second>[^()\[\]{{}}…|\t]{{1,80}}?)\s*(?:\)|$)"
    r"(?:\s*\([^()]{0,40}\))?\s*[.,;]?\s*"
)
_ACTOR_HEADS = re.compile(
    r"(?i)(?:actor|actress|performer|played by|portrayed by|cast|name|star|artist|voice|voiced by|player)s?\W*$"
    r"|actor/.*"
)
_ROLE_HEADS = re.compile(r"(?i)(?:character|role|part|as|plays|character name)s?\W*$|role/.*")
_COMMENT = re.compile(
    r"\s*\((?:voice|uncredited|cameo|as himself|as herself|archive footage|voice only)[^()]{0,30}\)\s*$", re.IGNORECASE
)
_NO_ROLE = re.compile(
    r"(?i)\d|^(?:voice|uncredited|cameo|director|writer|producer|narrates|newcomer|guest|star)$"
    r"|\b(?:film|movie|award)\b"
)
_APPOSITION = re.compile(r"(?<=\w), (?=[a-z]).*$")
_EDGES = ' \t\u00a0.,;:*_"“”|-–—…'


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two cells of a list, of which one names the actor, and the line they stand in."""

    first: Span
    second: Span
    line: Span
    rule: str


def read_roles(text: str, layout: Layout) -> tuple[Role, ...]:
    """The roles of all cast lists, cast lines and tables of a text, each with its line as evidence."""
    groups = [*_tables(text, layout), _cast_lines(text, layout), _dotted(text, layout), *_bracketed(text)]
    roles = [role for group in groups for role in _roles(text, group)]
    return tuple({(names.key(role.actor), role.character, role.description): role for role in roles}.values())


def _cast_lines(text: str, layout: Layout) -> list[_Pair]:
    """The pairs behind "Cast:" labels."""
    return [
        pair
        for fact in layout.facts
        if fact.field == "cast" and fact.value.end - fact.value.start < 3000
        for item in _items(text, fact.value)
        if (pair := _pair(text, item, fact.line, "castlist.line"))
    ]


def _dotted(text: str, layout: Layout) -> list[_Pair]:
    """The pairs of lines with leaders, "Ann Bell ... Fay", where at least two such lines follow one another."""
    found = [
        pair
        for note in layout.notes + layout.items
        if re.search(r"[^.\s](?:(?:\s?\.){2,60}|\s?…|\t)\s?[^.\s]", note.of(text))
        and (pair := _pair(text, note, note, "castlist.dotted"))
    ]
    return found if len(found) > 1 else []


_LINE = r"[^\S\n]*[*•·–-]?[^\S\n]*[^\W\d_a-z][^()\n:;]{2,80} \([^()\n]{2,60}\)[^\S\n]*[*,.;]?[^\S\n]*"
_BLOCK = re.compile(rf"(?<![^\n]){_LINE}(?:\n\n?{_LINE}){{3,200}}(?![^\n])")
"""Lines that are nothing but names and a bracket, four of them or more."""
_CLOSED = re.compile(r"\)[ \t]*[*,.;]?[ \t]*\n")
"""The end of such a line; a text has few of them, and is soon known to have no block."""
_BRACKETED = re.compile(r"(?P<first>[^()\n]+?) \((?P<second>[^()\n]+)\)")


def _bracketed(text: str) -> Iterator[list[_Pair]]:
    """The pairs of blocks of lines with brackets, "Ann Bell, Cy Dorn (policemen)", one performer after another."""
    if sum(1 for _ in islice(_CLOSED.finditer(text), 3)) < 3:
        return
    for block in _BLOCK.finditer(text):
        found = list(_BRACKETED.finditer(text, block.start(), block.end()))
        told = [line for line in found if names.is_person(line["first"].partition(",")[0].strip(_EDGES))]
        if len(told) * 4 >= len(found) * 3:
            yield [pair for line in told for pair in _several(line)]


def _several(line: re.Match[str]) -> Iterator[_Pair]:
    """The performers of one line, each with its role."""
    role = _trimmed(Span(*line.span("second")), line["second"])
    for name in re.finditer(r"[^,&]+?(?=,|&| and |$)", line["first"]):
        start = line.start("first") + name.start()
        actor = _trimmed(Span(start, start + len(name[0])), name[0])
        if actor.start < actor.end and role.start < role.end:
            yield _Pair(actor, role, Span(*line.span()), BRACKETED)


def _items(text: str, span: Span) -> Iterator[Span]:
    """The items of a list, split at commas, semicolons and "and" outside brackets."""
    depth, start = 0, span.start
    for match in re.finditer(r"[()\[\]]|[,;|]|\s(?:and|&)\s|$", span.of(text)):
        mark, place = match[0], span.start + match.start()
        depth = max(0, depth + (mark in ("(", "[")) - (mark in (")", "]"))) if mark else 0
        if mark in ("(", ")", "[", "]") or depth:
            continue
        if start < place:
            yield Span(start, place)
        start = span.start + match.end()


def _pair(text: str, item: Span, line: Span, rule: str) -> _Pair | None:
    shown = _COMMENT.sub("", plain(text, item.start, item.end))
    match = _PAIR.fullmatch(shown.rstrip(" .,;"))
    if match is None:
        return None
    first, second = (
        _trimmed(Span(item.start + match.start(group), item.start + match.end(group)), match[group])
        for group in ("first", "second")
    )
    return _Pair(first, second, line, rule) if first.start < first.end and second.start < second.end else None


def _tables(text: str, layout: Layout) -> Iterator[list[_Pair]]:
    """The pairs of each table that has columns of actors and roles, by its head or by the look of its cells."""
    for table in layout.tables:
        columns = _columns(text, table)
        if columns is not None:
            actor, role = columns
            yield [
                _Pair(_cell(text, row, actor), _cell(text, row, role), row.line, "castlist.table")
                for row in table
                if len(row.cells) > max(columns) and not _ACTOR_HEADS.match(row.cells[actor].of(text).strip(_EDGES))
            ]


def _columns(text: str, table: Sequence[Row]) -> tuple[int, int] | None:
    """Which columns hold the actors and the roles."""
    head = [cell.of(text).strip(_EDGES) for cell in table[0].cells]
    roles = [index for index, cell in enumerate(head) if _ROLE_HEADS.match(cell)]
    actors = [index for index, cell in enumerate(head) if _ACTOR_HEADS.match(cell) and index not in roles]
    if actors and roles:
        return actors[0], roles[0]
    rows = [row for row in table if len(row.cells) == 2]
    people = [row for row in rows if names.is_person(row.cells[0].of(text)) and " " in row.cells[0].of(text).strip()]
    return (0, 1) if len(people) > 1 and len(people) == len(rows) else None


def _cell(text: str, row: Row, index: int) -> Span:
    cell = row.cells[index]
    return _trimmed(cell, plain(text, cell.start, cell.end))


def _trimmed(span: Span, shown: str) -> Span:
    left = len(shown) - len(shown.lstrip(_EDGES))
    right = len(shown) - len(shown.rstrip(_EDGES))
    if re.search(r"\b[JS]r\.$", shown.rstrip(" *_")):
        right = len(shown) - len(shown.rstrip(" *_"))
    return Span(span.start + left, max(span.start + left, span.end - right))


def _roles(text: str, pairs: list[_Pair]) -> Iterator[Role]:
    """The pairs of one list as roles; the column with more full names holds the actors."""
    swapped = sum(_full(text, pair.second) for pair in pairs) > sum(_full(text, pair.first) for pair in pairs)
    if pairs and pairs[0].rule == "castlist.table":
        swapped = False
    for pair in pairs:
        actor, role = (pair.second, pair.first) if swapped else (pair.first, pair.second)
        actor, role = _without(_COMMENT, text, actor), _without(_APPOSITION, text, role)
        if not names.is_person(actor.of(text)):
            continue
        for part in _parts(text, role):
            shown = " ".join(part.of(text).split())
            if _NO_ROLE.search(shown) or names.key(shown) == names.key(actor.of(text)):
                continue
            described = shown[0].islower() or shown.lower().startswith(("a ", "an ", "the ", "his ", "her "))
            named = not described or any(word[0].isupper() for word in shown.split()[1:])
            evidence = (proof(text, pair.line, pair.rule, LISTED, actor, part),)
            name, character = names.tidy(actor.of(text)), names.tidy(shown)
            yield Role(name, character if named else None, None if named else shown, LISTED, evidence)


def _without(tail: re.Pattern[str], text: str, span: Span) -> Span:
    match = tail.search(span.of(text))
    return Span(span.start, span.start + match.start()) if match else span


def _full(text: str, span: Span) -> bool:
    return names.is_person(span.of(text)) and len(names.parts(span.of(text))) > 1


def _parts(text: str, span: Span) -> Iterator[Span]:
    """The characters of a double role, "Hugo / the priest"."""
    start = span.start
    for match in re.finditer(r"\s*/\s*|$", span.of(text)):
        part = Span(start, span.start + match.start())
        if part.start < part.end:
            yield part
        start = span.start + match.end()
