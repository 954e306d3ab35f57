"""Made-up values: of the same type, form, gender and language; from ranges that nobody can have; by key."""

import ipaddress
import re
import sys

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import iban, imei, luhn

from aboveboard.privacy import find
from aboveboard.privacy.operators import (
    DIRECT_TYPES,
    QUASI_TYPES,
    Key,
    PrivacyKeyError,
    Replace,
    Session,
    SyntheticMissingError,
)
from aboveboard.privacy.operators.synthetic import _faker
from aboveboard.privacy.operators.synthetic._attributes import _NATIONALITIES
from aboveboard.privacy.operators.synthetic._faker import folded_names

KEYS = [Key(bytes((start + 7 * step) % 256 for step in range(32))) for start in range(20)]


def made(value: str, type_: str, key: Key = KEYS[0], scope: str = "", locale: str = "") -> str:
    return Replace(locale).replace(value, type_, Session(key, scope))


def shape(value: str) -> str:
    return re.sub(r"[^\W\d_]+", "x", re.sub(r"\d", "0", value))


def given_name(full: str) -> str:
    return full.split()[0].casefold()


@pytest.mark.parametrize("key", KEYS)
def test_women_stay_women_and_men_men(key: Key) -> None:
    for locale, woman, man in [
        ("de_DE", "Heike Vogt", "Jürgen Vogt"),
        ("it_IT", "Giulia Rossi", "Marco Rossi"),
    ]:
        assert given_name(made(woman, "person", key, locale=locale)) in folded_names(locale, "f")
        assert given_name(made(man, "person", key, locale=locale)) in folded_names(locale, "m")


@pytest.mark.parametrize(
    ("name", "locale"), [("Heinz Müller", "de_DE"), ("María García", "es_ES"), ("Giulia Rossi", "it_IT")]
)
def test_names_stay_in_their_language_without_being_told(name: str, locale: str) -> None:
    given, family = made(name, "person").casefold().split()
    assert given in folded_names(locale, "f") | folded_names(locale, "m")
    assert family in folded_names(locale, "family")


@pytest.mark.parametrize(
    "name",
    [
        "Anna Müller",
        "Dr. ANNA MÜLLER-ROTH",
        "anna müller",
        "Müller, Anna",
        "A. Müller",
        "Hans-Peter von der Leyen",
        "José García López",
        "Sean O'Brien",
        "Anna",
    ],
)
@pytest.mark.parametrize("key", KEYS[:5])
def test_structure_particles_titles_and_case_stay(name: str, key: Key) -> None:
    new = made(name, "person", key)
    words, new_words = re.findall(r"[\w']+", name), re.findall(r"[\w']+", new)
    assert len(words) == len(new_words)
    assert re.sub(r"[\w']+", "", name) == re.sub(r"[\w']+", "", new)
    for old, word in zip(words, new_words, strict=True):
        if old in ("von", "der", "Dr"):
            assert word == old
        else:
            assert (word.isupper(), word.islower()) == (old.isupper(), old.islower())
            assert len(old) > 1 or len(word) == 1


@pytest.mark.parametrize("kind", ["f", "m", "family"])
def test_no_name_stands_for_itself(kind: str) -> None:
    for name in [
        name for locale in ("en_US", "fr_FR", "pl_PL") for name in sorted(_faker.names(locale, kind))[:50]
    ]:
        full, place = (f"Ann {name}", 1) if kind == "family" else (f"{name} Smith", 0)
        assert made(full, "person").split()[place] != name


@pytest.mark.parametrize("name", ["Don Smith", "Al Pacino", "Phil Collins"])
def test_a_given_name_that_is_a_title_elsewhere_does_not_stay(name: str) -> None:
    assert made(name, "person").split()[0] != name.split()[0]


def test_parts_of_a_name_agree_with_the_whole() -> None:
    given, family = made("Anna Müller", "person").split()
    assert made("Anna", "person") == given
    assert made("Müller", "person") == family
    assert made("MÜLLER, ANNA", "person") == f"{family.upper()}, {given.upper()}"
    assert made("Jürgen Müller", "person").endswith(f" {family}")


@pytest.mark.parametrize("key", KEYS)
def test_an_initial_agrees_with_the_name_it_stands_for(key: Key) -> None:
    name, initial = (
        made("Anna Müller", "person", key, locale="de_DE"),
        made("A. Müller", "person", key, locale="de_DE"),
    )
    assert initial == f"{name[0]}. {name.split()[1]}"


@pytest.mark.parametrize(
    ("name", "script"), [("李小龙", "CJK"), ("Иван Петров", "CYRILLIC"), ("محمد", "ARABIC")]
)
def test_names_stay_in_their_script(name: str, script: str) -> None:
    import unicodedata

    new = made(name, "person")
    assert new != name
    assert all(unicodedata.name(letter).startswith(script) for letter in new if letter.isalpha())


def test_the_same_key_and_scope_give_the_same_and_others_others() -> None:
    values = [
        ("Anna Müller", "person"),
        ("anna@firma.de", "email"),
        ("10.03.1984", "date"),
        ("+1 212 736 5000", "phone"),
    ]
    first = [made(*value, scope="a") for value in values]
    assert first == [made(*value, scope="a") for value in values]
    assert all(
        one != other for one, other in zip(first, [made(*value, scope="b") for value in values], strict=True)
    )
    assert first != [made(*value, KEYS[1], "a") for value in values]


@pytest.mark.parametrize("key", KEYS[:6])
@pytest.mark.parametrize(
    ("value", "ranges"),
    [
        ("+1 212 736 5000", r"\+1 \d{3} 555 01\d\d"),
        ("(212) 736-5000", r"\(\d{3}\) 555-01\d\d"),
        ("+44 7912 345678", r"\+44 7700 900\d{3}"),
        ("020 7946 1234", r"016 3296 0\d{3}|020 7946 0\d{3}"),
        ("+49 30 901820", r"\+49 (30 23125|69 90009|40 66969|221 4710|89 99998)\d{3}"),
        ("+33 6 12 34 56 78", r"\+33 6 39 98 \d\d \d\d"),
        ("+61 2 9374 4000", r"\+61 [2378] 5550 \d{4}"),
    ],
)
def test_telephones_are_from_ranges_kept_for_fiction(value: str, ranges: str, key: Key) -> None:
    assert re.fullmatch(ranges, made(value, "phone", key))


@pytest.mark.parametrize("value", ["+34 612 345 678", "+39 06 698 12345", "+41 44 668 18 00"])
def test_elsewhere_telephones_are_ones_nobody_was_given(value: str) -> None:
    new = made(value, "phone")
    assert shape(new) == shape(value)
    assert not phonenumbers.is_valid_number(phonenumbers.parse(new, None))


@pytest.mark.parametrize("value", ["4111 1111 1111 1111", "3782-822463-10005", "6011000990139424"])
def test_cards_are_valid_in_form_and_nobodys(value: str) -> None:
    new = made(value, "card")
    digits = re.sub(r"\D", "", new)
    assert shape(new) == shape(value)
    assert luhn.is_valid(digits)
    assert digits.startswith("9999")


@pytest.mark.parametrize(
    "value", ["DE89 3704 0044 0532 0130 00", "GB29NWBK60161331926819", "nl91abna0417164300"]
)
def test_accounts_are_valid_in_form_at_a_bank_that_is_none(value: str) -> None:
    new = made(value, "iban")
    assert shape(new).casefold() == shape(value).casefold()
    assert iban.is_valid(new, check_country=False)
    assert re.sub(r"\s", "", new)[4:8].upper() in ("0000", "XXXX")
    assert new[:2] == value[:2]


def test_numbers_of_devices_are_test_equipments() -> None:
    assert imei.is_valid(made("490154203237518", "device-id"))
    assert made("490154203237518", "device-id").startswith("00")


@pytest.mark.parametrize("key", KEYS)
def test_social_security_numbers_are_never_given(key: Key) -> None:
    area, group, _ = made("078-05-1120", "ssn", key).split("-")
    assert area[0] == "9"
    assert 1 <= int(group) <= 49


@pytest.mark.parametrize("key", KEYS[:5])
def test_addresses_on_the_network_are_for_documentation(key: Key) -> None:
    blocks = [ipaddress.ip_network(block) for block in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")]
    assert any(ipaddress.ip_address(made("8.8.8.8", "ip", key)) in block for block in blocks)
    assert ipaddress.ip_address(made("2a00:1450::1", "ip", key)) in ipaddress.ip_network("2001:db8::/32")
    assert re.fullmatch(r"00:00:5E:00:53:[0-9A-F]{2}", made("A4:5E:60:C1:22:01", "mac", key))
    assert made("anna@firma.de", "email", key).rpartition("@")[2] in (
        "example.com",
        "example.net",
        "example.org",
    )
    assert re.fullmatch(
        r"https://user:\w{12}@\w{6}\.example\.(com|net|org)", made("https://a:b@c.de", "url-credentials", key)
    )


def test_made_up_values_are_found_as_what_they_are() -> None:
    for value, type_ in [
        ("anna@firma.de", "email"),
        ("8.8.8.8", "ip"),
        ("DE89 3704 0044 0532 0130 00", "iban"),
    ]:
        (found,) = find(f"see {made(value, type_)} there", [type_])
        assert found.type == type_


def test_dates_move_together_and_keep_their_layout() -> None:
    from datetime import date

    assert re.fullmatch(r"\d\d\.\d\d\.\d{4}", made("12.03.2024", "date"))
    first, second = (date.fromisoformat(made(day, "date")) for day in ("2024-03-01", "2024-03-15"))
    assert (second - first).days == 14
    assert 0 < abs((first - date(2024, 3, 1)).days) <= 184


@pytest.mark.parametrize(
    ("year", "layout"), [("2005", r"200[3-7]"), ("in 1984", r"in 198[2-6]"), ("3/4/2024", r"3/4/202[2-6]")]
)
def test_where_only_the_year_is_certain_it_changes_a_little(year: str, layout: str) -> None:
    assert re.fullmatch(layout, made(year, "date"))
    assert made(year, "date") != year


def test_what_names_agree_with_stays() -> None:
    assert made("Mrs.", "title") == "Mrs."
    assert made("female", "gender") == "female"


def test_countries_become_countries_and_nationalities_nationalities() -> None:
    assert made("Iceland", "place").casefold() in _faker.countries("en_US")
    assert made("Deutschland", "place").casefold() in _faker.countries("de_DE")
    assert made("French", "nationality") in _NATIONALITIES
    assert made("French", "nationality") != "French"
    assert made("Buddhist", "nationality") == "[NATIONALITY]"


@pytest.mark.parametrize(("name", "kind", "locale"), [("Katrine", "f", "da_DK"), ("Zoltán", "m", "hu_HU")])
def test_names_of_other_languages_keep_gender_and_language(name: str, kind: str, locale: str) -> None:
    assert name.casefold() in folded_names(locale, kind)
    assert any(
        made(name, "person").casefold() in folded_names(place, kind) for place in (locale, "no_NO", "sv_SE")
    )


def test_addresses_stay_in_their_language() -> None:
    assert re.search(r"\d{5} \w", made("Hauptstraße 5, 10115 Berlin", "address"))
    assert "\n" not in made("Hauptstraße 5, 10115 Berlin", "address")
    assert "\n" in made("12 High St\nSpringfield", "address")


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=40), st.sampled_from(sorted(DIRECT_TYPES | QUASI_TYPES | {"openai-key"})))
def test_any_text_has_a_made_up_value(value: str, type_: str) -> None:
    assert made(value, type_) == made(value, type_)


@settings(deadline=None, max_examples=150)
@given(
    st.text(st.sampled_from("0123456789+-() .AXäz@:/²٣"), max_size=24), st.sampled_from(sorted(DIRECT_TYPES))
)
def test_any_text_of_numbers_has_one_too(value: str, type_: str) -> None:
    assert isinstance(made(value, type_), str)


def test_without_a_key_nothing_is_made_up() -> None:
    with pytest.raises(PrivacyKeyError):
        Replace().replace("Anna", "person", Session())


def test_without_faker_names_have_a_clear_error_and_numbers_none(monkeypatch: pytest.MonkeyPatch) -> None:
    _faker._faker.cache_clear()
    _faker.folded_names.cache_clear()
    _faker.names.cache_clear()
    monkeypatch.setitem(sys.modules, "faker", None)
    with pytest.raises(SyntheticMissingError, match=r"'\.\[synthetic\]'"):
        made("Berlin", "place")
    assert made("4111 1111 1111 1111", "card").startswith("9999")


def test_an_unknown_locale_is_named() -> None:
    with pytest.raises(SyntheticMissingError, match="xx_XX"):
        made("Berlin", "place", locale="xx_XX")
