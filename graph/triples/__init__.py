"""Facts to triples: pure functions from identified facts to the N-Quads of one named graph.

One source makes one graph. Lines are sorted and hold no blank nodes, so that the same facts give the same bytes.
"""

from graph.triples.quads import dataset_quads, review_quads
from graph.triples.sources import DatasetSource, TextSource
from graph.triples.terms import nquads, ntriples

__all__ = ["DatasetSource", "TextSource", "dataset_quads", "nquads", "ntriples", "review_quads"]
