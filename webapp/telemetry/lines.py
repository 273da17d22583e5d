"""Lines of the log: one JSON object each, or a text for reading."""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from functools import lru_cache

from webapp.telemetry import note
from webapp.telemetry.note import Note

JSON, TEXT, OFF = "json", "text", "off"
FORMS = (JSON, TEXT, OFF)
"""``off`` leaves out the requests; what goes wrong is told in words."""
_quoted = json.encoder.encode_basestring_ascii


def request_line(it: Note, form: str) -> str:
    """The line of one request.

    >>> print(request_line(Note("5f1ea7b2", "GET", "/films", 200, 512, 0.0021, "7", ended=0.25), "text").strip())
    00:00:00.250 info GET /films 200, 512 bytes in 2.10 ms, snapshot 7, request 5f1ea7b2
    """
    level = "error" if it.status >= 500 else "info"
    if form == TEXT:
        return (
            f"{_when(it.ended)[11:-1]} {level} {it.method} {it.path} {it.status}, {it.bytes} bytes in "
            f"{it.seconds * 1000:.2f} ms, snapshot {it.snapshot or 'none'}, request {it.request}\n"
        )
    snapshot = "null" if it.snapshot is None else _quoted(it.snapshot)
    return (  # by hand: a third of the time that a general encoder takes
        f'{{"time":"{_when(it.ended)}","level":"{level}","event":"request","request":{_quoted(it.request)},'
        f'"method":{_quoted(it.method)},"path":{_quoted(it.path)},"status":{it.status},"bytes":{it.bytes},'
        f'"ms":{it.seconds * 1000:.2f},"snapshot":{snapshot},"worker":{os.getpid()}}}\n'
    )


class Lines(logging.Formatter):
    """Formats what modules log, ours and others': a traceback stays within its line."""

    def __init__(self, fmt: str | None = None, datefmt: str | None = None, *, form: str = TEXT) -> None:
        super().__init__(fmt, datefmt)
        self.form = form

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        said = {
            "time": _when(record.created),
            "level": record.levelname.lower(),
            "event": "log",
            "request": note.current() or None,
            "logger": record.name,
            "message": record.getMessage(),
            "trace": self.formatException(record.exc_info) if record.exc_info else None,
            "worker": os.getpid(),
        }
        said = {name: value for name, value in said.items() if value is not None}
        if self.form == JSON:
            return json.dumps(said)
        request = f", request {said['request']}" if "request" in said else ""
        trace = "\n{trace}".format_map(said) if "trace" in said else ""
        return f"{_when(record.created)[11:-1]} {said['level']} {said['message']}{request}{trace}"


def configuration(form: str) -> dict[str, object]:
    """The server's own lines in the same form, as ``logging.config`` has it."""
    line = {"()": "webapp.telemetry.lines.Lines", "form": form}
    return {"formatters": {"generic": line, "access": line}}


def tell(form: str) -> None:
    """Let everything that is logged in this process go to standard output, in one form."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(Lines(form=form))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO if form != OFF else logging.WARNING)


@lru_cache(maxsize=2)
def _second(whole: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(whole))


def _when(seconds: float) -> str:
    whole = int(seconds)
    return f"{_second(whole)}.{int((seconds - whole) * 1000):03d}Z"
