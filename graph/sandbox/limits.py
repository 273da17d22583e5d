"""The bounds on a stranger's query, and the error that names the one that was passed."""

from __future__ import annotations

from dataclasses import dataclass

from graph.errors import LimitError


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one query and on the pool of processes that run queries.

    Times are in seconds, sizes in bytes. ``memory`` is what a query may take beyond the open snapshot. ``depth``
    bounds nested brackets, ``chain`` the links of UNION, OPTIONAL, ``||``, ``/`` and the like: far below what crashes
    the engine (3,200 and 12,800), far above what people write.

    ``quick`` is how long a query may run before it counts as slow. ``slow_lane``, ``trial_lane`` and ``quick_lane``
    are how many queries run at once that are known to be slow, of unknown kind, or known to be quick; together they
    are the number of processes. ``patience`` is how long a query waits for its turn, ``queue`` how many may wait at a
    time, ``own_queue`` how many of one client.
    """

    timeout: float = 10.0
    max_timeout: float = 60.0
    memory: int = 512 << 20
    result_bytes: int = 100_000_000
    result_rows: int = 1_000_000
    text_bytes: int = 400_000
    depth: int = 100
    chain: int = 1_000
    quick: float = 0.2
    patience: float = 5.0
    queue: int = 20
    own_queue: int = 8
    slow_lane: int = 1
    trial_lane: int = 1
    quick_lane: int = 1

    @property
    def processes(self) -> int:
        """How many processes run queries."""
        return self.slow_lane + self.trial_lane + self.quick_lane


class LimitExceededError(LimitError):
    """A query passed a bound.

    ``limit`` is the bound's name in ``Limits``, ``value`` what it is set to, ``advice`` what to try;
    ``retry_after`` is in whole seconds, None where trying again would not help.
    """

    def __init__(self, limit: str, value: float, message: str, advice: str, retry_after: int | None = None) -> None:
        super().__init__(f"{message}; {advice}")
        self.limit, self.value, self.message, self.advice, self.retry_after = limit, value, message, advice, retry_after


def timed_out(seconds: float) -> LimitExceededError:
    """The query was still running at its deadline."""
    advice = "ask for less: name a film or person, add a LIMIT, join patterns by a shared variable"
    return LimitExceededError("timeout", seconds, f"the query was stopped after {seconds:g} seconds", advice)


def out_of_memory(size: int) -> LimitExceededError:
    """The query needed more memory than it may take, or made the engine give up."""
    advice = "ask for less: join patterns by a shared variable, avoid ORDER BY, DISTINCT and GROUP BY over everything"
    return LimitExceededError("memory", size, f"the query needed more than {size >> 20} MB of memory", advice)


def too_complex(value: int) -> LimitExceededError:
    """The engine crashed while it read the query."""
    return LimitExceededError("chain", value, "the query is too complex for the engine", "split it into smaller ones")


def too_large(limit: str, value: int) -> LimitExceededError:
    """The answer has too many bytes or rows."""
    what = f"{value:,} rows" if limit == "result_rows" else f"{value:,} bytes"
    return LimitExceededError(
        limit, value, f"the answer is larger than {what}", "fetch it in parts with LIMIT and OFFSET"
    )


def busy(seconds: float) -> LimitExceededError:
    """No process became free in time."""
    message = f"all query processes have been busy for {seconds:g} seconds"
    return LimitExceededError("patience", seconds, message, "try again in a moment", retry_after=max(1, round(seconds)))


def crowded(limit: str, value: int) -> LimitExceededError:
    """Too many queries wait already, of all clients or of this one."""
    whose = "of your queries" if limit == "own_queue" else "queries"
    message = f"{value} {whose} wait already"
    return LimitExceededError(limit, value, message, "wait for an answer before you ask again", retry_after=5)


class GivenUpError(LimitError):
    """The client hung up before there was an answer."""
