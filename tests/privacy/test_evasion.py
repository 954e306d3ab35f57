"""Values in disguise are found, and the whole disguise is reported."""

import base64
from urllib.parse import quote

import pytest

from aboveboard.privacy import PATTERN_TYPES, find

EMAIL, CARD = "john.smith@example.com", "4111 1111 1111 1111"


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


SEEN_THROUGH = [
    ("\u200b".join(EMAIL), "email"),
    ("".join(chr(0xE0000 + ord(each)) for each in EMAIL), "email"),
    ("jоhn.smith@exаmple.cоm", "email"),
    ("٤١١١ ١١١١ ١١١١ ١١١١", "card"),
    ("４１１１ １１１１ １１１１ １１１１", "card"),
    ("4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "card"),
    ("4-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1", "card"),
    ("D E 8 9 3 7 0 4 0 0 4 4 0 5 3 2 0 1 3 0 0 0", "iban"),
    (encoded(EMAIL), "email"),
    (encoded(encoded(EMAIL)), "email"),
    (encoded(CARD).rstrip("="), "card"),
    (EMAIL.encode().hex(), "email"),
    (quote(CARD, safe=""), "card"),
    (quote(quote(EMAIL, safe=""), safe=""), "email"),
    ("".join(f"&#{ord(each)};" for each in CARD), "card"),
    ("".join(f"\\u{ord(each):04x}" for each in EMAIL), "email"),
    ("john.smith=40example.com", "email"),
    ("john.smith[at]example[dot]com", "email"),
    ("john.smith(at)example.com", "email"),
]


@pytest.mark.parametrize(("written", "type_"), SEEN_THROUGH)
def test_a_disguise_is_seen_through(written: str, type_: str) -> None:
    found = find(f"it is {written} thanks", PATTERN_TYPES)
    assert [(item.start, item.end, item.type) for item in found] == [(6, 6 + len(written), type_)]


def test_a_third_layer_is_left_alone() -> None:
    assert find(encoded(encoded(encoded(EMAIL))), PATTERN_TYPES) == []


@pytest.mark.parametrize(
    "text",
    [
        "internationalisation",
        "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 2",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "eyJhbGciOiJub25lIn0",
        "1 2 3 4 5 6 7 8 9 10 11 12",
        "a=40b2 and 100% (at) home",
    ],
)
def test_what_decodes_to_nothing_is_no_finding(text: str) -> None:
    assert find(text, ["email", "card", "iban", "ssn"]) == []
