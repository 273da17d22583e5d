"""Reconciliation: which things of the graph the names in somebody's table stand for, and how sure that is.

Candidates come from the search index, by how alike the names are; what else the table says of each (a year, a director,
a character) is compared with the graph. Unsure is an answer: only a single clear candidate is called a match.
"""

from graph.reconcile.judge import Candidate, Constraint, Feature, Wish, reconcile
from graph.reconcile.properties import KINDS, PROPERTIES, Property, Value, values

__all__ = [
    "KINDS",
    "PROPERTIES",
    "Candidate",
    "Constraint",
    "Feature",
    "Property",
    "Value",
    "Wish",
    "reconcile",
    "values",
]
