"""A short line that is the film's title by where it stands, though the text below never repeats it.

It stands right above a block of facts or a line of details ("2007 · 158 min"), below the headline of a column about
several films, or it is the title of a well-known film.
"""

from __future__ import annotations

import re

from graph.extract import index, known, names, rules
from graph.extract.evidence import proof
from graph.extract.headings import cased, trimmed
from graph.extract.layout import Layout
from graph.extract.narrowing import narrowed
from graph.facts import Span, Value

LONGEST = 60
"""Code points of a line that may be a title."""

FIRST = 4
"""Lines at the head of a text of which one may be the title."""

_SMALL = frozenset(
    ("a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with")
)
_YEAR = r"(?:18[89]\d|19\d\d|20\d\d)"
_LENGTH = r"(?:\d{2,3} ?(?:m|mins?|minutes)\b|\d ?h(?:rs?|ours?)?\b)"
_DETAILS = re.compile(rf"\(?(?:{_YEAR}\b[^\n]{{0,60}}?{_LENGTH}|{_LENGTH}[^\n]{{0,60}}?{_YEAR}\b)[^\n]{{0,80}}")
_REVIEW = re.compile(
    r"(?:A |An |My |The )?(?:[\w-]+ ){0,3}[Rr]eview\b[^\n.]{0,40}\n|(?:[^\n]{1,40}\n){0,2}(?:18[89]|19\d|20\d)\d *\n"
)
"""What is called a review right below a line, or a year alone in one of the next lines."""
_SENTENCE = re.compile(
    r"^(?:I|I['’]\w+|We|You|It['’]s|How|Why|What|When|Where|Who|Is|Are|Do|Does|Can|Not|On|My|Our|By|Directed|Written|Posted"
    r"|Starring|Review(?:s|ed)?|Film|Movie|Movies|Films|Day|Week|Year|Part|Chapter|Season|Episode|Entry|No)\b|[.,;]$|\d{4}$"
    r"|\b(?:reviews?|ratings?|spoilers?|festival|marathon|blog|podcast|weekend)\b",
    re.IGNORECASE,
)
_COLUMN = re.compile(
    r"\b(?:in brief|round-?up|part \d|days? \d|week \d|festival|what (?:we|i) (?:watched|saw|have)"
    r"|(?:films?|movies?) (?:of|in|i|we|fight)|mini-?reviews|capsule|short takes|diary|dispatch|reviews"
    r"|january|february|march|april|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)

_GENERAL = frozenset(
    (
        *("abstract", "analysis", "archive", "arts", "arts & culture", "blog", "culture", "editorial", "entertainment"),
        *("essay", "feature", "features", "film club", "film essay", "final paper", "foreword", "life & style", "news"),
        *("notes", "opinion", "paper", "preface", "screen", "term paper", "untitled", "weekend", "welcome"),
    )
)
"""What stands above texts of any kind, in small letters."""
_ABOUT_FILMS = re.compile(r"\b(?:films?|movies?|cinema|oscars?|reviewed|critics?|releases?)\b", re.IGNORECASE)
MOST_WORDS = 4
"""Words of a title that nothing but its place above the text gives away: headlines are longer."""
_SHORT_BELOW = re.compile(r"[^\S\n]*\n(?:[^\S\n]*\n)*(?:[^\n]{1,99}\n\s*){0,2}[^\n]{100}")
"""What follows a title: a paragraph, with two short lines before it at most; more are a head of another kind."""
_TEXT_BELOW = re.compile(r"[^\S\n]*\n\s*\n[^\n]{100}")
"""What follows a title that could be a name: the text, behind a blank line."""


def from_first_line(text: str) -> Value[str] | None:
    """The first line of a text, where it is written as a title and could be nothing else: "Salt Year" above the text.

    Nothing in the text bears it out, so that whatever else names the film comes before it.
    """
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    line = Span(start, len(text) if end < 0 else end)
    title = _title(text, line)
    title = None if title is None else narrowed(text, title)
    if title is None or not _could_be_alone(title.of(text)):
        return None
    below = _TEXT_BELOW if _like_a_name(title.of(text)) and title.of(text).count(" ") == 1 else _SHORT_BELOW
    if not below.match(text, line.end):
        return None
    return Value(title.of(text), (proof(text, line, "standing.first", 0.7, title),))


def _could_be_alone(shown: str) -> bool:
    """Whether a line is neither a person's name, nor a headline in capitals, nor what stands above texts of any kind.

    >>> _could_be_alone("Salt Year"), _could_be_alone("Ann Bell"), _could_be_alone("Summer Movies")
    (True, False, False)
    """
    split = shown.split()
    if known.is_title(shown):
        return True
    if len(split) > MOST_WORDS or (len(split) > 1 and shown.isupper()) or "," in shown:
        return False
    if shown.lower() in _GENERAL or _ABOUT_FILMS.search(shown):
        return False
    return not (_like_a_name(shown) and index.begins_given(shown))


def _like_a_name(shown: str) -> bool:
    """Whether words could be a person's name by their number and shape."""
    bare = all(word.lower() not in _SMALL for word in shown.split())
    return len(shown.split()) in (2, 3) and bare and names.is_person(shown)


def from_place(text: str, layout: Layout) -> Value[str] | None:
    """The title that its place or its fame gives away."""
    labelled = {fact.line.start for fact in layout.facts}
    head = [line for line in sorted({*layout.headings, *layout.notes})[:FIRST] if line.start not in labelled]
    for number, line in enumerate(head):
        title = _title(text, line)
        if title is None:
            continue
        sure = _sureness(text, layout, head[:number], title)
        if sure:
            return Value(cased(text, title.of(text)), (proof(text, line, "standing.line", sure, title),))
    return None


def _title(text: str, line: Span) -> Span | None:
    """The line without marks, if it is written as a title."""
    return trimmed(text, line) if is_title_like(line.of(text)) else None


def is_title_like(shown: str) -> bool:
    """Whether a line is written as a title: few words, the longer ones with a capital; no sentence, person or country.

    >>> is_title_like("The Salt Year"), is_title_like("Why We Cry"), is_title_like("A feast for the eyes")
    (True, False, False)
    """
    if len(shown) > LONGEST or _SENTENCE.search(shown) or not re.search(r"[^\W\d_]", shown):
        return False
    if not all(not word[0].islower() or word.lower() in _SMALL for word in shown.split()):
        return False
    return names.key(shown) not in known.famous() | known.makers() and shown not in rules.words("details", "countries")


def _sureness(text: str, layout: Layout, above: list[Span], title: Span) -> float:
    """How sure the place makes it; zero where it does not."""
    shown = title.of(text)
    below = text[title.end : title.end + 400].lstrip(" \t*_#”\"'’")
    if _DETAILS.match(below.lstrip()) or _REVIEW.match(below.lstrip()):
        return 0.85
    if _above_facts(text, layout, title):
        return 0.75
    person = index.begins_given(shown) and len(shown.split()) < 4
    if not above and known.is_title(shown):
        return 0.72
    column = bool(above) and _COLUMN.search(above[0].of(text)) is not None
    alone = text[title.end :].lstrip("*_#”\"'’ ").startswith("\n\n")
    return 0.7 if column and alone and not person and " " in shown else 0.0


def _above_facts(text: str, layout: Layout, title: Span) -> bool:
    """Whether a block of facts that names the director or the cast begins right below a line."""
    fact = next((fact for fact in layout.facts if fact.line.start >= title.end), None)
    if fact is None or fact.field not in ("director", "cast", "writer", "year", "runtime", "genre"):
        return False
    fields = {other.field for other in layout.facts}
    return "director" in fields and not re.search(r"\w", text[title.end : fact.line.start])
