"""Explains a stranger's query: what it asks for in English, line by line, and its algebra as a tree.

rdflib reads the query, which takes long on hostile texts and recurses deeply; so bounds on length and nesting are
checked before, and the reading is done in a process of its own that is killed at its deadline.
"""

from graph.explain.lines import Explained, Line, Part
from graph.explain.process import LIMITS, Explainer

__all__ = ["LIMITS", "Explained", "Explainer", "Line", "Part"]
