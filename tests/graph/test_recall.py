"""What is looked up of the graph before a source is added."""

from __future__ import annotations

from pathlib import Path

from rdflib import URIRef

from graph import build, recall, sidecar, snapshot
from graph.facts import Facts, Film, Value

FILM = """
[[film]]
title = "Hunger"
year = {year}
roles = [["{actor}", "Odd"]]
"""


def test_of_a_title_that_many_films_bear_only_casts_of_the_year_are_looked_up(
    place: build.Place, tmp_path: Path
) -> None:
    """A source that tells its film's year needs the people of films of that time; the others come when asked for."""
    films = {1950: "Ann Bell", 1991: "Cy Dorn", 1992: "Ida Holm"}
    path = tmp_path / "own.toml"
    path.write_text("".join(FILM.format(year=year, actor=actor) for year, actor in films.items()), encoding="utf-8")
    build.import_facts(place, path)
    iris = {year: URIRef(f"{place.base}film/hunger-{year}") for year in films}
    with snapshot.open_current(place.data) as current:
        index = sidecar.Sidecar.open(current.folder / sidecar.NAME)
        memory = recall.Memory(current, index, place.iris)
        known = memory.about(Facts("", Film(Value("Hunger"), Value(1992))))
        assert {film.iri for film in known.films["hunger"]} == set(iris.values())
        assert set(known.cast) == {iris[1991], iris[1992]}
        assert known.roles == {(iris[year], place.iris.person(films[year])): {"Odd"} for year in (1991, 1992)}
        assert set(memory.about(Facts("", Film(Value("Hunger")))).cast) == set(iris.values())
