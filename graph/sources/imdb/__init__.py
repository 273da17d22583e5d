"""IMDb's dataset files, read into fact tables (``graph.sources.tables``)."""

from graph.sources.imdb.reader import FILMS, Choice, SourceFile, find_imdb, read_imdb

__all__ = ["FILMS", "Choice", "SourceFile", "find_imdb", "read_imdb"]
