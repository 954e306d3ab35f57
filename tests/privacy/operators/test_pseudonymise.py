"""Pseudonyms: stable within a scope under one key, unlinkable between scopes, restored from the table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.privacy.operators import Key, PrivacyKeyError, Pseudonymise, Session
from aboveboard.privacy.operators._normal_form import normal_form

KEY = Key(bytes(range(32)))


def named(value: str, session: Session | None = None, type_: str = "person") -> str:
    return Pseudonymise().replace(value, type_, session or Session(KEY, "ward-7"))


@pytest.mark.parametrize(
    "same", ["ANNA MÜLLER", "anna müller", "Anna\tMüller ", "Anna  Mu\u0308ller", "Ａｎｎａ Müller"]
)
def test_ways_of_writing_a_name_have_one_pseudonym(same: str) -> None:
    assert named(same) == named("Anna  Müller")


@pytest.mark.parametrize(
    ("type_", "one", "other"),
    [
        ("phone", "+49 30 901820", "0049 (0)30-901820"),
        ("phone", "+1 (212) 736-5000", "+12127365000"),
        ("birth-date", "12.03.1984", "March 12, 1984"),
        ("date", "2024-03-05", "5. März 2024"),
        ("ip", "2001:DB8::0:1", "2001:db8::1"),
        ("iban", "DE89 3704 0044 0532 0130 00", "de89370400440532013000"),
    ],
)
def test_ways_of_writing_other_values_have_one_too(type_: str, one: str, other: str) -> None:
    assert named(one, type_=type_) == named(other, type_=type_)


@pytest.mark.parametrize(
    ("type_", "one", "other"),
    [
        ("phone", "+49 30 901820", "+43 30 901820"),
        ("date", "3/4/2024", "4/3/2024"),
        ("wallet", "1Boat", "1boat"),
    ],
)
def test_values_that_only_look_alike_have_two(type_: str, one: str, other: str) -> None:
    assert named(one, type_=type_) != named(other, type_=type_)


def test_another_run_under_the_same_key_gives_the_same() -> None:
    assert named("Anna Müller", Session(Key(bytes(range(32))), "ward-7")) == named("Anna Müller")


@pytest.mark.parametrize("session", [Session(KEY, "ward-8"), Session(KEY), Session(Key.generate(), "ward-7")])
def test_another_scope_or_key_gives_another(session: Session) -> None:
    assert named("Anna Müller", session) != named("Anna Müller")


def test_no_part_of_pseudonyms_links_two_scopes() -> None:
    names = [f"Person {number}" for number in range(200)]
    first = {named(name, Session(KEY, "a"))[8:24] for name in names}
    second = {named(name, Session(KEY, "b"))[8:24] for name in names}
    assert len(first) == len(second) == 200
    assert not first & second


def test_the_table_gives_back_each_way_of_writing() -> None:
    session = Session(KEY, "ward-7")
    made = [named(value, session) for value in ("Anna Müller", "ANNA MÜLLER", "Anna Müller")]
    assert made[0] == made[2]
    assert made[1] == made[0].replace(">", ".2>")
    assert [session.table[name] for name in made] == ["Anna Müller", "ANNA MÜLLER", "Anna Müller"]


def test_merged_ways_of_writing_share_even_the_stand_in() -> None:
    session, merge = Session(KEY), Pseudonymise(merge=True)
    assert merge.replace("Anna", "person", session) == merge.replace("ANNA", "person", session)
    assert list(session.table.values()) == ["Anna"]
    assert not merge.is_restorable


def test_without_a_key_there_are_none() -> None:
    with pytest.raises(PrivacyKeyError):
        named("Anna", Session())


@given(st.text(), st.sampled_from(["person", "card", "wallet", "email", "phone", "date", "ip"]))
def test_a_normal_form_is_its_own(value: str, type_: str) -> None:
    form = normal_form(value, type_)
    assert normal_form(form, type_) == form
