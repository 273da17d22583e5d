"""What a page's own elements say by their class names: who reviewed, when, which film, how many stars.

Blog engines mark the writer and the date (``vcard``, ``entry-date``, ``rel="author"``), older pages the whole review
(the microformat hReview). Comments, related posts and what stands beside the text are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from graph.facts import Metadata, Rating

_BESIDE = re.compile(
    r"\b(?:comments?|respond|related|sidebar|widget|footer-widgets|navigation|menu|author-bio|share|recent)\b|comment-",
    re.IGNORECASE,
)
_ISO_DATE = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_BY = re.compile(r"^(?:(?:posted|written|reviewed|words) )?by:? ", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_a-z][\w'’.-]*(?: (?:[a-z]{2,3} )?[^\W\d_a-z][\w'’.-]*){0,3}")
"""A name: words with a capital, small words of two or three letters between them."""
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,2})?")
LONGEST_NAME = 40
"""Code points of a writer's name."""
MOST = 400
"""Marked elements that are looked at."""


def read_marks(tree: Any) -> Metadata:
    """The film, writer, date and rating that a page's elements are marked with; what is not marked is None."""
    marked = list(_marked(tree))
    review = next((each for each in tree.iter() if "hreview" in _classes(each)), None)
    dates = [_date(each) for each, classes in marked if classes & {"published", "dtreviewed", "entry-date"}]
    names = [_name(each) for each, classes in marked if classes & {"reviewer", "author", "post-author", "byline"}]
    return Metadata(
        title=None if review is None else _film(review),
        author=next(filter(None, names), None),
        published=next(filter(None, dates), None),
        ratings=() if review is None else tuple(_rating(review)),
    )


def _marked(tree: Any) -> Iterator[tuple[Any, set[str]]]:
    """The elements that carry a class or say that they link to the writer, without those beside the text."""
    left = MOST
    waiting = [tree]
    while waiting and left:
        element = waiting.pop()
        if not isinstance(element.tag, str) or element.tag in ("aside", "footer", "nav", "script", "style"):
            continue
        if element.tag != "body" and _BESIDE.search(f"{element.get('class', '')} {element.get('id', '')}"):
            continue
        classes = _classes(element) | ({"author"} if element.get("rel") == "author" else set())
        if classes:
            left -= 1
            yield element, classes
        waiting.extend(reversed(element))


def _classes(element: Any) -> set[str]:
    return set((element.get("class") or "").split()) if isinstance(element.tag, str) else set()


def _date(element: Any) -> str | None:
    """The date of an element, from what it tells programs: the pages' own words are read with the text."""
    told = element.get("datetime") or element.get("title") or ""
    inner = next((each.get("datetime") for each in element.iter("time") if each.get("datetime")), "")
    match = _ISO_DATE.match(told) or _ISO_DATE.match(inner)
    return match[0] if match else None


def _name(element: Any) -> str | None:
    """The name in an element that is marked as the writer's."""
    inner = next((each for each in element.iter() if _classes(each) & {"fn", "p-name"}), element)
    words = _BY.sub("", " ".join(inner.text_content().split()))
    return words if len(words) <= LONGEST_NAME and _NAME.fullmatch(words) else None


def _film(review: Any) -> str | None:
    """The name of what an hReview is about."""
    for item in review.iter():
        if "item" in _classes(item):
            name = next((each for each in item.iter() if "fn" in _classes(each)), item)
            return " ".join(name.text_content().split()) or None
    return None


def _rating(review: Any) -> Iterator[Rating]:
    """The rating of an hReview; its scale ends at 5 where nothing else is said."""
    for rating in (each for each in review.iter() if "rating" in _classes(each)):
        told = {key: _number(rating, key) for key in ("value", "best")}
        value = (
            told["value"] if told["value"] is not None else _first_number(rating.get("title") or rating.text_content())
        )
        best = told["best"] or 5.0
        if value is not None and value <= best:
            yield Rating("own", value, best)
        return


def _number(rating: Any, key: str) -> float | None:
    """The number in the part of a rating that has a class."""
    part = next((each for each in rating.iter() if key in _classes(each)), None)
    return None if part is None else _first_number(part.get("title") or part.text_content())


def _first_number(words: str) -> float | None:
    match = _NUMBER.search(words)
    return float(match[0]) if match else None
