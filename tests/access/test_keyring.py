"""A key opens from when it is made until it is revoked, expired or replaced, and nothing else does."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from aboveboard.access import Access, AccessStoreError, Issued, StaleError, Tenant, parse_limit
from aboveboard.access import _keyring as keyring_module
from aboveboard.access._keyring import Keyring
from aboveboard.access._secrets import NOBODY, digest_of, is_one_of, taken_apart
from aboveboard.database import Location
from aboveboard.values import FixedClock, format_time

Issue = Callable[..., Issued]
ADMIN = "role:admin"


def test_a_key_says_whose_it_is_and_what_for(access: Access, tenant: Tenant, issue: Issue) -> None:
    issued = issue(scopes=["answer", "metrics"], models=["m"])
    caller = access.keyring.verify(issued.text)
    assert caller is not None
    assert (caller.key, caller.tenant) == (issued.key.id, tenant.id)
    assert caller.scopes == {"answer", "metrics"}
    assert caller.may_ask("m")
    assert not caller.may_ask("other")


def test_no_secret_is_at_rest(access: Access, issue: Issue, where: Location) -> None:
    issued = issue()
    parts = taken_apart(issued.text)
    assert parts is not None
    found = access._store.fetch("SELECT * FROM keys")
    assert parts[1] not in repr(found)
    assert digest_of(parts[1]) in [
        bytes(each) for row in found for each in row if not isinstance(each, str | int)
    ]
    assert parts[1] not in repr(issued) + repr(issued.act)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ab-",
        "sk-0123456789",
        "ab-0123456789",
        "ab-0123456789-" + "A" * 42,
        "ab-0123456789-" + "A" * 44,
        "AB-0123456789-" + "A" * 43,
        "ab-ilou456789-" + "A" * 43,
        "ab-0123456789-" + "é" * 43,
        "ab-٠١٢٣٤٥٦٧٨٩-" + "A" * 43,
        "ab-0123456789-" + "A" * 43 + "\n",
        "' OR 1=1 --",
        "ab-0123456789-" + "A" * 1_000_000,
    ],
)
def test_what_is_no_key_opens_nothing(access: Access, issue: Issue, text: str) -> None:
    issue()
    assert access.keyring.verify(text) is None


def test_the_secret_counts_to_its_last_character(access: Access, issue: Issue) -> None:
    text = issue().text
    for position in (14, 30, len(text) - 1):
        other = "A" if text[position] != "A" else "B"
        assert access.keyring.verify(text[:position] + other + text[position + 1 :]) is None


def test_known_unknown_revoked_and_expired_keys_take_the_same_steps(
    access: Access, issue: Issue, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Timing tells nothing since one digest is made and two comparisons are, whatever is known of an id."""
    known, expired = issue(), issue(expires=format_time(clock.now() + timedelta(hours=1)))
    revoked = issue()
    access.keep(access.register.draft_revocation(access.register.key(revoked.key.id), ADMIN))
    clock.advance(timedelta(hours=2))
    access.keyring.refresh()
    steps: list[tuple[str, int]] = []

    def counted_digest(secret: str) -> bytes:
        steps.append(("digest", len(secret)))
        return digest_of(secret)

    def counted_comparison(given: bytes, both: tuple[bytes, bytes]) -> bool:
        steps.append(("compare", len(given) + len(both[0]) + len(both[1])))
        return is_one_of(given, both)

    monkeypatch.setattr(keyring_module, "digest_of", counted_digest)
    monkeypatch.setattr(keyring_module, "is_one_of", counted_comparison)
    unknown = "ab-0000000000-" + "A" * 43
    wrong = known.text[:-1] + ("A" if known.text[-1] != "A" else "B")
    for text in (known.text, wrong, unknown, revoked.text, expired.text):
        access.keyring.verify(text)
    assert steps == [("digest", 43), ("compare", 96)] * 5


def test_what_nobody_is_compared_with_is_no_digest_of_anything(access: Access) -> None:
    assert len(NOBODY) == 32
    assert access.keyring.verify("ab-0000000000-" + "A" * 43) is None


def test_a_revoked_key_opens_nothing_again(access: Access, issue: Issue) -> None:
    issued = issue()
    access.keep(access.register.draft_revocation(issued.key, ADMIN))
    access.keyring.refresh()
    assert access.keyring.verify(issued.text) is None
    access.keyring.refresh()
    assert access.keyring.verify(issued.text) is None


def test_a_key_expires_at_its_moment(access: Access, issue: Issue, clock: FixedClock) -> None:
    issued = issue(expires=format_time(clock.now() + timedelta(seconds=5)))
    clock.advance(timedelta(milliseconds=4999))
    assert access.keyring.verify(issued.text)
    clock.advance(timedelta(milliseconds=1))
    assert access.keyring.verify(issued.text) is None


def test_an_old_secret_opens_until_its_overlap_ends(access: Access, issue: Issue, clock: FixedClock) -> None:
    first = issue()
    second = access.register.draft_rotation(first.key, timedelta(minutes=10), ADMIN)
    access.keep(second.act)
    access.keyring.refresh()
    assert second.text != first.text
    assert access.keyring.verify(first.text)
    assert access.keyring.verify(second.text)
    clock.advance(timedelta(minutes=10))
    assert access.keyring.verify(first.text) is None
    assert access.keyring.verify(second.text)


def test_a_second_rotation_ends_the_first_secret(access: Access, issue: Issue) -> None:
    first = issue()
    for _ in range(2):
        newest = access.register.draft_rotation(first.key, timedelta(minutes=10), ADMIN)
        access.keep(newest.act)
    access.keyring.refresh()
    assert access.keyring.verify(first.text) is None
    assert access.keyring.verify(newest.text)


def test_another_process_learns_of_a_revocation_and_of_new_limits(
    access: Access, opened: Callable[[], Access], issue: Issue, tenant: Tenant
) -> None:
    issued, other = issue(), opened()
    other.keyring.refresh()
    before = other.keyring.verify(issued.text)
    assert before is not None
    assert before.limits == ()
    access.keep(access.register.draft_limits(tenant, [parse_limit("tokens/day=5")], ADMIN))
    other.keyring.refresh()
    after = other.keyring.verify(issued.text)
    assert after is not None
    assert [str(limit) for _, limit in after.limits] == ["tokens/day=5"]
    access.keep(access.register.draft_revocation(issued.key, ADMIN))
    other.keyring.refresh()
    assert other.keyring.verify(issued.text) is None


def test_nobody_is_let_in_on_knowledge_older_than_two_seconds(
    access: Access, issue: Issue, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue()
    ticks = [100.0]
    store = access._store
    ring = Keyring(store, clock, lambda: ticks[0])
    assert ring.is_stale
    ring.refresh()

    def broken(*_: object) -> list[object]:
        raise AccessStoreError("gone")

    monkeypatch.setattr(store, "fetch", broken)
    ticks[0] += 1.9
    ring.refresh()
    assert not ring.is_stale
    ticks[0] += 0.2
    assert ring.is_stale
    with pytest.raises(StaleError):
        ring.refresh()


def test_of_many_who_find_it_stale_one_reads(
    access: Access, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks, reads = [100.0], list[str]()
    ring = Keyring(access._store, clock, lambda: ticks[0])
    fetch = access._store.fetch

    def noted(query: str, *rest: list[object]) -> object:
        reads.append(query)
        return fetch(query, *rest)

    monkeypatch.setattr(access._store, "fetch", noted)
    for _ in range(5):
        ring.refresh(even_if_fresh=False)
    assert sum("generation FROM meta" in each for each in reads) == 1
    ring.refresh()
    assert sum("generation FROM meta" in each for each in reads) == 2


def test_keys_that_have_ended_are_not_held_in_memory(
    access: Access, opened: Callable[[], Access], issue: Issue, clock: FixedClock
) -> None:
    ring = opened().keyring
    live, revoked = issue(), issue()
    expiring = issue(expires=format_time(clock.now() + timedelta(hours=1)))
    ring.refresh()
    assert all(ring.knows(each.key.id) for each in (live, revoked, expiring))
    clock.advance(timedelta(hours=1))
    access.keep(access.register.draft_revocation(revoked.key, ADMIN))
    ring.refresh()
    assert [ring.knows(each.key.id) for each in (live, revoked, expiring)] == [True, False, False]
    assert [bool(ring.verify(each.text)) for each in (live, revoked, expiring)] == [True, False, False]


def test_a_started_access_follows_another_within_two_seconds(
    access: Access, opened: Callable[[], Access], issue: Issue
) -> None:
    issued, gateway = issue(), opened().start()
    assert gateway.keyring.verify(issued.text)
    access.keep(access.register.draft_revocation(issued.key, ADMIN))
    end = time.monotonic() + 2.0
    while gateway.keyring.verify(issued.text) and time.monotonic() < end:
        time.sleep(0.05)
    assert gateway.keyring.verify(issued.text) is None
