"""Bytes in an old encoding that somebody names: those that are not UTF-8 become UTF-8 before they are read."""

from __future__ import annotations

import codecs
import re

from graph.errors import InputError

_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CHARSET = re.compile(rb"<meta[^>]{0,100}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]{2,40})", re.IGNORECASE)
_PLAIN = bytes((9, 10, 13, *range(32, 127)))
"""What stands for the same in every encoding that may be named, so that lines and marks are found."""


def known(encoding: str) -> str:
    """The encoding's usual name; raises InputError for what is none, or in which ASCII's bytes mean something else.

    >>> known("Latin-1"), known("CP1252")
    ('iso8859-1', 'cp1252')
    """
    try:
        name = codecs.lookup(encoding).name
        usable = _PLAIN.decode(encoding) == _PLAIN.decode("ascii")
    except (LookupError, UnicodeError):
        usable = False
    if not usable:
        raise InputError(f"{encoding}: is no encoding of text that can be named here; cp1252 and latin-1 are")
    return name


def recoded(data: bytes, encoding: str | None, name: str) -> bytes:
    """The bytes in UTF-8, if they are not already; raises InputError if they are not in ``encoding`` either.

    >>> recoded("é".encode("cp1252"), "cp1252", "a.txt") == recoded("é".encode(), "cp1252", "a.txt")
    True
    """
    if encoding is None or data.startswith(_BOMS) or _decodes(data):
        return data
    try:
        return data.decode(encoding).encode("utf-8")
    except UnicodeError as error:
        raise InputError(f"{name}: is neither UTF-8 nor {encoding}; name its encoding with --encoding") from error


def _decodes(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page's ``meta`` element declares, in small letters.

    >>> declared_encoding(b'<meta charset="ISO-8859-1">'), declared_encoding(b"<p>")
    ('iso-8859-1', None)
    """
    declared = _CHARSET.search(data[:4096])
    return declared[1].decode("ascii").lower() if declared else None
