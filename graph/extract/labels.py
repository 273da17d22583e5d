"""The labels of fact blocks: which line is one ("Director(s): Leif Tilden"), what it means, where its value stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from graph.extract import rules
from graph.facts import Span

LONGEST_LINE = 3000
"""In a longer line only the label at its start is looked for."""

LONGEST_BYLINE = 90
"""Code points behind "By" in a line that names the reviewer, the outlet and the date."""

LONGEST_TERSE = 300
"""In a longer line a label must stand at the start."""

_OPEN = r"(?:[*_•●|>\-–—\s]|<[a-z]{1,6}>){0,8}"
_CLOSE = r"(?:[*_\s]|</[a-z]{1,6}>){0,6}"
_SEPARATOR = r"(?:[|;•·/,\t)\]>]\s{0,3}|[.]\s{1,3}|\s{2,4}|\s[–—-]\s)"
_CLAUSE = re.compile(r"(?<=[^\W\d_]{3})\.\s|\s[|•·]\s|;")
_INSIDE = re.compile(
    r"\b(?:Dir|DIR|dir(?=\.)|Director|DIRECTOR|Directed by|Cast|CAST|Starring|With|WITH)\b|(?<=\| )d(?=: )"
)
_NUMBERS = re.compile(
    r"(?i:user rating|rated|running time|our score|.{3,16} (?:rating|score)).{0,3}(?:[A-Z]\b|PG|NC|[0-9★*])"
)
_TOLD = frozenset(("the", "a", "an", "is", "was", "with", "of", "in", "to", "for", "it", "by", "this", "that"))
_PEOPLE = frozenset(("director", "writer", "composer", "cinematographer", "editor", "producer", "cast"))
_HEAD = re.compile(r"[*_]{0,2}(?:character|role|part|plays|as)s?(?: name)?[*_]{0,2}:?", re.IGNORECASE)
_BYLINE = re.compile(
    r"[*_ ]{0,3}[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){1,3}[*_]{0,2}(?:,| on\b| for\b| at\b| in\b| from\b| \||$)"
)
_SMALL = frozenset(
    ("and", "&", "de", "da", "di", "du", "del", "la", "le", "van", "von", "der", "den", "el", "al", "bin", "y")
)
_SMALL_IN_A_ROLE = frozenset(("as", "the", "of", "with", "voices", "voice"))
_TAIL = re.compile(r"(?:[\s|;,•·/]|\s[–—-]|(?<=[^\W_])[*_]{1,2}|</?[a-z]{1,6}>?){1,20}$")
_LINK = re.compile(r"\[([^\[\]\n]{1,100})\]\([^()\s]{1,300}\)")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label and its value inside one line; ``fields`` are the label's meanings (``Writer/director`` has two)."""

    fields: tuple[str, ...]
    label: Span
    value: Span


@cache
def _meanings(kind: str) -> dict[str, tuple[str, ...]]:
    """From a label in lower case to its fields, for ``labels`` or ``leads``."""
    found: dict[str, tuple[str, ...]] = {}
    for rule in rules.load("factbox")["label"]:
        for label in rule[kind]:
            found[label] = (*found.get(label, ()), rule["field"])
    return found


def _alternatives(kind: str) -> str:
    return "|".join(re.escape(label) for label in sorted(_meanings(kind), key=len, reverse=True))


@cache
def _pattern() -> re.Pattern[str]:
    """A label at the start of a line or after a separator, with what parts it from its value."""
    with_colon = rf"(?P<label>{_alternatives('labels')})(?:\(s\)|s|\(es\))?{_CLOSE}(?::|：|\s[–—-]\s|\t|\|\s)"
    lead = rf"(?P<lead>{_alternatives('leads')})(?=[\s*_])(?!\s{{0,3}}:)"
    return re.compile(rf"(?:^|{_SEPARATOR}|(?<=\*\*)\s){_OPEN}(?:{with_colon}|{lead}){_CLOSE}", re.IGNORECASE)


@cache
def _bare() -> re.Pattern[str]:
    """A label that is alone in its line: its value stands in the lines below."""
    return re.compile(
        rf"{_OPEN}#{{0,6}}\s?(?P<label>{_alternatives('labels')})(?:\(s\)|s)?{_CLOSE}:?{_CLOSE}", re.IGNORECASE
    )


def bare_label(line: str) -> tuple[str, ...]:
    """The fields of a line that is a label and nothing else.

    >>> bare_label("**Director(s):**"), bare_label("Leif Tilden")
    (('director',), ())
    """
    match = _bare().fullmatch(line) if len(line) < 60 else None
    return _meanings("labels")[match["label"].lower()] if match else ()


def is_head(cell: str) -> bool:
    """Whether a table's cell stands above a column of roles."""
    return _HEAD.fullmatch(cell) is not None


def read_labels(line: str) -> list[Labelled]:
    """The labelled values of a line that begins with a label, or with a few bare details before one.

    >>> line = "Director: Ana Ruiz | Writer: Bo Li"
    >>> [(found.fields, found.value.of(line)) for found in read_labels(line)]
    [(('director',), 'Ana Ruiz'), (('writer',), 'Bo Li')]
    >>> line = "Norway 1927. Dir. Ana Ruiz. 94 min."
    >>> [found.value.of(line) for found in read_labels(line)]
    ['Ana Ruiz']
    """
    first = _pattern().match(line)
    if first is None and (len(line) > LONGEST_TERSE or not _INSIDE.search(line)):
        return []
    matches = list(_pattern().finditer(line)) if len(line) <= LONGEST_LINE else [first] if first else []
    kept = [m for m in matches if _counts(m, line, _end_of(m, matches, line))]
    if not kept or (kept[0].start() > 0 and not _terse(kept[0], line)):
        return []
    return [_labelled(match, line, _end_of(match, kept, line)) for match in kept]


def _terse(match: re.Match[str], line: str) -> bool:
    """Whether nothing but details stands before a director's or a cast's label: "(Norway, 2021, 96 mins) Dir: …"."""
    kind = "label" if match["label"] else "lead"
    fields = _meanings(kind + "s")[match[kind].lower()]
    small = [word for word in re.findall(r"[^\W\d_]+", line[: match.start()]) if word[0].islower()]
    plain = len(small) <= 3 and rules.words("words", "stops").isdisjoint(small)
    return plain and not {"director", "cast"}.isdisjoint(fields)


def _end_of(match: re.Match[str], matches: list[re.Match[str]], line: str) -> int:
    """Where the value of ``match`` ends: at the next label, or with the line; a lead's with its clause."""
    end = min((m.start() for m in matches if m.start() > match.start()), default=len(line))
    border = _CLAUSE.search(line, match.end(), end) if match["lead"] else None
    return border.start() if border else end


def _counts(match: re.Match[str], line: str, end: int) -> bool:
    """A label with a colon needs a capital or a small key at the line's start; a lead needs names and nothing else."""
    value = line[match.end() : end]
    if match["lead"]:
        signed = len(value) < LONGEST_BYLINE and match["lead"].lower().endswith("by") and _BYLINE.match(value)
        fields = _meanings("leads")[match["lead"].lower()]
        return only_names(value) or (fields == ("reviewer",) and bool(signed)) or _numbered(match["lead"] + value)
    inside = match.start() > 0
    word = match["label"]
    if _PEOPLE.intersection(_meanings("labels")[word.lower()]) and not _list_like(value):
        return False
    if word[0].islower() and "|" in line[: match.start("label")] and only_names(value):
        return True
    return not (inside and word[0].islower()) and not (len(word) <= 2 and not word[0].isupper())


def _numbered(words: str) -> bool:
    """Whether a lead such as "User Rating" is followed by a number or a grade."""
    return _NUMBERS.match(words) is not None


def _list_like(value: str) -> bool:
    """Whether a value could be a list of people: it begins with a capital, or is short and all in small letters."""
    small = [word for word in value.split() if word[0].islower()]
    if value.islower():
        return _TOLD.isdisjoint(small) and len(small) <= 3 * (1 + value.count(",") + value.count(" and "))
    opening = value.lstrip(" *_[(<\"'“‘|-–—")[:1]
    return not opening.islower() and len(small) <= 0.6 * len(value.split())


def _labelled(match: re.Match[str], line: str, end: int) -> Labelled:
    kind = "label" if match["label"] else "lead"
    start = match.end()
    end = start + len(_TAIL.sub("", line[start:end]))
    fields = _meanings(kind + "s")[match[kind].lower()]
    return Labelled(fields, Span(match.start(kind), match.end(kind)), Span(start, end))


def only_names(text: str) -> bool:
    """Whether every word could stand in a list of names: capitals, particles, "and", brackets with a role.

    >>> only_names("Ann Bell, Cy de la Cruz and Bo (Kim)"), only_names("Leif Tilden, the film is long")
    (True, False)
    """
    words = _LINK.sub(r"\1", text).replace("*", " ").replace("_", " ").split()
    bare = [word.strip("()[]{},.;:|\"“”'’") for word in words]
    return any(word[:1].isupper() for word in bare) and all(
        not word or not word[0].islower() or word in _SMALL or (word in _SMALL_IN_A_ROLE and index > 0)
        for index, word in enumerate(bare)
    )
