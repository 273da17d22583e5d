"""The least that a server can do, for comparison: it says hello; and other servers with the site.

python -m tests.benchmarks.hello serve granian PORT     # nothing but the server
python -m tests.benchmarks.hello serve gateway PORT     # a Flask application behind our gateway
python -m tests.benchmarks.hello serve waitress PORT    # the site, of FILMGRAPH_DATA, under Waitress
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from flask import Flask
from granian import Granian
from granian.constants import HTTPModes, Interfaces

from webapp.gateway import Gateway
from webapp.wsgi import Scope


async def granian(scope: Scope, protocol: Any) -> None:
    """An RSGI application that says hello."""
    protocol.response_str(200, [("content-type", "text/plain")], "hello")


def gateway() -> Gateway:
    """A Flask application that says hello, as the site is run."""
    app = Flask("hello")
    app.add_url_rule("/", view_func=lambda: "hello")
    return Gateway(app.wsgi_app)


def main(name: str, port: int) -> None:
    """Serve until ended."""
    if name == "waitress":
        import waitress

        from webapp import create_app
        from webapp.config import Config

        app = create_app(Config(Path(os.environ["FILMGRAPH_DATA"])))
        waitress.serve(app, host="127.0.0.1", port=port, threads=8, _quiet=True)
    else:
        target = f"tests.benchmarks.hello:{name}"
        Granian(
            target, port=port, interface=Interfaces.RSGI, http=HTTPModes.http1, factory=name == "gateway",
            websockets=False, log_enabled=False,
        ).serve()  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[2], int(sys.argv[3]))
