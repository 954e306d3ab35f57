"""The headers by which OpenAI's clients know what is left of their rates."""

from aboveboard.access import Caller, Lane, Metering
from aboveboard.gateway.http import Header


def rate_headers(metering: Metering, caller: Caller, now: float) -> tuple[Header, ...]:
    """Of requests and of tokens: the tightest rate, what is left of it, and when it begins anew.

    `x-ratelimit-limit-requests`, `-remaining-`, `-reset-` (a duration such as `1m30s`). Other gateways spend
    too, so what is left is no promise.
    """
    if "requests" not in caller.meters and "tokens" not in caller.meters:
        return ()
    return tuple(header for lane in metering.rates(caller) for header in _of(lane, now))


def _of(lane: Lane, now: float) -> tuple[Header, ...]:
    name = lane.limit.meter.encode("ascii")
    return (
        (b"x-ratelimit-limit-" + name, b"%d" % lane.limit.amount),
        (b"x-ratelimit-remaining-" + name, b"%d" % lane.remaining),
        (b"x-ratelimit-reset-" + name, duration(max(0.0, lane.end - now)).encode("ascii")),
    )


def duration(seconds: float) -> str:
    """`1h2m3s`, `45s`, `250ms`, as Go writes durations and OpenAI sends them."""
    if seconds < 1:
        return f"{int(seconds * 1000)}ms"
    hours, rest = divmod(int(seconds), 3600)
    minutes, left = divmod(rest, 60)
    if hours:
        return f"{hours}h{minutes}m{left}s"
    return f"{minutes}m{left}s" if minutes else f"{left}s"
