"""Identifiers that sort by time of creation (ULID, github.com/ulid/spec)."""

import os
import re
import threading
import time

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PAIRS = [a + b for a in _ALPHABET for b in _ALPHABET]
_RANDOM_BITS = 80
_SHIFTS = range(120, -1, -10)
_ULID = re.compile("[0-7][0-9A-HJKMNP-TV-Z]{25}")


class IdSource:
    """Makes ULIDs that never repeat and never sort backwards within one process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0

    def next(self, milliseconds: int) -> str:
        """A new id for a moment in milliseconds since the Unix epoch."""
        with self._lock:
            fresh = (milliseconds << _RANDOM_BITS) | int.from_bytes(os.urandom(10), "big")
            same_tick = fresh >> _RANDOM_BITS <= self._last >> _RANDOM_BITS
            self._last = self._last + _step() if same_tick else fresh
            return encode_ulid(self._last)


def _step() -> int:
    """Within one millisecond the spec adds one; we add at random, so that no id tells its neighbour.

    An id opens a receipt: whoever has one must not be able to guess the next.
    """
    return 1 + int.from_bytes(os.urandom(8), "big")


def encode_ulid(value: int) -> str:
    """Crockford base 32 of a 128-bit integer: 26 characters."""
    return "".join([_PAIRS[(value >> shift) & 0x3FF] for shift in _SHIFTS])


def is_ulid(text: str) -> bool:
    """Whether `text` is 26 characters of Crockford base 32 within 128 bits."""
    return _ULID.fullmatch(text) is not None


_SOURCE = IdSource()


def new_id() -> str:
    """A new ULID of this moment."""
    return _SOURCE.next(time.time_ns() // 1_000_000)
