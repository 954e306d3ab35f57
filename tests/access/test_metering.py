"""Limits hold: over processes, crashes and clocks, in every window."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from aboveboard.access import (
    NOTHING,
    Access,
    AccessStoreError,
    Amounts,
    Caller,
    Issued,
    Refusal,
    Reservation,
    Tenant,
    parse_limit,
)
from aboveboard.values import FixedClock

Issue = Callable[..., Issued]
ADMIN = "role:admin"
ONE: Amounts = (1, 0, 0, 0)


def tokens(amount: int) -> Amounts:
    return (1, amount, 0, 0)


def caller_of(access: Access, issued: Issued) -> Caller:
    access.keyring.refresh()
    found = access.keyring.verify(issued.text)
    assert found is not None
    return found


def reserved(access: Access, caller: Caller, needs: Amounts) -> Reservation:
    found = access.metering.reserve_slowly(caller, needs)
    assert isinstance(found, Reservation)
    return found


def refused(access: Access, caller: Caller, needs: Amounts) -> Refusal:
    found = access.metering.reserve_slowly(caller, needs)
    assert isinstance(found, Refusal)
    return found


def taken(access: Access, holder: str, meter: str) -> int:
    """What all processes together have taken of a window, as the database knows it."""
    rows = access._store.fetch(
        "SELECT taken FROM windows WHERE holder = ? AND meter = ? ORDER BY start DESC", [holder, meter]
    )
    return int(rows[0][0])


def test_a_request_that_costs_less_frees_the_rest(access: Access, issue: Issue) -> None:
    caller = caller_of(access, issue("tokens/day=100"))
    for _ in range(10):
        access.metering.settle(reserved(access, caller, tokens(19)), tokens(9))
    assert refused(access, caller, tokens(11)).remaining == 10


def test_a_request_that_costs_more_is_counted_whole(access: Access, issue: Issue) -> None:
    issued = issue("tokens/day=100")
    caller = caller_of(access, issued)
    access.metering.settle(reserved(access, caller, tokens(10)), tokens(130))
    access.metering.balance()
    assert taken(access, f"key:{issued.key.id}", "tokens") >= 130
    assert refused(access, caller, tokens(1)).remaining == 0


def test_all_limits_must_have_room_and_none_is_drawn_on_else(
    access: Access, issue: Issue, tenant: Tenant
) -> None:
    act = access.register.draft_limits(tenant, [parse_limit("requests/day=2")], ADMIN)
    access.keep(act)
    caller = caller_of(access, issue("tokens/day=100"))
    for _ in range(2):
        reserved(access, caller, tokens(10))
    refusal = refused(access, caller, tokens(10))
    assert (refusal.holder, str(refusal.limit)) == (f"tenant:{tenant.id}", "requests/day=2")
    access.metering.balance(is_last=True)
    assert taken(access, f"key:{caller.key}", "tokens") == 20


@pytest.mark.parametrize(
    ("period", "length"),
    [("minute", timedelta(minutes=1)), ("hour", timedelta(hours=1)), ("day", timedelta(1))],
)
def test_a_window_ends_and_the_next_begins(
    access: Access, issue: Issue, clock: FixedClock, period: str, length: timedelta
) -> None:
    caller = caller_of(access, issue(f"requests/{period}=1"))
    reserved(access, caller, ONE)
    seconds = refused(access, caller, ONE).seconds
    assert 0 < seconds <= length.total_seconds()
    clock.advance(timedelta(seconds=seconds - 0.001))
    refused(access, caller, ONE)
    clock.advance(timedelta(seconds=0.001))
    reserved(access, caller, ONE)


def test_a_month_ends_with_the_calendars(access: Access, issue: Issue, clock: FixedClock) -> None:
    caller = caller_of(access, issue("requests/month=1"))
    reserved(access, caller, ONE)
    clock.advance(timedelta(days=8))  # 30 November
    refused(access, caller, ONE)
    clock.advance(timedelta(days=1))
    reserved(access, caller, ONE)


def test_a_total_never_ends(access: Access, issue: Issue, clock: FixedClock) -> None:
    caller = caller_of(access, issue("requests/total=1"))
    reserved(access, caller, ONE)
    clock.advance(timedelta(days=4000))
    assert refused(access, caller, ONE).is_endless


def test_a_limit_of_nothing_lets_nothing_through(access: Access, issue: Issue) -> None:
    assert refused(access, caller_of(access, issue("requests/day=0")), ONE).remaining == 0


def test_a_clock_that_goes_back_opens_no_window_again(
    access: Access, opened: Callable[[], Access], issue: Issue, clock: FixedClock
) -> None:
    issued = issue("requests/minute=1")
    clock.advance(timedelta(minutes=1))
    reserved(access, caller_of(access, issued), ONE)
    clock.advance(timedelta(minutes=-1))
    refused(access, caller_of(access, issued), ONE)
    later = opened()
    refused(later, caller_of(later, issued), ONE)


def test_two_processes_share_one_limit(access: Access, opened: Callable[[], Access], issue: Issue) -> None:
    issued, other = issue("requests/day=100"), opened()
    mine, theirs = caller_of(access, issued), caller_of(other, issued)
    count = 0
    for _ in range(200):
        for one, caller in ((access, mine), (other, theirs)):
            count += isinstance(one.metering.reserve_slowly(caller, ONE), Reservation)
    assert count == 100


def test_what_an_idle_process_holds_comes_back(
    access: Access, opened: Callable[[], Access], issue: Issue
) -> None:
    issued, other = issue("requests/day=1000"), opened()
    reserved(other, caller_of(other, issued), ONE)
    assert taken(access, f"key:{issued.key.id}", "requests") > 1
    for _ in range(7):
        other.metering.balance()
    assert taken(access, f"key:{issued.key.id}", "requests") == 1


def test_a_process_that_ends_well_gives_back_its_slice(
    access: Access, opened: Callable[[], Access], issue: Issue
) -> None:
    issued, other = issue("requests/day=1000"), opened()
    reserved(other, caller_of(other, issued), ONE)
    other.close()
    assert taken(access, f"key:{issued.key.id}", "requests") == 1


def test_a_process_that_is_killed_takes_its_slice_with_it(
    access: Access, opened: Callable[[], Access], issue: Issue
) -> None:
    issued = issue("requests/day=1000")
    killed = opened()
    reserved(killed, caller_of(killed, issued), ONE)
    lost = taken(access, f"key:{issued.key.id}", "requests")
    caller, count = caller_of(access, issued), 0
    while isinstance(access.metering.reserve_slowly(caller, ONE), Reservation):
        count += 1
    assert count == 1000 - lost
    assert lost <= 1000 // 64 + 1


def test_drawing_on_a_slice_asks_no_database(
    access: Access, issue: Issue, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = caller_of(access, issue("requests/day=1000000", "tokens/minute=1000000"))
    reserved(access, caller, tokens(10))
    monkeypatch.setattr(access._store, "transaction", None)
    monkeypatch.setattr(access._store, "fetch", None)
    for _ in range(1000):
        found = access.metering.reserve(caller, tokens(10))
        assert isinstance(found, Reservation)
        access.metering.settle(found, tokens(10))


def test_being_refused_asks_no_database_again_and_again(
    access: Access, issue: Issue, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = caller_of(access, issue("requests/day=1"))
    reserved(access, caller, ONE)
    refused(access, caller, ONE)
    monkeypatch.setattr(access._store, "transaction", None)
    assert isinstance(access.metering.reserve(caller, ONE), Refusal)


def test_limits_that_change_hold_at_once(access: Access, issue: Issue) -> None:
    issued = issue("requests/day=1")
    reserved(access, caller_of(access, issued), ONE)
    refused(access, caller_of(access, issued), ONE)
    access.keep(access.register.draft_limits(issued.key, [parse_limit("requests/day=3")], ADMIN))
    caller = caller_of(access, issued)
    access.metering._lanes[f"key:{issued.key.id}", "requests", "day"].asked = -1e9  # half a second later
    for _ in range(2):
        reserved(access, caller, ONE)
    refused(access, caller, ONE)


def test_sums_that_could_not_be_written_wait_for_the_next_time(
    access: Access, issue: Issue, monkeypatch: pytest.MonkeyPatch
) -> None:
    issued = issue("tokens/day=100")
    access.metering.settle(reserved(access, caller_of(access, issued), tokens(10)), tokens(10))

    def broken() -> None:
        raise AccessStoreError("gone")

    with monkeypatch.context() as patch:
        patch.setattr(access._store, "transaction", broken)
        with pytest.raises(AccessStoreError):
            access.metering.balance()
    access.metering.balance()
    sums = {each.meter: each.amount for each in access.spending.of([issued.key.id])}
    assert (sums["requests"], sums["tokens"]) == (1, 10)


def test_what_was_spent_is_summed_by_day_month_and_in_all(
    access: Access, issue: Issue, clock: FixedClock
) -> None:
    issued = issue()
    caller = caller_of(access, issued)
    for days in (0, 1, 30):
        clock.advance(timedelta(days=days))
        found = access.metering.reserve(caller, NOTHING)
        assert isinstance(found, Reservation)
        access.metering.settle(found, (1, 10, 200, 3000))
    access.metering.balance()
    sums = {(each.period, each.meter): each.amount for each in access.spending.of([issued.key.id])}
    assert [sums["day", meter] for meter in ("requests", "tokens", "money", "energy")] == [1, 10, 200, 3000]
    assert (sums["month", "requests"], sums["total", "requests"], sums["total", "tokens"]) == (1, 3, 30)


def test_what_was_held_of_a_key_that_has_ended_is_let_go_of(access: Access, issue: Issue) -> None:
    ended, live = issue("tokens/day=100"), issue("tokens/day=100")
    reservations = [reserved(access, caller_of(access, each), tokens(10)) for each in (ended, live)]
    access.keep(access.register.draft_revocation(ended.key, ADMIN))
    access.keyring.refresh()
    access.metering.forget(access.keyring.knows)
    assert set(access.metering._of) == {live.key.id}
    assert {holder for holder, *_ in access.metering._lanes} == {live.key.holder}
    for each in reservations:  # an answer that was under way comes to its end, and is summed up
        access.metering.settle(each, tokens(7))
    access.metering.balance()
    spent = {each.meter: each.amount for each in access.spending.of([ended.key.id]) if each.period == "total"}
    assert spent["tokens"] == 7


def test_a_tenant_s_limit_outlives_the_end_of_one_of_its_keys(
    access: Access, issue: Issue, tenant: Tenant
) -> None:
    act = access.register.draft_limits(tenant, [parse_limit("tokens/day=100")], ADMIN)
    access.keep(act)
    ended, live = issue(), issue()
    reserved(access, caller_of(access, ended), tokens(60))
    access.keep(access.register.draft_revocation(ended.key, ADMIN))
    access.keyring.refresh()
    access.metering.forget(access.keyring.knows)
    assert refused(access, caller_of(access, live), tokens(60)).remaining == 40
