"""The shape of names: where capitalised names stand in a text, which of them could be a person's, how to compare two.

Nothing here knows who acts and who is acted; see ``index`` for that. All offsets are code points of the given text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from graph.extract.letters import LETTER, SCRIPTS, UPPER, WORD
from graph.extract.openers import is_named, opens
from graph.extract.rules import load, words
from graph.facts import Span

MAX_WORDS = 7
"""A longer run of capitals is a heading, not a name."""


LONGEST = 80
"""Code points; a longer word or run of words is no name."""

_QUOTES = '"“”'
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
_INITIAL = re.compile(r"\b(\w)\. ?(?=\w\b)")
_MARKS = re.compile(r"[\W_]+")


@cache
def _pattern() -> re.Pattern[str]:
    """A name: words joined by blanks, particles, a nickname in quotes; then Jr. or a number."""
    rules = load("names")
    particle = "|".join(rf"{p}\.?" for p in sorted(rules["particles"], key=len, reverse=True))
    suffix = "|".join(sorted(rules["suffixes"], key=len, reverse=True))
    nickname = rf"[\"“']{WORD}(?: {WORD}){{0,2}}[\"”'] "
    step = rf" (?:{nickname})?(?:(?:{particle}) |(?:d|l)['’])?{WORD}"
    end = rf"(?:,? (?:{suffix})\b\.?| \d{{1,2}}(?![\d\w.%/]))?"
    first = rf"(?:[\"“]{WORD}(?: {WORD})?[\"”]|['‘]{WORD}['’](?= [{UPPER}])|(?:[dD]['’]|[Dd]e |[Vv]an |[Vv]on )?{WORD})"
    opening = rf"(?<!\w)(?=[{UPPER}{SCRIPTS}\"“'‘adeDvV])"  # said first, it spares most places a closer look
    return re.compile(rf"{opening}{first}(?:{step}){{0,{MAX_WORDS}}}{end}")


@cache
def _tail() -> re.Pattern[str]:
    """What may follow a single name: "Robin of Locksley", "Billy the Kid"."""
    return re.compile(rf" (?:of (?:[tT]he )?|the ){WORD}(?!\w| [{UPPER}])")


def find_names(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Runs of capitalised words that have the shape of a name, without the words that only open a sentence.

    >>> text = "Then Ramón de la Vega and Cal Dunne Jr. met the young Dr. Finn."
    >>> [span.of(text) for span in find_names(text)]
    ['Ramón de la Vega', 'Cal Dunne Jr.', 'Dr. Finn']
    """
    openers = words("names", "openers")
    last = start
    for match in _pattern().finditer(text, start, len(text) if end is None else end):
        span = _trim(text, Span(match.start(), match.end()), openers)
        if span is not None and span.start >= last and span.end - span.start <= LONGEST:
            span = _extended(text, span)
            last = span.end
            yield span


def _trim(text: str, span: Span, openers: frozenset[str]) -> Span | None:
    """The span without leading openers; nothing if no name is left."""
    begin = span.start
    while begin < span.end:
        blank = text.find(" ", begin, span.end)
        stop = span.end if blank < 0 else blank
        opening = opens(text, begin, stop, openers, alone=blank < 0) or _leads_title(text, begin, stop, span.end)
        if not opening or is_named(text, begin, stop, span.end):
            span = _without_tail(text, Span(begin, span.end), openers)
            quoted = text[begin] in _QUOTES and text[span.end - 1] in _QUOTES
            if quoted:
                return Span(begin + 1, span.end - 1)
            odd = text[span.end - 1] in _QUOTES and sum(text.count(mark, begin, span.end) for mark in _QUOTES) % 2
            return Span(begin, span.end - 1 if odd else span.end)
        begin = stop + 1
    return None


def _leads_title(text: str, begin: int, stop: int, end: int) -> bool:
    """Whether a word only describes who is named with a title after it: "Kindly Dr. Finn", "Southern Capt. Marsh"."""
    word, following = text[begin:stop].lower(), text[stop + 1 : end].partition(" ")[0].lower()
    titled = following.endswith(".") and following.strip(".") in words("names", "honorifics")
    return titled and (word.endswith("ly") or word in words("words", "adjectives"))


def _without_tail(text: str, span: Span, openers: frozenset[str]) -> Span:
    """The span without small words set with a capital at its end: "Diane Neal Is"."""
    head, _, last = span.of(text).rpartition(" ")
    tail = (
        head and last.lower() in openers and last.lower() in words("words", "tails") and head not in ("Doctor", "Dr.")
    )
    return Span(span.start, span.end - len(last) - 1) if tail else span


def _extended(text: str, span: Span) -> Span:
    """The span with "of Locksley" or "the Kid" after a single name."""
    split = span.of(text).split(" ")
    titled = len(split) == 2 and split[0].strip(".").lower() in words("names", "honorifics")
    if len(split) > 1 and not titled:
        return span
    tail = _tail().match(text, span.end)
    return span if tail is None else Span(span.start, tail.end())


@lru_cache(maxsize=65536)
def tidy(name: str) -> str:
    """A name as it is shown: single blanks, straight quotes, no possessive, capitals only where they belong.

    >>> tidy("ROBERT  DE NIRO’S")
    'Robert De Niro'
    """
    return _tidied(name)


def _tidied(name: str) -> str:
    plain = name if name.isascii() else name.translate(_STRAIGHT)
    plain = " ".join(plain.split()).strip(" ,;:")
    plain = plain[:-2] if plain.endswith(("'s", "'S")) else plain
    if plain.isupper() and len(plain.replace(".", "")) > 4:
        plain = " ".join(_lower_word(word) for word in plain.split(" "))
    return plain


def _lower_word(word: str) -> str:
    """A word in capitals with only its first letters left large; initials and numbers stay."""
    if "." in word or word in load("names")["suffixes"]:
        return word
    lowered = re.sub(rf"({LETTER})({LETTER}*)", lambda m: m[1] + m[2].lower(), word)
    return re.sub(r"\b(Mc|O')([a-z])", lambda m: m[1] + m[2].upper(), lowered)


@lru_cache(maxsize=65536)
def key(name: str) -> str:
    """What two spellings of one name have in common: no accents, case, dots or hyphens.

    >>> key("R. J. Móss") == key("R.J. MOSS")
    True
    """
    return folded(name)


def folded(text: str) -> str:
    """The key of a text of any length, not kept for the next time as ``key`` keeps those of names."""
    plain = _tidied(text)
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    plain = plain.lower().replace("'", "")
    if plain.replace(" ", "").isalpha():
        return " ".join(plain.split())
    return _MARKS.sub(" ", _INITIAL.sub(r"\1", plain)).strip()


@lru_cache(maxsize=65536)
def parts(name: str) -> tuple[str, ...]:
    """The words of a name's key without titles and suffixes; the last is the surname.

    >>> parts("Dr. Tom Redding Jr.")
    ('tom', 'redding')
    """
    titles, suffixes = words("names", "honorifics"), {"jr", "sr", "ii", "iii", "iv"}
    split = key(name).split()
    while len(split) > 1 and split[0] in titles:
        split.pop(0)
    while len(split) > 1 and split[-1] in suffixes:
        split.pop()
    return tuple(split)


@lru_cache(maxsize=65536)
def is_person(text: str) -> bool:
    """Whether a whole string has the shape of one person's name, as an item of a cast list has.

    >>> is_person("Leif Tilden"), is_person("Zuri"), is_person("the night nurse"), is_person("1988")
    (True, True, False, False)
    """
    plain = text.strip()
    match = _pattern().fullmatch(plain) or _pattern().fullmatch(plain[:1].upper() + plain[1:])
    if match is None or len(plain) > 60:
        return False
    split = plain.split()
    return len(split) <= MAX_WORDS and split[0].strip(".").lower() not in words("names", "openers")


def split_names(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The items of a list of names, split at commas, semicolons, slashes, "and" and "&"; an item may be no name.

    >>> text = "Melanie Lynskey, Cal Dunne, Jr. and Tim Roth"
    >>> [span.of(text) for span in split_names(text)]
    ['Melanie Lynskey', 'Cal Dunne, Jr.', 'Tim Roth']
    """
    stop = len(text) if end is None else end
    spans, begin = [], start
    border = re.compile(
        r"\s*(?:,(?! ?(?:Jr|Sr|I{2,3}|IV)\b)\s*(?:and\b|&)?|;|\||•|·|\s/\s|(?<=\s)(?:and|&|with)(?=\s))\s*"
    )
    for match in [*border.finditer(text, start, stop), None]:
        last = stop if match is None else match.start()
        item = text[begin:last]
        left = begin + len(item) - len(item.lstrip())
        if item.strip():
            spans.append(Span(left, left + len(item.strip())))
        begin = last if match is None else match.end()
    return spans
