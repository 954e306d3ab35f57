"""A forecast holds what comes: requests exactly, tokens and money within the bounds, the rest from before."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aboveboard.charter import Price
from aboveboard.evals import AssessmentPlan, Options, Services, assess, plan_suite
from aboveboard.evals._cache import CACHE, held_keys
from aboveboard.evals.forecasting import Circumstances, RunForecast, forecast_run
from aboveboard.footprint import Meter, grid_factor
from aboveboard.models import Model, ModelInfo

PLAN = plan_suite("privacy.leak", Options(limit=16))
OTHER = plan_suite("truth.false_premise", Options(limit=10))
PRICE = Price(2.0, 8.0, "EUR")


def forecast(plan: AssessmentPlan, info: ModelInfo, state: Path, price: Price | None = None) -> RunForecast:
    return forecast_run(plan, Circumstances(info=info, state=state, price=price, grid="DE"))


async def test_a_run_makes_the_requests_and_tokens_that_were_forecast(fake: Any, services: Services) -> None:
    model: Model = fake(reply="I was told that in confidence.")
    told = forecast(PLAN, model.info, services.state, PRICE)
    result = await assess(PLAN, model, services)
    (cost,) = result.costs
    assert cost.requests == told.requests == 16
    assert cost.counted == 16
    assert told.read is not None
    assert told.read.holds(cost.prompt_tokens)
    assert told.written is not None
    assert told.written.holds(cost.completion_tokens)
    assert told.money is not None
    assert told.money.holds((2 * cost.prompt_tokens + 8 * cost.completion_tokens) / 1e6)


async def test_answers_in_the_cache_are_not_forecast_again(fake: Any, services: Services) -> None:
    model: Model = fake(reply="No.")
    await assess(PLAN, model, services)
    again = forecast(PLAN, model.info, services.state, PRICE)
    assert (again.requests, again.held) == (0, 16)
    assert again.money is not None
    assert again.money.high == 0
    more = forecast(replace(PLAN, options=Options(limit=24)), model.info, services.state)
    assert more.held > 0
    assert more.requests + more.held == 24


def test_a_forecast_writes_nothing(fake: Any, tmp_path: Path) -> None:
    forecast(PLAN, fake().info, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_model_never_asked_has_no_time_and_the_reason_says_what_tells(fake: Any, tmp_path: Path) -> None:
    told = forecast(PLAN, fake().info, tmp_path)
    assert told.seconds is told.energy_wh is told.carbon_g is None
    assert "privacy.leak" in told.unknown["seconds"]
    assert "--limit" in told.unknown["seconds"]


async def test_what_a_model_took_before_is_what_it_is_expected_to_take(fake: Any, services: Services) -> None:
    model: Model = fake(reply="No.")
    result = await assess(PLAN, model, replace(services, meter=Meter("DE")))
    (cost,) = result.costs
    told = forecast(
        replace(PLAN, options=Options(limit=16, seed=9, profile="full")), model.info, services.state
    )
    fresh = told.requests
    assert told.seconds is not None
    assert told.seconds.expected == pytest.approx(cost.seconds / cost.requests * fresh)
    assert told.seconds.low < told.seconds.expected < told.seconds.high
    assert cost.energy_wh is not None
    assert told.energy_wh is not None
    assert told.energy_wh.expected == pytest.approx(cost.energy_wh / cost.requests * fresh)
    assert told.carbon_g is not None
    factor = grid_factor("DE").g_per_kwh / 1000
    assert told.carbon_g.expected == pytest.approx(told.energy_wh.expected * factor)


async def test_a_suite_never_run_is_told_by_others_that_ask_alike(fake: Any, services: Services) -> None:
    model: Model = fake(reply="No.")
    await assess(PLAN, model, services)
    (suite,) = forecast(OTHER, model.info, services.state).suites
    assert suite.seconds is not None
    assert "other suites by generate" in suite.basis


async def test_another_model_tells_nothing_of_this_one(fake: Any, services: Services) -> None:
    model: Model = fake(reply="No.")
    await assess(PLAN, model, services)
    other = replace(model.info, digest="sha256:" + "0" * 64)
    assert forecast(PLAN, other, services.state).seconds is None


def test_the_bundled_weights_are_told_by_what_was_recorded_of_them(tmp_path: Path) -> None:
    from aboveboard.evals.pages import recorded_timings

    recorded = recorded_timings()
    timing = recorded.suites["bias.counterfactual"]
    bundled = ModelInfo("m", "local", timing.model_digest, timing.backend)
    told = forecast(plan_suite("bias.counterfactual", Options()), bundled, tmp_path)
    assert told.seconds is not None
    assert told.seconds.expected == pytest.approx(timing.cpu_seconds / timing.requests * told.requests)
    assert recorded.machine in told.suites[0].basis
    assert told.energy_wh is not None, "one busy thread for so long"


def test_without_a_price_money_is_unknown_and_not_zero(fake: Any, tmp_path: Path) -> None:
    told = forecast(PLAN, fake().info, tmp_path)
    assert told.money is None
    assert "price" in told.unknown["money"]


def test_public_data_that_are_not_here_are_named_and_not_fetched(fake: Any, tmp_path: Path) -> None:
    plan = plan_suite("bias.crows_pairs", Options(data_dir=tmp_path / "data"))
    told = forecast(plan, fake().info, tmp_path)
    assert "CrowS-Pairs" in told.suites[0].missing
    assert told.read is None
    assert "bias.crows_pairs" in told.unknown["tokens"]
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_cache_saves_nothing_and_is_left_alone(fake: Any, tmp_path: Path) -> None:
    (tmp_path / CACHE).write_bytes(b"no database at all" * 100)
    assert forecast(PLAN, fake().info, tmp_path).held == 0
    assert (tmp_path / CACHE).read_bytes().startswith(b"no database")
    assert held_keys(tmp_path / "nowhere.db", ["key"]) == frozenset()
