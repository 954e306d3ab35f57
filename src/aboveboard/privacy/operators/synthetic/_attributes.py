"""What is said of people: nationality, and what made-up names agree with."""

from aboveboard.privacy.operators._redact import redacted
from aboveboard.privacy.operators.synthetic._draw import Draw

_NATIONALITIES = (
    "American", "Argentine", "Australian", "Austrian", "Belgian", "Brazilian", "British", "Bulgarian",
    "Canadian", "Chilean", "Chinese", "Colombian", "Croatian", "Czech", "Danish", "Dutch", "Egyptian",
    "Estonian", "Finnish", "French", "German", "Greek", "Hungarian", "Indian", "Irish", "Italian",
    "Japanese", "Kenyan", "Korean", "Latvian", "Mexican", "Moroccan", "Nigerian", "Norwegian",
    "Peruvian", "Polish", "Portuguese", "Romanian", "Serbian", "Slovak", "Slovenian", "Spanish",
    "Swedish", "Swiss", "Tunisian", "Turkish", "Ukrainian", "Vietnamese",
)  # fmt: skip
_KNOWN = frozenset(name.casefold() for name in _NATIONALITIES)


def make_nationality(value: str, draw: Draw, locale: str | None) -> str:
    """Another nationality, in English; anything else is redacted: religion or politics made up would be a
    claim.
    """
    if value.casefold() not in _KNOWN:
        return redacted("nationality")
    others = [name for name in _NATIONALITIES if name.casefold() != value.casefold()]
    return draw(value, "nationality").choice(others)


def keep_for_agreement(value: str, draw: Draw, locale: str | None) -> str:
    """`Mrs` and `female` stay: made-up names agree with them."""
    return value
