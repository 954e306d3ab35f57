"""Every type that has a form, with how it is found."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.patterns._birth import find_birth_date
from aboveboard.privacy.patterns._internet import find_email, find_ip, find_mac, find_url_credentials
from aboveboard.privacy.patterns._national import find_national_id, find_ssn
from aboveboard.privacy.patterns._payment import find_card, find_iban, find_wallet
from aboveboard.privacy.patterns._phone import find_phone


@dataclass(frozen=True, slots=True)
class Finder:
    """How one type is found in a region, and what makes a region worth a try.

    A region needs `digits` digits, `length` characters and `mark`. `trigger` is a regular expression in what
    Python's `re` and Hyperscan share (no look-around, no back references, bounded repeats, ASCII classes; it
    minds case unless it begins with `(?i)`). Each finding has a match of it that overlaps the finding's
    region or the `CONTEXT` characters before it; empty: the finder is tried on every region. Several finders
    may share a type.
    """

    type: str
    find: Callable[[str, int, int], Iterable[PersonalData]]
    digits: int = 0
    length: int = 0
    mark: str = ""
    trigger: str = ""


# The more telling type first: of two findings over the same span the earlier one is kept.
FINDERS: tuple[Finder, ...] = (
    Finder("url-credentials", find_url_credentials, mark="@"),
    Finder("email", find_email, mark="@"),
    Finder("iban", find_iban, digits=8, length=15),
    Finder("card", find_card, digits=13),
    Finder("birth-date", find_birth_date, digits=4, length=6),
    Finder("ssn", find_ssn, digits=9),
    Finder("national-id", find_national_id, digits=5, length=9),
    Finder("ip", find_ip, digits=1, length=4),
    Finder("mac", find_mac, digits=1, length=17),
    Finder("wallet", find_wallet, digits=2, length=14),
    Finder("phone", find_phone, digits=7),
)
