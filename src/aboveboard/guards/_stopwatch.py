"""How long a thread has worked, without asking for its CPU clock at every turn, which is a system call."""

import threading
from time import perf_counter, thread_time

_FRESH = 1e-3  # seconds


class _Reading(threading.local):
    """When this thread last asked for its CPU clock, and what it was (seconds)."""

    at = float("-inf")
    cpu = 0.0


_last = _Reading()


def begin() -> float:
    """The moment that work begins, for `worked_since`: `perf_counter`'s, in seconds."""
    now = perf_counter()
    if now - _last.at > _FRESH:
        _last.at, _last.cpu = now, thread_time()
    return now


def worked_since(began: float) -> float:
    """At least the CPU time (seconds) that this thread has used since `began`, and at most 1 ms more.

    Less than a millisecond by the wall is taken as worked: nobody's limit is near. Beyond, the CPU clock is
    asked, and time that the thread had to wait for a processor does not count.
    """
    elapsed = perf_counter() - began
    return elapsed if elapsed < _FRESH else min(elapsed, thread_time() - _last.cpu)
