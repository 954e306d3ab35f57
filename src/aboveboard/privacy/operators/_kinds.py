"""How a type of data leads to a person: by itself, together with others, or not at all but dangerous."""

from enum import Enum


class Kind(Enum):
    """A direct identifier names or reaches one person; quasi-identifiers do so together (Dalenius 1986)."""

    DIRECT = "direct"
    QUASI = "quasi"
    SECRET = "secret"  # noqa: S105 - a name, not a password


DIRECT_TYPES: frozenset[str] = frozenset(
    {
        "address", "bank-account", "card", "device-id", "driving-licence", "email", "health-id", "iban",
        "ip", "licence-plate", "mac", "medical-record", "national-id", "passport", "person", "phone",
        "ssn", "tax-id", "url-credentials", "username", "vehicle-id", "wallet", "literal",
    }
)  # fmt: skip
QUASI_TYPES: frozenset[str] = frozenset(
    {
        "age", "bic", "birth-date", "coordinates", "date", "domain", "gender", "nationality",
        "organisation", "place", "postcode", "title",
    }
)  # fmt: skip


def kind_of(type_: str) -> Kind:
    """The kind of a type; one that is neither kind of identifier is a secret, and treated most strictly."""
    if type_ in DIRECT_TYPES:
        return Kind.DIRECT
    return Kind.QUASI if type_ in QUASI_TYPES else Kind.SECRET
