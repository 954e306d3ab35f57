"""The models behind the gateway: which are asked, in what order, until one answers."""

from aboveboard.gateway.upstreams._failover import Answered, Asked, Failover
from aboveboard.gateway.upstreams._opening import OpenedStream, close, first_words
from aboveboard.gateway.upstreams._trail import Trail

__all__ = ["Answered", "Asked", "Failover", "OpenedStream", "Trail", "close", "first_words"]
