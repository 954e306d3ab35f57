"""The form in which two ways of writing a value are one value."""

import ipaddress
import unicodedata
from collections.abc import Callable, Mapping

from aboveboard.privacy.operators._dates import read_date

# Of these only letters and digits count: `DE89 3704`, `de893704` and `DE89-3704` are one account.
_BY_CHARACTERS = frozenset(
    {
        "bank-account", "bic", "card", "device-id", "driving-licence", "health-id", "iban", "licence-plate",
        "mac", "medical-record", "national-id", "passport", "phone", "postcode", "ssn", "tax-id",
        "vehicle-id",
    }
)  # fmt: skip
# In these case may be all that tells two apart.
_EXACT = frozenset({"wallet", "url-credentials"})


def normal_form(value: str, type_: str) -> str:
    """`value` folded: NFKC, one space for white space, case ignored unless it counts; idempotent.

    Telephones become E.164 where they name their country, dates ISO 8601 where day and month are certain, IP
    addresses their canonical text. Unicode case folding as in the Unicode standard, section 5.18, which asks
    for NFKC after it again.
    """
    text = " ".join(unicodedata.normalize("NFKC", value).split())
    if type_ in _EXACT:
        return text
    if (canonical := _CANONICAL.get(type_)) and (found := canonical(text)):
        return found
    text = unicodedata.normalize("NFKC", text.casefold())
    if type_ not in _BY_CHARACTERS:
        return " ".join(text.split())
    return "".join(filter(str.isalnum, text)) or text


def _phone(text: str) -> str | None:
    import phonenumbers

    plain = f"+{text[2:]}" if text.startswith("00") else text
    try:
        number = phonenumbers.parse(plain[:100], None)
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _date(text: str) -> str | None:
    written = read_date(text)
    if written is None or not written.day or (written.start, written.end) != (0, len(text)):
        return None
    return f"{written.year:04}-{written.month:02}-{written.day:02}"


def _ip(text: str) -> str | None:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return None


_CANONICAL: Mapping[str, Callable[[str], str | None]] = {
    "birth-date": _date,
    "date": _date,
    "ip": _ip,
    "phone": _phone,
}
