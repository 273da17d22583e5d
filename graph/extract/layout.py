"""The regions of a review: headings, fact lines, captions, tables, lists and running text, each with its span.

A layout never guesses what a value means; it only says where things stand. Every text has one: where nothing is
recognised, all of it is running text. The work is linear in the length of the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from graph.extract import labels, lines
from graph.facts import Span

LONGEST_NAME = 40
"""A line below a label for the cast that is no longer may be one of several names."""

MOST_LINES = 20_000
"""Lines sorted one by one; what follows in a longer text, which is no review, is running text."""


@dataclass(frozen=True, slots=True)
class FactLine:
    """One labelled value, such as ``Director(s): Leif Tilden``; ``field`` is the label's meaning (``director``)."""

    field: str
    label: Span
    value: Span
    line: Span


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, cell by cell."""

    cells: tuple[Span, ...]
    line: Span


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of a review stand; spans hold no outer white space, and no list or heading marks.

    ``notes`` are short lines that are neither headings nor sentences: a byline, ``2017, 98 min, R``, a row of stars.
    """

    headings: tuple[Span, ...] = ()
    facts: tuple[FactLine, ...] = ()
    captions: tuple[Span, ...] = ()
    tables: tuple[tuple[Row, ...], ...] = ()
    items: tuple[Span, ...] = ()
    notes: tuple[Span, ...] = ()
    paragraphs: tuple[Span, ...] = ()


def read_layout(text: str) -> Layout:
    """The layout of ``text``; any text has one.

    >>> text = "Director(s): Ana Ruiz"
    >>> [(fact.field, fact.value.of(text)) for fact in read_layout(text).facts]
    [('director', 'Ana Ruiz')]
    """
    reader, count = _Reader(text), 0
    for block in lines.blocks(text):
        if count > MOST_LINES:
            reader.paragraphs.append(lines.trimmed(text, Span(block[0].start, len(text))))
            break
        reader.read(block[:MOST_LINES])
        if len(block) > MOST_LINES:
            reader.paragraphs.append(Span(block[MOST_LINES].start, block[-1].end))
        count += len(block)
    return reader.layout()


@dataclass(slots=True)
class _Reader:
    """Sorts blocks of lines into regions, in the order of the text."""

    text: str
    headings: list[Span] = field(default_factory=list)
    facts: list[FactLine] = field(default_factory=list)
    captions: list[Span] = field(default_factory=list)
    tables: list[tuple[Row, ...]] = field(default_factory=list)
    items: list[Span] = field(default_factory=list)
    notes: list[Span] = field(default_factory=list)
    paragraphs: list[Span] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    running: Span | None = None
    waiting: tuple[tuple[str, ...], Span] | None = None
    """A label whose value has not come yet: its fields and where it stands."""
    started: bool = False

    def layout(self) -> Layout:
        """What has been read, frozen."""
        self._end_table()
        return Layout(
            tuple(self.headings),
            tuple(self.facts),
            tuple(self.captions),
            tuple(self.tables),
            tuple(self.items),
            tuple(self.notes),
            tuple(self.paragraphs),
        )

    def read(self, block: list[Span]) -> None:
        """Sort the lines of one block."""
        for index, line in enumerate(block):
            self._sort(line, block, index)
        self._end_paragraph()
        self._end_table()
        self.started = True

    def _sort(self, line: Span, block: list[Span], index: int) -> None:
        """Give one line to the first kind that takes it."""
        shown = line.of(self.text)
        if lines.is_rule(shown):
            return
        alone = len(block) == 1
        if (
            self._row(line, shown)
            or self._fact(line, shown)
            or self._caption(line, shown)
            or self._heading(line, block, index)
        ):
            self._end_paragraph(but=line)
        elif lines.is_item(shown):
            self._end_paragraph()
            self.items.append(lines.without_marks(self.text, line))
        elif lines.is_note(shown) and (alone or (self.running is None and not lines.runs_on(self.text, block, index))):
            self.notes.append(lines.without_marks(self.text, line))
        else:
            self._run_on(line)

    def _run_on(self, line: Span) -> None:
        """Join a line to the paragraph before it in the same block."""
        plain = lines.without_marks(self.text, line)
        self.running = plain if self.running is None else Span(self.running.start, plain.end)
        self.waiting = None

    def _end_paragraph(self, but: Span | None = None) -> None:
        if self.running is not None and self.running != but:
            self.paragraphs.append(self.running)
        self.running = None

    def _row(self, line: Span, shown: str) -> bool:
        """A table's row; a row that begins with a label is a fact line as well."""
        cells = lines.cells(self.text, line)
        if lines.is_table_rule(shown):
            return True
        if len(cells) < 2:
            self._end_table()
            return False
        self.rows.append(Row(tuple(cells), line))
        if labels.is_head(cells[1].of(self.text)):
            return True
        if fields := labels.bare_label(cells[0].of(self.text)):
            self._add_facts(fields, cells[0], Span(cells[1].start, cells[-1].end), line)
        else:
            self._labelled(line, shown)
        return True

    def _end_table(self) -> None:
        if self.rows:
            self.tables.append(tuple(self.rows))
        self.rows = []

    def _fact(self, line: Span, shown: str) -> bool:
        """A labelled line, a label alone, or the value that a label alone has waited for."""
        fields = labels.bare_label(shown)
        if fields and "description" not in fields:
            self.waiting = (fields, line)
            return True
        if starts := self._labelled(line, shown):
            self.waiting = None
            return not lines.has_words(shown[: starts[0].label.start])
        if self.waiting is None or not (lines.is_note(shown) or labels.only_names(shown)):
            return False
        if "cast" in self.waiting[0] and not lines.is_item(shown) and not labels.only_names(shown):
            self.waiting = None
            return False
        fields, label = self.waiting
        value = lines.without_marks(self.text, line)
        self._add_facts(fields, label, value, Span(label.start, line.end))
        if not lines.is_item(shown) and not ("cast" in fields and len(shown) < LONGEST_NAME):
            self.waiting = None
        return True

    def _labelled(self, line: Span, shown: str) -> list[labels.Labelled]:
        """Add the labelled values of a line; a label without a value begins to wait."""
        found = labels.read_labels(shown) if self.running is None or shown[:1].isupper() else []
        for part in found:
            label, value = (Span(line.start + s.start, line.start + s.end) for s in (part.label, part.value))
            if value.start == value.end:
                self.waiting = (part.fields, label)
            else:
                self._add_facts(part.fields, label, value, line)
        return found

    def _add_facts(self, fields: tuple[str, ...], label: Span, value: Span, line: Span) -> None:
        self.facts.extend(FactLine(name, label, value, line) for name in fields)

    def _caption(self, line: Span, shown: str) -> bool:
        if not lines.is_caption(shown):
            return False
        self.captions.append(lines.without_marks(self.text, line))
        return True

    def _heading(self, line: Span, block: list[Span], index: int) -> bool:
        if not lines.is_heading(self.text, block, index, first=not self.started):
            return False
        self.headings.append(lines.without_marks(self.text, line))
        return True
