"""Pages of roles as tables: a row for each passage that proves one, and for each role that none proves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from webapp.pages import CastLine, CharacterPage, FilmPage, FilmRef, Part, PersonPage, Proof, Ref

COLUMNS = (
    "film", "year", "person", "character", "description", "job", "sentence", "reviewer", "outlet", "confidence",
    "datasets", "film_iri", "person_iri", "role_iri", "review_iri",
)  # fmt: skip
"""``description`` stands where a source names no character, ``job`` only where it is no acting role."""
Row = tuple[str | int | float | None, ...]


def of_film(page: FilmPage) -> Iterator[Row]:
    """Who played whom in a film, and who made it."""
    yield COLUMNS
    film = FilmRef(page.iri, page.title, page.year)
    for role in page.cast:
        what = (*_whom(role), None)
        yield from _rows(film, role.person, what, role.iri, role.proofs, role.datasets)
    for line in page.jobs:
        for credit in line.credits:
            job = (None, None, line.job)
            yield from _rows(film, credit.person, job, credit.iri, credit.proofs, credit.datasets)


def of_person(page: PersonPage) -> Iterator[Row]:
    """What a person played, and what else he or she did, the newest first."""
    yield COLUMNS
    person = Ref(page.iri, page.name)
    for year in (*page.roles, *page.credits):
        for part in year.parts:
            what = (*_whom(part), part.job)
            yield from _rows(part.film, person, what, part.iri, part.proofs, part.datasets)


def of_character(page: CharacterPage) -> Iterator[Row]:
    """Everyone who played a character of a name."""
    yield COLUMNS
    for year in page.years:
        for face in year.faces:
            yield from _rows(face.film, face.person, (face.character, None, None), face.iri, face.proofs, face.datasets)


def _whom(role: CastLine | Part) -> tuple[str | None, str | None]:
    """The character's name, or else the description."""
    return (role.character.label, None) if role.character else (None, role.description)


def _rows(
    film: FilmRef,
    person: Ref,
    what: tuple[str | None, str | None, str | None],
    iri: str,
    proofs: Sequence[Proof],
    datasets: Sequence[Ref],
) -> Iterator[Row]:
    named = "; ".join(dataset.label for dataset in datasets) or None
    for proof in proofs or (None,):
        said = _said(proof) if proof else (None, None, None, None)
        review = proof.review.iri if proof else None
        yield film.label, film.year, person.label, *what, *said, named, film.iri, person.iri, iri, review


def _said(proof: Proof) -> Row:
    """The sentence in one line, whose it is, and how sure its reading."""
    sentence = " ".join("".join(piece.text for piece in proof.quote).split()) or None
    return sentence, proof.reviewer, proof.outlet, round(proof.confidence, 2)
