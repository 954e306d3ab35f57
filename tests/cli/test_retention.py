import asyncio
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest

from aboveboard.cases import Cases, HoldRule
from aboveboard.cli._retention import (
    expired_folders,
    expiries,
    foreseen,
    sweep,
    sweep_hourly,
    waiting_answers,
)
from aboveboard.cli._settings import Settings
from aboveboard.evals import RunView
from aboveboard.evals._run_state import write_run
from aboveboard.evidence import ErasedRecordError, StoreError, has_consent, purpose_subject
from aboveboard.evidence.records import Consent, Incident, LegalHold
from aboveboard.values import FixedClock, format_time, new_id
from samples import World

NOW = datetime(2030, 1, 1, tzinfo=UTC)
RUN = RunView(
    id="",
    plan_digest="p",
    status="done",
    model="m",
    model_digest="d",
    backend="b",
    suites=(),
    profile="quick",
    seed=0,
    started="2029-01-01T00:00:00Z",
    updated="2029-01-01T00:00:00Z",
    planned=1,
)


def record_answer(world: World, age: timedelta) -> str:
    """An answer of that age, with its text attached."""
    answer = replace(world.decision, id=new_id(), time=format_time(NOW - age))
    world.evidence.recorder.record(answer, {"answer": b"the text"})
    return answer.id


def keep(world: World, **rules: timedelta) -> World:
    return replace(world, charter=replace(world.charter, retention=rules))


def test_texts_go_when_their_time_is_over_and_records_stay(world: World) -> None:
    old, young = record_answer(world, timedelta(days=40)), record_answer(world, timedelta(days=20))
    sweep(keep(world, payloads=timedelta(days=30)).charter, world.evidence, NOW)
    assert world.evidence.reader.attachment(old, "answer") is None
    assert world.evidence.reader.attachment(young, "answer") == b"the text"
    assert world.evidence.reader.get(old).id == old


def test_records_about_people_go_when_receipts_are_over(world: World) -> None:
    old = record_answer(world, timedelta(days=400))
    sweep(keep(world, receipts=timedelta(days=365)).charter, world.evidence, NOW)
    with pytest.raises(ErasedRecordError):
        world.evidence.reader.get(old)


def test_measurements_are_no_receipts_and_stay(world: World) -> None:
    sweep(keep(world, receipts=timedelta(days=1)).charter, world.evidence, NOW)
    assert world.evidence.reader.find("measurement")


def test_each_sweep_that_destroys_is_on_record(world: World) -> None:
    record_answer(world, timedelta(days=40))
    (erasure,) = sweep(keep(world, payloads=timedelta(days=30)).charter, world.evidence, NOW)
    assert erasure.stage == "outcome"
    assert erasure.erased == 1


def test_nothing_to_destroy_leaves_no_record(world: World) -> None:
    assert sweep(keep(world, payloads=timedelta(days=30)).charter, world.evidence, NOW) == []


def test_without_a_rule_nothing_is_swept(world: World) -> None:
    assert expiries(keep(world).charter, NOW) == []


def record_incident(world: World, category: str, age: timedelta) -> str:
    incident = Incident(
        subject="x", actor="gateway", time=format_time(NOW - age), category=category, case="c", due="d"
    )
    world.evidence.recorder.record(incident)
    return incident.id


def record_consent(world: World, stage: Literal["given", "withdrawn"], purpose: str, age: timedelta) -> str:
    event = Consent(
        subject=f"purpose:{purpose}",
        actor="role:dpo",
        data_subject="person:ann",
        stage=stage,
        purpose=purpose,
        effective=format_time(NOW - age),
    )
    world.evidence.recorder.record(event, {"notice": b"as shown"})
    return event.id


DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def test_a_category_has_a_time_of_its_own(world: World) -> None:
    crisis, other = (record_incident(world, name, 40 * DAY) for name in ("crisis", "other"))
    young = record_incident(world, "crisis", 20 * DAY)
    sweep(keep(world, **{"incident/crisis": 30 * DAY}).charter, world.evidence, NOW)
    assert [world.evidence.reader.is_erased(each) for each in (crisis, other, young)] == [True, False, False]


def test_a_consent_goes_when_it_was_withdrawn_long_ago_and_one_in_force_stays(world: World) -> None:
    ended = [
        record_consent(world, "given", "letter", 900 * DAY),
        record_consent(world, "withdrawn", "letter", 400 * DAY),
    ]
    lasting = record_consent(world, "given", "research", 900 * DAY)
    again = record_consent(world, "given", "letter", 100 * DAY)
    sweep(keep(world, consents=365 * DAY).charter, world.evidence, NOW)
    assert all(world.evidence.reader.is_erased(each) for each in ended)
    assert not any(world.evidence.reader.is_erased(each) for each in (lasting, again))


def test_a_purpose_has_a_time_of_its_own(world: World) -> None:
    events = {
        purpose: record_consent(world, "withdrawn", purpose, 40 * DAY) for purpose in ("letter", "research")
    }
    sweep(keep(world, **{"consents/letter": 30 * DAY}).charter, world.evidence, NOW)
    assert world.evidence.reader.is_erased(events["letter"])
    assert not world.evidence.reader.is_erased(events["research"])


def test_what_proves_a_consent_is_no_payload_to_be_swept(world: World) -> None:
    consent = record_consent(world, "given", "letter", 90 * DAY)
    sweep(keep(world, payloads=DAY).charter, world.evidence, NOW + 90 * DAY)
    assert world.evidence.reader.attachment(consent, "notice") == b"as shown"


def test_what_waits_for_a_reviewer_is_kept_until_a_day_after_its_deadline(world: World) -> None:
    waiting, other = record_answer(world, HOUR), record_answer(world, HOUR)
    settings = Settings(state=world.state, charter=world.state, data=None)
    with Cases.open(settings.cases, FixedClock(NOW)) as cases:
        case = cases.add(cases.draft_hold(waiting, "toxicity", rule=HoldRule(deadline=4 * HOUR)))
        cases.keep_decision(cases.draft_decision(case.id, "released", "Read.", "role:reviewer"))
        kept = waiting_answers(settings, NOW + 23 * HOUR)
        assert kept == [waiting, cases.get(case.id).review]
    sweep(keep(world, payloads=timedelta(0)).charter, world.evidence, NOW, kept)
    assert world.evidence.reader.attachment(waiting, "answer") == b"the text"
    assert world.evidence.reader.attachment(other, "answer") is None
    assert waiting_answers(settings, NOW + 29 * HOUR) == []


def test_what_would_go_is_what_goes(world: World) -> None:
    for age in (40, 50, 10):
        record_answer(world, age * DAY)
    record_incident(world, "crisis", 40 * DAY)
    charter = keep(world, **{"payloads": 30 * DAY, "incident/crisis": 30 * DAY}).charter
    before = foreseen(charter, world.evidence, NOW)
    assert before == {"payloads": 2, "incident/crisis": 1}
    assert [each.erased for each in sweep(charter, world.evidence, NOW)] == [2, 1]
    assert set(foreseen(charter, world.evidence, NOW).values()) == {0}


def test_reports_drawn_for_people_go_after_a_month_where_the_charter_does_not_say(world: World) -> None:
    for name, age in (("old", 31), ("young", 29)):
        folder = world.state / "subjects" / name
        folder.mkdir(parents=True)
        moment = (NOW - age * DAY).timestamp()
        os.utime(folder, (moment, moment))
    assert [each.name for each in expired_folders(keep(world).charter, world.state, NOW)] == ["old"]
    longer = keep(world, **{"handed-out": 90 * DAY}).charter
    assert expired_folders(longer, world.state, NOW) == []


def held(world: World, name: str) -> str:
    """Puts a person on hold; their pseudonym."""
    person = world.evidence.pseudonym(name)
    hold = LegalHold(
        subject="hold",
        actor="role:dpo",
        data_subject=person,
        stage="placed",
        reason="court",
        until=format_time(datetime.now(UTC) + DAY),
    )
    world.evidence.recorder.record(hold)
    return person


def test_what_was_drawn_for_a_person_on_hold_stays(world: World) -> None:
    person = held(world, "ann")
    with Cases.open(world.state / "cases.db") as cases:
        case, request = cases.draft_request("access", person)
        other, _ = cases.draft_request("access", "person:bob")
        cases.add(case)
        cases.add(other)
    world.evidence.recorder.record(request)
    for each in (case, other):
        folder = world.state / "subjects" / f"{each.id}-report"
        folder.mkdir(parents=True)
        os.utime(folder, (0, 0))
    on_hold = world.evidence.subjects_on_hold()
    assert f"case:{case.id}" in on_hold
    assert f"case:{other.id}" not in on_hold
    assert [each.name for each in expired_folders(keep(world).charter, world.state, NOW, on_hold)] == [
        f"{other.id}-report"
    ]


def test_the_log_of_a_run_that_asked_what_somebody_on_hold_had_said_stays(world: World) -> None:
    person = held(world, "ann")
    for name, source in (("hers", person), ("his", "person:bob")):
        write_run(world.state / "runs" / name, replace(RUN, id=name))
        case = world.evidence.lineage.made_from(f"suite/{name}", [source], kind="eval-case")
        world.evidence.lineage.made_from(name, [case.name], kind="run", purger="runs")
    charter, on_hold = keep(world, runs=DAY).charter, world.evidence.subjects_on_hold()
    assert [each.name for each in expired_folders(charter, world.state, NOW, on_hold)] == ["his"]


def test_no_withdrawal_goes_before_a_consent_that_it_ended(world: World) -> None:
    """A consent whose clock ran ahead would hold again."""
    said = [
        Consent(
            subject=purpose_subject("letter"),
            actor="role:dpo",
            data_subject="person:ann",
            time=format_time(NOW - age),
            purpose="letter",
            effective=format_time(NOW - age),
            stage="given" if age < 30 * DAY else "withdrawn",
        )
        for age in (29 * DAY, 31 * DAY)
    ]
    for each in said:
        world.evidence.recorder.record(each)
    sweep(keep(world, consents=30 * DAY).charter, world.evidence, NOW)
    assert not has_consent(world.evidence.reader, "person:ann", "letter", NOW)
    sweep(keep(world, consents=28 * DAY).charter, world.evidence, NOW)
    assert all(world.evidence.reader.is_erased(each.id) for each in said)


@pytest.fixture
def sweep_once(monkeypatch: pytest.MonkeyPatch) -> Callable[[World], None]:
    """What a server does as it starts, until it would wait for an hour."""

    async def stop(_: float) -> None:
        raise asyncio.CancelledError

    def swept(world: World) -> None:
        settings = Settings(world.state, world.state / "charter.yaml", None)
        monkeypatch.setattr(asyncio, "sleep", stop)
        with suppress(asyncio.CancelledError):
            asyncio.run(sweep_hourly(lambda: world.charter, world.evidence, settings, FixedClock(NOW)))

    return swept


def test_a_server_sweeps_and_tries_again_what_had_to_wait(
    world: World, sweep_once: Callable[[World], None]
) -> None:
    old, busy = record_answer(world, 40 * DAY), ["in use"]
    world.evidence.lineage.register("runs", lambda _: busy[0] if busy else "")
    world.evidence.lineage.made_from("1", ["person:ann"], kind="run", purger="runs")
    world.evidence.erase("person:ann", "asked", "role:dpo")
    assert [each.name for each in world.evidence.lineage.waiting()] == ["run:1"]
    busy.clear()
    sweep_once(keep(world, payloads=30 * DAY))
    assert world.evidence.reader.attachment(old, "answer") is None
    assert world.evidence.lineage.waiting() == []


def test_a_sweep_that_fails_does_not_end_the_server(
    world: World,
    sweep_once: Callable[[World], None],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(*_: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(world.evidence, "sweep", fail)
    record_answer(world, 40 * DAY)
    sweep_once(keep(world, payloads=30 * DAY))
    assert "tried again in an hour: the disk is full" in caplog.text
