"""Values in disguise are found, and the whole disguise is reported."""

import base64
from urllib.parse import quote

import pytest

from aboveboard.privacy import PATTERN_TYPES, find
from aboveboard.privacy._decoding import Decoded, decode_marks

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
    ("j%C3%BCrgen%40b%C3%BCcher.example", "email"),
    ("j%25C3%25BCrgen%2540example.org", "email"),
    (r"j\u00fcrgen\u0040example.org", "email"),
    (r"j\\u00fcrgen\\u0040example.org", "email"),
    (r"j\xfcrgen\x40example.org", "email"),
    (r"j\xc3\xbcrgen@example.org", "email"),
    ("j&uuml;rgen&commat;example.org", "email"),
    ("j&#252;rgen&#64;b&#xFC;cher.example", "email"),
    ("j=C3=BCrgen=40example.org", "email"),
    ("j=FCrgen=40example.org", "email"),
    ("=?utf-8?Q?j=C3=BCrgen=40example=2Eorg?=", "email"),
    ("=?UTF-8?B?asO8cmdlbkBleGFtcGxlLm9yZw==?=", "email"),
    ("=?iso-8859-1?q?j=FCrgen=40example.org?=", "email"),
]


@pytest.mark.parametrize(
    ("written", "means"),
    [
        (r"M\u00fcller", "Müller"),
        (r"M\xfcller", "Müller"),
        (r"M\xc3\xbcller", "Müller"),
        ("Sm%C5%82awek", "Smławek"),
        ("M&uuml;ller", "Müller"),
        ("O&rsquo;Neil", "O\u2019Neil"),
        ("M=C3=BCller", "Müller"),
        ("M=FCller", "Müller"),
        ("=?utf-8?Q?J=C3=BCrgen_M=C3=BCller?=", "Jürgen Müller"),
        ("=?UTF-8?B?SsO8cmdlbiBNw7xsbGVy?=", "Jürgen Müller"),
    ],
)
def test_letters_are_decoded_and_their_places_are_the_originals(written: str, means: str) -> None:
    plain = decode_marks(f"für {written} da")
    assert plain.text == f"für {means} da"
    assert plain.span(4, 4 + len(means)) == (4, 4 + len(written))
    assert plain.span(0, 4) == (0, 4)
    assert plain.span(4 + len(means), len(plain.text)) == (4 + len(written), 7 + len(written))


@pytest.mark.parametrize(
    "text",
    [
        r"\u0022 \u2028 \ud83d C:\users\x",
        "&quot;a&lt;b&hellip; &c; 100%",
        "x=FE80::1 a=DEADBEEF b=?c?",
        "=?rot13?Q?abc?= =?utf-8?B?/w==?= =?utf-8?Q?=00?=",
        "%FF%0A%E4%BD",
    ],
)
def test_what_words_are_not_written_with_stays_as_it_is(text: str) -> None:
    assert decode_marks(text) == Decoded(text)


def test_json_in_json_is_looked_into() -> None:
    text = r'{"body": "{\"email\": \"a.b@c.example\", \"card\": \"4111 1111 1111 1111\"}"}'
    found = [(item.type, text[item.start : item.end]) for item in find(text, ["email", "card"])]
    assert found == [("email", "a.b@c.example"), ("card", "4111 1111 1111 1111")]


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


@pytest.mark.parametrize(
    "messages", [("my card is 4111 1111", "1111 1111, ok?"), ("mail me: john.smith", "@", "example.com")]
)
def test_each_message_is_read_alone_so_what_is_split_over_several_is_found_in_none(
    messages: tuple[str, ...],
) -> None:
    assert [item for each in messages for item in find(each, ["card", "email"])] == []


@pytest.mark.parametrize("value", [CARD, "DE89 3704 0044 0532 0130 00", "+49 170 1234567"])
@pytest.mark.parametrize(
    "before",
    [
        "creditCardNumberOfTheCustomerAccount=",
        "https://example.org/pay?for=",
        "-" * 40 + "(",
        "x" * 9000 + ":",
    ],
)
def test_a_long_word_that_touches_a_number_written_with_spaces_hides_nothing_of_it(
    before: str, value: str
) -> None:
    assert len(before) in [each.start for each in find(f"{before}{value}, and so on")]
