"""The reviews of real films annotated by hand: what an annotation says stands in its text."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.benchmarks.quality import GOLD, pairs


@pytest.mark.parametrize("folder", ["films", "fresh"])
def test_stands_in_text(folder: str) -> None:
    """Every performer, role and quote of an annotation that is not ambiguous stands in its review."""
    absent = []
    for document, truth in pairs(GOLD / folder):
        for role in truth["roles"]:
            spellings = [role["character"], *role.get("aliases", [])]
            stands = all(role[key] in document.text for key in ("actor", "quote"))
            if not (stands and any(one in document.text for one in spellings)) and not role.get("ambiguous"):
                absent.append((document.name, role["actor"], role["character"]))
    assert absent == []


def test_each_film_once() -> None:
    """No film has two reviews, so that no set holds a film of another."""
    films = Counter(truth["film"] for folder in ("films", "fresh") for _, truth in pairs(GOLD / folder))
    assert [film for film, reviews in films.items() if reviews > 1] == []
