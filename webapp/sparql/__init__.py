"""The SPARQL endpoint: the query side of the SPARQL 1.1 protocol, read-only, for strangers."""

from webapp.sparql.answers import State
from webapp.sparql.description import Example
from webapp.sparql.endpoint import mount

__all__ = ["Example", "State", "mount"]
