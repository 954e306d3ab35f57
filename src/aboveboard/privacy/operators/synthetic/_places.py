"""Places, addresses and organisations."""

import re

from aboveboard.privacy.operators.synthetic._draw import Draw
from aboveboard.privacy.operators.synthetic._faker import drawn

_DEFAULT = "en_US"


def make_place(value: str, draw: Draw, locale: str | None) -> str:
    """Another town, in the case of the first."""
    made = drawn("city", locale or _DEFAULT, draw(value, "place"))
    return made.upper() if value.isupper() and len(value) > 2 else made


def make_address(value: str, draw: Draw, locale: str | None) -> str:
    """A street and number; with town and postcode when the original had several parts. Lines stay lines."""
    random = draw(value, "address")
    if not re.search(r"[,\n]", value):
        return drawn("street_address", locale or _DEFAULT, random).replace("\n", " ")
    made = drawn("address", locale or _DEFAULT, random)
    return made if "\n" in value else made.replace("\n", ", ")


def make_organisation(value: str, draw: Draw, locale: str | None) -> str:
    """Another company's name."""
    return drawn("company", locale or _DEFAULT, draw(value, "organisation"))
