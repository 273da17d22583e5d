"""Find the reviews that name a person, and the sentences that do."""

from __future__ import annotations

import re
from collections.abc import Collection

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
        if not doubtful or hit.iri in sure:
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


def _card(row: BylineRow) -> ReviewCard:
    return ReviewCard(row.iri, row.label, row.reviewer, row.outlet, None)


def _marked(sentence: str, name: str) -> tuple[Piece, ...]:
    """The sentence with the name marked where it stands as it is written here."""
    plain = " ".join(sentence.split())
    return pieces(plain, [found.span() for found in re.finditer(re.escape(name), plain, re.IGNORECASE)])
