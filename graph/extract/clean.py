"""A text without its markup: what a reader sees, with the way back to the offsets of the source.

Markdown emphasis and links, HTML tags and entities, footnote marks and addresses go; curly quotes become straight
ones, lines broken at the margin become one line. Words set in italics are remembered, for they are mostly titles.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from graph.extract.letters import UPPER
from graph.facts import Span

_STRAIGHT = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "´": "'",
        "`": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "\xa0": " ",
        "\t": " ",
        "\r": " ",
        "\f": " ",
        "\v": " ",
        "\u2028": "\n",
        "\u2029": "\n",
        "\u202f": " ",
        "\u2009": " ",
        "\x85": " ",
    }
)

_MARKUP = re.compile(
    r"""
    (?=[<\[!&_*\n\u200b-\u200f\u2060\ufeff\u00ad]|[ ][ \n]|https?:)  # what markup begins with
    (?:
      <!--(?:[^-]|-(?!->)){0,2000}-->                    # an HTML comment
    | (?P<line></?(?:br|p|div|li|tr|h[1-6]|td|ul|ol)\b[^<>]{0,300}>)   # a tag that breaks the line
    | </?[A-Za-z][^<>]{0,500}>                            # any other tag
    | \[\^?(?:\d{1,3}|[a-z]{1,8}(?:[ ]\d{1,3})?|[A-Z])\](?![\w(:])   # a footnote mark
    | !?\[(?P<label>[^\[\]\n]{1,300})\]                  # a link
      (?:\([^()\s]{0,500}(?:\([^()\s]{0,80}\)[^()\s]{0,80})?(?:\s+"[^"\n]{0,200}")?\)|\[[^\[\]\n]{0,80}\])
    | (?P<entity>&(?:[a-zA-Z]{2,8}|\#\d{1,6}|\#x[0-9a-fA-F]{1,5});)
    | https?://[^\s<>()"']{1,500}
    | (?<![^\W_])_{1,3}(?=[^\s_]) | (?<=[^\s_])_{1,3}(?![^\W_])       # emphasis by underscores
    | \*{1,3}(?=[^\s*]) | (?<=[^\s*])\*{1,3}              # emphasis by asterisks
    | [\u200b-\u200f\u2060\ufeff\u00ad]                   # nothing that one sees
    | (?P<wrap>[ ]*\n[ ]?(?=[^\s\-*•|>\#\d]))             # a line break inside a paragraph
    | [ ]{2,}
    )
    """,
    re.VERBOSE,
)

_ITALIC = re.compile(
    r"(?<![\w*_])(?P<mark>[*_])(?=[^\s*_])(?P<words>[^*_\n]{1,120}?)(?<=\S)(?P=mark)(?![\w*_])|<(?:i|em|cite)>(?P<tagged>[^<>\n]{1,120})</",
    re.IGNORECASE,
)

WRAPPED = 50
"""A line at least this long that ends without a blank line is broken at the margin, not on purpose."""
_LISTED = re.compile(rf"[ *•-]{{0,4}}[{UPPER}][^\s.;:,()]*(?: [^\s;:,()]+){{1,4}} (?:as|plays) [^.!?;\n]*(?=\n|$)")
"""A line of a cast list."""


@dataclass(frozen=True, slots=True)
class Clean:
    """The readable text, the pieces it was made of, and the runs that were in italics (offsets of ``text``)."""

    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]
    italics: tuple[Span, ...] = ()

    def origin(self, span: Span) -> Span:
        """Where a span of the readable text stands in the source."""
        return Span(
            self._origin(span.start),
            self._origin(span.end - 1) + 1 if span.end > span.start else self._origin(span.end),
        )

    def _origin(self, offset: int) -> int:
        piece = bisect_right(self.starts, offset) - 1
        return self.origins[piece] + offset - self.starts[piece]


@lru_cache(maxsize=2)
def clean(source: str) -> Clean:
    """The readable form of a text; linear in its length. The last ones are kept, for several stages ask for it.

    >>> clean("_Night Ferry_ has [Ann Bell](x.html)’s Fay").text
    "Night Ferry has Ann Bell's Fay"
    """
    text = source.translate(_STRAIGHT)
    pieces = _Pieces(text)
    for match in _MARKUP.finditer(text):
        if match["label"] is not None:
            pieces.cut(match.start(), match.start("label"), "")
            pieces.cut(match.end("label"), match.end(), "")
        else:
            pieces.cut(match.start(), match.end(), _seen(match, text))
    return pieces.joined()


def _seen(match: re.Match[str], text: str) -> str:
    """What stands in the readable text for a piece of markup."""
    if match["line"] is not None:
        return "\n"
    if match["entity"] is not None:
        seen = html.unescape(match[0]).translate(_STRAIGHT)
        return seen if len(seen) == 1 else " "
    if match["wrap"] is not None:
        begin = text.rfind("\n", max(0, match.start() - WRAPPED), match.start()) + 1
        long = not begin and match.start() >= WRAPPED and not _is_list(text, match.start(), match.end())
        flows = text[match.end() : match.end() + 1].islower() and text[match.start() - 1 : match.start()] not in ".!?:"
        return " " if long or flows else "\n"
    return " " if match[0].startswith("  ") else ""


def _is_list(text: str, end: int, start: int) -> bool:
    """Whether a cast list's line ends at ``end`` and another begins at ``start``: "Ann Bell as Fay"."""
    line = text.rfind("\n", 0, end) + 1
    return _LISTED.match(text, line, end) is not None and _LISTED.match(text, start) is not None


class _Pieces:
    """Collects the kept pieces of a text and where each came from."""

    def __init__(self, text: str) -> None:
        self.text, self.parts, self.length, self.kept = text, list[str](), 0, 0
        self.starts, self.origins = [0], [0]

    def cut(self, start: int, end: int, seen: str) -> None:
        """Replace ``text[start:end]`` by ``seen``, at most one character."""
        self._keep(start)
        if seen:
            self._add(seen, start)
        self.kept = end

    def _keep(self, end: int) -> None:
        if end > self.kept:
            self._add(self.text[self.kept : end], self.kept)

    def _add(self, part: str, origin: int) -> None:
        self.parts.append(part)
        self.starts.append(self.length)
        self.origins.append(origin)
        self.length += len(part)

    def joined(self) -> Clean:
        """The readable text with its way back."""
        self._keep(len(self.text))
        self.starts.append(self.length)
        self.origins.append(len(self.text))
        made = Clean("".join(self.parts), tuple(self.starts), tuple(self.origins))
        italics = _ITALIC.finditer(self.text) if any(mark in self.text for mark in "*_<") else ()
        found = [m.span("words") if m["words"] else m.span("tagged") for m in italics]
        spans = tuple(Span(self._to_clean(a), self._to_clean(b)) for a, b in found)
        return Clean(made.text, made.starts, made.origins, spans)

    def _to_clean(self, origin: int) -> int:
        piece = max(0, bisect_right(self.origins, origin) - 1)
        return min(self.starts[piece] + origin - self.origins[piece], self.length)
