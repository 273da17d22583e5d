"""Names in sentences that are set wholly in capitals, where a capital tells nothing: "CY DORN PLAYS THE BAKER"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from graph.extract import lexicon
from graph.extract.letters import WORD
from graph.extract.rules import words
from graph.facts import Span

_STRETCH = re.compile(r"(?<!\w)[^\W\d_a-zß-öø-ÿ][^a-zß-öø-ÿ\n]{14,}")
_SAYS = re.compile(r"\b(?:PLAYS?|PLAYED|IS|WAS|AS|ARE|HAS|STARS|PORTRAYS|STEALS|WHO)\b")
"""What a sentence holds and a heading seldom does."""
_WORD = re.compile(rf"{WORD}")
_PARTICLES = re.compile(r"(?:DE|DEL|DER|VAN|VON|DA|DI|LA|LE|BIN|AL|Y|[A-Z]\.)\Z")


def parted(text: str, found: Iterable[Span]) -> Iterator[Span]:
    """The names of a text, those in sentences of capitals looked for anew, word by word."""
    stretches = [Span(*m.span()) for m in _STRETCH.finditer(text) if _SAYS.search(m[0]) and m[0].isupper()]
    if not stretches:
        yield from found
        return
    kept = (span for span in found if not any(s.start < span.end and span.start < s.end for s in stretches))
    yield from sorted(chain(kept, *(_names(text, stretch) for stretch in stretches)))


def _names(text: str, stretch: Span) -> Iterator[Span]:
    """Runs of words of which none is a common one."""
    start = end = -1
    before = ""
    for match in _WORD.finditer(text, stretch.start, stretch.end):
        word = match[0].lower().rstrip(".'’")
        joined = start >= 0 and text[end : match.start()] == " "
        if joined and not _is_small(word, match[0]):
            end = match.end()
        else:
            if start >= 0:
                yield Span(start, end)
            start, end = match.span() if _begins(word, before) else (-1, -1)
        before = word
    if start >= 0:
        yield Span(start, end)


def _is_small(word: str, shown: str) -> bool:
    """Whether a word ends a name: a verb, an article, a preposition, but no particle."""
    return not _PARTICLES.match(shown) and (lexicon.is_stop(word) or word in words("words", "determiners"))


def _begins(word: str, before: str) -> bool:
    """Whether a word can begin a name: no common word, and no noun right after an article."""
    if word in words("given", "male") or word in words("given", "female"):
        return True
    plain = "-" not in word and lexicon.is_adjective(word)
    common = plain or lexicon.is_stop(word) or lexicon.is_human(word) or lexicon.is_adverb(word)
    return not common and before not in words("words", "determiners")
