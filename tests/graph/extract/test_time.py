"""A megabyte of anything is read, or refused, in a few seconds of processor time."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from graph.errors import InputError
from graph.extract import extract
from graph.facts import Document

MEGABYTE = 1_000_000
BOUND = 5.0
"""Processor seconds for a megabyte."""
OPENING = "A film with actors. "

PIECES = {
    "brackets": "(",
    "one word": "word ",
    "no full stop": "the film is about a man who goes to town and ",
    "lines of one name": "Ann Bell\n",
    "lines of initials": "A. B. C. D.\n",
    "lines of a letter": "x\n",
    "names set apart": "Fay\n\n",
    "quotes": '"',
    "quoted names": '"Fay" ',
    "one name": "Ann Bell ",
    "one capital": "A ",
    "name in brackets": "Ann Bell (Fay), ",
    "brackets in reverse": "Fay (Ann Bell) ",
    "digits": "1234567890",
    "Japanese": "映画 ",
    "label after label": "Cast: Ann Bell\n",
    "cast list": "Ann Bell ... Fay\n",
    "rows of a table": "| Ann Bell | Fay |\n",
    "one credit": "directed by Ann Bell ",
    "one sentence": "Ann Bell plays Fay.\n\n",
    "addresses": "http://a ",
}


@pytest.mark.measured
@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_a_megabyte_takes_seconds(piece: str) -> None:
    """A megabyte of one piece, over and over, takes less than five seconds of processor time."""
    document = Document("big", OPENING + piece * (MEGABYTE // len(piece)))
    start = time.process_time()
    with suppress(InputError):
        extract(document)
    assert time.process_time() - start < BOUND
