"""Time limits in months, as the law counts them."""

import calendar
from datetime import datetime


def months_after(moment: datetime, months: int) -> datetime:
    """The same day so many months later, or the last day of that month where it has no such day.

    Regulation (EEC, Euratom) 1182/71, Art. 3(2)(c).
    """
    years, month = divmod(moment.month - 1 + months, 12)
    year = moment.year + years
    last = calendar.monthrange(year, month + 1)[1]
    return moment.replace(year=year, month=month + 1, day=min(moment.day, last))


def end_of_day(moment: datetime) -> datetime:
    """The last second of a moment's day: a time limit ends with its last day (the same, Art. 3(2)(c))."""
    return moment.replace(hour=23, minute=59, second=59, microsecond=0)
