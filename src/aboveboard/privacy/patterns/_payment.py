"""Numbers that move money: payment cards, bank accounts, wallets."""

import re
from collections.abc import Iterator

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.patterns._context import names_another_number, stands_alone
from aboveboard.privacy.patterns._standard import is_standard

_CARD = re.compile(
    r"(?<!\d)(?:\d{4}([ .-]|  )\d{4}\1\d{4}\1\d{1,4}(?:\1\d{1,3})?|\d{4}([ .-]|  )\d{6}\2\d{4,5}"
    r"|\d{13,19})(?!\d)"
)
_SEPARATORS = str.maketrans("", "", " .-")
# Issuer ranges: (lowest, highest prefix, lengths). ISO/IEC 7812; the networks' published ranges.
_ISSUERS = (
    (4, 4, (13, 16, 19)),
    (51, 55, (16,)),
    (2221, 2720, (16,)),
    (34, 34, (15,)),
    (37, 37, (15,)),
    (300, 305, (14, 16)),
    (36, 36, (14, 16, 19)),
    (38, 39, (14, 16)),
    (6011, 6011, (16, 19)),
    (644, 659, (16, 19)),
    (3528, 3589, (16, 19)),
    (62, 62, (16, 17, 18, 19)),
    (2200, 2204, (16,)),
)
_IBAN = re.compile(
    r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:(?: {1,2}|[.-])?[A-Z0-9]{4}){2,7}(?:(?: {1,2}|[.-])?[A-Z0-9]{1,4})?"
    r"(?![A-Za-z0-9])"
)
_LAST_GROUP = re.compile(r"[ .-]{1,2}[A-Z0-9]*$|^[A-Z0-9]*$")
_BITCOIN = re.compile(
    r"(?<![A-Za-z0-9])(?:[13][1-9A-HJ-NP-Za-km-z]{25,34}|bc1[02-9ac-hj-np-z]{11,71})(?![A-Za-z0-9])"
)
_ETHER = re.compile(r"(?<![A-Za-z0-9])0x[0-9a-fA-F]{40}(?![A-Za-z0-9])")


def find_card(text: str, start: int, end: int) -> Iterator[PersonalData]:
    """Payment cards: an issuer's range and length, and the Luhn digit (ISO/IEC 7812-1 annex B)."""
    for match in _CARD.finditer(text, start, end):
        digits = match[0].translate(_SEPARATORS)
        if not (_has_issuer(digits) and passes_luhn(digits) and stands_alone(text, *match.span())):
            continue
        # An order's number of 13 digits may well pass for a card's; of 15 and more it is more likely a card.
        if len(digits) == len(match[0]) < 15 and names_another_number(text, match.start()):
            continue
        yield PersonalData(match.start(), match.end(), "card")


def _has_issuer(digits: str) -> bool:
    return any(
        low <= int(digits[: len(str(low))]) <= high and len(digits) in lengths
        for low, high, lengths in _ISSUERS
    )


_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def passes_luhn(digits: str) -> bool:
    """Whether the last digit of an ASCII digit string is its Luhn check digit."""
    numbers = [int(digit) for digit in reversed(digits)]
    return (sum(numbers[::2]) + sum(_DOUBLED[number] for number in numbers[1::2])) % 10 == 0


def find_iban(text: str, start: int, end: int) -> Iterator[PersonalData]:
    """Bank accounts (ISO 13616), in groups or not. A run may hold words after it, so shorter ends are
    tried.
    """
    for match in _IBAN.finditer(text, start, end):
        finish = match.end()
        while finish > match.start() + 14:
            written = text[match.start() : finish]
            if is_standard("iban", written.translate(_SEPARATORS)):
                yield PersonalData(match.start(), finish, "iban")
                break
            finish = match.start() + len(_LAST_GROUP.sub("", written))


def find_wallet(text: str, start: int, end: int) -> Iterator[PersonalData]:
    """Bitcoin addresses with a valid checksum, and Ethereum addresses by their form."""
    for match in _BITCOIN.finditer(text, start, end):
        if is_standard("bitcoin", match[0]):
            yield PersonalData(match.start(), match.end(), "wallet")
    for match in _ETHER.finditer(text, start, end):
        yield PersonalData(match.start(), match.end(), "wallet", 0.8)
