from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.database import AddressError, Schema, locate, shown
from aboveboard.database._connecting import hidden

ADDRESS = "postgresql://clerk:geheim@db.example:5433/house"


def test_without_a_setting_each_store_is_a_file_of_the_state_directory() -> None:
    assert locate(Path("state"), "ledger", None) == Path("state/ledger.db")


def test_with_one_each_store_is_a_schema() -> None:
    assert locate(Path("state"), "cases", ADDRESS) == Schema(ADDRESS, "aboveboard_cases")


@pytest.mark.parametrize(
    "setting", ["", "house.db", "mysql://clerk:geheim@db/house", "postgresql:house", "://"]
)
def test_what_is_no_address_is_refused_and_not_repeated(setting: str) -> None:
    with pytest.raises(AddressError, match="postgresql://user@host") as caught:
        locate(Path("state"), "ledger", setting)
    assert "geheim" not in str(caught.value)


def test_a_place_is_shown_without_its_password() -> None:
    where = Schema(ADDRESS, "aboveboard_ledger")
    assert str(where) == "postgresql://clerk@db.example:5433/house, schema aboveboard_ledger"
    assert "geheim" not in repr(where)


@given(
    password=st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=8).map(
        lambda t: f"~{t}~"
    )
)
def test_no_password_is_shown_however_it_is_written(password: str) -> None:
    """Also one with signs that should have been escaped, which a parser takes for the end of the host."""
    for address in (
        f"postgresql://clerk:{password}@db.example/house",
        f"postgresql://db.example/house?user=clerk&password={password}",
    ):
        assert password not in shown(address)
        assert password[1:-1] not in shown(address).removeprefix("postgresql://clerk@db.example/house")


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("geheim", 'password "geheim" failed'),
        ("ge/heim", "failed to resolve host 'clerk:ge'; path heim"),
        ("a@geheim", "could not translate host name 'geheim@db.example'"),
        ("geh%65im", "the password geheim is wrong"),
    ],
)
def test_what_the_library_says_never_quotes_the_password(password: str, said: str) -> None:
    message = hidden(said, f"postgresql://clerk:{password}@db.example/house")
    assert "heim" not in message
