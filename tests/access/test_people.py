"""People, their passwords and sessions: nothing tells who there is, nothing outlives what it rests on."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from aboveboard.access import (
    IDLE_SECONDS,
    LONGEST_SECONDS,
    Access,
    AccessInputError,
    AlreadyThereError,
    Cost,
    LoginError,
    ThrottledError,
    UnknownHolderError,
    User,
)
from aboveboard.access import _sessions as sessions_module
from aboveboard.access._passwords import hashed, matches
from aboveboard.database import Location
from aboveboard.values import FixedClock

ADMIN = "role:admin"
PASSWORD = "four words in a row"
QUICK = Cost(log_n=4, r=8, p=1)
HERE = "192.0.2.7"


@pytest.fixture
def house(tmp_path: Path, clock: FixedClock) -> Iterator[Access]:
    with Access.open(tmp_path / "access.db", clock, QUICK) as found:
        yield found


@pytest.fixture
def ann(house: Access) -> User:
    user, act = house.people.draft_user("ann@example.org", ["reviewer"], PASSWORD, ADMIN)
    house.keep(act)
    return user


def test_a_person_logs_in_and_out(house: Access, ann: User) -> None:
    session = house.sessions.login("ann@example.org", PASSWORD, HERE)
    found = house.sessions.find(session.token)
    assert found is not None
    assert (found.user, found.csrf) == (ann, session.csrf)
    house.sessions.end(session.token)
    assert house.sessions.find(session.token) is None


def test_both_engines_know_people(where: Location, clock: FixedClock) -> None:
    with Access.open(where, clock, QUICK) as house:
        user, act = house.people.draft_user("bo", ["auditor"], PASSWORD, ADMIN)
        house.keep(act)
        session = house.sessions.login("bo", PASSWORD, HERE)
        clock.advance(timedelta(minutes=5))
        assert house.sessions.find(session.token) == session
        for _ in range(5):
            with pytest.raises(LoginError):
                house.sessions.login("bo", "wrong", HERE)
        with pytest.raises(ThrottledError):
            house.sessions.login("bo", PASSWORD, HERE)
        house.keep(house.people.draft_removal(user, ADMIN))
        assert house.sessions.find(session.token) is None
        assert house.people.all() == []


def test_the_record_of_a_person_names_nobody(house: Access) -> None:
    user, act = house.people.draft_user("ann@example.org", ["reviewer"], PASSWORD, ADMIN)
    assert not re.search(r"\bann\b", repr(act.change))
    assert act.change.subject == f"user:{user.id}"
    assert PASSWORD not in repr(act)


def test_neither_password_nor_token_is_at_rest(house: Access, ann: User) -> None:
    session = house.sessions.login(ann.name, PASSWORD, HERE)
    kept = repr(house._store.fetch("SELECT * FROM people")) + repr(
        house._store.fetch("SELECT * FROM sessions")
    )
    assert PASSWORD not in kept
    assert session.token not in kept
    assert session.token not in repr(session)


def test_the_cost_of_a_guess_is_what_owasp_asks_for() -> None:
    kept = hashed(PASSWORD, Cost())
    assert kept.startswith("scrypt$15$8$3$")
    assert matches(PASSWORD, kept)
    assert not matches(PASSWORD + ".", kept)


def test_hashing_gives_the_value_of_rfc_7914() -> None:
    """Section 12: P = "pleaseletmein", S = "SodiumChloride", N = 16384, r = 8, p = 1; its first 32 bytes."""
    import base64

    expected = bytes.fromhex("7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2")
    salt = base64.b64encode(b"SodiumChloride").decode()
    assert matches("pleaseletmein", f"scrypt$14$8$1${salt}${base64.b64encode(expected).decode()}")


@pytest.mark.parametrize("password", ["", "short", "a" * 14, "a" * 15, "x" * 257, "ANN@example.org"])
def test_a_password_that_is_guessed_soon_is_refused(house: Access, password: str) -> None:
    with pytest.raises(AccessInputError):
        house.people.draft_user("ann@example.org", ["reviewer"], password, ADMIN)


def test_a_password_is_the_same_however_its_letters_are_composed(house: Access) -> None:
    user, act = house.people.draft_user("bo", ["auditor"], "Grüße aus Kölle am Rhein", ADMIN)
    house.keep(act)
    import unicodedata

    typed = unicodedata.normalize("NFD", "Grüße aus Kölle am Rhein")
    assert house.sessions.login(user.name, typed, HERE)


def test_an_unknown_name_and_a_wrong_password_hear_and_cost_the_same(
    house: Access, ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def counted(password: str, kept: str) -> bool:
        seen.append(kept.rsplit("$", 2)[0])
        return matches(password, kept)

    monkeypatch.setattr(sessions_module, "matches", counted)
    said = []
    for name in (ann.name, "nobody@example.org"):
        with pytest.raises(LoginError) as caught:
            house.sessions.login(name, "wrong wrong wrong wrong", HERE)
        said.append(str(caught.value))
    assert len(set(said)) == 1
    assert seen == ["scrypt$4$8$1"] * 2


@pytest.mark.parametrize("name", ["ann@example.org", "nobody@example.org"])
def test_guesses_at_a_name_become_slow_whether_it_is_known_or_not(
    house: Access, ann: User, clock: FixedClock, name: str
) -> None:
    for number in range(5):
        with pytest.raises(LoginError):
            house.sessions.login(name, "wrong", f"192.0.2.{number}")
    waits = []
    for _ in range(3):
        with pytest.raises(ThrottledError) as caught:
            house.sessions.login(name, PASSWORD, "198.51.100.1")
        waits.append(caught.value.seconds)
        clock.advance(timedelta(seconds=caught.value.seconds))
        with pytest.raises(LoginError):
            house.sessions.login(name, "wrong", "198.51.100.1")
    assert waits == [1, 2, 4]


def test_guesses_from_an_address_become_slow_whatever_the_names(house: Access, ann: User) -> None:
    for number in range(20):
        with pytest.raises(LoginError):
            house.sessions.login(f"name{number}", "wrong", HERE)
    with pytest.raises(ThrottledError):
        house.sessions.login(ann.name, PASSWORD, HERE)
    assert house.sessions.login(ann.name, PASSWORD, "198.51.100.1")


def test_an_account_of_ones_own_does_not_free_an_address(house: Access, ann: User) -> None:
    for number in range(20):
        if number % 4 == 3:
            house.sessions.login(ann.name, PASSWORD, HERE)
        else:
            with pytest.raises(LoginError):
                house.sessions.login(f"name{number}", "wrong", HERE)
    for number in range(5):
        with pytest.raises(LoginError):
            house.sessions.login(f"other{number}", "wrong", HERE)
    with pytest.raises(ThrottledError):
        house.sessions.login("another", "wrong", HERE)


def test_a_session_ends_by_idling_and_by_age(house: Access, ann: User, clock: FixedClock) -> None:
    idle = house.sessions.login(ann.name, PASSWORD, HERE)
    busy = house.sessions.login(ann.name, PASSWORD, HERE)
    for _ in range(LONGEST_SECONDS // 1200 - 1):
        clock.advance(timedelta(seconds=1200))
        assert house.sessions.find(busy.token)
    assert house.sessions.find(idle.token) is None
    clock.advance(timedelta(seconds=1200))
    assert house.sessions.find(busy.token) is None
    late = house.sessions.login(ann.name, PASSWORD, HERE)
    clock.advance(timedelta(seconds=IDLE_SECONDS))
    assert house.sessions.find(late.token) is None


@pytest.mark.parametrize("change", ["password", "roles", "removal"])
def test_a_session_ends_with_what_it_rests_on(house: Access, ann: User, change: str) -> None:
    session = house.sessions.login(ann.name, PASSWORD, HERE)
    acts: dict[str, Callable[[], object]] = {
        "password": lambda: house.keep(house.people.draft_password(ann, "another row of words", ADMIN)),
        "roles": lambda: house.keep(house.people.draft_roles(ann, ["auditor"], ADMIN)),
        "removal": lambda: house.keep(house.people.draft_removal(ann, ADMIN)),
    }
    acts[change]()
    assert house.sessions.find(session.token) is None


def test_a_removed_person_is_gone(house: Access, ann: User) -> None:
    house.keep(house.people.draft_removal(ann, ADMIN))
    with pytest.raises(UnknownHolderError):
        house.people.named(ann.name)
    with pytest.raises(LoginError):
        house.sessions.login(ann.name, PASSWORD, HERE)
    assert ann.name not in repr(house._store.fetch("SELECT * FROM people"))


def test_a_form_is_its_sessions_own(house: Access, ann: User) -> None:
    mine, other = (house.sessions.login(ann.name, PASSWORD, HERE) for _ in range(2))
    assert mine.is_own_form(mine.csrf)
    assert not mine.is_own_form(other.csrf)
    assert not mine.is_own_form("")
    assert not mine.is_own_form("é" * 64)


@pytest.mark.parametrize("token", ["", "x", "é" * 40, "' OR 1=1 --", "\ud800"])
def test_what_is_no_token_is_nobodys(house: Access, ann: User, token: str) -> None:
    house.sessions.login(ann.name, PASSWORD, HERE)
    assert house.sessions.find(token) is None


@pytest.mark.parametrize("name", ["", " ", "a\nb", "x" * 201, "tab\there"])
def test_a_name_is_a_line(house: Access, name: str) -> None:
    with pytest.raises(AccessInputError):
        house.people.draft_user(name, ["reviewer"], PASSWORD, ADMIN)


def test_a_name_is_had_once(house: Access, ann: User) -> None:
    with pytest.raises(AlreadyThereError):
        house.people.draft_user(ann.name, ["auditor"], PASSWORD, ADMIN)


@pytest.mark.parametrize("roles", [[], [""], ["with space"], ["x" * 65]])
def test_roles_are_names(house: Access, roles: list[str]) -> None:
    with pytest.raises(AccessInputError):
        house.people.draft_user("bo", roles, PASSWORD, ADMIN)
