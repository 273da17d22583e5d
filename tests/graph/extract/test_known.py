"""Names that are widely known are hints: folded as any name is, and tied to no part."""

from __future__ import annotations

import pytest

from graph.extract import known, names
from graph.extract.rules import load

TABLES = ("performers", "supporting", "makers", "characters", "films")


def listed(table: str) -> list[str]:
    """The names of a list as they are written."""
    text = load("famous")[table].replace("\n", " ")
    return [name.strip() for name in text.split("|" if table == "films" else ",") if name.strip()]


@pytest.mark.parametrize("table", TABLES)
def test_names_are_folded_all_at_once_as_one_by_one(table: str) -> None:
    """A list's keys are those that each name has by itself."""
    assert known.keys(table) == {names.key(name) for name in listed(table)}


@pytest.mark.parametrize("table", TABLES)
def test_no_name_stands_twice(table: str) -> None:
    """No two names of a list have the same key."""
    assert len(known.keys(table)) == len(listed(table))


def test_a_surname_hints_at_performers_who_lead_only() -> None:
    """Surnames of leading performers are known, given names and those of makers alone are not among them."""
    assert "bogart" in known.famous_surnames()
    assert not known.famous_surnames() & {"james", "hitchcock"}
    assert "hitchcock" in known.maker_surnames()
    assert not known.maker_surnames() & known.famous_surnames()
