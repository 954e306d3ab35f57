"""Generalising: less exact, by type; what cannot be read is redacted, never let through."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.privacy.operators import DIRECT_TYPES, QUASI_TYPES, Generalise, Session
from aboveboard.privacy.operators._dates import read_date


def coarse(value: str, type_: str, options: Generalise | None = None) -> str:
    return (options or Generalise()).replace(value, type_, Session())


@pytest.mark.parametrize(
    ("type_", "value", "made"),
    [
        ("age", "34", "30-39"),
        ("age", "34 years old", "30-39"),
        ("age", "89", "80-89"),
        ("age", "97", "90+"),
        ("age", "7", "0-9"),
        ("birth-date", "12.03.1984", "1984"),
        ("birth-date", "March 12, 1984", "1984"),
        ("date", "2024-03-05", "2024-03"),
        ("date", "5. März 2024", "2024-03"),
        ("date", "5 de marzo de 2024", "2024-03"),
        ("date", "le 5 août 2024", "2024-08"),
        ("date", "3/4/2024", "2024"),
        ("date", "31/4/2024", "2024"),
        ("postcode", "10115", "101**"),
        ("postcode", "SW1A 1AA", "SW1* ***"),
        ("postcode", "101", "[POSTCODE]"),
        ("coordinates", "48.13743, 11.57549", "48.1, 11.6"),
        ("coordinates", "-0.01, 0.02", "0.0, 0.0"),
        ("coordinates", "48.13743", "[COORDINATES]"),
        ("ip", "198.51.100.23", "198.51.100.0/24"),
        ("ip", "2001:db8:1:2::9", "2001:db8:1::/48"),
        ("ip", "999.1.1.1", "[IP]"),
        ("phone", "+49 30 901820", "+49"),
        ("phone", "030 901820", "[PHONE]"),
        ("email", "anna@example.org", "[EMAIL]"),
        ("place", "Berlin", "[PLACE]"),
        ("person", "Anna", "[PERSON]"),
    ],
)
def test_by_type(type_: str, value: str, made: str) -> None:
    assert coarse(value, type_) == made


@pytest.mark.parametrize(
    ("options", "type_", "value", "made"),
    [
        (Generalise(band=5), "age", "34", "30-34"),
        (Generalise(band=20), "age", "85", "80-89"),
        (Generalise(birth="decade"), "birth-date", "1984-03-12", "1980s"),
        (Generalise(date="quarter"), "date", "2024-12-31", "2024-Q4"),
        (Generalise(date="day"), "date", "Dec 31, 2024", "2024-12-31"),
        (Generalise(postcode=1), "postcode", "10115", "1****"),
        (Generalise(degrees=0), "coordinates", "48.137, 11.575", "48, 12"),
        (Generalise(ipv4=16), "ip", "198.51.100.23", "198.51.0.0/16"),
        (Generalise(email="domain"), "email", "anna@Example.org", "@example.org"),
    ],
)
def test_by_option(options: Generalise, type_: str, value: str, made: str) -> None:
    assert coarse(value, type_, options) == made


@pytest.mark.parametrize("option", [{"band": 1}, {"band": 99}, {"postcode": 0}, {"ipv4": 32}, {"degrees": 6}])
def test_options_that_generalise_nothing_are_refused(option: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=next(iter(option))):
        Generalise(**option)  # type: ignore[arg-type]  # wrong values on purpose


@given(st.text(max_size=80), st.sampled_from(sorted(DIRECT_TYPES | QUASI_TYPES)))
def test_any_text_is_generalised_or_redacted(value: str, type_: str) -> None:
    assert coarse(value, type_)


@given(
    st.text(st.sampled_from("0123456789.,-/ aäz:%[]+()°'"), max_size=40), st.sampled_from(sorted(QUASI_TYPES))
)
def test_no_number_of_four_digits_but_a_year_passes(value: str, type_: str) -> None:
    made = coarse(value, type_)
    runs = [run for run in "".join(c if c.isdigit() else " " for c in made).split() if len(run) > 3]
    assert all(1800 <= int(run) <= 2099 or type_ in ("date", "birth-date") for run in runs)


@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%B %d, %Y", "%d %b %Y"]),
)
def test_written_dates_are_read(day: date, layout: str) -> None:
    found = read_date(f"on {day.strftime(layout)}")
    assert found is not None
    assert (found.year, found.month, found.day) == (day.year, day.month, day.day)
