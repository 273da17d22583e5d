"""Plain text and Markdown files: bytes to characters, and front matter to metadata."""

from __future__ import annotations

import codecs
import re
import tomllib
from typing import Any

import yaml

from graph.errors import InputError
from graph.facts import Document
from graph.sources import fields, markdown

GUESSED_FROM = 65_536
"""Bytes that are looked at to name the encoding of a text that is not UTF-8."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MADE_BY = {
    b"%PDF-": "a PDF",
    b"{\\rtf": "a text with RTF's marks",
    b"PK\3\4": "a ZIP archive, or a document of a word processor,",
    b"\xd0\xcf\x11\xe0": "a document of a word processor",
    b"\x1f\x8b": "packed by gzip",
}
"""What files begin with that are no text, and what they are."""
_WESTERN = ("cp1252", "cp1250", "latin_1", "mac_roman")
"""Encodings that English text cannot tell apart; Windows' own is by far the likeliest."""

_OTHERS = ("cp1251", "shift_jis", "gb18030", "big5", "euc_kr")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x7f]")
_USUAL = re.compile(r"[\s!-~\u3000-\u30ff\uff00-\uff65]")
"""Some of what every text holds, in whatever language: white space, punctuation or Latin letters."""
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_TOML = re.compile(r"\+\+\+[ \t]*\n(?P<toml>.{0,65536}?\n)\+\+\+[ \t]*(?:\n|$)", re.DOTALL)
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<yaml>.{0,65536}?\n)(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)


def read_text(data: bytes, name: str) -> Document:
    """A plain text as a document; raises InputError if it is empty, binary or neither UTF-8 nor UTF-16."""
    return Document(name, decode(data, name))


def read_markdown(data: bytes, name: str) -> Document:
    """A Markdown text as a document: its words without their marks.

    YAML or TOML front matter becomes its metadata and is no part of its text.
    """
    record, body = front_matter(decode(data, name), name)
    if record is None:
        return Document(name, _words(body, name))
    if not body.strip():
        raise InputError(f"{name}: has front matter but no text below it")
    return Document(name, _words(body, name), fields.from_front_matter(record))


def front_matter(text: str, name: str) -> tuple[dict[str, Any] | None, str]:
    """The front matter of a text, None if it has none, and the text below it; raises InputError for damaged ones."""
    match = _FRONT_MATTER.match(text) or _TOML.match(text)
    record = None
    if match is not None:
        record = _load(match["yaml"], name) if match.re is _FRONT_MATTER else _load_toml(match["toml"], name)
    return (None, text) if match is None or record is None else (record, text[match.end() :])


def _words(body: str, name: str) -> str:
    """The words of a Markdown text; raises InputError if there are only marks."""
    words = markdown.plain(body)
    if not words.strip():
        raise InputError(f"{name}: has Markdown's marks but no words")
    return words


def decode(data: bytes, name: str) -> str:
    """The characters of ``data``, one newline for every line break; UTF-8, or UTF-16 and 32 with a byte order mark."""
    if not data.strip():
        raise InputError(f"{name}: is empty")
    bom, encoding = next(((bom, code) for bom, code in _BOMS if data.startswith(bom)), (b"", "utf-8"))
    made = next((what for mark, what in _MADE_BY.items() if data.startswith(mark)), None)
    if made is not None:
        raise InputError(f"{name}: is {made}, whatever its name says; save its words as plain text")
    if encoding == "utf-8" and b"\0" in data:
        raise InputError(f"{name}: is binary, not text")
    try:
        text = data[len(bom) :].decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: {_complaint(data, encoding)}") from error
    if encoding != "utf-8" and not _USUAL.search(text):  # two bytes at a time, nearly all that there is decodes
        raise InputError(f"{name}: is binary, not text")
    return checked(text, name)


def checked(text: str, name: str) -> str:
    """The text with plain line breaks; raises InputError if it is empty or holds what no text holds."""
    if not text.strip("\ufeff \t\r\n"):
        raise InputError(f"{name}: is empty")
    controls = len(_CONTROL.findall(text))
    if controls * 100 > len(text) or "\0" in text:
        raise InputError(f"{name}: is binary, not text")
    if _SURROGATE.search(text):
        raise InputError(f"{name}: holds half a character (a lone surrogate); save the text again as UTF-8")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _complaint(data: bytes, encoding: str) -> str:
    """What to say of bytes that are not in ``encoding``: how to convert them, or that they are binary."""
    if encoding != "utf-8":
        return f"begins as {encoding.upper()[:6]} but is not; save the text again as UTF-8"
    likely = _likely_encoding(data[:GUESSED_FROM])
    if likely is None:
        return "is binary or damaged: neither UTF-8 nor any other encoding of text"
    return (
        f'is not UTF-8 (looks like {likely}): convert it with "iconv -f {likely} -t utf-8" or add "--encoding {likely}"'
    )


def _likely_encoding(sample: bytes) -> str | None:
    if len(_CONTROL.findall(sample.decode("latin-1"))) * 50 > len(sample):
        return None
    from charset_normalizer import from_bytes  # needed only for this message, and slow to import

    best = from_bytes(sample, cp_isolation=[*_WESTERN, *_OTHERS]).best()
    if best is None:
        return None
    return "cp1252" if best.encoding in _WESTERN and _decodes(sample, "cp1252") else best.encoding


def _decodes(sample: bytes, encoding: str) -> bool:
    try:
        sample.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _load(source: str, name: str) -> dict[str, Any] | None:
    """The front matter as a mapping with text keys; nothing if it is ordinary text between two rules."""
    try:
        loaded = yaml.safe_load(source)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        where = getattr(error, "problem_mark", None)
        line = f" in line {where.line + 2}" if where is not None else ""
        raise InputError(f"{name}: its front matter is not YAML{line}; mend it or remove it") from error
    return _keyed(loaded) if isinstance(loaded, dict) else None


def _load_toml(source: str, name: str) -> dict[str, Any]:
    try:
        return _keyed(tomllib.loads(source))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{name}: its front matter is not TOML: {error}; mend it or remove it") from error


def _keyed(loaded: dict[Any, Any]) -> dict[str, Any]:
    """The mapping with its text keys in one spelling."""
    return {key.lower().replace("-", "_"): value for key, value in loaded.items() if isinstance(key, str)}
