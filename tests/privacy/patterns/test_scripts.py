"""Scripts without spaces: their letters beside a value are an edge of it, as a space is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.privacy import PATTERN_TYPES, find, find_secrets
from aboveboard.privacy.patterns._regions import last_break
from aboveboard.privacy.patterns._scripts import set_apart

BESIDE = [
    ("漢字", "漢字"),
    ("カード", "番"),
    ("かーど", "です"),
    ("ｶｰﾄﾞ", "ﾃﾞｽ"),
    ("번호", "입니다"),
    ("ㅋㅋ", "ㅋㅋ"),
    ("หมายเลข", "ครับ"),
    ("ເລກ", "ແມ່ນ"),
    ("លេខ", "គឺ"),
    ("နံပါတ်", "ဖြစ်သည်"),
    ("ཨང་", "ཡིན"),
    ("𠮷", "𠮷"),
]
VALUES = [
    ("card", "4111111111111111"),
    ("card", "4111 1111 1111 1111"),
    ("iban", "DE89370400440532013000"),
    ("phone", "010-1234-5678"),
    ("phone", "+82 10-1234-5678"),
    ("email", "anna@example.org"),
    ("ip", "203.0.113.77"),
    ("ssn", "536-22-8726"),
    ("national-id", "110101199003070054"),
    ("date", "2024-01-31"),
    ("mac", "00:1A:2b:3c:4d:5e"),
    ("domain", "https://example.org"),
    ("wallet", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
    ("vehicle-id", "1M8GDM9AXKP042788"),
    ("licence-plate", "AB12 CDE"),
]


@pytest.mark.parametrize(("before", "after"), BESIDE)
@pytest.mark.parametrize(("type_", "value"), VALUES)
def test_a_value_that_touches_another_script_is_found_whole(
    type_: str, value: str, before: str, after: str
) -> None:
    for text in (f"{before}{value}{after}", f"ok {before}{value}", f"{value}{after} ok"):
        found = [(item.type, text[item.start : item.end]) for item in find(text, PATTERN_TYPES)]
        assert found == [(type_, value)], text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("我的身份证号码110101199003070054。", "110101199003070054"),
        ("マイナンバーは123456789018です", "123456789018"),
        ("個人番号：1234 5678 9018", "1234 5678 9018"),
        ("บัตรประชาชน 1101700230708", "1101700230708"),
        ("주민등록번호900101-1234568입니다", "900101-1234568"),
        ("СНИЛС 11223344595", "11223344595"),
        ("Снилс: 11223344595", "11223344595"),
        ("снилс 11223344595", "11223344595"),
        ("ЕГН 7523169263", "7523169263"),
        ("Матични број 0101006500006", "0101006500006"),
    ],
)
def test_a_word_in_another_script_says_what_a_number_is(text: str, value: str) -> None:
    assert [(item.type, text[item.start : item.end]) for item in find(text, PATTERN_TYPES)] == [
        ("national-id", value)
    ]


def test_a_tax_number_is_found_after_its_russian_word() -> None:
    for word in ("ИНН", "инн", "Инн"):
        text = f"{word} 500100732259"
        assert [(i.type, text[i.start : i.end]) for i in find(text, PATTERN_TYPES)] == [
            ("tax-id", "500100732259")
        ]


@pytest.mark.parametrize(
    "text",
    [
        "第4111111111111112号",
        "注文番号1234567890です",
        "2024年1月31日、午後3時45分",
        "価格は12,345,678円です",
        "총 1234567개",
        "Grüße4111111111111111",
        "карта4111111111111111",
    ],
)
def test_a_number_without_check_or_word_is_nobodys_in_any_script(text: str) -> None:
    assert find(text, PATTERN_TYPES) == []


@given(st.text())
def test_setting_letters_apart_moves_nothing_else(text: str) -> None:
    apart = set_apart(text)
    assert len(apart) == len(text)
    assert last_break(apart) == last_break(text)
    assert all(new == old or not new.isalnum() for old, new in zip(text, apart, strict=True))
    assert set_apart(apart) == apart


def test_a_key_that_touches_another_script_is_found_without_it() -> None:
    key = "sk-ant-" + "api03-" + "aB3dE5gH7jK9mN1pQ2rS4tU6"
    for text in (f"鍵{key}です", f"키는 {key}입니다", f"รหัส{key}ครับ"):
        assert [text[item.start : item.end] for item in find_secrets(text)] == [key]
