"""Dates moved and ages changed a little."""

import re
from datetime import date, timedelta

from aboveboard.privacy.operators._dates import read_date
from aboveboard.privacy.operators.synthetic._draw import Draw, same_shape

_FARTHEST = 183  # days
_NUMBER = re.compile(r"\d+")
_AGE = re.compile(r"\d{1,3}")


def make_date(value: str, draw: Draw, locale: str | None) -> str:
    """All dates of a scope moved by the same number of days, at most half a year: intervals stay.

    A date written in numbers keeps its layout; one with a month's name becomes `2024-03-05`.
    """
    written = read_date(value)
    if written is None:
        return same_shape(value, draw(value, "date"))
    if not written.day:
        return _with_year(value, written.year, draw(value, "date").choice((-2, -1, 1, 2)))
    days = draw("", "date-shift").randint(1, 2 * _FARTHEST) - _FARTHEST
    moved = _moved(date(written.year, written.month, written.day), days if days > 0 else days - 1)
    found = value[written.start : written.end]
    return value[: written.start] + _laid_out(found, written.day, moved) + value[written.end :]


def _with_year(value: str, year: int, step: int) -> str:
    """Where only the year is certain, another one close to it, in as many digits."""
    written = str(year) if str(year) in value else f"{year % 100:02}"
    return value.replace(written, str(year + step)[-len(written) :])


def _moved(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day - timedelta(days=days)


def _laid_out(found: str, day: int, moved: date) -> str:
    numbers = _NUMBER.findall(found)
    if len(numbers) != 3:
        return moved.isoformat()
    year_first, day_first = len(numbers[0]) == 4, int(numbers[0]) == day
    parts = [moved.year, moved.month, moved.day]
    order = (
        parts
        if year_first
        else [parts[2], parts[1], parts[0]]
        if day_first
        else [parts[1], parts[2], parts[0]]
    )
    texts = iter(
        f"{part:0{len(number)}}"[-max(2, len(number)) :] if len(number) != 4 else f"{part:04}"
        for part, number in zip(order, numbers, strict=True)
    )
    return _NUMBER.sub(lambda _: next(texts), found)


def make_age(value: str, draw: Draw, locale: str | None) -> str:
    """Another age, at most five years off; what else stands there stays."""
    random = draw(value, "age")
    return _AGE.sub(
        lambda found: str(abs(int(found[0]) + random.choice((-5, -4, -3, -2, -1, 1, 2, 3, 4, 5)))),
        value,
        count=1,
    )
