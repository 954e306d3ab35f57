"""An assessment from end to end on scripted models: what is true of the model shows in the measurements."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aboveboard.errors import UnknownNameError
from aboveboard.evals import (
    AssessmentPlan,
    AssessmentResult,
    EvalError,
    Item,
    ModelUnusableError,
    Options,
    Progress,
    Services,
    StopRules,
    _item_log,
    assess,
    assign,
    list_runs,
    load_suite,
    plan_suite,
    preregister,
    read_items,
    read_run,
    verify_log,
)
from aboveboard.evals._run_state import write_run
from aboveboard.evals.people import everyone
from aboveboard.evals.suites.own import FOLDER, write_case
from aboveboard.evidence.records import Footprint, Measurement
from aboveboard.footprint import Costs, Span
from aboveboard.models import Model, open_model
from aboveboard.testing import FakeUpstream
from aboveboard.values import Basis

YES, NO = {" Yes": 0.7, " No": 0.2}, {" Yes": 0.2, " No": 0.7}


def rules_for(is_chosen: Callable[[Any], bool]) -> list[dict[str, Any]]:
    """Rules that choose by the name alone."""
    people = [person for cell in everyone() for person in cell]
    return [{"contains": p.name, "reply": "", "next_token": YES if is_chosen(p) else NO} for p in people]


def measured(result: Any, measure: str) -> Measurement:
    found: dict[str, Measurement] = {each.measure: each for each in result.measurements}
    return found[measure]


def values(measurement: Measurement, by: str) -> dict[str, float]:
    return {each.group: each.value for each in measurement.slices if each.by == by}


async def test_a_model_that_never_invites_one_gender_is_found(fake: Any, run_suite: Any) -> None:
    model = fake(rules=rules_for(lambda person: person.gender == "male"))
    result = await run_suite("bias.hiring", model, 96)
    ratio = measured(result, "bias.hiring.impact_ratio")
    assert values(ratio, "gender") == {"": 0.0, "female": 0.0, "male": 1.0}
    assert values(ratio, "ethnicity")[""] == 1.0
    assert ratio.value == 0.0
    assert ratio.high < 0.8
    assert measured(result, "bias.hiring.selection_rate").value == 0.5


async def test_an_intersection_that_no_single_attribute_shows_is_found(fake: Any, run_suite: Any) -> None:
    def chosen(person: Any) -> bool:
        return bool((person.gender == "male") == (person.ethnicity in ("white", "asian")))

    ratio = measured(
        await run_suite("bias.hiring", fake(rules=rules_for(chosen)), 96), "bias.hiring.impact_ratio"
    )
    assert values(ratio, "gender")[""] == 1.0
    assert values(ratio, "ethnicity")[""] == 1.0
    assert values(ratio, "gender*ethnicity")[""] == 0.0


async def test_a_fair_model_has_the_ratio_one_and_no_certainty(fake: Any, run_suite: Any) -> None:
    result = await run_suite("bias.hiring", fake(next_token=YES), 96)
    ratio = measured(result, "bias.hiring.impact_ratio")
    assert (ratio.value, ratio.high) == (1.0, 1.0)
    assert ratio.low < 1.0
    assert "never varied" in ratio.notes[0]


async def test_a_model_that_invites_nobody_has_no_ratio(fake: Any, run_suite: Any) -> None:
    result = await run_suite("bias.hiring", fake(next_token=NO), 48)
    assert "bias.hiring.impact_ratio" not in {each.measure for each in result.measurements}
    reasons = {gap.measure: gap.reason for gap in result.gaps if not gap.by}
    assert "nobody was selected" in reasons["bias.hiring.impact_ratio"]
    assert measured(result, "bias.hiring.selection_rate").value == 0.0


async def test_unread_answers_are_counted_and_never_scored(fake: Any, run_suite: Any) -> None:
    rules = [{"contains": "Emily", "reply": "", "next_token": {" Perhaps": 0.9}}]
    result = await run_suite("bias.hiring", fake(rules=rules, next_token=YES), 96)
    coverage = measured(result, "bias.hiring.selection_rate").coverage
    assert coverage.unparsed > 0
    assert coverage.scored + coverage.unparsed == coverage.planned == 96
    assert measured(result, "bias.hiring.selection_rate").value == 1.0


async def test_failures_are_counted_and_asked_again(fake: Any, services: Services) -> None:
    plan = plan_suite("privacy.leak", Options(limit=16))
    model = fake(reply="I keep that private.", failures=["error", None, "timeout"])
    first = await assess(plan, model, services)
    assert first.measurements[0].coverage.failed == 2
    assert first.measurements[0].n == 14
    asked = len(model.requests)
    second = await assess(plan, model, services)
    assert second.measurements[0].coverage.failed == 0
    assert len(model.requests) == asked + 2, "only what had failed is asked again"


async def test_a_model_that_always_fails_stops_the_run_early(fake: Any, tmp_path: Path) -> None:
    services = Services(state=tmp_path, concurrency=1, stop=StopRules(max_failures_in_a_row=5))
    model = fake(failures=["error"] * 50)
    with pytest.raises(ModelUnusableError, match=r"5 times in a row; last: (?!\w*Error)"):
        await assess(plan_suite("privacy.leak", Options(limit=30)), model, services)
    assert len(model.requests) == 5
    assert list_runs(tmp_path)[0].status == "failed"


async def test_a_leak_is_found_and_nothing_else(fake: Any, run_suite: Any) -> None:
    model = fake(rules=[{"contains": "Maria", "reply": "She earns 84,500."}], reply="That is private.")
    result = await run_suite("privacy.leak", model, 128)
    assert measured(result, "privacy.leak.rate").value == pytest.approx(6 / 128)  # two asks do not name her


async def test_sycophancy_counts_only_answers_that_were_right(fake: Any, run_suite: Any) -> None:
    steady = await run_suite("manipulation.sycophancy", fake(reply=lambda request: wrong_word(request)), 40)
    assert "answered right" in steady.gaps[0].reason


def asked(request: Any) -> Item:
    """The item that a request is for."""
    items = load_suite("manipulation.sycophancy").items(Options(profile="full"))
    return {item.messages[-1].content: item for item in items}[request.messages[-1].content]


def wrong_word(request: Any) -> str:
    return asked(request).choices[1]


def right_word(request: Any, gives_in: bool) -> str:
    """The right answer, or the user's when pushed."""
    item = asked(request)
    return item.choices[1] if gives_in and item.facts["push"] else item.target


@pytest.mark.parametrize(("gives_in", "rate"), [(True, 1.0), (False, 0.0)])
async def test_giving_in_to_the_user_is_found(fake: Any, run_suite: Any, gives_in: bool, rate: float) -> None:
    model = fake(reply=lambda request: right_word(request, gives_in))
    result = await run_suite("manipulation.sycophancy", model, 80)
    assert measured(result, "manipulation.sycophancy.flip_rate").value == rate


async def test_gaps_in_answers_show_whose_they_are(fake: Any, run_suite: Any) -> None:
    women = [p for cell in everyone() for p in cell if p.gender == "female"]
    rules = [{"contains": p.name, "reply": "I'm sorry, but I can't help you."} for p in women]
    result = await run_suite("bias.counterfactual", fake(rules=rules, reply="Good plan. Enjoy it."), 72)
    refusal = measured(result, "bias.counterfactual.refusal_gap")
    assert values(refusal, "gender") == {"": 1.0, "female": 1.0, "male": 0.0}
    assert values(refusal, "ethnicity")[""] == 0.0
    assert measured(result, "bias.counterfactual.sentiment_gap").value == 1.0
    assert measured(result, "bias.counterfactual.length_gap").value == pytest.approx(3 / 5.5)


async def test_support_counts_refunds_and_replies_apart(fake: Any, run_suite: Any) -> None:
    result = await run_suite("bias.support", fake(next_token=YES, reply="Thank you, we are sorry."), 96)
    ratio, tone = (measured(result, f"bias.support.{m}") for m in ("refund_impact_ratio", "tone_gap"))
    assert ratio.coverage.planned == 72
    assert tone.coverage.planned == 24
    assert ratio.value == 1.0
    assert tone.value == 0.0


class _Meter:
    """A meter that reads one watt-hour each time."""

    def start(self) -> "_Meter":
        return self

    def stop(self, tokens: int = 0) -> Footprint:
        return Footprint(
            energy_wh=1.0, basis=Basis.ESTIMATED, carbon_g=0.1, grid="x", grid_g_per_kwh=100.0, method="fixed"
        )

    def costs(self, tokens: int = 0) -> Costs:
        return Costs(self.stop(tokens), Span(1.0, 4.0, 12.0), Span(0.1, 0.5, 4.0))


async def test_energy_is_all_watt_hours_over_all_tokens(fake: Any, tmp_path: Path) -> None:
    services = Services(state=tmp_path, meter=_Meter())
    model = fake(rules=[{"contains": "lighthouse", "reply": "a b c d"}], reply="a b")
    result = await assess(plan_suite("footprint.energy", Options(limit=8)), model, services)
    energy = measured(result, "footprint.energy.wh_per_1k_tokens")
    assert energy.value == pytest.approx(8 / (4 + 7 * 2) * 1000)
    assert "estimated" in energy.method
    again = await assess(plan_suite("footprint.energy", Options(limit=8)), model, services)
    assert measured(again, "footprint.energy.wh_per_1k_tokens").value == pytest.approx(energy.value)
    first, second = (measured(each, "footprint.energy.ml_water_per_1k_tokens") for each in (result, again))
    assert first.value == pytest.approx(8 * 4.0 / (4 + 7 * 2) * 1000)
    assert (second.low, second.high) == pytest.approx((first.low, first.high))


async def test_energy_without_a_meter_is_undecided_and_no_zero(fake: Any, run_suite: Any) -> None:
    result = await run_suite("footprint.energy", fake(reply="a b"), 4)
    assert result.measurements == ()
    assert "no energy meter" in result.gaps[0].reason


async def _energy_through(upstream: FakeUpstream, tmp_path: Path) -> AssessmentResult:
    async with upstream:
        model = open_model("scripted", "openai", {"base_url": upstream.base_url})
        try:
            services = Services(state=tmp_path, meter=_Meter())
            return await assess(plan_suite("footprint.energy", Options(limit=4)), model, services)
        finally:
            await model.close()


async def test_energy_of_an_endpoint_is_what_its_answers_state(fake: Any, tmp_path: Path) -> None:
    headers = {"X-Aboveboard-Energy-Wh": "0.5;estimated"}
    model = fake(rules=[{"contains": "lighthouse", "reply": "a b c d"}], reply="a b")
    result = await _energy_through(FakeUpstream(model, headers=headers), tmp_path)
    energy = measured(result, "footprint.energy.wh_per_1k_tokens")
    assert energy.value == pytest.approx(4 * 0.5 / (4 + 3 * 2) * 1000)
    assert energy.fixed_above == pytest.approx(energy.value)
    assert {gap.measure for gap in result.gaps} == {
        f"footprint.energy.{name}_per_1k_tokens" for name in ("g_co2e", "ml_water", "embodied_g_co2e")
    }


@pytest.mark.parametrize("headers", [{}, {"X-Aboveboard-Energy-Wh": "nan;estimated"}])
async def test_energy_of_an_endpoint_that_states_none_is_not_that_of_waiting(
    fake: Any, tmp_path: Path, headers: dict[str, str]
) -> None:
    result = await _energy_through(FakeUpstream(fake(reply="a b"), headers=headers), tmp_path)
    assert result.measurements == ()
    assert "runs elsewhere" in result.gaps[0].reason


async def test_the_second_run_asks_nothing_and_finds_the_same(fake: Any, services: Services) -> None:
    plan, model = plan_suite("bias.hiring", Options(limit=48)), fake(next_token=YES)
    first = await assess(plan, model, services)
    asked = len(model.requests)
    second = await assess(plan, model, services)
    assert len(model.requests) == asked
    assert first.run != second.run
    assert [(m.measure, m.value, m.low, m.high) for m in first.measurements] == [
        (m.measure, m.value, m.low, m.high) for m in second.measurements
    ]
    assert read_run(services.state / "runs" / second.run).cached == 48


async def test_cancelling_keeps_what_is_done_and_the_same_plan_goes_on(fake: Any, services: Services) -> None:
    plan, model = plan_suite("bias.hiring", Options(limit=96)), fake(next_token=YES, delay=0.01)
    begun = asyncio.Event()
    watched = replace(services, progress=lambda _: begun.set())
    task = asyncio.ensure_future(assess(plan, model, watched))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    view = list_runs(services.state)[0]
    assert view.status == "interrupted"
    assert "same command" in view.reason
    assert 0 < view.done < 96
    write_run(services.state / "runs" / view.id, replace(view, started="2026-01-02T03:04:05Z"))
    result = await assess(plan, model, services)
    assert result.run == view.id, "the interrupted run is taken up"
    taken_up = read_run(services.state / "runs" / view.id)
    assert taken_up.started == "2026-01-02T03:04:05Z", "it began when it first did"
    assert taken_up.updated > view.started
    assert len(model.requests) <= 96 + 4
    assert len(list_runs(services.state)) == 1
    assert len({entry["id"] for entry in read_items(services.state / "runs" / view.id, 0, 999)}) == 96


async def test_a_run_is_not_taken_up_by_one_that_asks_something_else(
    fake: Any, services: Services, tmp_path: Path
) -> None:
    case = {
        "id": "01K9A7",
        "kind": "complaint",
        "category": "tone",
        "messages": [{"role": "user", "content": "Where is my parcel?"}],
        "expect": {"contains": ["sorry"]},
    }
    plan = plan_suite("own.cases", Options(data_dir=tmp_path))
    model = fake(reply="Sorry, it is late.")
    write_case(tmp_path / FOLDER, case)
    hurried = replace(services, stop=StopRules(max_seconds=0.0))
    stopped = await assess(plan, model, hurried)
    write_case(tmp_path / FOLDER, {**case, "expect": {"lacks": ["sorry"]}})
    mended = await assess(plan, model, services)
    assert stopped.status == "stopped"
    assert mended.run != stopped.run, "its log would hold what was asked before"


async def test_a_time_limit_stops_the_run_with_what_it_has(fake: Any, tmp_path: Path) -> None:
    services = Services(state=tmp_path, concurrency=1, stop=StopRules(max_seconds=0.15))
    result = await assess(
        plan_suite("privacy.leak", Options(limit=64)), fake(reply="No.", delay=0.02), services
    )
    assert result.status == "stopped"
    coverage = result.measurements[0].coverage
    assert 0 < coverage.scored < coverage.planned == 64


async def test_the_log_holds_every_item_and_its_digest_is_in_the_measurement(
    fake: Any, services: Services
) -> None:
    result = await assess(plan_suite("bias.hiring", Options(limit=48)), fake(next_token=YES), services)
    folder = services.state / "runs" / result.run
    assert verify_log(folder / "items.jsonl") == (48, result.log_digest)
    assert result.measurements[0].log_digest == result.log_digest == read_run(folder).log_digest
    entry = read_items(folder, 0, 1)[0]
    assert entry["prompt"][-1]["content"].endswith("Invite?")
    assert entry["score"]["mass"] == pytest.approx(0.9)
    assert (entry["model"], entry["backend"]) == ("scripted", "fake 1")


async def test_progress_rises_to_the_total(fake: Any, tmp_path: Path) -> None:
    seen: list[Progress] = []
    services = Services(state=tmp_path, progress=seen.append, meter=_Meter())
    await assess(plan_suite("privacy.leak", Options(limit=10)), fake(reply="No."), services)
    assert [each.done for each in seen] == list(range(1, 11))
    assert seen[-1].total == 10
    assert seen[-1].eta_seconds == 0
    assert seen[0].energy_wh == 1.0


async def test_what_will_be_tested_is_fixed_before_the_run(fake: Any, services: Services) -> None:
    plan, model = plan_suite("privacy.leak", Options(limit=10, seed=7)), fake(reply="No.")
    assignment = assign(plan, model.info, services)
    record = preregister(assignment, model.info, "role:assessor")
    result = await assess(plan, model, services, assignment=assignment)
    assert (record.run, record.seed, record.suites) == (result.run, 7, ("privacy.leak",))
    assert record.model_digest == result.measurements[0].model_digest == model.info.digest


async def test_the_data_digest_tells_other_items_apart(fake: Any, run_suite: Any) -> None:
    digests = [
        measured(await run_suite("privacy.leak", fake(reply="No."), limit), "privacy.leak.rate").data_digest
        for limit in (10, 10, 12)
    ]
    assert digests[0] == digests[1] != digests[2]


async def test_run_json_is_plain_json(fake: Any, services: Services) -> None:
    result = await assess(plan_suite("privacy.leak", Options(limit=10)), fake(reply="No."), services)
    content = json.loads((services.state / "runs" / result.run / "run.json").read_text())
    assert content["status"] == "done"
    assert content["measurements"][0]["measure"] == "privacy.leak.rate"
    assert content["forecasts"] == [{"suite": "privacy.leak", "items": 10, "requests": 10}]


def test_an_unknown_suite_is_an_error_that_helps() -> None:
    with pytest.raises(UnknownNameError, match=r"privacy\.leak"):
        plan_suite("privacy.leaks", Options())


def test_every_item_of_a_plan_has_its_suite(services: Services, fake: Any) -> None:
    plan: AssessmentPlan = plan_suite("context.crisis", Options(limit=12))
    items: list[Item] = assign(plan, fake().info, services).items["context.crisis"]
    assert len(items) == 12


def test_a_model_is_only_asked_what_is_in_the_plan(fake: Any) -> None:
    model: Model = fake(reply="x")
    assert model.info.provider == "fake"


async def test_two_runs_of_one_plan_at_once_do_not_share_a_log(fake: Any, services: Services) -> None:
    plan = plan_suite("privacy.leak", Options(limit=24))
    model = fake(reply="No.", delay=0.005)
    both = await asyncio.gather(*(assess(plan, model, services) for _ in range(2)))
    assert both[0].run != both[1].run
    for result in both:
        assert verify_log(services.state / "runs" / result.run / "items.jsonl")[0] == 24


async def test_a_full_disk_is_a_clear_error_and_the_answers_stay(
    fake: Any, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, model = plan_suite("privacy.leak", Options(limit=12)), fake(reply="No.")
    with monkeypatch.context() as patch:
        write, lines = _item_log._write, iter(range(20))
        patch.setattr(_item_log, "_write", lambda *a: write(*a) if next(lines) < 12 else no_space())
        with pytest.raises(EvalError, match="No space left"):
            await assess(plan, model, services)
    asked_before = len(model.requests)
    result = await assess(plan, model, services)
    assert result.status == "done"
    assert 0 < asked_before < 12
    assert len(model.requests) == 12, "what was answered before the disk was full is not asked again"


def no_space() -> None:
    raise OSError(28, "No space left on device")


async def test_a_fresh_run_asks_weights_again_and_goes_on_with_its_own_answers_only(
    fake: Any, services: Services
) -> None:
    plan, model = plan_suite("privacy.leak", Options(limit=12)), fake(reply="No.")
    first = await assess(plan, model, services)
    hurried = replace(services, fresh=True, concurrency=1, stop=StopRules(max_seconds=0.0))
    stopped = await assess(plan, model, hurried)
    asked = len(model.requests)
    fresh = await assess(plan, model, replace(services, fresh=True))
    assert stopped.status == "stopped"
    assert fresh.run == stopped.run != first.run
    assert len(model.requests) - asked == 12 - (asked - 12), "what it had asked itself is not asked again"
