"""Names cut where they end: at the film's title, at stressed capitals, behind an office, before another name."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from itertools import chain

from graph.extract import names
from graph.extract.index import has_title, is_given
from graph.extract.known import famous
from graph.extract.lexicon import is_human, is_stop
from graph.extract.rules import words
from graph.facts import Span

_STRESSED = re.compile(r"(?<=[a-z]) (?:IS|WAS) (?=[A-Z][a-z])")


def cut(text: str, found: Iterable[Span], title: str | None) -> Iterator[Span]:
    """The names, cut where the film's own title or a change from capitals to small letters ends one name."""
    folded = re.sub(r"^(?:the|a|an) ", "", title.lower()) if title and " " in title else None
    spans = list(found)
    known = {span.of(text) for span in spans if text.count(" ", span.start, span.end) == 1}
    stressed = chain.from_iterable(_unstressed(text, span) for span in spans)
    for span in chain.from_iterable(_parted(text, span, known) for span in stressed):
        span = _without_post(text, _untitled(text, span, known))
        if _shouted(span.of(text)):
            continue
        rest = _without_title(text, span, folded)
        if text.count(" ", rest.start, rest.end) < 2:
            yield rest
        else:
            yield from (part for part in _cut_capitals(text, rest) if not _shouted(part.of(text)))


def _unstressed(text: str, span: Span) -> Iterator[Span]:
    """The names on both sides of a verb that is only stressed by its capitals: "Ann Bell IS Fay"."""
    shown = span.of(text)
    verb = _STRESSED.search(shown)
    if verb is None or shown.isupper():
        yield span
        return
    yield Span(span.start, span.start + verb.start())
    yield Span(span.start + verb.end(), span.end)


def _shouted(shown: str) -> bool:
    """Whether a single word in capitals is a small one that is only stressed: "he KILLS it"."""
    return shown.isupper() and len(shown) > 2 and is_stop(shown.lower())


def _parted(text: str, span: Span, known: Container[str]) -> Iterator[Span]:
    """A name and the one behind it without a verb between, parted: "and Dora Small Tess", with Dora Small known."""
    split = span.of(text).split(" ")
    ahead = text[max(0, span.start - 4) : span.start]
    if len(split) > 2 and ahead.endswith((", ", "and ", "& ")):
        first = " ".join(split[:2])
        bare = "." not in first and not has_title(first) and split[2].strip(".") not in ("Jr", "Sr", "II", "III")
        if bare and (first in known or names.key(first) in famous()):
            yield Span(span.start, span.start + len(first))
            yield Span(span.start + len(first) + 1, span.end)
            return
    yield span


def _untitled(text: str, span: Span, known: Container[str]) -> Span:
    """A performer's name without the title of the role before it: "Marshal Cy Dorn", with Cy Dorn known."""
    first, _, rest = span.of(text).partition(" ")
    titled = (
        " " in rest
        and has_title(f"{first} Orr")
        and is_human(first.lower())
        and first.lower() not in words("words", "offices")
    )
    return Span(span.end - len(rest), span.end) if titled and (rest in known or names.key(rest) in famous()) else span


def _without_post(text: str, span: Span) -> Span:
    """A full name without the office before it: "Assistant District Attorney Ed Fox", "Income Tax Inspector Ed Fox"."""
    split = span.of(text).split(" ")
    offices = (k for k in range(len(split) - 3, 0, -1) if is_human(split[k].lower()) and not is_given(split[k].lower()))
    if (place := next(offices, 0)) and split[place].istitle():
        place += not has_title(f"{split[place]} Orr")
        return Span(span.start + len(" ".join(split[:place])) + 1, span.end)
    start = span.start
    while text.count(" ", start, span.end) > 1:
        end = text.index(" ", start)
        word = text[start:end].replace(".", "")
        if word.lower() not in words("names", "posts") or (len(word) < 5 and not word.isupper()):
            break
        start = end + 1
    return Span(start, span.end)


def _without_title(text: str, span: Span, title: str | None) -> Span:
    """The span without the film's title at its beginning or end, where something is left."""
    if title is None or span.end - span.start <= len(title) + 1:
        return span
    shown = span.of(text).lower()
    if shown.startswith(title + " "):
        return Span(span.start + len(title) + 1, span.end)
    return Span(span.start, span.end - len(title) - 1) if shown.endswith(" " + title) else span


def _cut_capitals(text: str, span: Span) -> Iterator[Span]:
    """A name set in capitals next to one that is not: "THE FAN Robert De Niro"."""
    shown = span.of(text)
    split = shown.split(" ")
    loud = [len(word) > 3 and word.isupper() and "." not in word for word in split]
    if len(split) < 3 or all(loud) or not any(loud):
        yield span
        return
    border = next(k for k in range(1, len(split)) if loud[k] != loud[k - 1])
    middle = span.start + len(" ".join(split[:border]))
    yield Span(span.start, middle)
    yield from _cut_capitals(text, Span(middle + 1, span.end))
