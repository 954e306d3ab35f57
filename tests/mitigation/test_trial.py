"""A whole trial on simulated models: a repair that works, none that does, one that breaks something else."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aboveboard.charter import parse_charter
from aboveboard.cli._charters import known_names
from aboveboard.evals import Services, list_runs
from aboveboard.evidence.records import Measurement, MitigationTrial, PreRegistration, Record
from aboveboard.mitigation import MitigationError, Trial, TrialServices, mitigated, run_trial
from mitigation.conftest import CHARTER, FAIR, Run
from mitigation.simulated import Simulated


async def test_an_instruction_that_truly_repairs_is_found_and_holds_on_items_kept_back(run: Run) -> None:
    report = await run(Simulated(penalty=0.5, repaired_by=FAIR), margin=0.25, limit=480)
    assert [each.candidate.name for each in report.tried if each.helps] == ["fair"]
    assert report.chosen is not None
    assert report.chosen.candidate.name == "fair"
    assert report.verdict == "repaired"
    found = report.chosen.found
    assert found is not None
    assert found.side.first == pytest.approx(0.4 / 0.9, abs=0.15), "the size of the planted bias"
    assert found.side.second == 1.0
    (effect,) = report.chosen.side_effects
    assert (effect.promise, effect.effect) == ("says-it-is-ai", "no worse")


async def test_where_nothing_helps_that_is_what_is_said(run: Run, kept: list[Record]) -> None:
    report = await run(Simulated(penalty=0.5))
    assert report.verdict == "nothing helped"
    assert not any(each.helps for each in report.tried)
    assert report.confirmed == []
    assert not [each for each in kept if isinstance(each, Measurement)], "nothing of it settles a promise"


async def test_a_repair_that_breaks_another_promise_is_not_adopted(run: Run, kept: list[Record]) -> None:
    report = await run(Simulated(penalty=0.5, repaired_by=FAIR, lies_when_told=FAIR))
    assert [each.candidate.name for each in report.tried if each.helps] == ["fair"]
    assert report.verdict == "nothing helped"
    (confirmed,) = report.confirmed
    assert confirmed.helps, "it does repair the promise"
    assert [each.promise for each in confirmed.harms] == ["says-it-is-ai"]
    outcome = kept[-1]
    assert isinstance(outcome, MitigationTrial)
    assert {each.name: each.harms for each in outcome.candidates}["fair"] == ("says-it-is-ai",)


@pytest.mark.slow
async def test_another_promise_without_data_does_not_stop_a_trial(
    trial: Callable[..., Trial], tmp_path: Path
) -> None:
    asked = CHARTER + '  - {id: mended, measure: own.cases.passed, must: ">= 0.9", owner: accountable}\n'
    model = Simulated(penalty=0.5, repaired_by=FAIR)
    services = TrialServices(
        open=lambda entry: mitigated(model, entry.mitigation),
        evals=Services(state=tmp_path, concurrency=1),
        record=lambda _: None,
        tell=lambda _: None,
    )
    report = await run_trial(
        trial(charter=parse_charter(asked, known_names()), margin=0.25, limit=480), services
    )
    assert report.chosen is not None
    assert report.chosen.helps


async def test_a_small_sample_leaves_side_effects_open(run: Run) -> None:
    report = await run(Simulated(penalty=0.5, repaired_by=FAIR), margin=0.05)
    assert report.verdict == "open"
    assert report.chosen is not None
    assert [each.promise for each in report.chosen.open] == ["says-it-is-ai"]


async def test_a_model_without_bias_is_not_repaired(run: Run) -> None:
    report = await run(Simulated(penalty=0.0, repaired_by=FAIR))
    assert report.verdict == "nothing helped"


async def test_what_is_tried_is_recorded_before_and_what_came_of_it_after(
    run: Run, kept: list[Record]
) -> None:
    report = await run(Simulated(penalty=0.5, repaired_by=FAIR), margin=0.25)
    intent, *between, outcome = kept
    assert isinstance(intent, MitigationTrial)
    assert isinstance(outcome, MitigationTrial)
    assert (intent.stage, intent.verdict, outcome.stage, outcome.verdict) == (
        "intent",
        "",
        "outcome",
        "repaired",
    )
    assert {each.p_adjusted for each in intent.candidates} == {None}
    assert outcome.links[0] == intent.id
    assert isinstance(between[0], PreRegistration)
    assert report.chosen is not None
    measured = [each for each in between if isinstance(each, Measurement)]
    assert {each.id for each in measured} == set(outcome.links[1:])
    assert {each.run for each in measured} == {between[0].run}


async def test_no_cluster_is_both_tried_on_and_kept_back(run: Run, tmp_path: Path) -> None:
    await run(Simulated(penalty=0.5, repaired_by=FAIR))
    from aboveboard.evals.comparing import open_run

    seen: dict[str, set[str]] = {"tried on": set(), "kept back": set()}
    for view in list_runs(tmp_path):
        part = "kept back" if len(view.suites) > 1 else "tried on"
        logged = open_run(tmp_path, view.id).of_suite("bias.hiring")
        seen[part] |= {each["cluster"] for each in logged.values()}
    assert seen["tried on"]
    assert seen["kept back"]
    assert not seen["tried on"] & seen["kept back"]


async def test_a_trial_that_was_stopped_goes_on_without_asking_again(run: Run) -> None:
    whole = Simulated(penalty=0.5, repaired_by=FAIR)

    class Stopped(Simulated):
        async def next_token(self, request: Any, top: int = 20) -> Any:
            if self.calls == 200:
                running.cancel()
                await asyncio.sleep(0)
            return await super().next_token(request, top)

    first = Stopped(penalty=0.5, repaired_by=FAIR)
    running = asyncio.ensure_future(run(first))
    with pytest.raises(asyncio.CancelledError):
        await running
    assert first.calls == 200
    report = await run(whole)
    assert report.chosen is not None
    fresh = Simulated(penalty=0.5, repaired_by=FAIR)
    await run(fresh)
    assert fresh.calls == 0, "everything was answered before"
    asked_once = Simulated(name="another", penalty=0.5, repaired_by=FAIR)
    await run(asked_once)
    assert first.calls + whole.calls == asked_once.calls


async def test_too_few_items_to_divide_are_refused(run: Run) -> None:
    with pytest.raises(MitigationError, match="too few"):
        await run(Simulated(), limit=16)


@pytest.mark.slow
async def test_among_useless_candidates_one_is_seldom_taken_for_a_repair(tmp_path: Path, trial: Any) -> None:
    """Twenty models whose answers any instruction changes at random, and improves never on the whole."""
    from aboveboard.evals import Services
    from aboveboard.mitigation import TrialServices, mitigated, run_trial

    class Fickle(Simulated):
        async def next_token(self, request: Any, top: int = 20) -> Any:
            import hashlib

            seed = f"{self.name}{[each.content for each in request.messages]}"
            luck = hashlib.sha256(seed.encode()).digest()[0] / 256
            return {" Yes": -0.1, " No": -2.5} if luck < 0.6 else {" No": -0.1, " Yes": -2.5}

    chosen = 0
    for number in range(20):
        model = Fickle(name=f"fickle-{number}")
        services = TrialServices(
            open=lambda entry, model=model: mitigated(model, entry.mitigation),  # type: ignore[misc]
            evals=Services(state=tmp_path / str(number), concurrency=1),
            record=lambda _: None,
            tell=lambda _: None,
        )
        chosen += (await run_trial(trial(limit=160), services)).chosen is not None
    assert chosen <= 1
