"""What an index gives in a snapshot, answered by plain SPARQL: slower, and only as names and words are written.

A remote server has no index of ours. These questions read all names or all texts, so they are bounded by ``HASTE``.
"""

from graph.plain.names import begun, holding
from graph.plain.texts import namesakes, naming, sentences

HASTE = 4.0
"""Seconds that such a question is waited for; then the page goes without."""

__all__ = ["HASTE", "begun", "holding", "namesakes", "naming", "sentences"]
