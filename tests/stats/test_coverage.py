"""By simulation: intervals cover as often, and tests err as seldom, as they claim.

The cells and their claims stand in `benchmarks/coverage.py`, which prints the same table. What is seen
must agree with the claim within 4·√(c(1−c)/runs), c the claimed rate, plus the cell's written slack.
"""

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

SEED = 20261121
SHORT_RUNS, LONG_RUNS, COSTLY_RUNS = 200, 2_000, 300


def _load() -> ModuleType:
    place = Path(__file__).parents[2] / "benchmarks" / "coverage.py"
    spec = importlib.util.spec_from_file_location("benchmarks_coverage", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


coverage = _load()
METHODS = sorted({setting.method for setting in coverage.settings()})
COSTLY = "impact_ratio_crossed (worst group)"
QUICK = [each for each in METHODS if each != COSTLY and "groups" not in each]


def _disagreements(method: str, runs: int) -> list[str]:
    cells = [setting for setting in coverage.settings() if setting.method == method]
    rows = [coverage.measure(setting, runs, SEED) for setting in cells]
    for row in rows:
        print(coverage.as_markdown(row))
    return [coverage.as_markdown(row) for row in rows if not row.is_as_claimed]


@pytest.mark.parametrize("method", QUICK)
def test_a_short_simulation_agrees_with_the_claims(method: str) -> None:
    assert _disagreements(method, SHORT_RUNS) == []


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("method", METHODS)
def test_a_long_simulation_agrees_with_the_claims(method: str) -> None:
    assert _disagreements(method, COSTLY_RUNS if method == COSTLY else LONG_RUNS) == []


def test_a_broken_method_would_be_found() -> None:
    # clusters ignored, and looking at an ordinary test again and again: both must fail as claims
    for method, claim in (
        ("mean (t), clusters ignored", ">="),
        ("z test: false alarm, looked at 500 times", "<="),
    ):
        cell = next(setting for setting in coverage.settings() if setting.method == method)
        row = coverage.measure(cell, 1000, SEED)
        pretended = replace(row, setting=replace(cell, claim=claim))
        assert not pretended.is_as_claimed
