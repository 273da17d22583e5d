"""What makes a credit in running text doubtful: another film, a comparison, a person known for something else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.extract import names, rules
from graph.facts import Span

_COMPARED = re.compile(
    r"\b(?:(?<!'d )(?<!would )like(?! to\b)|unlike|than|recall\w*|reminiscent|remind\w*|echo\w*|inspired"
    r"|influence\w*|homage|similar|such as|remake of|favou?rites? of|worked with"
    r"|team(?:s|ed|ing)? up with|collaborat\w+ with|wish)\b",
    re.IGNORECASE,
)
_END = re.compile(r"(?<!\b[DMJS][rR])(?<!\bM[rR][sS])(?<!\bSt)(?<!\bvs)\. |[!?;] |\n")
"""The end of a sentence or of a clause that stands by itself."""
_SAME_NAME = re.compile(r"\b(?:of|by|with|under) the same (?:name|title)\b,?(?: and)? $", re.IGNORECASE)
"""The end of what is said of the book behind the film: "a novel of the same name, directed by"."""
_ADAPTED = re.compile(
    r"\badapt\w+ (?:of|from) [^.;,]{0,70}\b(?:novel|book|play|story|memoir|comics?)\b[^.;,]{0,20},?(?: and)? $"
)
"""What says of which work the film is an adaptation: "the adaptation of Ana Ruiz's novel, directed by"."""
_OTHER_WORK = re.compile(
    r"\b(?:songs?|lyrics|letters?|based on|original|another|also directed|series|stage|play|novel|book|album"
    r"|episode|short|later|prior|sequel to|compared?|comparison|version available|best version)\b",
    re.IGNORECASE,
)
_RIVAL = re.compile(
    r"(?:[\"'][^\"']{2,60}[\"']|\([12]\d{3}\)|(?P<word>\b[A-Z0-9][\w'-]*))(?:,| \()?"
    r" (?:(?:and|which|was|that|is|also|well|as|both) )*$"
)
_BESIDE = re.compile(r"\b([A-Z][\w']*) $")
MOST_PLACES = 1_000
"""Places of one surname that are looked at."""
FAR = 400
"""Code points before a surname in which the words that lead to it stand."""
_NAMES = r"(?:[A-Z][\w.'-]* ){0,3}\Z"
_OTHERWISE: tuple[tuple[re.Pattern[str] | None, re.Pattern[str]], ...] = (
    (
        None,
        re.compile(
            r"(?:'s)?,? (?:(?:who|also|really|\w+ly) )?(?:plays|played|portrays|stars?|starred|performance"
            r"|character|role|acting|gives(?! (?:us|you)\b)|as|steals|shines|and [A-Z])\b"
        ),
    ),
    (None, re.compile(r"(?:'s)?[^.\n]{0,30}\b(?:novel|book|story|play|author|source|stories|text)\b")),
    (re.compile(rf"[(]{_NAMES}"), re.compile(r"\)|, (?!quoted|cited|qtd|in |\d)")),
    (
        re.compile(rf"(?:starring|stars|played by|with|actors?|actress) ?{_NAMES}"),
        re.compile(r"\b(?!'s? [a-z-]* ?(?:film|movie|picture)\b)"),
    ),
    (
        re.compile(
            r"\b(?:novel|book|story|play|author|novelist|playwright|based (?:up)?on|adapted from|adaptation of|written)"
            r"\b[^.\n]{0,60}\Z"
        ),
        re.compile(r"\b"),
    ),
)
"""What stands before and after the surname of somebody who acts in the film, or wrote what it is made from."""
_BORDER = re.compile(r"\b")
_DOES = re.compile(r" (?:\w+ly )?(?:[a-z]+s|[a-z]+ed|made|shot|never|does|film|picture)\b")
_PLAYED = re.compile(r" \((?!The |A )[A-Z][\w.'-]+ (?:['\"][^'\"]{1,20}['\"] )?[A-Z][\w.'-]+(?:\)| [a-z])")
_ANOTHER = re.compile(r"'s? (?:[a-z0-9-]+(?:,(?! and\b))? ){0,4}(?:[\"'][A-Z]|[A-Z])")


def trust(text: str, phrase: Span, mention: Span, title: str, *, rival: bool, works: bool) -> float:
    """How far the words around a phrase leave it about the reviewed film: 1 is fully, 0.5 and below hardly.

    ``rival`` says that a title before the phrase ("Rust, directed by …") is what the phrase speaks of, ``works`` that
    only words such as "novel" before it count.
    """
    before = _clause(text, phrase, mention)
    if text.startswith(("direct", "helm"), phrase.start) and (_SAME_NAME.search(before) or _ADAPTED.search(before)):
        return 1.0
    after = text[mention.end : mention.end + 60]
    sure = 0.5 if _COMPARED.search(before) else 1.0
    if works:
        sure *= 0.5 if _OTHER_WORK.search(before) else 1.0
    elif rival:
        other = _RIVAL.search(before) if text[phrase.start] == "(" or text[phrase.start].islower() else None
        elsewhere = other is not None and not _opens(other["word"]) and not _same(before[-len(title) - 30 :], title)
        sure *= 0.5 if elsewhere or _OTHER_WORK.search(before) else 1.0
    elif (beside := _BESIDE.search(before)) and beside[1].lower() not in rules.words("names", "openers"):
        sure *= 1.0 if _same(before[-len(title) - 3 :], title) else 0.65
    if _PLAYED.match(after):
        sure *= 0.55
    if _ANOTHER.match(after) and not _same(after, title):
        sure *= 0.7
    return sure


def _opens(word: str | None) -> bool:
    """Whether a capitalised word only opens its sentence: "It is directed by", "Written and directed by"."""
    return word is not None and (word.lower() in rules.words("names", "openers") or word.endswith(("ed", "ten", "ly")))


def _clause(text: str, phrase: Span, mention: Span) -> str:
    """The words of the sentence before the phrase and its name, at most 70 code points."""
    left = max(0, phrase.start - 200)
    start = max((end.end() for end in _END.finditer(text, left, phrase.start)), default=left)
    return text[max(start, phrase.start - 70) : min(phrase.start, mention.start)]


def known_otherwise(text: str, person: str) -> bool:
    """Whether the text shows a person acting in the film, or as the author of the book or play behind it."""
    surname = person.rpartition(" ")[2]
    return any(
        after.match(text, place + len(surname)) and (before is None or before.search(text, max(0, place - FAR), place))
        for place in _places(text, surname)
        for before, after in _OTHERWISE
    )


def recurs_as_subject(text: str, person: str) -> bool:
    """Whether the person does something elsewhere in the text, as its maker does: "Ruiz keeps the camera low"."""
    surname = person.rpartition(" ")[2]
    return any(_BORDER.match(text, at) and _DOES.match(text, at + len(surname)) for at in _places(text, surname))


def _places(text: str, words: str) -> Iterator[int]:
    """Where words stand in a text, whatever stands beside them; a bounded number, so that the work stays linear."""
    place = text.find(words)
    for _ in range(MOST_PLACES):
        if place < 0:
            return
        yield place
        place = text.find(words, place + 1)


def _same(words: str, title: str) -> bool:
    """Whether the film's title stands in ``words``."""
    return bool(title) and names.key(title) in names.key(words)
