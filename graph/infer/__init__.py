"""Everything that follows from the facts, materialised at publish time: shortcuts, and schema.org's view.

Each rule is a CONSTRUCT query in graph/queries/infer/ that reads only what sources say, never what another rule made,
so that what was inferred before does not matter. The schema.org types and properties follow from
ontology/alignments.ttl, which the store holds as the graph ``graph/ontology``.

A small change is followed by itself: the rules run on what touches the films it is about (``changes.py``). A large one
is worked out anew by a columnar engine (``bulk.py``, ``bulk.sql``), which knows the same rules; a test holds the two
against each other.
"""

from graph.infer.bulk import pairs_of_terms, write_inferred
from graph.infer.rules import in_graph, infer
from graph.infer.update import follow, infer_small, is_small, load_inferred

__all__ = [
    "follow",
    "in_graph",
    "infer",
    "infer_small",
    "is_small",
    "load_inferred",
    "pairs_of_terms",
    "write_inferred",
]
