"""Markdown as a reader sees it: the words without their marks, one paragraph, heading or item below the other."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from graph.sources.scores import read_score

_TAG = re.compile(r"<!--.*?(?:-->|\Z)|</?[A-Za-z!?][^<>]{0,2000}>", re.DOTALL)
_BREAK = re.compile(r"<(?:br|/?p|/?div|/?li|/?tr|/?h[1-6])\b[^<>]{0,300}>", re.IGNORECASE)
_STARS = re.compile(r"[ \t]{0,3}\*{3,5}[ \t]*")
"""A line of stars is a verdict, though to Markdown it is a rule."""
_BETWEEN = {
    "heading_close": "\n\n",
    "table_close": "\n\n",
    "tr_open": "|",
    "th_open": " ",
    "td_open": " ",
    "th_close": " |",
    "td_close": " |",
    "tr_close": "\n",
}
_ALONE = ("image", "link_open", "link_close")
_MANY = re.compile(r"\n{3,}")


def plain(text: str) -> str:
    r"""The text of a Markdown document; what is code stays as it is, rules and addresses of links go.

    >>> print(plain("# Salt\n\nKevin (*Bo Li*) runs to [the sea](http://a.example/ 'sea')."))
    Salt
    <BLANKLINE>
    Kevin (Bo Li) runs to the sea.
    """
    lines = text.split("\n")
    return _MANY.sub("\n\n", "".join(_blocks(_parser().parse(text), lines))).strip("\n") + "\n"


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _blocks(tokens: list[Token], lines: list[str]) -> Iterator[str]:
    """The text of one block after the other, with the line breaks between them."""
    counters: list[int | None] = []
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            counters.append(int(token.attrGet("start") or 1) if token.type.startswith("ordered") else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            counters.pop()
            yield "\n"
        elif token.type == "list_item_open":
            yield _mark(counters)
        else:
            yield _BETWEEN.get(token.type, "") or _words(token, lines)


def _words(token: Token, lines: list[str]) -> str:
    """The words that a token holds, and the line break behind a paragraph."""
    match token.type:
        case "inline":
            return _inline(token.children or [])
        case "paragraph_close":
            return "\n" if token.hidden else "\n\n"
        case "fence" | "code_block":
            return token.content.rstrip("\n") + "\n\n"
        case "html_block":
            return _without_tags(token.content).strip() + "\n\n"
        case "hr" if token.map and _STARS.fullmatch(lines[token.map[0]]):
            return lines[token.map[0]].strip() + "\n\n"
    return ""


def _mark(counters: list[int | None]) -> str:
    """What stands before an item: a dash, or its number."""
    number = counters[-1]
    if number is None:
        return "- "
    counters[-1] = number + 1
    return f"{number}. "


def _inline(tokens: list[Token]) -> str:
    """The words of a paragraph; a picture is the words that stand for it, or, alone in its paragraph, none.

    Pictures of stars are words even there.
    """
    said: list[str] = []
    if all(token.type in _ALONE or not token.content.strip() for token in tokens):
        tokens = [token for token in tokens if token.type != "image" or read_score(token.content)]
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            said.append("\n")
        elif token.type == "html_inline":
            said.append("\n" if _BREAK.fullmatch(token.content) else "")
        else:
            said.append(token.content)
    return "".join(said)


def _without_tags(text: str) -> str:
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", text)))
