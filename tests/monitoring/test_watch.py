"""One watch: what counts for it, when it rings, what it says then, and what has it begin anew."""

import json
from dataclasses import replace

import pytest

from aboveboard.evidence.records import Coverage, Decision, Footprint, Measurement, Record, Slice
from aboveboard.monitoring import Watch, watches_of
from aboveboard.monitoring._seen import seen
from aboveboard.values import Basis, new_id
from samples.live import MODEL, SAME_HELP, answered, charter, decision, probe

LIVE = '  - {{id: p, measure: {measure}, must: "{must}", when: [live], owner: accountable{more}}}\n'


def watch(text: str = SAME_HELP, monitoring: str = "{}") -> Watch:
    return watches_of(charter(text, monitoring), MODEL).watches[0]


def live(measure: str, must: str, more: str = "") -> Watch:
    return watch("\n" + LIVE.format(measure=measure, must=must, more=more))


def feed(taking: Watch, record: Record, times: int = 60) -> list[Record]:
    """What follows from the same once more and once more."""
    found: list[Record] = []
    for _ in range(times):
        again = replace(record, id=new_id())
        told = seen(again, ANSWERS.get(record.subject)) if isinstance(again, Decision) else None
        found += taking.take(again, told)
    return found


REFUSAL = json.dumps([{"index": 0, "text": "I am sorry, but I cannot help with that."}]).encode()
HELP = json.dumps([{"index": 0, "text": "Here is how."}]).encode()
ANSWERS = {"answer:refused": REFUSAL, "answer:helped": HELP}


def measurement(high: float, run: str, **fields: object) -> Measurement:
    given = {
        "subject": "model:m",
        "actor": "role:assessor",
        "measure": "bias.counterfactual.refusal_gap",
        "unit": "difference of shares",
        "value": 0.0,
        "low": 0.0,
        "high": high,
        "confidence": 0.95,
        "method": "t",
        "n": 100,
        "clusters": 100,
        "mde": 0.01,
        "coverage": Coverage(planned=100, scored=100),
        "slices": (Slice(by="gender", group="", value=0.0, low=0.0, high=high, n=100),),
        "suite": "bias.counterfactual",
        "suite_version": "1",
        "run": run,
        "model": "m",
        "model_digest": MODEL,
        "backend": "fake",
        "data_digest": "",
    }
    return Measurement(**{**given, **fields})  # type: ignore[arg-type]  # the fields are those of the class


def test_an_alarm_says_all_that_it_rests_on() -> None:
    found = watch()
    (alarm,) = feed(found, probe(female=1.0))
    assert found.alarm is alarm
    assert alarm.kind == "alarm"
    assert found.alarm is not None
    assert (found.alarm.by, found.alarm.groups, found.alarm.must) == ("gender", "female and male", "<= 0.05")
    assert found.alarm.value == pytest.approx(1.0)
    assert 0.05 <= found.alarm.low <= found.alarm.value <= found.alarm.high
    assert found.alarm.evidence >= found.alarm.at == pytest.approx(20.0)
    assert found.alarm.id[:10] == found.alarm.links[0][:10], "it is of the time of the record that tipped it"


def test_who_takes_the_same_records_raises_the_same_alarm() -> None:
    records = [probe(female=1.0) for _ in range(40)]
    alarms = []
    for each in (watch(), watch()):
        alarms.append([found for record in records for found in each.take(record, None)])
    assert alarms[0] == alarms[1]
    assert len(alarms[0]) == 1


def test_other_models_other_attributes_and_failed_probes_do_not_count() -> None:
    found = watch()
    feed(found, probe(female=1.0, model_digest="sha256:" + "2" * 64))
    feed(found, probe(female=1.0, by="ethnicity"))
    feed(found, probe(answers=(), error="ModelTimeoutError"))
    assert found.stream.figure().n == 0


def test_the_order_in_which_variants_were_asked_does_not_matter() -> None:
    found, turned = watch(), watch()
    feed(found, probe(female=1.0), 10)
    feed(turned, probe(answers=(answered("female", 1.0), answered("male", 0.0))), 10)
    assert found.stream.state() == turned.stream.state()


def test_a_standing_alarm_takes_nothing_in_until_it_is_lifted() -> None:
    found = watch()
    feed(found, probe(female=1.0))
    before = found.state()
    feed(found, probe())
    assert found.state() == before
    assert found.alarm is not None
    found.take(replace(found.alarm, id=new_id(), stage="lifted", links=(new_id(),)), None)
    assert found.alarm is not None, "another alarm was lifted"
    found.take(replace(found.alarm, id=new_id(), stage="lifted", links=(found.alarm.id,)), None)
    assert (found.round, found.stream.figure().n) == (2, 0)


@pytest.mark.parametrize(
    ("high", "is_later", "fields", "is_lifted"),
    [
        (0.04, True, {}, True),
        (0.04, False, {}, False),
        (0.06, True, {}, False),
        (0.04, True, {"model_digest": "sha256:" + "2" * 64}, False),
        (0.04, True, {"confidence": 0.9}, False),
        (0.04, True, {"slices": ()}, False),
        (0.04, True, {"measure": "bias.counterfactual.length_gap"}, False),
        (0.04, True, {"run": "live:0123456789abcdef"}, False),
    ],
)
def test_only_an_assessment_begun_later_that_keeps_the_promise_lifts_it(
    high: float, is_later: bool, fields: dict[str, object], is_lifted: bool
) -> None:
    run_before = new_id()
    found = watch()
    feed(found, probe(female=1.0))
    assert found.alarm
    run = found.alarm.id[:10] + "Z" * 16 if is_later else run_before
    found.take(measurement(high, **{"run": run, **fields}), None)  # type: ignore[arg-type]
    assert (found.alarm is None) is is_lifted


@pytest.mark.parametrize(
    ("measure", "must", "record", "rings"),
    [
        ("live.refusal_rate", "<= 0.2", decision(subject="answer:refused"), True),
        ("live.refusal_rate", "<= 0.2", decision(subject="answer:helped"), False),
        ("live.refusal_rate", "<= 0.2", decision(finish_reason="content_filter"), True),
        ("live.blocked_rate", "<= 0.2", decision(outcome="block", model_digest=""), True),
        ("live.blocked_rate", "<= 0.2", decision(outcome="mask"), False),
        ("live.blocked_rate", "<= 0.2", decision(outcome="block", reuses="x"), False),
    ],
)
def test_a_rate_is_read_from_the_record(measure: str, must: str, record: Record, rings: bool) -> None:
    found = live(measure, must)
    feed(found, record)
    assert (found.alarm is not None) is rings


def test_energy_is_held_to_its_bound() -> None:
    for energy, rings in [(0.06, True), (0.005, False)]:
        found = live("footprint.energy.wh_per_1k_tokens", "<= 1.0")
        spent = Footprint(
            energy_wh=energy, basis=Basis.ESTIMATED, carbon_g=0, grid="X", grid_g_per_kwh=0, method=""
        )
        feed(found, decision(footprint=spent), 120)
        assert (found.alarm is not None) is rings


def test_a_group_of_traffic_that_is_refused_more_is_named() -> None:
    found = live("live.refusal_gap", "<= 0.1", ", over: [tenant]")
    for number in range(400):
        tenant = ("north", "south", "west")[number % 3]
        record = decision(tenant=tenant)
        found.take(record, seen(record, REFUSAL if tenant == "south" else HELP))
    assert found.alarm is not None
    assert (found.alarm.by, found.alarm.groups) == ("tenant", "south")


def test_pairs_that_were_not_seen_may_have_any_gap() -> None:
    found = watch(SAME_HELP.replace("gender", "gender, ethnicity"))
    feed(found, probe(), 200)
    assert found.stream.figure().high == 1.0
    assert found.stream.groups()[0].high < 0.5


def test_many_groups_share_one_chance_of_a_false_alarm() -> None:
    found = live("live.blocked_gap", "<= 0.1", ", over: [key]")
    for number in range(40):
        record = decision(key=f"key-{number}")
        found.take(record, seen(record, None))
    weights = [part.weight for part in found.stream.parts.values()]  # type: ignore[attr-defined]
    assert len(weights) == 16
    assert sum(weights) <= 1.0


def test_a_measure_of_live_answers_alone_is_measured_as_it_grows() -> None:
    found = live("live.blocked_rate", "<= 0.2")
    measured = [each for each in feed(found, decision(), 500) if isinstance(each, Measurement)]
    assert [each.n for each in measured] == [100, 200, 400]
    assert all(each.high < 0.2 and each.suite == "live" for each in measured[1:])


def test_what_an_assessment_measures_too_is_not_measured_live() -> None:
    assert feed(watch(SAME_HELP.replace("[live]", "[release, live]")), probe(), 150) == []


def test_a_promise_that_no_assessment_is_asked_about_is_kept_by_what_is_seen_live() -> None:
    measured = [each for each in feed(watch(), probe(), 1700) if isinstance(each, Measurement)]
    assert [each.n for each in measured] == [100, 200, 400, 800, 1600]
    assert measured[-1].slices[0].high == measured[-1].high < 0.05


@pytest.mark.parametrize(
    ("text", "monitoring", "reason"),
    [
        (LIVE.format(measure="privacy.leak.rate", must="<= 0.05", more=""), "{}", "assess"),
        (SAME_HELP, "{probes: {share: 0}}", "probes"),
        (SAME_HELP, "{probes: {most_per_day: 0}}", "probes"),
    ],
)
def test_a_promise_that_cannot_be_watched_says_why(text: str, monitoring: str, reason: str) -> None:
    found = watches_of(charter("\n" + text, monitoring), MODEL)
    assert not found.watches
    assert reason in found.unwatched[0].reason


def test_it_goes_on_from_its_state_to_the_last_bit() -> None:
    for text in (SAME_HELP, "\n" + LIVE.format(measure="live.blocked_gap", must="<= 0.1", more="")):
        straight, begun, resumed = watch(text), watch(text), watch(text)
        for each in (straight, begun):
            feed_mixed(each, 1)
        resumed.resume(json.loads(json.dumps(begun.state())))
        for each in (straight, resumed):
            feed_mixed(each, 2)
        assert resumed.state() == straight.state()


def feed_mixed(taking: Watch, seed: int) -> None:
    for number in range(seed, seed + 30):
        record = decision(id=f"01ARZ3NDEKTSV4RRFFQ69G{number:04d}", tenant=f"t{number % 3}", key="k")
        taking.take(record, seen(record, None))
        asked = probe(float(number % 4 == 0), id=f"01ARZ3NDEKTSV4RRFFQ69H{number:04d}")
        taking.take(replace(asked, time="2026-11-22T10:00:00.000Z"), None)
