"""The site over the bundled sample, and over a small graph of odd cases."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from graph import build
from graph.iris import DEFAULT_BASE
from tests.once import once
from tests.servers import patient
from webapp import Config, create_app

CASES = Path(__file__).parents[1] / "cases" / "site"


@pytest.fixture(scope="session")
def app(sample: build.Place) -> Flask:
    """The site over the sample."""
    return patient(create_app(Config(sample.data, base=sample.base)))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor of the site over the sample."""
    return app.test_client()


@pytest.fixture(scope="session")
def odd_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The site over odd cases: strange names, a cast of hundreds, reviews of which only parts are kept."""
    return patient(create_app(Config(once(tmp_path_factory, "odd", _store), base=DEFAULT_BASE)))


@pytest.fixture
def odd(odd_app: Flask) -> FlaskClient:
    """A visitor of the site over odd cases."""
    return odd_app.test_client()


def _store(folder: Path) -> None:
    place = build.Place(folder, DEFAULT_BASE)
    facts = place.data / "odd.toml"
    facts.write_text((CASES / "odd.toml").read_text(encoding="utf-8") + _crowd(), encoding="utf-8")
    build.import_facts(place, facts)
    build.add(place, [str(CASES / "quotes")], mode="quotes")
    build.add(place, [str(CASES / "offsets")], mode="offsets")


def _crowd() -> str:
    """A film with 400 roles, and a person with 800."""
    roles = "\n".join(f'  ["Extra Number {i}", "Passer-by {i}"],' for i in range(400))
    films = "\n".join(
        f'[[film]]\ntitle = "Chronicle {i}"\nyear = {1920 + i % 90}\nroles = [["Old Trouper", "Self {i}"]]'
        for i in range(800)
    )
    return f'\n[[film]]\ntitle = "A Cast of Hundreds"\nyear = 1999\nroles = [\n{roles}\n]\n\n{films}\n'
