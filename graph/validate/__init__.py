"""Validation: the graph of a source against the shapes of ontology/, before anything of it is published."""

from graph.validate.check import check_ontology, validate

__all__ = ["check_ontology", "validate"]
