"""The SPARQL endpoint: the query side of the SPARQL 1.1 protocol, read-only, for strangers."""

from webapp.sparql.answers import State
from webapp.sparql.description import Example
from webapp.sparql.endpoint import mount
from webapp.sparql.express import Express

SPARQL = "filmgraph.sparql"
"""The key among an application's extensions: what its endpoint answers with."""

__all__ = ["SPARQL", "Example", "Express", "State", "mount"]
