"""A second try at the same promise: what was kept back once is kept back no more."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aboveboard.evals import Options, list_runs, load_suite
from aboveboard.evals.comparing import open_run
from aboveboard.evidence.records import MitigationTrial, PreRegistration, Record, TriedCandidate
from aboveboard.mitigation._division import clusters_of, divide, halves, marks
from aboveboard.mitigation._earlier import Earlier, earlier_trials, over_tries, told_before
from mitigation.conftest import FAIR, Run
from mitigation.simulated import Simulated

HIRING = load_suite("bias.hiring")
OPTIONS = Options(limit=160)
INTENT = MitigationTrial(
    subject="promise:equal",
    actor="role:assessor",
    stage="intent",
    promise="equal",
    measure="bias.hiring.impact_ratio",
    charter_digest="sha256:1",
    model="simulated",
    kept_back="sha256:2",
    seed=0,
    confidence=0.95,
    margin=0.1,
    candidates=(TriedCandidate(name="fair", method="instruction", digest="sha256:3"),),
    clusters_tried_on=("a", "b"),
    clusters_kept_back=("c", "d"),
)
NEXT = replace(
    INTENT, id="01ZZZZZZZZZZZZZZZZZZZZZZZZ", candidates=(replace(INTENT.candidates[0], name="kind"),)
)


def outcome(intent: MitigationTrial, p_value: float | None) -> MitigationTrial:
    told = replace(intent.candidates[0], p_kept_back=p_value)
    later = f"{intent.id[:-1]}Z"
    return replace(intent, id=later, stage="outcome", links=(intent.id,), candidates=(told,))


def registration(intent: MitigationTrial) -> PreRegistration:
    return PreRegistration(
        subject="model:simulated",
        actor="role:assessor",
        links=(intent.id,),
        charter_digest="sha256:1",
        model="simulated",
        model_digest="sha256:4",
        run="01A",
        suites=("bias.hiring",),
        seed=0,
        promises=(),
    )


def answered(*parts: Any) -> Earlier:
    return Earlier(
        "bias.hiring.impact_ratio", frozenset(m for each in parts for m in marks(HIRING.id, each)), (0.4,)
    )


def test_items_that_a_candidate_was_confirmed_on_give_way_to_fresh_ones() -> None:
    first = halves(HIRING, OPTIONS)
    second = divide(HIRING, OPTIONS, [answered(first.tried_on, first.kept_back)])
    third = divide(
        HIRING,
        OPTIONS,
        [answered(first.tried_on, first.kept_back), answered(second.tried_on, second.kept_back)],
    )
    kept = [set(clusters_of(each.kept_back)) for each in (first, second, third)]
    assert [len(each) for each in kept] == [10, 10, 10]
    assert len(kept[0] | kept[1] | kept[2]) == 30
    assert second.tried_on == third.tried_on == first.tried_on
    assert second.seen_by == third.seen_by == ()


def test_another_seed_does_not_make_seen_items_fresh() -> None:
    """With the other seed some of what was seen falls into the half that would be kept back."""
    first = halves(HIRING, replace(OPTIONS, limit=960))
    other = replace(OPTIONS, seed=1, limit=480)
    plain = halves(HIRING, other)
    seen = {*clusters_of(first.tried_on), *clusters_of(first.kept_back)}
    assert seen & set(clusters_of(plain.kept_back)), "else this would show nothing"
    found = divide(HIRING, other, [answered(first.tried_on, first.kept_back)])
    assert not seen & set(clusters_of(found.kept_back))
    assert len(clusters_of(found.kept_back)) == len(clusters_of(plain.kept_back))


def test_where_the_suite_has_no_others_the_half_stays_and_who_saw_it_is_said() -> None:
    whole = HIRING.items(Options(profile="full"))
    saw_all, saw_none = answered(whole), answered([])
    found = divide(HIRING, OPTIONS, [saw_all, saw_none])
    assert found.kept_back == halves(HIRING, OPTIONS).kept_back
    assert found.seen_by == (saw_all,)


def test_items_kept_back_are_spent_by_a_candidate_that_was_asked_them() -> None:
    def spent(*past: Record) -> set[str]:
        return {mark for each in earlier_trials(NEXT, past) for mark in each.answered}

    assert spent(INTENT) == {"a", "b"}, "it was stopped before anything was confirmed"
    assert spent(INTENT, outcome(INTENT, None)) == {"a", "b"}, "nothing helped on those tried on"
    assert spent(INTENT, outcome(INTENT, 0.4)) == {"a", "b", "c", "d"}
    assert spent(INTENT, registration(INTENT)) == {"a", "b", "c", "d"}, "it was stopped while it confirmed"
    assert spent(replace(INTENT, model="another"), registration(INTENT)) == set()


def test_a_trial_that_is_repeated_is_the_trial_that_it_was() -> None:
    again = replace(INTENT, id="01ZZZZZZZZZZZZZZZZZZZZZZZY")
    past = [INTENT, outcome(INTENT, 0.4), again, outcome(again, 0.4)]
    assert [each.p_values for each in earlier_trials(NEXT, past)] == [(0.4,)]
    assert over_tries(0.4, (), told_before(INTENT, past)["fair"]) == 0.4, "it told the same again"
    later = [*past, NEXT, outcome(NEXT, 0.01)]
    assert earlier_trials(INTENT, later) == [], "what came after it teaches it nothing"


def test_a_trial_that_is_repeated_and_tells_something_else_was_another_test() -> None:
    """What answers behind an address may be changed between two runs of the same trial."""
    again = replace(INTENT, id="01ZZZZZZZZZZZZZZZZZZZZZZZY")
    past = [INTENT, outcome(INTENT, 0.4), again, outcome(again, 0.3)]
    assert [each.p_values for each in earlier_trials(NEXT, past)] == [(0.4, 0.3)]
    assert over_tries(0.02, (), told_before(INTENT, past)["fair"]) == pytest.approx(0.06)
    assert told_before(NEXT, past) == {}


def test_tests_on_items_that_were_seen_are_corrected_for_all_of_them() -> None:
    def tried(*p_values: float) -> Earlier:
        return Earlier("", frozenset(), p_values)

    assert over_tries(0.02, []) == 0.02
    assert over_tries(0.02, [tried(0.4)]) == pytest.approx(0.04)
    assert over_tries(0.02, [tried(0.4), tried(0.3, 0.2)]) == pytest.approx(0.08)
    assert over_tries(0.02, [tried()]) == pytest.approx(0.04), "what was tried on them counts too"
    assert over_tries(0.02, [tried(0.001)]) == pytest.approx(0.02), "one that was shown takes nothing away"


@pytest.mark.slow
async def test_the_next_try_is_confirmed_on_items_that_no_candidate_has_answered(
    run: Run, kept: list[Record], trial: Any, tmp_path: Path
) -> None:
    model = Simulated(penalty=0.5, repaired_by=FAIR, lies_when_told=FAIR)
    first = await run(model)
    assert [each.helps for each in first.confirmed] == [True]
    past = list(kept)
    second = await run(model, past=past, candidates=trial().candidates[1:])
    intents = [each for each in kept if isinstance(each, MitigationTrial) and each.stage == "intent"]
    assert len(intents) == 2
    assert set(intents[0].clusters_kept_back).isdisjoint(intents[1].clusters_kept_back)
    assert intents[0].clusters_tried_on == intents[1].clusters_tried_on
    assert (second.tries, second.seen_by, first.tries) == (2, 0, 1)
    assert second.confirmed[0].adjusted == second.confirmed[0].p_value
    confirming = [open_run(tmp_path, view.id) for view in list_runs(tmp_path) if len(view.suites) > 1]
    asked = [{item.cluster for item in each.items(HIRING)} for each in confirming]
    assert {len(each) for each in asked} == {15}, "all of them can be read back and compared"


@pytest.mark.slow
async def test_a_repair_on_items_that_many_have_seen_has_to_be_that_much_surer(
    run: Run, kept: list[Record]
) -> None:
    everything = marks(HIRING.id, HIRING.items(Options(profile="full")))
    before = replace(INTENT, clusters_tried_on=("a",), clusters_kept_back=everything)
    useless = tuple(replace(INTENT.candidates[0], p_kept_back=0.5) for _ in range(40))
    after = replace(outcome(before, 0.5), candidates=useless)
    report = await run(Simulated(penalty=0.5, repaired_by=FAIR), past=[before, after])
    (confirmed,) = report.confirmed
    assert confirmed.p_value < 0.05, "on fresh items it would have been adopted"
    assert confirmed.adjusted == pytest.approx(min(1, 41 * confirmed.p_value))
    assert confirmed.adjusted > 0.05
    assert (report.verdict, report.seen_by, report.tries) == ("nothing helped", 1, 2)
    recorded = kept[-1]
    assert isinstance(recorded, MitigationTrial)
    assert recorded.seen_by == 1
    assert {each.name: each.p_over_tries for each in recorded.candidates}["fair"] == confirmed.adjusted
