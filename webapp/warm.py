"""Does beforehand what the first visitors of a worker would wait for: templates, terms, and what explains queries."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from functools import partial

from flask import Flask

from webapp.fill.explaining import labels
from webapp.site import Site

DELAY = 1.0
"""Seconds after which a worker has surely begun to listen, and has answered whoever waited for that."""
BREATH = 0.01
"""Seconds between two steps, in which visitors come first."""

log = logging.getLogger(__name__)


def begin(app: Flask, site: Site) -> None:
    """Warm a worker in a thread of its own, once it listens."""
    threading.Thread(target=_later, args=(app, site), name="warm", daemon=True).start()


def _later(app: Flask, site: Site) -> None:
    time.sleep(DELAY)
    warm(app, site)
    threading.Event().wait()  # the process that explains ends with the thread that started it


def warm(app: Flask, site: Site) -> None:
    """Open the snapshot, read all templates and the words of terms, and start the process that explains queries.

    What fails here fails again for who needs it, and is told then.
    """
    templates = ((name, partial(app.jinja_env.get_template, name)) for name in app.jinja_env.list_templates())
    steps: list[tuple[str, Callable[[], object]]] = [
        ("the snapshot", site.view),
        *templates,
        ("the words of terms", labels),
        ("the process that explains", site.explainer.start),
    ]
    for what, step in steps:
        try:
            step()
        except Exception as error:  # nobody waits for this, and the other steps are worth while without it
            log.info("%s could not be made ready: %r", what, error)
        time.sleep(BREATH)
