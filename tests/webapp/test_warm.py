"""A worker is made ready before its first visitors."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from flask import Flask
from jinja2 import Environment

from graph import build
from graph.explain import Explainer
from webapp import Config, create_app, warm
from webapp.site import KEY, Site


@pytest.fixture(scope="module")
def fresh(sample: build.Place) -> Flask:
    """The site over the sample, of which nobody has asked anything yet."""
    return create_app(Config(sample.data, base=sample.base))


def _read(app: Flask) -> int:
    """How many templates are read and kept."""
    return len(cast("Environment", app.jinja_env).cache or ())


def test_templates_are_read_and_the_explainer_runs(fresh: Flask) -> None:
    """After warming every template is at hand, and the first query is explained by the process that runs already."""
    site = cast("Site", fresh.extensions[KEY])
    assert _read(fresh) == 0
    warm.warm(fresh, site)
    assert _read(fresh) == len(fresh.jinja_env.list_templates())
    started = site.explainer._process
    assert started is not None
    assert fresh.test_client().get("/query/explain?query=ASK+{}").status_code == 200
    assert site.explainer._process is started
    site.explainer.close()


def test_what_cannot_be_made_ready_hinders_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a snapshot, and where a template is broken, the others are read all the same."""
    app = create_app(Config(tmp_path, base="http://localhost:8000/"))
    monkeypatch.setattr(app.jinja_env, "list_templates", lambda: ["nowhere.html", "home/home.html"])
    monkeypatch.setattr(Explainer, "start", lambda _: None)
    warm.warm(app, cast("Site", app.extensions[KEY]))
    assert _read(app) > 0
