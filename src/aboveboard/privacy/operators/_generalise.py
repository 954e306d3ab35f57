"""Less exact values: an age becomes a band, a date a month, an address on the network its block."""

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from aboveboard.privacy.operators._dates import read_date
from aboveboard.privacy.operators._operator import Bond, Session
from aboveboard.privacy.operators._redact import redacted

PRECISIONS = ("day", "month", "quarter", "year", "decade")
_OLDEST = 90  # 45 CFR 164.514(b)(2)(i)(C): ages from 90 on are one category
_NUMBER = re.compile(r"(?<![\d.,])\d{1,3}(?![\d.,]?\d)")
_DEGREES = re.compile(r"[-+]?\d{1,3}[.,]\d+")


@dataclass(frozen=True, slots=True)
class Generalise:
    """What stays of a value, by its type; a value it cannot read, or of another type, is redacted.

    | type | becomes | option |
    |---|---|---|
    | age | `30-39`, `90+` | `band`: years |
    | birth-date | `1984` | `birth`: month, quarter, year, decade |
    | date | `2024-03` | `date`: day, month, quarter, year, decade |
    | postcode | `101**` | `postcode`: characters kept |
    | coordinates | `48.1, 11.6` | `degrees`: decimal places |
    | ip | `203.0.113.0/24`, `2001:db8:1::/48` | `ipv4`, `ipv6`: bits kept |
    | phone | `+49` | – |
    | email | `@example.com`; `[EMAIL]` unless asked | `email`: `domain` |
    """

    name: ClassVar[str] = "generalise"
    needs_key: ClassVar[bool] = False
    band: int = 10
    birth: str = "year"
    date: str = "month"
    postcode: int = 3
    degrees: int = 1
    ipv4: int = 24
    ipv6: int = 48
    email: str = "none"

    def __post_init__(self) -> None:
        _within("band", self.band, 2, 50)
        _within("postcode", self.postcode, 1, 4)
        _within("degrees", self.degrees, 0, 3)
        _within("ipv4", self.ipv4, 8, 28)
        _within("ipv6", self.ipv6, 16, 64)
        _one_of("birth", self.birth, PRECISIONS[1:])
        _one_of("date", self.date, PRECISIONS)
        _one_of("email", self.email, ("none", "domain"))

    @property
    def bond(self) -> Bond:
        return Bond.NONE

    @property
    def is_restorable(self) -> bool:
        return False

    def replace(self, value: str, type_: str, session: Session) -> str:
        coarsen = _COARSENERS.get(type_)
        coarse = coarsen(self, value) if coarsen else None
        return redacted(type_) if coarse is None else coarse


def _within(name: str, value: int, low: int, high: int) -> None:
    if not low <= value <= high:
        raise ValueError(f"{name}: {low} to {high}")


def _one_of(name: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise ValueError(f"{name}: one of {', '.join(known)}")


def _age(options: Generalise, value: str) -> str | None:
    match = _NUMBER.search(value)
    return match and band_of(int(match[0]), options.band)


def band_of(age: int, width: int) -> str:
    """`30-39` for 34 and bands of ten years; `90+` from 90 on."""
    if age >= _OLDEST:
        return f"{_OLDEST}+"
    low = age - age % width
    return f"{low}-{min(low + width, _OLDEST) - 1}"


def _date(options: Generalise, value: str) -> str | None:
    return coarse_date(value, options.date)


def _birth_date(options: Generalise, value: str) -> str | None:
    return coarse_date(value, options.birth)


def coarse_date(value: str, precision: str) -> str | None:
    """`2024-03-05`, `2024-03`, `2024-Q1`, `2024` or `2020s`; the year where day and month are uncertain."""
    written = read_date(value)
    if written is None:
        return None
    year = f"{written.year:04}"
    if precision == "decade":
        return f"{year[:3]}0s"
    if precision == "year" or not written.month:
        return year
    if precision == "quarter":
        return f"{year}-Q{(written.month + 2) // 3}"
    day = f"-{written.day:02}" if precision == "day" else ""
    return f"{year}-{written.month:02}{day}"


def _postcode(options: Generalise, value: str) -> str | None:
    places = [place for place, character in enumerate(value) if character.isalnum()]
    if len(places) <= options.postcode:
        return None
    shown = set(places[: options.postcode])
    return "".join(
        character if place in shown or not character.isalnum() else "*"
        for place, character in enumerate(value)
    )


def _coordinates(options: Generalise, value: str) -> str | None:
    numbers = [float(number.replace(",", ".")) for number in _DEGREES.findall(value)]
    if len(numbers) != 2 or any(abs(number) > 180 for number in numbers):
        return None
    return ", ".join(f"{round(number, options.degrees) + 0.0:.{options.degrees}f}" for number in numbers)


def _ip(options: Generalise, value: str) -> str | None:
    try:
        address = ipaddress.ip_address(value.strip().strip("[]").partition("%")[0])
    except ValueError:
        return None
    bits = options.ipv4 if address.version == 4 else options.ipv6
    return str(ipaddress.ip_network(f"{address}/{bits}", strict=False))


def _phone(options: Generalise, value: str) -> str | None:
    import phonenumbers

    try:
        return f"+{phonenumbers.parse(value, None).country_code}"
    except phonenumbers.NumberParseException:
        return None


def _email(options: Generalise, value: str) -> str | None:
    domain = value.rpartition("@")[2]
    return f"@{domain.casefold()}" if options.email == "domain" and domain else None


_COARSENERS: dict[str, Callable[[Generalise, str], str | None]] = {
    "age": _age,
    "birth-date": _birth_date,
    "coordinates": _coordinates,
    "date": _date,
    "email": _email,
    "ip": _ip,
    "phone": _phone,
    "postcode": _postcode,
}
