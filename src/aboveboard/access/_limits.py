"""How much of what, in which period: one mechanism for rates and for budgets."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from aboveboard.access._errors import AccessInputError
from aboveboard.errors import suggest

METERS = ("requests", "tokens", "money", "energy")
PERIODS = ("minute", "hour", "day", "month", "total")
UNIT = {"requests": 1, "tokens": 1, "money": 10**9, "energy": 10**9}
"""How many of the whole numbers that are counted make one request, token, unit of currency, watt-hour."""

FOREVER = 2.0**60
_SECONDS = {"minute": 60, "hour": 3600, "day": 86400}
_MOST = 2**62
_WRITTEN = re.compile(r"([a-z]{1,20})/([a-z]{1,20})=([0-9]{1,18}(?:\.[0-9]{1,9})?)", re.ASCII)

Amounts = tuple[int, int, int, int]
"""One number for each of METERS, in its counted unit."""

NOTHING: Amounts = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `amount` (in the meter's counted unit) in each period; windows begin with UTC's minute, hour,
    day and month.
    """

    meter: str
    period: str
    amount: int

    @property
    def is_rate(self) -> bool:
        """Whether waiting is the cure: requests and tokens up to a day. The rest are budgets."""
        return self.meter in ("requests", "tokens") and self.period in ("minute", "hour", "day")

    def __str__(self) -> str:
        return f"{self.meter}/{self.period}={shown(self.amount, self.meter)}"


def shown(amount: int, meter: str) -> str:
    """A counted amount in requests, tokens, units of currency or watt-hours, without loss."""
    unit = UNIT[meter]
    return str(amount) if unit == 1 else f"{(Decimal(amount) / unit).normalize():f}"


def parse_limit(text: str) -> Limit:
    """`tokens/minute=10000`, `money/month=25.50`; raises AccessInputError."""
    found = _WRITTEN.fullmatch(text)
    if not found:
        raise AccessInputError(
            f"not a limit: {text[:60]!r}", cure="write meter/period=amount, such as tokens/minute=10000"
        )
    return limit_of(found[1], found[2], found[3])


def limit_of(meter: str, period: str, amount: str) -> Limit:
    """A limit from its parts, the amount in the meter's own unit; raises AccessInputError."""
    _require(meter, METERS, "meter")
    _require(period, PERIODS, "period")
    counted = Decimal(amount) * UNIT[meter]
    if counted != counted.to_integral_value() or not 0 <= counted <= _MOST:
        raise AccessInputError(f"{amount} {meter} cannot be counted", cure=_COUNTED)
    return Limit(meter, period, int(counted))


_COUNTED = "requests and tokens are whole numbers, money and energy have up to nine decimals"


def each_once(limits: Iterable[Limit]) -> Sequence[Limit]:
    """The limits, none twice for one meter and period; raises AccessInputError."""
    found: dict[tuple[str, str], Limit] = {}
    for limit in limits:
        if found.setdefault((limit.meter, limit.period), limit) is not limit:
            raise AccessInputError(f"{limit.meter}/{limit.period} stands twice", cure="give each limit once")
    return tuple(found.values())


def window(period: str, moment: float) -> int:
    """When the window of a moment began; both in seconds since 1970."""
    if period == "total":
        return 0
    if period == "month":
        day = datetime.fromtimestamp(moment, UTC)
        return int(datetime(day.year, day.month, 1, tzinfo=UTC).timestamp())
    return int(moment // _SECONDS[period]) * _SECONDS[period]


def window_end(period: str, start: int) -> float:
    """When the window that began then is over."""
    if period == "total":
        return FOREVER
    if period == "month":
        return float(window("month", start + 32 * 86400))
    return float(start + _SECONDS[period])


def _require(name: str, known: Sequence[str], kind: str) -> None:
    if name not in known:
        raise AccessInputError(f"unknown {kind} {name[:40]!r}", cure=suggest(name[:40], known))
