"""Films of Wikidata, as its SPARQL service answers, read into fact tables (``graph.sources.tables``)."""

from graph.sources.wikidata.reader import Page, read_wikidata

__all__ = ["Page", "read_wikidata"]
