"""The page of a character: one name, many faces, some at a time."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from graph.iris import Iris
from tests.webapp.reading import one, soup
from webapp.fill.characters import character_page
from webapp.pages import CharacterPage
from webapp.site import view

IRIS = Iris()


def test_one_name_has_many_faces(app: Flask) -> None:
    """The page of a character gathers everyone who played a character of that name, in the order of the years."""
    with app.test_request_context():
        page = character_page(view(), IRIS.character(IRIS.film("Skyfall", 2012), "James Bond"))
    assert page
    people = {face.person.label for year in page.years for face in year.faces}
    assert {"Daniel Craig", "Sean Connery"} <= people
    assert page.people == len(people)
    assert [year.year for year in page.years] == sorted(year.year or 9999 for year in page.years)
    assert any(face.here for year in page.years for face in year.faces)


def test_a_name_of_thousands_is_shown_in_parts(app: Flask) -> None:
    """The parts of a name's faces hold each once in the order of the years, and the first the page's own as well."""
    bond = IRIS.character(IRIS.film("Skyfall", 2012), "James Bond")
    parts: list[CharacterPage] = []
    after = ""
    with app.test_request_context():
        whole = character_page(view(), bond)
        while not parts or parts[-1].following:
            part = character_page(view(), bond, after, most=2)
            assert part
            parts.append(part)
            after = part.following or ""
    assert whole
    assert whole.following is None
    assert len(parts) > 1
    assert {part.films for part in parts} == {whole.films}
    faces = [[face.iri for year in part.years for face in year.faces] for part in parts]
    everyone = [face for year in whole.years for face in year.faces]
    (own,) = [face.iri for face in everyone if face.here]
    assert own in faces[0]
    faces[0] = faces[0] if len(faces[0]) == 2 else [iri for iri in faces[0] if iri != own]
    assert [iri for part in faces for iri in part] == [face.iri for face in everyone]


def test_the_faces_of_the_index_are_those_of_the_store(app: Flask) -> None:
    """Who played a character of a name, and who says so, is the same with and without the index."""
    bond = IRIS.character(IRIS.film("Skyfall", 2012), "James Bond")
    with app.test_request_context():
        state = view()
        found = [character_page(state, bond, most=most) for most in (2, 40)]
        plain = [character_page(replace(state, sidecar=None), bond, most=most) for most in (2, 40)]
    assert found == plain


def test_parts_of_the_faces_are_linked(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A part leads to the next, the last back to the first; the table holds all."""
    monkeypatch.setattr("webapp.fill.characters.SHOWN", 1)
    path = "/character/skyfall-2012/james-bond"
    page, count = soup(client.get(path)), 1
    while onward := page.select_one(".pager a[rel=next]"):
        page, count = soup(client.get(path + str(onward["href"]))), count + 1
    assert count > 1
    assert one(page, ".pager a")["href"] == "?#faces"
    table = client.get(f"{path}.csv").get_data(as_text=True)
    assert "Sean Connery" in table
    assert "Daniel Craig" in table
