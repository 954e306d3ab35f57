"""Each record counts once: through restarts, kills at every step, and two that watch at the same time."""

import random
import threading
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from aboveboard.charter import Charter
from aboveboard.evidence.records import Record
from aboveboard.monitoring import Monitor, MonitoringStore, MonitoringStoreError
from samples.live import SAME_HELP, Scene, charter, decision, opened, probe

pytestmark = pytest.mark.usefixtures("small_pages")
WATCHED = SAME_HELP + '  - {id: few-refusals, measure: live.blocked_rate, must: "<= 0.2", when: [live],'
WATCHED += " owner: accountable}\n"
DRIFT = "{drift: [{quantity: length, learn: 50}, {quantity: blocked, baseline: 0.1}]}"


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aboveboard.monitoring._monitor._PAGE", 16)


def traffic(count: int, seed: int = 1) -> list[Record]:
    """Answers and probes as they come, mixed; nobody is treated unequally."""
    draw = random.Random(seed)
    return [
        probe(float(draw.random() < 0.2), float(draw.random() < 0.2))
        if draw.random() < 0.3
        else decision(
            outcome="block" if draw.random() < 0.1 else "allow", completion_tokens=draw.randrange(5, 90)
        )
        for _ in range(count)
    ]


def states(monitor: Monitor) -> list[dict[str, Any]]:
    return [watch.state() for watch in monitor.watches.watches]


def seen(monitor: Monitor) -> int:
    """How many observations the first watch has."""
    return monitor.watches.watches[0].stream.figure().n


def watched() -> Charter:
    return charter(WATCHED, DRIFT)


def straight(tmp_path: Path, records: list[Record]) -> list[dict[str, Any]]:
    """What a monitor comes to that nothing disturbs."""
    with opened(tmp_path / "straight") as scene:
        monitor = scene.monitor(watched())
        monitor.round()
        scene.record(records)
        monitor.catch_up()
        return states(monitor)


def test_a_restart_after_every_page_changes_nothing(scene: Scene, tmp_path: Path) -> None:
    records = traffic(150)
    scene.monitor(watched()).round()
    scene.record(records)
    while scene.monitor(watched()).round():
        pass
    monitor = scene.monitor(watched())
    monitor.load()
    assert states(monitor) == straight(tmp_path, records)


@pytest.mark.parametrize("is_kept", [False, True], ids=["before", "after"])
def test_a_kill_before_or_after_each_commit_changes_nothing(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_kept: bool
) -> None:
    records = traffic(150)
    expected = straight(tmp_path, records)
    scene.monitor(watched()).round()
    scene.record(records)
    advance = MonitoringStore.advance
    kills = 0

    def killed(store: MonitoringStore, step: Any, now: int) -> bool:
        nonlocal kills
        kills += 1
        if kills % 2:
            if is_kept:
                advance(store, step, now)
            raise MonitoringStoreError("killed here")
        return advance(store, step, now)

    monkeypatch.setattr(MonitoringStore, "advance", killed)
    surviving = scene.monitor(watched())  # a process that lives on, beside those that begin anew
    for _ in range(60):
        for monitor in (scene.monitor(watched()), surviving):
            try:
                monitor.round()
            except MonitoringStoreError:
                continue
    assert kills > 8
    last = scene.monitor(watched())
    last.load()
    assert states(last) == expected


def test_two_that_watch_at_once_count_once(tmp_path: Path, dsn: str | None) -> None:
    records = traffic(120, 2)
    with ExitStack() as stack:
        first = stack.enter_context(opened(tmp_path / "state", dsn))
        second = stack.enter_context(opened(tmp_path / "state", dsn))
        monitors = [scene.monitor(watched()) for scene in (first, second)]
        for monitor in monitors:
            monitor.round()
        is_over = threading.Event()

        def watch(monitor: Monitor) -> None:
            while monitor.round() or not is_over.is_set():
                pass

        threads = [threading.Thread(target=watch, args=(each,)) for each in monitors]
        for thread in threads:
            thread.start()
        for scene, part in ((first, records[:60]), (second, records[60:])):
            scene.record(part)
        is_over.set()
        for thread in threads:
            thread.join()
        last = first.monitor(watched())
        last.catch_up()
        figures = [watch.stream.figure().n for watch in last.watches.watches]
        probes = sum(each.kind == "probe" for each in records)
    answers = len(records) - probes
    assert figures[:2] == [probes, answers]
    assert figures[3] == answers


def test_an_alarm_is_recorded_and_told_once_by_however_many(tmp_path: Path, dsn: str | None) -> None:
    with ExitStack() as stack:
        scenes = [stack.enter_context(opened(tmp_path / "state", dsn)) for _ in range(2)]
        monitors = [scene.monitor() for scene in scenes]
        for monitor in monitors:
            monitor.round()
        scenes[0].record([probe(female=1.0) for _ in range(40)])
        for _ in range(20):
            for monitor in monitors:
                monitor.round()
        (alarm,) = scenes[0].alarms()
        assert (alarm.promise, alarm.groups) == ("same-help", "female and male")
        assert len(scenes[0].told.alarms) + len(scenes[1].told.alarms) == 1
        assert all(monitor.watches.watches[0].alarm == alarm for monitor in monitors)


def test_an_alarm_that_could_not_be_told_is_told_later_and_is_the_same(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0]
    monitor = scene.monitor()
    monitor.milliseconds = lambda: now[0]
    monitor.round()
    scene.record([probe(female=1.0) for _ in range(40)])
    with monkeypatch.context() as broken:

        def fails(alarm: object) -> None:
            raise MonitoringStoreError("no case can be opened")

        broken.setattr(scene.told, "raised", fails)
        with pytest.raises(MonitoringStoreError):
            monitor.catch_up()
    monitor.catch_up()
    assert scene.told.alarms == [], "another process may be at it"
    now[0] = 61_000
    monitor.catch_up()
    assert scene.told.alarms == scene.alarms()
    assert len(scene.alarms()) == 1


def test_what_was_before_the_watch_does_not_count(scene: Scene) -> None:
    scene.record([probe(female=1.0) for _ in range(40)])
    monitor = scene.monitor()
    monitor.catch_up()
    assert seen(monitor) == 0


def test_an_edit_elsewhere_leaves_the_watch_and_one_of_the_promise_begins_anew(scene: Scene) -> None:
    monitor = scene.monitor()
    monitor.round()
    scene.record([probe() for _ in range(10)])
    monitor.catch_up()
    for text, n in [(SAME_HELP.replace("stop", "warn"), 10), (SAME_HELP.replace("0.05", "0.10"), 0)]:
        edited = scene.monitor(charter(text))
        edited.catch_up()
        assert seen(edited) == n


def test_erased_records_and_other_kinds_are_passed_over(scene: Scene) -> None:
    monitor = scene.monitor(watched())
    monitor.round()
    person = scene.evidence.pseudonym("ann")
    scene.record([decision(data_subject=person), decision(), probe()])
    scene.evidence.erase(person, "asked to", "role:privacy-officer")
    monitor.catch_up()
    assert [watch.stream.figure().n for watch in monitor.watches.watches][:2] == [1, 1]
