"""Every error that filmgraph raises on purpose; each class says when."""

from __future__ import annotations


class FilmgraphError(Exception):
    """Something the user can mend; the message says what was wrong, where, and what to do."""


class InputError(FilmgraphError):
    """A file or text given by the user cannot be read as what it should be."""


class QueryError(FilmgraphError):
    """A query is malformed, misses a term, has one too many, or is not allowed here."""


class LimitError(FilmgraphError):
    """A query, a text or an answer passed a configured bound; the message names the bound."""


class ValidationError(FilmgraphError):
    """Data breaks a SHACL shape; the message names the source, the resource and the shape."""


class StoreError(FilmgraphError):
    """The data folder, a snapshot or a remote endpoint is missing, damaged, locked or away."""


class BusyError(StoreError):
    """A remote server asks to come back later, or took too long: ``wait`` is the seconds that it named."""

    def __init__(self, message: str, wait: float | None = None, slow: bool = False) -> None:
        super().__init__(message)
        self.wait, self.slow = wait, slow


class SettingError(FilmgraphError):
    """A setting from the environment or the command line has a value that cannot be used."""
