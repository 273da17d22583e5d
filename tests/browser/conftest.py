"""A browser, and the site served to it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import make_server

from graph import build
from tests.servers import patient
from webapp import Config, create_app

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}

PATIENT = 60_000
"""Milliseconds to wait for anything: a busy machine is no fault of a page."""
Visit = Callable[..., Page]
"""Opens a page in a browser of its own; takes what ``Browser.new_context`` takes."""

expect.set_options(timeout=PATIENT)


@pytest.fixture(scope="session")
def address(sample: build.Place) -> Iterator[str]:
    """The address of the site over the sample."""
    server = make_server("127.0.0.1", 0, patient(create_app(Config(sample.data, base=sample.base))), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    if CHROMIUM is None:
        pytest.skip("no Chromium; get it with: apt-get install chromium")
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """Opens fresh pages, and closes them when the test has ended."""
    with ExitStack() as stack:

        def opened(**options: Any) -> Page:
            context = stack.enter_context(browser.new_context(base_url=address, **options))
            context.set_default_timeout(PATIENT)
            return context.new_page()

        yield opened


@pytest.fixture(params=["desktop", "phone"])
def page(visit: Visit, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A fresh page, once as wide as a desk, once as narrow as a hand; it fails on any error in its console."""
    phone = request.param == "phone"
    opened = visit(viewport=PHONE if phone else DESKTOP, has_touch=phone)
    errors: list[str] = []
    opened.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    opened.context.close()
    assert not errors
