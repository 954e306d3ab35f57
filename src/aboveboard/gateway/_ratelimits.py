"""The headers by which OpenAI's clients know what is left of their rates."""

from aboveboard.access import Caller, Metering
from aboveboard.gateway._http import Header

_RATES = ("requests", "tokens")


def rate_headers(metering: Metering, caller: Caller, now: float) -> tuple[Header, ...]:
    """Of requests and of tokens: the tightest rate, what is left of it, and when it begins anew.

    `x-ratelimit-limit-requests`, `-remaining-`, `-reset-` (a duration such as `1m30s`). Other gateways spend
    too, so what is left is no promise.
    """
    return tuple(header for meter in _RATES for header in _of(metering, caller, meter, now))


def _of(metering: Metering, caller: Caller, meter: str, now: float) -> tuple[Header, ...]:
    lane = metering.standing(caller, meter) if caller.is_metered(meter) else None
    if lane is None:
        return ()
    name = meter.encode("ascii")
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
