"""Texts that nearly repeat each other, found without keeping any."""

import secrets
from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SHORTEST, LONGEST = 64, 4096
_WIDTH, _HASHES, _SAME = 8, 32, 26
_LAST, _HOLDERS = 32, 4096


class Repetitions:
    """Remembers sketches of each holder's last texts, in memory alone.

    A sketch is 32 MinHash values (Broder 1997) of all 8 bytes that follow each other in a text, under random
    multipliers of this process: of the text nothing can be read from it, and no two processes' compare. Two
    texts are near-duplicates when 26 of 32 agree: eight in ten of their shingles are the same, give or take.
    """

    def __init__(self) -> None:
        import numpy as np

        drawn = np.frombuffer(secrets.token_bytes(8 * _HASHES), dtype=np.uint64)
        self._salts: NDArray[np.uint64] = (drawn | np.uint64(1)).reshape(-1, 1)
        self._rings: OrderedDict[str, tuple[NDArray[np.uint32], int]] = OrderedDict()

    def is_repeated(self, holder: str, text: str) -> bool | None:
        """Whether a text nearly repeats one of the holder's last 32, which it joins; None for one too short
        to say. At most the last 4,096 bytes are looked at.
        """
        data = text.casefold().encode(errors="replace")[-LONGEST:]
        if len(data) < SHORTEST:
            return None
        sketch = self._sketch(data)
        ring, count = self._ring(holder)
        found = bool(((ring[: min(count, _LAST)] == sketch).sum(axis=1) >= _SAME).any())
        ring[count % _LAST] = sketch
        self._rings[holder] = ring, count + 1
        return found

    def forget(self, holder: str) -> None:
        """Drops what is remembered of a holder."""
        self._rings.pop(holder, None)

    def _ring(self, holder: str) -> "tuple[NDArray[np.uint32], int]":
        import numpy as np

        found = self._rings.get(holder)
        if found is not None:
            self._rings.move_to_end(holder)
            return found
        if len(self._rings) >= _HOLDERS:
            self._rings.popitem(last=False)
        return np.zeros((_LAST, _HASHES), dtype=np.uint32), 0

    def _sketch(self, data: bytes) -> "NDArray[np.uint32]":
        """The least of each hash: the upper half of a product with an odd number modulo 2⁶⁴ (Dietzfelbinger
        et al. 1997), of shingles whose own halves were mixed first.
        """
        import numpy as np

        windows = np.ndarray((len(data) - _WIDTH + 1,), dtype="<u8", buffer=data, strides=(1,))
        mixed = windows.astype(np.uint64)
        mixed ^= mixed >> np.uint64(29)
        mixed *= np.uint64(0xBF58476D1CE4E5B9)  # the multiplier of splitmix64's mixer (Steele et al. 2014)
        mixed ^= mixed >> np.uint64(32)
        least = (self._salts * mixed).min(axis=1) >> np.uint64(32)
        sketch: NDArray[np.uint32] = least.astype(np.uint32)
        return sketch
