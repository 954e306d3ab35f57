"""The guards of one exchange, over whole answers and over streamed ones."""

from aboveboard.gateway.guarding._checking import Checks
from aboveboard.gateway.guarding._guards import (
    GuardedExchange,
    guarded_exchange,
    has_masked_input,
    masked_texts,
    reads_answers,
)
from aboveboard.gateway.guarding._headers import (
    attempts_header,
    closing_headers,
    header,
    model_headers,
    opening_headers,
)
from aboveboard.gateway.guarding._stream import StreamedAnswer
from aboveboard.gateway.guarding._support import supportive, supportive_frames
from aboveboard.gateway.guarding._whole import WholeAnswer

__all__ = [
    "Checks",
    "GuardedExchange",
    "StreamedAnswer",
    "WholeAnswer",
    "attempts_header",
    "closing_headers",
    "guarded_exchange",
    "has_masked_input",
    "header",
    "masked_texts",
    "model_headers",
    "opening_headers",
    "reads_answers",
    "supportive",
    "supportive_frames",
]
