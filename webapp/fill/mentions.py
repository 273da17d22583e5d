"""Find the reviews that name a person, and the sentences that do."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from rdflib import URIRef

from graph import plain, query
from graph.errors import BusyError
from webapp.fill.lists import BylineRow
from webapp.fill.proofs import pieces
from webapp.fill.rows import unique
from webapp.pages import Mention, Piece, ReviewCard
from webapp.site import View

READ = 80
"""Sentences that are looked at."""
REVIEWS, SENTENCES = 8, 2
"""Reviews that are shown, and sentences of each."""
COMPARED, TOLD = 40, 4
"""Reviews of a film that are read for what they say of one portrayal, and sentences of each that are shown."""
LISTED = re.compile(r"[A-Z][\w()/ ]{1,24}:\s")
"""A line of a fact box, such as "Actor(s): …", is no sentence of a critic."""
LETTERS = 2
"""Names of no more letters are not looked for."""


def mentions(view: View, name: str, sure: Collection[str]) -> tuple[Mention, ...]:
    """The reviews with sentences that hold a name; none where a server takes long to read its texts.

    A name of one word, or of several people, may mean others: then only the reviews in ``sure`` count, which prove
    something of this person.
    """
    try:
        doubtful, lines = len(name.split()) < 2 or _namesakes(view, name) > 1, _naming(view, name)
    except BusyError:
        return ()
    said: dict[str, list[str]] = {}
    for review, line in lines:
        if (not doubtful or review in sure) and not LISTED.match(line):
            said.setdefault(review, []).append(line)
    chosen = sorted(said, key=lambda review: (-len(said[review]), review))[:REVIEWS]
    if not chosen:
        return ()
    rows = query.rows(view.source, "reviews-of", BylineRow, iri=[URIRef(review) for review in chosen])
    cards = {row.iri: row for row in unique(rows, lambda row: row.iri)}
    return tuple(
        Mention(
            _card(cards[review]), tuple(_marked(each, name) for each in list(dict.fromkeys(said[review]))[:SENTENCES])
        )
        for review in chosen
        if review in cards
    )


def portrayal(view: View, film: URIRef, names: Sequence[str], proved: Collection[str]) -> tuple[Mention, ...]:
    """What reviews of a film say where they name a performer, in full or by surname, or the character.

    The sentences in ``proved`` are left out; there are none where a server takes long to give its texts.
    """
    known = " ".join(" ".join(quote.split()) for quote in proved)
    wanted = _named(names)
    found = []
    reviews = query.rows(view.source, "film-reviews", ReviewCard, film=film)[:COMPARED]
    lines = _sentences(view, [review.iri for review in reviews])
    for review in reviews:
        each_once = dict.fromkeys(" ".join(each.split()) for each in lines.get(review.iri, ()))
        said = [it for it in each_once if it not in known and wanted.search(it) and not _heading(it, review.label)]
        if said:
            marked = (pieces(each, [it.span() for it in wanted.finditer(each)]) for each in said[:TOLD])
            found.append(Mention(review, tuple(marked)))
    return tuple(found[:REVIEWS])


def _namesakes(view: View, name: str) -> int:
    return len(view.sidecar.named("person", [name])) if view.sidecar else plain.namesakes(view.hasty, name)


def _naming(view: View, name: str) -> list[tuple[str, str]]:
    """Reviews and sentences that hold a name."""
    if view.sidecar is None:
        return plain.naming(view.hasty, name, READ)
    return [(hit.iri, hit.detail) for hit in view.sidecar.naming(name, READ)]


def _sentences(view: View, reviews: Sequence[str]) -> Mapping[str, Sequence[str]]:
    if view.sidecar is not None:
        return {review: view.sidecar.sentences(review) for review in reviews}
    try:
        return plain.sentences(view.hasty, reviews)
    except BusyError:
        return {}


def _heading(line: str, title: str) -> bool:
    """Whether a line is the review's title or belongs to a box of facts."""
    return line == title or LISTED.match(line) is not None


def _named(names: Sequence[str]) -> re.Pattern[str]:
    """The full names, and the surname of the first; whole words, as they are written."""
    surname = names[0].split()[-1]
    forms = [form for form in (*names, surname) if len(form) > LETTERS]
    longest = sorted(forms or [names[0]], key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")


def _card(row: BylineRow) -> ReviewCard:
    return ReviewCard(row.iri, row.label, row.reviewer, row.outlet, None)


def _marked(sentence: str, name: str) -> tuple[Piece, ...]:
    """The sentence with the name marked where it stands as it is written here."""
    plain = " ".join(sentence.split())
    return pieces(plain, [found.span() for found in re.finditer(re.escape(name), plain, re.IGNORECASE)])
