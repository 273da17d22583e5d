"""Roles that were read wrongly are withdrawn: what a source says of them goes out of its graph, and is kept as text.

A withdrawal stands in the graph of withdrawals with its reason, its day and the statements that it took out, as
N-Quads in one text: what is withdrawn takes part in no query, count or inference, and can be put back to the letter.
Every publication takes out again what a source has come to say anew, so a withdrawal outlives new extractions, imports
and resolution.
"""

from graph.withdraw.decide import Wish, remaining, wished
from graph.withdraw.follow import stated
from graph.withdraw.keep import Amended, joined, keep, lift
from graph.withdraw.record import Withdrawal, by_graph, read_all

__all__ = [
    "Amended", "Wish", "Withdrawal", "by_graph", "joined", "keep", "lift", "read_all", "remaining", "stated", "wished",
]  # fmt: skip
