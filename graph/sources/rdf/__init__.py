"""Film data in terms of schema.org, read into fact tables (``graph.sources.tables``)."""

from graph.sources.rdf.reader import read_schema_org

__all__ = ["read_schema_org"]
