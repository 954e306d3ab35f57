"""What a worker is given at a time: calls that begin alike stay together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from aboveboard.evals._batch import Answered
from aboveboard.evals._item import Answer
from aboveboard.evals._requests import Call, stem

_LEAST, _MOST = 8, 64
"""Calls in a chunk: enough to share a beginning, few enough to be asked again when a worker dies."""

_TURNS = 8
"""Turns of a worker, so that nobody waits long for the last."""


@dataclass(slots=True)
class Chunk:
    """Calls not answered yet, by key; `lost` counts the workers that died over them."""

    calls: dict[str, Call]
    lost: int = 0

    def take(self, answers: Iterable[tuple[str, Answer]]) -> list[Answered]:
        """The calls with their answers; one that was answered before is not told again."""
        return [(self.calls.pop(key), answer) for key, answer in answers if key in self.calls]


def chunk_size(calls: int, workers: int) -> int:
    """From 8 to 64 calls, so that each worker has about eight turns."""
    return min(_MOST, max(_LEAST, -(-calls // (_TURNS * max(1, workers)))))


def plan_chunks(calls: Sequence[Call], workers: int) -> list[Chunk]:
    """Every call in exactly one chunk, in order.

    Calls that begin alike share a chunk unless they are more than it holds. Likelihoods come first and by
    text, since a model reads what neighbouring texts share once.
    """
    size = chunk_size(len(calls), workers)
    told = sorted((c for c in calls if c.item.likelihood is not None), key=lambda call: call.item.text)
    asked = [call for call in calls if call.item.likelihood is None]
    return [Chunk({call.key: call for call in part}) for kind in (told, asked) for part in _cut(kind, size)]


def _cut(calls: Sequence[Call], size: int) -> list[list[Call]]:
    parts: list[list[Call]] = []
    for _, alike in groupby(calls, key=stem):
        group = list(alike)
        for start in range(0, len(group), size):
            piece = group[start : start + size]
            if parts and len(parts[-1]) + len(piece) <= size:
                parts[-1] += piece
            else:
                parts.append(piece)
    return parts
