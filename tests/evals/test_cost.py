"""What a suite cost: added up over interruptions, read back with suspicion."""

from dataclasses import asdict, replace
from typing import Any

import pytest

from aboveboard.evals import Options, Services, StopRules, assess, list_runs, plan_suite
from aboveboard.evals._cost import SuiteCost, added, cost_read
from aboveboard.evals._here import Here

COST = SuiteCost("a", "generate", 4, 4, 100, 20, 2.0, 0.5)


def test_a_run_taken_up_again_adds_to_what_it_cost_before() -> None:
    (both,) = added([asdict(COST)], [SuiteCost("a", "generate", 1, 1, 10, 5, 1.0, 0.25)])
    assert both == asdict(SuiteCost("a", "generate", 5, 5, 110, 25, 3.0, 0.75))


def test_energy_of_which_a_part_was_not_metered_is_unknown() -> None:
    assert (COST + SuiteCost("a", "generate", 1, 1, 10, 5, 1.0)).energy_wh is None


@pytest.mark.parametrize(
    "damage", [{"requests": -1}, {"seconds": "long"}, {"suite": None}, {"colour": "red"}, {"counted": None}]
)
def test_what_cannot_be_a_cost_is_passed_over(damage: dict[str, Any]) -> None:
    assert cost_read(asdict(COST) | damage) is None


def test_what_was_written_is_read() -> None:
    assert cost_read(asdict(COST)) == COST


async def test_the_file_of_a_run_says_what_each_suite_cost(fake: Any, services: Services) -> None:
    result = await assess(plan_suite("privacy.leak", Options(limit=8)), fake(reply="No."), services)
    (view,) = list_runs(services.state)
    assert [cost_read(each) for each in view.costs] == list(result.costs)
    assert result.costs[0].mode == "generate"


async def test_answers_from_the_cache_cost_nothing(fake: Any, services: Services) -> None:
    plan = plan_suite("privacy.leak", Options(limit=8))
    await assess(plan, fake(reply="No."), services)
    again = await assess(plan, fake(reply="No."), services)
    assert again.costs[0].requests == 0


async def test_costs_of_a_run_that_was_stopped_stay_with_it(fake: Any, services: Services) -> None:
    plan = plan_suite("privacy.leak", Options(limit=8))
    hurried = replace(services, stop=StopRules(max_seconds=0.0))
    first = await assess(plan, fake(reply="No."), hurried)
    second = await assess(plan, fake(reply="No."), services)
    (view,) = list_runs(services.state)
    assert sum(each["requests"] for each in view.costs) == 8
    assert first.costs[0].requests + second.costs[0].requests == 8


async def test_what_other_machines_took_stays_out_of_forecasts(fake: Any, services: Services) -> None:
    model = fake(reply="No.")
    plan = plan_suite("privacy.leak", Options(limit=8))
    result = await assess(plan, model, services, batch=Here(model, 4))
    (view,) = list_runs(services.state)
    assert result.costs[0].requests == 8
    assert view.costs == ()
