"""Which maker makes up which type."""

from collections.abc import Callable, Mapping

from aboveboard.privacy.operators.synthetic._attributes import keep_for_agreement, make_nationality
from aboveboard.privacy.operators.synthetic._dates import make_age, make_date
from aboveboard.privacy.operators.synthetic._draw import Draw, same_shape
from aboveboard.privacy.operators.synthetic._internet import (
    make_domain,
    make_email,
    make_ip,
    make_mac,
    make_url_credentials,
    make_username,
)
from aboveboard.privacy.operators.synthetic._names import make_person
from aboveboard.privacy.operators.synthetic._numbers import (
    make_bic,
    make_card,
    make_iban,
    make_imei,
    make_ssn,
)
from aboveboard.privacy.operators.synthetic._phone import make_phone
from aboveboard.privacy.operators.synthetic._places import make_address, make_organisation, make_place

Maker = Callable[[str, Draw, str | None], str]
_MAKERS: Mapping[str, Maker] = {
    "address": make_address,
    "age": make_age,
    "bic": make_bic,
    "birth-date": make_date,
    "card": make_card,
    "date": make_date,
    "device-id": make_imei,
    "domain": make_domain,
    "email": make_email,
    "gender": keep_for_agreement,
    "iban": make_iban,
    "ip": make_ip,
    "mac": make_mac,
    "nationality": make_nationality,
    "organisation": make_organisation,
    "person": make_person,
    "phone": make_phone,
    "place": make_place,
    "ssn": make_ssn,
    "title": keep_for_agreement,
    "url-credentials": make_url_credentials,
    "username": make_username,
}


def make_up(value: str, type_: str, draw: Draw, locale: str | None) -> str:
    """A made-up value of the type; of a type without a maker, letters for letters and digits for digits.

    Raises SyntheticMissingError for names and places without Faker.
    """
    make = _MAKERS.get(type_)
    return make(value, draw, locale) if make else same_shape(value, draw(value, type_))
