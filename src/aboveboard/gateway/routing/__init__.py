"""Which model a request is for, as the promises stand."""

from aboveboard.gateway.routing._catalogue import listed, names, one
from aboveboard.gateway.routing._choosing import (
    check_known,
    check_offered,
    check_serving,
    is_offered,
    route,
    substitutes,
)
from aboveboard.gateway.routing._standing import Orders, Standing

__all__ = [
    "Orders",
    "Standing",
    "check_known",
    "check_offered",
    "check_serving",
    "is_offered",
    "listed",
    "names",
    "one",
    "route",
    "substitutes",
]
