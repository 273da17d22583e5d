"""What an index gives in a snapshot, answered by plain SPARQL: slower, and only as names and words are written.

A remote server has no index of ours. These questions read all names or all texts, so they are bounded by ``HASTE``.
"""

from graph.plain.haste import HASTE, within
from graph.plain.lists import PlainLists, narrowed
from graph.plain.names import begun, holding
from graph.plain.texts import namesakes, naming, sentences

__all__ = ["HASTE", "PlainLists", "begun", "holding", "namesakes", "naming", "narrowed", "sentences", "within"]
