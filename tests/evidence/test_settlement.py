"""A promise is kept, broken or undecided; and undecided always says what is missing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from aboveboard.charter import Charter, ModelEntry, Promise, Role, System
from aboveboard.evidence import Evidence, PromiseStatus, settle
from aboveboard.evidence.records import (
    Coverage,
    Gap,
    Measurement,
    PreRegisteredPromise,
    PreRegistration,
    Record,
    Slice,
)
from aboveboard.stats import Verdict
from aboveboard.values import format_time, parse_bound

NOW = datetime(2026, 6, 1, tzinfo=UTC)
MODEL = "sha256:" + "a" * 64
CHARTER = "sha256:" + "c" * 64
MakeMeasurement = Callable[..., Measurement]
MakeGap = Callable[..., Gap]
KEPT, DOUBT, BROKEN = (0.95, 0.9, 1.0), (0.85, 0.75, 0.95), (0.5, 0.4, 0.6)


class Shelf:
    """Measurements, newest first, as a reader gives them, a page at a time."""

    def __init__(self, *records: Record) -> None:
        self.records = sorted(records, key=lambda record: record.time, reverse=True)

    def find(
        self,
        kind: str | None = None,
        *,
        limit: int = 1000,
        newest_first: bool = True,
        after: str | None = None,
    ) -> list[Record]:
        ids = [each.id for each in self.records]
        start = ids.index(after) + 1 if after else 0
        return self.records[start : start + limit]


def _charter(**fields: Any) -> Charter:
    promise: dict[str, Any] = {
        "id": "fair-hiring",
        "measure": "bias.hiring.impact_ratio",
        "must": parse_bound(">= 0.8"),
        "owner": "fairness-lead",
        "if_broken": "hold",
    }
    return Charter(
        version=1,
        system=System(name="n", purpose="p", context="hiring"),
        roles={"accountable": Role(title="t", contact="c")},
        models=(ModelEntry(id="smollm2-135m", provider="local"),),
        promises=(Promise(**(promise | fields)),),
        digest=CHARTER,
    )


def _settled(charter: Charter, *measurements: Record, model: str | None = MODEL) -> PromiseStatus:
    (status,) = settle(charter, Shelf(*measurements), NOW, model)
    return status


@pytest.fixture
def measured(measurement: MakeMeasurement) -> MakeMeasurement:
    """A measurement that fits, but for the fields given."""
    fitting = {"charter_digest": CHARTER, "model_digest": MODEL, "time": format_time(NOW - timedelta(days=1))}
    return lambda **fields: measurement(**(fitting | fields))


@pytest.fixture
def missed(gap: MakeGap) -> MakeGap:
    """A gap of the charter and model in force, but for the fields given."""
    fitting = {"charter_digest": CHARTER, "model_digest": MODEL, "time": format_time(NOW - timedelta(days=1))}
    return lambda **fields: gap(**(fitting | fields))


def _slice(by: str, value: float, low: float, high: float, **fields: Any) -> Slice:
    given: dict[str, Any] = {"group": "", "n": 100} | fields
    return Slice(by=by, value=value, low=low, high=high, **given)


@pytest.mark.parametrize(
    ("must", "verdict"),
    [
        (">= 0.8", "kept"),
        (">= 0.9", "kept"),
        ("> 0.9", "undecided"),
        (">= 0.95", "undecided"),
        ("<= 0.8", "broken"),
    ],
)
def test_the_interval_decides(measured: MakeMeasurement, must: str, verdict: str) -> None:
    record = measured(value=0.95, low=0.9, high=1.0)
    status = _settled(_charter(must=parse_bound(must)), record)
    assert status.verdict == verdict
    assert (status.value, status.low, status.high, status.n) == (0.95, 0.9, 1.0, 400)
    assert (status.record_id, status.run) == (record.id, "run-1")
    assert bool(status.missing) == (verdict == "undecided")


def test_an_undecided_interval_says_how_many_items_would_decide(measured: MakeMeasurement) -> None:
    status = _settled(_charter(), measured(value=0.85, low=0.75, high=0.95, n=100))
    assert status.verdict is Verdict.UNDECIDED
    assert "both sides of >= 0.8" in status.missing
    assert status.samples_needed == 400  # the side is 0.1, the distance 0.05: four times the items


def test_numbers_in_the_reason_are_written_out(measured: MakeMeasurement) -> None:
    record = measured(measure="footprint.quality.right_per_kilojoule", value=402.3, low=-0.0, high=1618.9)
    status = _settled(_charter(measure=record.measure, must=parse_bound(">= 100")), record)
    assert status.missing == "the interval, 0 to 1,619, lies on both sides of >= 100: more items would decide"


def test_a_value_on_the_bound_has_no_number_that_would_decide(measured: MakeMeasurement) -> None:
    assert _settled(_charter(), measured(value=0.8, low=0.7, high=0.9)).samples_needed is None


def test_nothing_measured_is_undecided_and_says_what_to_run() -> None:
    status = _settled(_charter())
    assert status.verdict is Verdict.UNDECIDED
    assert status.record_id is None
    assert "has not been measured" in status.missing
    assert "aboveboard assess" in status.missing


def test_a_measure_that_yielded_no_value_is_not_said_to_be_unmeasured(missed: MakeGap) -> None:
    record = missed(reason="nobody was selected in any group")
    status = _settled(_charter(), record)
    assert status.verdict is Verdict.UNDECIDED
    assert status.missing.endswith("has no value: nobody was selected in any group")
    assert "has not been measured" not in status.missing
    assert (status.run, status.record_id) == (record.run, record.id)


@pytest.mark.parametrize(
    "fields",
    [
        {"measure": "truth.false_premise"},
        {"charter_digest": "sha256:" + "d" * 64},
        {"model_digest": "sha256:" + "b" * 64},
    ],
)
def test_a_gap_of_something_else_says_nothing(missed: MakeGap, fields: dict[str, Any]) -> None:
    assert "has not been measured" in _settled(_charter(), missed(**fields)).missing


def test_without_a_digest_a_gap_of_the_primary_model_is_told(missed: MakeGap) -> None:
    gap = missed(model_digest="sha256:any")
    assert "has no value: " in _settled(_charter(), gap, model=None).missing
    assert "has not been measured" in _settled(_charter(), missed(model="big"), model=None).missing


def test_the_newest_gap_is_told(missed: MakeGap) -> None:
    old = missed(time=format_time(NOW - timedelta(days=9)), reason="then", run="run-1")
    status = _settled(_charter(), old, missed(reason="now", run="run-2"))
    assert (status.missing.endswith(": now"), status.run) == (True, "run-2")


def test_a_measurement_that_fits_outweighs_a_later_gap(measured: MakeMeasurement, missed: MakeGap) -> None:
    record = measured(time=format_time(NOW - timedelta(days=2)))
    assert _settled(_charter(), record, missed()).record_id == record.id


def test_what_is_kept_by_an_earlier_measurement_says_that_later_runs_had_no_value(
    measured: MakeMeasurement, missed: MakeGap
) -> None:
    record = measured(time=format_time(NOW - timedelta(days=2)))
    status = _settled(_charter(), record, missed(), missed(run="run-3", reason="nobody answered"))
    assert status.verdict is Verdict.KEPT
    assert status.caution.startswith("2 later runs had no value, the newest: ")
    older = missed(time=format_time(NOW - timedelta(days=3)))
    assert _settled(_charter(), record, older, missed(run=record.run)).caution == ""


def test_a_gap_outweighs_a_measurement_of_other_weights(measured: MakeMeasurement, missed: MakeGap) -> None:
    status = _settled(_charter(), measured(model_digest="sha256:other", time=format_time(NOW)), missed())
    assert "has no value: " in status.missing


def test_what_a_later_run_fell_short_of_is_told_rather_than_an_older_gap(
    measured: MakeMeasurement, missed: MakeGap
) -> None:
    short = measured(coverage=Coverage(planned=400, scored=10), time=format_time(NOW))
    assert "only 10 of 400" in _settled(_charter(), short, missed()).missing


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"model_digest": "sha256:" + "b" * 64}, "other weights"),
        ({"charter_digest": "sha256:" + "d" * 64}, "has changed since it was measured"),
        ({"charter_digest": ""}, "has changed since it was measured"),
        ({"time": format_time(NOW - timedelta(days=32))}, "measured 32 days ago"),
        ({"confidence": 0.9}, "confidence 0.9"),
        ({"n": 0}, "could be scored"),
        ({"coverage": Coverage(planned=400, scored=199)}, "only 199 of 400"),
        ({"slices": ()}, "not measured over gender"),
        ({"slices": (_slice("gender", 1.0, 1.0, 1.0, group="female"),)}, "not measured over gender"),
        ({"measure": "truth.false_premise"}, "has not been measured"),
    ],
)
def test_evidence_that_does_not_fit_leaves_it_undecided_and_says_why(
    measured: MakeMeasurement, fields: dict[str, Any], missing: str
) -> None:
    charter = _charter(over=("gender",), when=("release", "monthly"))
    assert _settled(charter, measured()).verdict is Verdict.KEPT
    status = _settled(charter, measured(**fields))
    assert status.verdict is Verdict.UNDECIDED
    assert missing in status.missing


@pytest.mark.parametrize(
    ("when", "days", "fits"),
    [
        (("release",), 5000, True),
        (("live",), 5000, True),
        (("monthly",), 31, True),
        (("monthly",), 32, False),
        (("yearly", "weekly"), 8, False),
        (("daily",), 1, True),
    ],
)
def test_how_old_evidence_may_be_follows_from_when(
    measured: MakeMeasurement, when: tuple[str, ...], days: int, fits: bool
) -> None:
    record = measured(time=format_time(NOW - timedelta(days=days)))
    assert (_settled(_charter(when=when), record).verdict is Verdict.KEPT) == fits


def test_the_newest_that_fits_decides(measured: MakeMeasurement) -> None:
    old = measured(time=format_time(NOW - timedelta(days=9)), value=0.5, low=0.4, high=0.6)
    new = measured(time=format_time(NOW - timedelta(days=2)))
    other = measured(time=format_time(NOW - timedelta(days=1)), model_digest="sha256:other")
    assert _settled(_charter(), old, new, other).record_id == new.id
    assert _settled(_charter(), old).verdict is Verdict.BROKEN


def test_earlier_measurements_that_said_otherwise_are_told(measured: MakeMeasurement) -> None:
    def days_ago(days: int, value: float, run: str) -> Measurement:
        spread = {"low": value - 0.01, "high": value + 0.01}
        return measured(value=value, run=run, time=format_time(NOW - timedelta(days=days)), **spread)

    newest, same = days_ago(1, 0.9, "3"), days_ago(2, 0.95, "2")
    assert _settled(_charter(), newest, same).caution == ""
    status = _settled(_charter(), newest, same, days_ago(3, 0.6, "1"), days_ago(4, 0.5, "3"))
    assert status.verdict is Verdict.KEPT
    assert status.caution == "the newest of 3 measurements that fit; those before it said: 1 broken, 1 kept"


def test_a_measurement_too_small_to_tell_does_not_unbreak_a_promise(measured: MakeMeasurement) -> None:
    def days_ago(days: int, low: float, high: float, run: str) -> Measurement:
        time = format_time(NOW - timedelta(days=days))
        return measured(value=(low + high) / 2, low=low, high=high, run=run, time=time)

    broken, tiny, kept = days_ago(3, 0.4, 0.6, "1"), days_ago(2, 0.0, 1.0, "2"), days_ago(1, 0.85, 0.95, "3")
    status = _settled(_charter(), tiny, broken)
    assert (status.verdict, status.run) == (Verdict.BROKEN, "1")
    assert "not sure enough to tell" in status.caution
    assert _settled(_charter(), kept, tiny, broken).verdict is Verdict.KEPT
    assert _settled(_charter(), tiny, days_ago(3, 0.85, 0.95, "1")).verdict is Verdict.UNDECIDED
    people_read_it_again = days_ago(2, 0.0, 1.0, "1")
    assert _settled(_charter(), people_read_it_again, broken).verdict is Verdict.UNDECIDED


def test_items_that_were_lost_or_not_reached_are_told(measured: MakeMeasurement) -> None:
    half = measured(coverage=Coverage(planned=30, scored=15, unparsed=9))
    nearly_all = measured(coverage=Coverage(planned=30, scored=29, failed=1))
    assert _settled(_charter(), half).caution == (
        "9 of 30 items failed or could not be read, and count nowhere; "
        "6 of 30 items were not reached before the run stopped"
    )
    assert _settled(_charter(), nearly_all).caution == ""


LOST = Coverage(planned=24, scored=20, unparsed=3, failed=1)


def test_what_is_kept_only_if_the_lost_answers_were_good_is_undecided(measured: MakeMeasurement) -> None:
    status = _settled(_charter(), measured(coverage=LOST, least=0.71, most=1.0))
    assert (status.verdict, status.value, status.low) == (Verdict.UNDECIDED, 0.95, 0.9)
    assert status.missing == (
        "4 of 24 answers could not be scored; were they all at their worst, the value could be 0.71 and the "
        "promise broken: see why they failed or could not be read, and assess again"
    )
    assert status.samples_needed is None, "more answers of which as many are lost do not help"
    assert _settled(_charter(), measured(coverage=LOST, least=0.82, most=1.0)).verdict is Verdict.KEPT


def test_what_is_broken_only_if_the_lost_answers_were_bad_is_undecided(measured: MakeMeasurement) -> None:
    seen = {"value": 0.6, "low": 0.5, "high": 0.7, "coverage": LOST, "least": 0.45}
    status = _settled(_charter(), measured(**seen, most=0.84))
    assert status.verdict is Verdict.UNDECIDED
    assert "were they all at their best, the value could be 0.84 and the promise kept" in status.missing
    assert _settled(_charter(), measured(**seen, most=0.79)).verdict is Verdict.BROKEN


def test_over_an_attribute_the_lost_answers_of_its_groups_count(measured: MakeMeasurement) -> None:
    slices = (_slice("gender", *KEPT, least=0.85, most=1.0), _slice("ethnicity", *KEPT, least=0.75, most=1.0))
    status = _settled(_charter(over=("gender", "ethnicity")), measured(coverage=LOST, slices=slices))
    assert status.verdict is Verdict.UNDECIDED
    assert "the value over ethnicity could be 0.75" in status.missing


@pytest.mark.parametrize(("scored", "verdict"), [(18, "kept"), (17, "undecided")])
def test_where_nobody_knows_how_bad_the_lost_answers_could_be_nine_in_ten_must_be_scored(
    measured: MakeMeasurement, scored: int, verdict: str
) -> None:
    coverage = Coverage(planned=20, scored=scored, failed=20 - scored)
    status = _settled(_charter(), measured(coverage=coverage))
    assert status.verdict == verdict
    assert ("nine in ten must be scored" in status.missing) == (verdict == "undecided")
    broken = measured(coverage=coverage, value=0.5, low=0.4, high=0.6)
    assert _settled(_charter(), broken).verdict is Verdict.BROKEN, "losing answers is no way out"


def test_items_that_were_never_asked_are_not_lost_answers(measured: MakeMeasurement) -> None:
    assert _settled(_charter(), measured(coverage=Coverage(planned=30, scored=16))).verdict is Verdict.KEPT


def test_without_a_digest_the_primary_model_is_meant(measured: MakeMeasurement) -> None:
    assert _settled(_charter(), measured(model_digest="sha256:any"), model=None).verdict is Verdict.KEPT
    status = _settled(_charter(), measured(model="big"), model=None)
    assert "measured on big, not on smollm2-135m" in status.missing


def test_every_page_is_looked_through(measured: MakeMeasurement, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aboveboard.evidence._settlement._PAGE", 3)
    right = measured(time=format_time(NOW - timedelta(days=30)))
    others = [measured(measure="truth.false_premise") for _ in range(8)]
    assert _settled(_charter(), right, *others).record_id == right.id


@pytest.mark.parametrize(
    ("gender", "ethnicity", "verdict", "worst"),
    [
        (KEPT, KEPT, "kept", KEPT),
        (KEPT, DOUBT, "undecided", DOUBT),
        (DOUBT, KEPT, "undecided", DOUBT),
        (DOUBT, BROKEN, "broken", BROKEN),
        (KEPT, BROKEN, "broken", BROKEN),
        ((0.9, 0.85, 0.95), KEPT, "kept", (0.9, 0.85, 0.95)),
    ],
)
def test_over_several_attributes_each_has_to_keep_it(
    measured: MakeMeasurement,
    gender: tuple[float, float, float],
    ethnicity: tuple[float, float, float],
    verdict: str,
    worst: tuple[float, float, float],
) -> None:
    # The whole is far below the bound: it is not what was promised.
    slices = (_slice("gender", *gender), _slice("ethnicity", *ethnicity), _slice("age", 0.1, 0.0, 0.2))
    record = measured(value=0.1, low=0.0, high=0.2, slices=slices)
    status = _settled(_charter(over=("gender", "ethnicity")), record)
    assert status.verdict == verdict
    assert (status.value, status.low, status.high) == worst
    assert "2 figures judged together" in status.note
    assert [each.by for each in status.slices] == ["gender", "ethnicity"]


def test_groups_are_shown_and_do_not_decide(measured: MakeMeasurement) -> None:
    slices = (_slice("gender", *KEPT), _slice("gender", *BROKEN, group="female"))
    status = _settled(_charter(over=("gender",)), measured(slices=slices))
    assert status.verdict is Verdict.KEPT
    assert status.slices == slices


def test_the_intervals_of_slices_are_taken_as_they_are_recorded(measured: MakeMeasurement) -> None:
    """They hold jointly already: correcting again for their number would leave broken promises undecided."""
    just_broken = (0.70, 0.61, 0.79)
    slices = (_slice("a", *just_broken), *(_slice(by, *KEPT) for by in "bcd"))
    four = _settled(_charter(over=("a", "b", "c", "d")), measured(slices=slices))
    assert (four.verdict, four.value, four.low, four.high) == (Verdict.BROKEN, *just_broken)


def test_it_settles_from_the_real_vault(evidence: Evidence, measured: MakeMeasurement) -> None:
    record = measured()
    evidence.recorder.record(record)
    (status,) = settle(_charter(), evidence.reader, NOW, MODEL)
    assert (status.verdict, status.record_id) == (Verdict.KEPT, record.id)


def test_a_gap_is_settled_from_the_real_vault_too(evidence: Evidence, missed: MakeGap) -> None:
    record = missed(reason="every answer was unparsed")
    evidence.recorder.record(record)
    assert evidence.reader.get(record.id) == record
    (status,) = settle(_charter(), evidence.reader, NOW, MODEL)
    assert status.missing.endswith("has no value: every answer was unparsed")


def _registration(run: str, **fields: Any) -> PreRegistration:
    promise: dict[str, Any] = {
        "promise": "fair-hiring",
        "measure": "bias.hiring.impact_ratio",
        "over": (),
        "must": ">= 0.8",
        "confidence": 0.95,
    } | fields
    return PreRegistration(
        subject="model:smollm2-135m",
        actor="role:assessor",
        time=format_time(NOW - timedelta(days=2)),
        charter_digest="sha256:" + "d" * 64,
        model="smollm2-135m",
        model_digest=MODEL,
        run=run,
        suites=("bias.hiring",),
        seed=0,
        promises=(PreRegisteredPromise(**promise),),
    )


def test_an_edit_elsewhere_in_the_charter_leaves_a_promise_its_evidence(measured: MakeMeasurement) -> None:
    earlier = measured(charter_digest="sha256:" + "d" * 64, value=0.5, low=0.4, high=0.6)
    (status,) = settle(_charter(), Shelf(earlier, _registration(earlier.run)), NOW, MODEL)
    assert status.verdict is Verdict.BROKEN
    assert status.record_id == earlier.id


def test_a_registration_is_found_however_many_runs_came_after_it(
    measured: MakeMeasurement, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aboveboard.evidence._settlement._PAGE", 3)
    earlier = measured(charter_digest="sha256:" + "d" * 64)
    later = [replace(_registration(f"later-{day}"), time=format_time(NOW)) for day in range(8)]
    (status,) = settle(_charter(), Shelf(earlier, _registration(earlier.run), *later), NOW, MODEL)
    assert status.verdict is Verdict.KEPT


@pytest.mark.parametrize(
    "fields", [{"must": ">= 0.9"}, {"must": ">= 0.7"}, {"confidence": 0.9}, {"over": ("x",)}]
)
def test_a_promise_that_was_registered_otherwise_has_to_be_measured_again(
    measured: MakeMeasurement, fields: dict[str, Any]
) -> None:
    earlier = measured(charter_digest="sha256:" + "d" * 64)
    (status,) = settle(_charter(), Shelf(earlier, _registration(earlier.run, **fields)), NOW, MODEL)
    assert status.verdict is Verdict.UNDECIDED
    assert "has changed since it was measured" in status.missing


@pytest.mark.parametrize(
    ("runs", "words"),
    [
        (1, "a run was begun before it and has left no value: begun-0"),
        (3, "3 runs were begun before it and have left no value, the newest: begun-2"),
    ],
)
def test_runs_that_were_begun_and_left_nothing_are_told(
    measured: MakeMeasurement, runs: int, words: str
) -> None:
    """Whoever stops what looks bad has looked."""
    begun = [
        replace(_registration(f"begun-{number}"), time=format_time(NOW - timedelta(days=9 - number)))
        for number in range(runs)
    ]
    status = _settled(_charter(), measured(), *begun)
    assert (status.verdict, status.caution) == (Verdict.KEPT, words)


@pytest.mark.parametrize(
    "change",
    [
        {"links": ("an-intent",)},
        {"model_digest": "sha256:" + "9" * 64},
        {"time": format_time(NOW)},
        {"time": format_time(NOW - timedelta(days=100))},
        {"promises": ()},
        {"run": "run-0"},
    ],
    ids=["of a mitigation", "of another model", "later", "long ago", "of nothing promised", "with a gap"],
)
def test_no_other_registration_is_told(
    measured: MakeMeasurement, missed: MakeGap, change: dict[str, Any]
) -> None:
    registered = replace(_registration("begun"), **change)
    gap = missed(run="run-0", time=format_time(NOW - timedelta(days=2)))
    assert not _settled(_charter(when=("monthly",)), measured(), registered, gap).caution


def test_a_promise_reworded_before_each_measurement_is_tried_all_the_same(measured: MakeMeasurement) -> None:
    value, low, high = DOUBT
    earlier = measured(
        run="run-0",
        charter_digest="sha256:" + "d" * 64,
        time=format_time(NOW - timedelta(days=2)),
        value=value,
        low=low,
        high=high,
    )
    registered = _registration(earlier.run, must=">= 0.801")
    just_kept = measured(value=0.9, low=0.805, high=0.99)
    assert _settled(_charter(over=()), just_kept).verdict is Verdict.KEPT
    (status,) = settle(_charter(over=()), Shelf(just_kept, earlier, registered), NOW, MODEL)
    assert status.verdict is Verdict.UNDECIDED
    assert "an earlier measurement did not keep it" in status.missing


def test_doubt_that_the_scorers_own_error_makes_asks_for_labels_and_not_for_items(
    measured: MakeMeasurement,
) -> None:
    found = measured(value=0.85, low=0.7, high=0.95, fixed_below=0.1)
    status = _settled(_charter(over=()), found)
    assert status.verdict is Verdict.UNDECIDED
    assert status.samples_needed is None
    assert "more items would not decide; have people label answers" in status.missing
    fewer = measured(value=0.85, low=0.7, high=0.95, fixed_below=0.02)
    assert "more items would decide" in _settled(_charter(over=()), fewer).missing
