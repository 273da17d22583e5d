"""The SPARQL endpoint: the query side of the SPARQL 1.1 protocol, read-only, for strangers."""

from webapp.sparql.description import Example
from webapp.sparql.endpoint import State, blueprint

__all__ = ["Example", "State", "blueprint"]
