"""The models behind the gateway: which are asked, in what order, until one answers."""

from aboveboard.gateway.upstreams._failover import Answered, Asked, Failover
from aboveboard.gateway.upstreams._opening import OpenedStream, close, first_words
from aboveboard.gateway.upstreams._right_size import expected_tokens, right_sized
from aboveboard.gateway.upstreams._trail import Trail

__all__ = [
    "Answered",
    "Asked",
    "Failover",
    "OpenedStream",
    "Trail",
    "close",
    "expected_tokens",
    "first_words",
    "right_sized",
]
