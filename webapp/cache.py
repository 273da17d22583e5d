"""Finished answers kept in memory, bounded in bytes; a new snapshot makes new keys, and old ones fall out."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field

Key = tuple[str, ...]
Answer = tuple[bytes, str]
"""A body and its media type."""
OVERHEAD = 500
"""Bytes that an answer takes beside its body."""


@dataclass(slots=True)
class Cache:
    """The answers asked for last. Safe to share between threads."""

    limit: int
    """Sum of all answers, in bytes."""
    hits: int = 0
    """How often what was looked for was there."""
    misses: int = 0
    _answers: OrderedDict[Key, Answer] = field(default_factory=OrderedDict)
    _size: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, key: Key) -> Answer | None:
        """The answer under a key, None where it is not kept."""
        with self._lock:
            answer = self._answers.get(key)
            if answer is None:
                self.misses += 1
            else:
                self.hits += 1
                self._answers.move_to_end(key)
            return answer

    def put(self, key: Key, answer: Answer) -> None:
        """Keep an answer; those asked for longest ago make room. One that would take half the room is not kept."""
        if len(answer[0]) * 2 > self.limit:
            return
        with self._lock:
            old = self._answers.pop(key, None)
            self._answers[key] = answer
            self._size += _size(answer) - (_size(old) if old else 0)
            while self._size > self.limit:
                _, dropped = self._answers.popitem(last=False)
                self._size -= _size(dropped)


def _size(answer: Answer) -> int:
    return len(answer[0]) + OVERHEAD
