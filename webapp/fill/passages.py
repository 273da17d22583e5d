"""Lays proving passages over a text: paragraphs, cut where a passage begins or ends, with the mentions marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from webapp.fill.proofs import pieces
from webapp.pages import Paragraph, Segment

GAP = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a fact is proved, in code points of the text: the quote if it is kept, the fact's number, the mentions."""

    start: int
    end: int
    quote: str | None
    fact: int
    mentions: tuple[tuple[int, int], ...] = ()
    stands: bool = True


def text_paragraphs(text: str, passages: Sequence[Passage]) -> tuple[Paragraph, ...]:
    """The paragraphs of a whole text; a passage that runs over the end of one goes on in the next."""
    said: set[str] = set()
    return tuple(
        Paragraph(_segments(text, start, end, passages, said))
        for start, end in _blocks(text)
        if text[start:end].strip()
    )


def quoted_paragraphs(passages: Sequence[Passage]) -> tuple[Paragraph, ...]:
    """Only what the quotes give, in the order of the text, with the gaps shown; nothing where no quote is kept."""
    kept = [passage for passage in passages if passage.quote]
    paragraphs, reached, said = [], 0, set[str]()
    for start, end, text in _joined(kept):
        inside = [passage for passage in kept if start <= passage.start and passage.end <= end]
        segments = _segments(text, 0, len(text), [_moved(passage, start) for passage in inside], said, start)
        paragraphs.append(Paragraph(segments, elided=start > reached))
        reached = end
    return tuple(paragraphs)


def _segments(
    text: str, start: int, end: int, passages: Sequence[Passage], said: set[str], origin: int = 0
) -> tuple[Segment, ...]:
    """The block from start to end, cut at the borders of passages; ``said`` holds the anchors already given away."""
    here = [passage for passage in passages if passage.start < end and passage.end > start]
    borders = {start, end, *(p.start for p in here if p.start > start), *(p.end for p in here if p.end < end)}
    cuts = sorted(borders)
    return tuple(_segment(text, begin, stop, here, said, origin) for begin, stop in pairwise(cuts))


def _segment(text: str, begin: int, stop: int, passages: Sequence[Passage], said: set[str], origin: int) -> Segment:
    covering = [passage for passage in passages if passage.start <= begin and stop <= passage.end]
    mentions = [(s - begin, e - begin) for passage in covering if passage.stands for s, e in passage.mentions]
    anchors = [f"p{p.start + origin}-{p.end + origin}" for p in covering]
    new = tuple(anchor for anchor in dict.fromkeys(anchors) if anchor not in said)
    said.update(new)
    return Segment(
        pieces(text[begin:stop], mentions),
        tuple(dict.fromkeys(passage.fact for passage in covering)),
        new,
        tuple(dict.fromkeys(passage.fact for passage in covering if passage.end == stop)),
        withdrawn=bool(covering) and not any(passage.stands for passage in covering),
    )


def _blocks(text: str) -> Iterable[tuple[int, int]]:
    """The offsets of the paragraphs: what blank lines part."""
    at = 0
    for gap in GAP.finditer(text):
        yield at, gap.start()
        at = gap.end()
    yield at, len(text)


def _joined(passages: Sequence[Passage]) -> list[tuple[int, int, str]]:
    """Overlapping quotes as one text each: start, end, words."""
    joined: list[tuple[int, int, str]] = []
    for passage in sorted(passages, key=lambda p: (p.start, -p.end)):
        quote = passage.quote or ""
        if joined and passage.start < joined[-1][1]:
            start, end, text = joined[-1]
            joined[-1] = (start, max(end, passage.end), text + quote[end - passage.start :])
        else:
            joined.append((passage.start, passage.end, quote))
    return joined


def _moved(passage: Passage, origin: int) -> Passage:
    """The passage in offsets of a text that begins at ``origin``."""
    mentions = tuple((start - origin, end - origin) for start, end in passage.mentions)
    return Passage(passage.start - origin, passage.end - origin, passage.quote, passage.fact, mentions, passage.stands)
