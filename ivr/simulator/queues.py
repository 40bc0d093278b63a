"""Twilio's queues: who waits in which, shared by all calls of one double."""

import hashlib
import threading
from dataclasses import dataclass, field

LARGEST = 1000
"""Callers in one queue, by default (Twilio's rule)."""


@dataclass
class _Queue:
    waiting: list[str] = field(default_factory=list)
    waits_s: list[float] = field(default_factory=list)


class Queues:
    """May be used by many threads at once."""

    def __init__(self, largest: int = LARGEST) -> None:
        self._largest = largest
        self._queues: dict[str, _Queue] = {}
        self._lock = threading.Lock()

    def join(self, name: str, sid: str) -> bool:
        """False where the queue is full."""
        with self._lock:
            queue = self._queues.setdefault(name, _Queue())
            if len(queue.waiting) >= self._largest:
                return False
            queue.waiting.append(sid)
            return True

    def leave(self, name: str, sid: str, waited_s: float) -> None:
        """Out of the queue; does nothing for one who is not in it."""
        with self._lock:
            queue = self._queues[name]
            if sid in queue.waiting:
                queue.waiting.remove(sid)
                queue.waits_s.append(waited_s)

    def fields(self, name: str, sid: str, waited_s: float) -> dict[str, str]:
        """What a `waitUrl` is told: place from 1, times in whole seconds."""
        with self._lock:
            queue = self._queues[name]
            average = sum(queue.waits_s) / len(queue.waits_s) if queue.waits_s else 0.0
            position = queue.waiting.index(sid) + 1 if sid in queue.waiting else 0
            return {
                "QueueSid": queue_sid(name),
                "QueuePosition": str(position),
                "QueueTime": str(int(waited_s)),
                "AvgQueueTime": str(int(average)),
                "CurrentQueueSize": str(len(queue.waiting)),
            }


def queue_sid(name: str) -> str:
    """`QU` and 32 hexadecimal digits, the same for the same name."""
    return "QU" + hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()
