"""Runs a stranger's query in a process of its own: no network, bounded memory, killed at its deadline.

The text is examined before any parser sees it, the answer is complete before the first byte of it is given out, and
queries that are known to be quick do not wait behind slow ones.
"""

from graph.sandbox.asker import NOBODY, Asker
from graph.sandbox.course import Order
from graph.sandbox.examine import Examined, examine
from graph.sandbox.limits import GivenUpError, LimitExceededError, Limits
from graph.sandbox.pool import Sandbox
from graph.sandbox.running import InThread, filled
from graph.sandbox.spool import SpooledResult
from graph.sandbox.watch import watched

__all__ = [
    "NOBODY",
    "Asker",
    "Examined",
    "GivenUpError",
    "InThread",
    "LimitExceededError",
    "Limits",
    "Order",
    "Sandbox",
    "SpooledResult",
    "examine",
    "filled",
    "watched",
]
