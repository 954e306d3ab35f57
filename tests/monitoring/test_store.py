"""What a monitor keeps: a step whole, each outcome until it is told, and nothing for ever."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from aboveboard.database import Location, locate
from aboveboard.evidence.records import Gap, Record
from aboveboard.monitoring import MonitoringStore
from aboveboard.monitoring._store import Fold, Step

DAY = 86_400_000
NOW = 20_000 * DAY


@pytest.fixture
def where(tmp_path: Path, dsn: str | None) -> Location:
    return locate(tmp_path, "monitoring", dsn)


@pytest.fixture
def store(where: Location) -> Iterator[MonitoringStore]:
    with MonitoringStore.open(where) as opened:
        yield opened


@pytest.fixture
def other(store: MonitoringStore, where: Location) -> Iterator[MonitoringStore]:
    """The same, as another process has it."""
    with MonitoringStore.open(where) as opened:
        yield opened


def a_record() -> Record:
    return Gap(
        subject="model:m", actor="gateway", measure="m", reason="r", run="", model="m", model_digest="d"
    )


def stepped(
    store: MonitoringStore, watch: str, position: int, now: int, outcomes: Sequence[Record] = ()
) -> bool:
    """Whether a watch could go on from where it is to a position."""
    before = store.fold(watch, 0, {}).position
    return store.advance(Step({watch: (before, Fold(position, {"n": position}))}, outcomes), now)


def rows(store: MonitoringStore, table: str) -> int:
    ((count,),) = store._tables.fetch(f"SELECT count(*) FROM {table}")
    return int(count)


def test_an_outcome_is_there_until_it_is_told_and_not_after(store: MonitoringStore) -> None:
    made = [a_record(), a_record()]
    assert stepped(store, "w", 10, NOW, made)
    taken = store.take_outcomes(NOW)
    assert {each.id for each in taken} == {each.id for each in made}
    store.settle_outcome(made[0].id)
    assert store.take_outcomes(NOW) == []
    assert [each.id for each in store.take_outcomes(NOW + 60_000)] == [made[1].id]
    store.settle_outcome(made[1].id)
    assert rows(store, "outcomes") == 0


def test_an_outcome_is_one_process_s_to_tell(store: MonitoringStore, other: MonitoringStore) -> None:
    stepped(store, "w", 10, NOW, [a_record()])
    assert (len(store.take_outcomes(NOW)), len(other.take_outcomes(NOW))) == (1, 0)


def test_what_nobody_watches_any_more_is_forgotten_after_90_days(store: MonitoringStore) -> None:
    stepped(store, "old", 10, NOW)
    stepped(store, "new", 10, NOW + 90 * DAY)
    assert store.fold("old", 0, {}).position == 10
    stepped(store, "old", 11, NOW + 90 * DAY)
    stepped(store, "new", 11, NOW + 180 * DAY)
    assert rows(store, "folds") == 2
    stepped(store, "new", 12, NOW + 181 * DAY)
    assert rows(store, "folds") == 1
    assert store.fold("old", 7, {}) == Fold(7, {})
    assert store.fold("new", 7, {}) == Fold(12, {"n": 12})


def test_what_is_watched_and_has_seen_nothing_yet_is_not_forgotten_at_once(store: MonitoringStore) -> None:
    store.fold("quiet", 5, {})
    stepped(store, "busy", 10, NOW)
    assert rows(store, "folds") == 2
    stepped(store, "busy", 11, NOW + 90 * DAY)
    assert store.fold("quiet", 0, {}).position == 5


def test_who_was_overtaken_keeps_nothing(store: MonitoringStore, other: MonitoringStore) -> None:
    assert stepped(other, "w", 10, NOW)
    late = Step({"w": (0, Fold(5, {}))}, [a_record()])
    assert not store.advance(late, NOW)
    assert rows(store, "outcomes") == 0
    assert store.fold("w", 0, {}).position == 10
