"""What counts as personal data in a text, and what does not."""

import time

import pytest

from aboveboard.errors import UnknownNameError
from aboveboard.privacy import PATTERN_TYPES, find, find_many

FOUND = [
    ("mail john.smith@example.com now", "email", "john.smith@example.com"),
    ("write to <a.b+c@mail.example.org>.", "email", "a.b+c@mail.example.org"),
    ("mailto:josé@exämple.org", "email", "josé@exämple.org"),
    ("我的邮箱是john@example.com谢谢", "email", "john@example.com"),
    ("call +44 20 7946 0958 or", "phone", "+44 20 7946 0958"),
    ("ring (212) 555-0123.", "phone", "(212) 555-0123"),
    ("Tel. 030/1234567", "phone", "030/1234567"),
    ("tél : 06 12 34 56 78", "phone", "06 12 34 56 78"),
    ("my mobile is 612 345 678", "phone", "612 345 678"),
    ("card 4111 1111 1111 1111, ok", "card", "4111 1111 1111 1111"),
    ("card 4111.1111.1111.1111 ok", "card", "4111.1111.1111.1111"),
    ("card 4111  1111  1111  1111 ok", "card", "4111  1111  1111  1111"),
    ("order 4111111111111111", "card", "4111111111111111"),
    ("ref: 536-90-4399", "ssn", "536-90-4399"),
    ("to DE89-3704-0044-0532-0130-00 please", "iban", "DE89-3704-0044-0532-0130-00"),
    ("to DE89  3704  0044  0532  0130  00 please", "iban", "DE89  3704  0044  0532  0130  00"),
    ("?to=alice%40example.com&x=1", "email", "alice%40example.com"),
    ("alice&#64;example.com", "email", "alice&#64;example.com"),
    ("alice&commat;example&#x2e;com", "email", "alice&commat;example&#x2e;com"),
    (r"write bob\@corp\.example\.com now", "email", r"bob\@corp\.example\.com"),
    ("amex 3782-822463-10005", "card", "3782-822463-10005"),
    ("5555555555554444", "card", "5555555555554444"),
    ("to DE89 3704 0044 0532 0130 00 please", "iban", "DE89 3704 0044 0532 0130 00"),
    ("GB29NWBK60161331926819", "iban", "GB29NWBK60161331926819"),
    ("ssn is 536-22-8726", "ssn", "536-22-8726"),
    ("social security number 536 22 8726", "ssn", "536 22 8726"),
    ("from 192.168.3.44", "ip", "192.168.3.44"),
    ("2001:db8::8a2e:370:7334", "ip", "2001:db8::8a2e:370:7334"),
    ("00:1A:2b:3c:4d:5e", "mac", "00:1A:2b:3c:4d:5e"),
    ("https://bob:hunter2@host.example/x", "url-credentials", "bob:hunter2"),
    ("postgres://u:p4ss@db:5432/x", "url-credentials", "u:p4ss"),
    ("born on 12 March 1980", "birth-date", "12 March 1980"),
    ("DOB: 03/04/1991", "birth-date", "03/04/1991"),
    ("née le 4 février 1975", "birth-date", "4 février 1975"),
    ("fecha de nacimiento: 12 de marzo de 1980", "birth-date", "12 de marzo de 1980"),
    ("geboren am 01.02.1988 in Ulm", "birth-date", "01.02.1988"),
    ("NI number AB 12 34 56 C", "national-id", "AB 12 34 56 C"),
    ("mi DNI 12345678Z", "national-id", "12345678Z"),
    ("CPF 111.444.777-35", "national-id", "111.444.777-35"),
    ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "wallet", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
    ("0x52908400098527886E0F7030069857D2E4169EE7", "wallet", "0x52908400098527886E0F7030069857D2E4169EE7"),
]
NOTHING = [
    "version 10.2.3.4 and v1.2.3.4",
    "release 192.0.2.1",
    "ISBN 978-3-16-148410-0",
    "order number 4222222222222",
    "order 0123-4567890",
    "tracking 9400111899223100001",
    "sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "commit 8291d6e5a3c1f0b2d4e6a8c0b2d4f6a8c0e2f4a6",
    "it costs $1,234,567.89 or 12 345 678 €",
    "on 2024-01-31 at 12:30:45, from 1990 to 2024",
    "x[1] = 3 + 4 * 5; foo(10, 20, 30)",
    "4111 1111 1111 1112",
    "call 1-800-273-8255 or 116 123 or 988",
    "std::vector<int> a::b",
    "3.141592653589793 and 2.718281828459045",
    "public license, applicable",
    "1 2 3 4 5 6 7 8 9 10 11 12 13 14",
    "@someone said hi @ 5",
    "123e4567-e89b-12d3-a456-426614174000",
    "127.0.0.1 and ::1 and 00:00:00:00:00:00",
    "the conference of 12 March 2020",
]

IDENTIFIERS = sorted(set(PATTERN_TYPES) - {"date", "username", "age", "domain"})


@pytest.mark.parametrize(("text", "type_", "value"), FOUND)
def test_personal_data_is_found_whole(text: str, type_: str, value: str) -> None:
    assert [(item.type, text[item.start : item.end]) for item in find(text, PATTERN_TYPES)] == [
        (type_, value)
    ]


@pytest.mark.parametrize("text", NOTHING)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert find(text, IDENTIFIERS) == []


@pytest.mark.parametrize(
    "text", ["john@\u200bexample.com", "jоhn@example.com", "４１１１ １１１１ 1111 1111"]
)
def test_disguises_are_seen_through_and_offsets_are_the_originals(text: str) -> None:
    assert [(item.start, item.end) for item in find(f"é {text} ok", IDENTIFIERS)] == [(2, 2 + len(text))]


def test_only_the_types_asked_for_are_found() -> None:
    assert [item.type for item in find("a@b.org 4111 1111 1111 1111", ["card"])] == ["card"]


def test_an_unknown_type_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="email"):
        find("1", ["emial"])


def test_many_texts_are_searched_as_each_alone() -> None:
    texts = [text for text, _, _ in FOUND] + NOTHING
    assert find_many(texts) == [find(text) for text in texts]


def test_names_are_found_beside_numbers() -> None:
    text = "Anna Schmidt called +44 20 7946 0958"
    assert {"person", "phone"} <= {item.type for item in find(text)}


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "1.",
        "1 ",
        "1-",
        "a@",
        "a@a.",
        "@",
        "+1 ",
        "(1",
        "4111 ",
        "1:",
        "ab:",
        "A1 ",
        "March ",
        "eyJ",
        "é1",
        "\u200b",
        "x1.",
        "://a:",
    ],
)
def test_time_is_linear_on_hostile_text(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    began = time.process_time()
    find(text, PATTERN_TYPES)
    assert time.process_time() - began < 3
