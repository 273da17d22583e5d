"""Find the reviews that name a person, and the sentences that do."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from rdflib import URIRef

from graph import query
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
    """The reviews with sentences that hold a name, from the index; none over a server, which has no such index.

    A name of one word, or of several people, may mean others: then only the reviews in ``sure`` count, which prove
    something of this person.
    """
    if view.sidecar is None:
        return ()
    doubtful = len(name.split()) < 2 or len(view.sidecar.named("person", [name])) > 1
    said: dict[str, list[str]] = {}
    for hit in view.sidecar.naming(name, READ):
        if (not doubtful or hit.iri in sure) and not LISTED.match(hit.detail):
            said.setdefault(hit.iri, []).append(hit.detail)
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

    The sentences in ``proved`` are left out; over a server, which has no index of sentences, there are none.
    """
    if view.sidecar is None:
        return ()
    known = " ".join(" ".join(quote.split()) for quote in proved)
    wanted = _named(names)
    found = []
    for review in query.rows(view.source, "film-reviews", ReviewCard, film=film)[:COMPARED]:
        plain = dict.fromkeys(" ".join(each.split()) for each in view.sidecar.sentences(review.iri))
        said = [it for it in plain if it not in known and wanted.search(it) and not _heading(it, review.label)]
        if said:
            marked = (pieces(each, [it.span() for it in wanted.finditer(each)]) for each in said[:TOLD])
            found.append(Mention(review, tuple(marked)))
    return tuple(found[:REVIEWS])


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
