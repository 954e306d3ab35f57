"""The form in which two ways of writing a value are one value."""

import unicodedata

# Of these only letters and digits count: `DE89 3704`, `de893704` and `DE89-3704` are one account.
_BY_CHARACTERS = frozenset(
    {
        "bank-account", "bic", "card", "device-id", "driving-licence", "health-id", "iban",
        "licence-plate", "mac", "medical-record", "national-id", "passport", "phone", "postcode", "ssn",
        "tax-id", "vehicle-id",
    }
)  # fmt: skip
# In these case may be all that tells two apart.
_EXACT = frozenset({"wallet", "url-credentials"})


def normal_form(value: str, type_: str) -> str:
    """`value` folded: NFKC, one space for white space, case ignored unless it counts; idempotent.

    Unicode case folding as in the Unicode standard, section 5.18, which asks for NFKC after it again.
    """
    text = " ".join(unicodedata.normalize("NFKC", value).split())
    if type_ in _EXACT:
        return text
    text = unicodedata.normalize("NFKC", text.casefold())
    if type_ not in _BY_CHARACTERS:
        return " ".join(text.split())
    return "".join(filter(str.isalnum, text)) or text
