"""What a single line of a review looks like: blank, a heading, a caption, a table's row, a list item, a short note."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.facts import Span

LONGEST_NOTE = 120
"""A line of more characters than this is running text."""

_BREAK = re.compile(
    r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]|<(?:br|/?p|/?div|/?li|/?ul|/?tr|/?h[1-6])\s{0,3}/?>", re.IGNORECASE
)
_MARKS = re.compile(r"(?:#{1,6}\s+|>\s*|(?:[•●▪‣·*+–—-]|\(?\d{1,2}[.)])\s+|\*\*(?=[^*]+\*\*$)){0,4}")
_ITEM = re.compile(r"(?:[•●▪‣·*+–—-]|\(?\d{1,2}[.)])\s+\S")
_RULE = re.compile(r"(?:[-=*_~.·•]\s{0,3}){3,200}$")
_UNDERLINE = re.compile(r"(?:={3,200}|-{3,200})$")
_TABLE_RULE = re.compile(r"[|\s:+-]{3,500}$")
_TITLE_YEAR = re.compile(
    r".{1,120}?[(\[](?:[^()\[\]]{1,40}(?:[,;] ?|[A-Za-z] ))?(?:18[89]\d|19\d\d|20\d\d)(?:[,;][^()\[\]]{1,80})?[)\]]"
    r"[^.!?]{0,40}$"
)
_CAPTION = re.compile(
    r".{0,160}?©|(?:photo|image|picture|still|pictured|photograph|courtesy)(?:s|graph)?\b[^.!?]{0,60}?(?::|courtesy|\bby\b)",
    re.IGNORECASE,
)
_REVIEW = re.compile(r"\breview\b", re.IGNORECASE)
_SCORED = re.compile(r"[★☆✭⭐*½\s]+$|(?:by|reviewed|written by|watched|posted)\b", re.IGNORECASE)
_ENDINGS = ".!?…\"'”’);:,"
_BLANKS = " \t\u00a0\u200b\ufeff\u3000"


def blocks(text: str) -> Iterator[list[Span]]:
    """Runs of lines between blank ones, every line without outer blanks; tags that break lines count as breaks."""
    block: list[Span] = []
    for line in _lines(text):
        if line.start < line.end:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for found in _BREAK.finditer(text):
        yield trimmed(text, Span(start, found.start()))
        start = found.end()
    yield trimmed(text, Span(start, len(text)))


def trimmed(text: str, span: Span, drop: str = _BLANKS) -> Span:
    """The span without the characters of ``drop`` at either end."""
    start, end = span.start, span.end
    while start < end and text[start] in drop:
        start += 1
    while end > start and text[end - 1] in drop:
        end -= 1
    return Span(start, end)


def without_marks(text: str, line: Span) -> Span:
    """The line without the marks of a heading, a quotation or a list at its start."""
    match = _MARKS.match(text, line.start, line.end)
    start = match.end() if match else line.start
    end = line.end
    if text[line.start : start].endswith("**") and text[start:end].endswith("**"):
        end -= 2
    while text[line.start : line.start + 1] == "#" and end > start and text[end - 1] in "# ":
        end -= 1
    return Span(start, end) if start < end else line


def is_rule(line: str) -> bool:
    """Whether the line only parts what is above from what is below.

    >>> is_rule("* * *"), is_rule("-----"), is_rule("***½")
    (True, True, False)
    """
    if len(line) < 3 and not any(c.isalnum() or c in "★☆✭⭐*½" for c in line):
        return True
    return _RULE.match(line) is not None and not re.fullmatch(r"\*{3,5}", line)


def is_table_rule(line: str) -> bool:
    """Whether the line parts the head of a Markdown table from its body."""
    return "|" in line and _TABLE_RULE.match(line) is not None


def cells(text: str, line: Span) -> list[Span]:
    """The cells of a table's row, parted by bars at both ends or by tabs; one cell or none if it is no row."""
    shown = line.of(text)
    bars = shown.startswith("|") or shown.count(" | ") >= 1
    if (not bars and "\t" not in shown) or is_table_rule(shown) or len(shown) > 2000:
        return []
    found, start = [], line.start
    for match in [*re.finditer(r"\|" if bars else r"\t+", shown), None]:
        end = line.end if match is None else line.start + match.start()
        cell = trimmed(text, Span(start, end))
        if cell.start < cell.end:
            found.append(cell)
        start = line.end if match is None else line.start + match.end()
    return found


def has_words(start: str) -> bool:
    """Whether there is more than marks and tags at the start of a line."""
    return re.search(r"[^\W_]", re.sub(r"<[^<>]{0,40}>", "", start)) is not None


def is_item(line: str) -> bool:
    """Whether the line is an item of a list."""
    return _ITEM.match(line) is not None


def is_caption(line: str) -> bool:
    """Whether the line stands under a picture: "Title, 2017 © Studio", "Photo: Ada Lorne"."""
    return len(line) <= 300 and _CAPTION.match(line) is not None


def is_note(line: str) -> bool:
    """Whether the line is short and does not end as a sentence does."""
    return len(line) <= LONGEST_NOTE and line[-1:] not in '.!?…"”,;'


def runs_on(text: str, block: list[Span], index: int) -> bool:
    """Whether the next line of the block continues this one, as in text wrapped by hand."""
    if index + 1 == len(block):
        return False
    follower = block[index + 1].of(text)
    return follower[:1].islower() or block[index].end - block[index].start > 50


def is_heading(text: str, block: list[Span], index: int, *, first: bool) -> bool:
    """Whether a line is a title: marked as one, underlined, "Title (2017) Review", or short and set apart.

    ``first`` says that the block opens the text.
    """
    line = block[index].of(text)
    if re.match(r"#{1,6}\s+\S", line):
        return True
    follower = block[index + 1].of(text) if index + 1 < len(block) else ""
    if _UNDERLINE.match(follower) and len(line) <= LONGEST_NOTE:
        return True
    if len(line) > LONGEST_NOTE or is_item(line):
        return False
    if index == 0 and (_TITLE_YEAR.match(line) or is_caption(follower)):
        return True
    if first and index == 0 and line[-1] not in ".:,;" and (_REVIEW.search(line) or _SCORED.match(follower)):
        return True
    loud = line.isupper() and len(line) > 1
    return _looks_set_apart(line) and (
        len(block) == 1 or (first and index == 0 and (loud or not follower[:1].islower()))
    )


def _looks_set_apart(line: str) -> bool:
    """Whether a line reads as a title: no sentence, most of its longer words with a capital."""
    if line[-1] in _ENDINGS and not re.fullmatch(r"[\"“‘'].*[\"”’'][!?]?|.*[!?]|[^.…]*(?:\.\.\.|…)", line):
        return False
    words = [word for word in re.findall(r"[^\W_]+", line) if len(word) > 3 or word.isdigit()]
    capitals = sum(not word[0].islower() for word in words)
    return len(line) <= 90 and (bool(words) or line.isupper()) and capitals >= 0.7 * len(words)
