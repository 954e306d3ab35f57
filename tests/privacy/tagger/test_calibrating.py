"""The calibration: what it promises comes true, and a fit that would run away is held."""

import importlib
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytestmark = pytest.mark.train
TRUE = np.array([0.8, 0.3, 0.5, -2.0])


@pytest.fixture(scope="module")
def kit() -> Any:
    """The calibration, which stands beside the package and needs what training needs."""
    sys.path.insert(0, str(Path(__file__).parents[3]))
    return importlib.import_module("tagger.calibrating")


def findings(kit: Any, count: int, seed: int) -> list[Any]:
    draw = np.random.default_rng(seed)
    made = []
    for _ in range(count):
        mean = draw.gamma(2, 1.5)
        row = np.array([mean, mean * draw.random(), np.log(draw.integers(1, 6)), 1])
        is_right = draw.random() < 1 / (1 + np.exp(-row @ TRUE))
        made.append(kit.Finding(int(draw.integers(4)), row, bool(is_right), 1.0, True))
    return made


def test_a_fit_promises_what_comes_true_elsewhere(kit: Any) -> None:
    factors = kit.fitted(findings(kit, 8_000, 1))
    fresh = findings(kit, 8_000, 2)
    chances, right = kit.chances_of(fresh, factors), np.array([each.is_right for each in fresh])
    for low, high in ((0.1, 0.4), (0.4, 0.7), (0.7, 1.0)):
        inside = (chances >= low) & (chances < high)
        assert abs(chances[inside].mean() - right[inside].mean()) < 0.05


def test_findings_that_one_line_parts_are_fitted_too(kit: Any) -> None:
    rows = [np.array([mean, mean, 0.0, 1.0]) for mean in np.linspace(0, 9, 400)]
    made = [kit.Finding(number % 4, row, bool(row[0] > 4), 50.0, True) for number, row in enumerate(rows)]
    factors = kit.fitted(made)
    assert np.isfinite(factors).all()
    assert ((kit.chances_of(made, factors) > 0.5) == [each.is_right for each in made]).mean() > 0.95


def test_a_finding_is_right_when_half_of_it_is_labelled_and_unknown_ones_do_not_count(kit: Any) -> None:
    reader = kit.Reader(kit.build_weights(kit.arrays_in(kit.PACKAGE)))
    text = "Please ask Amara Okonkwo about it."
    for spans, expected in (
        (((11, 24, "person"),), [True]),
        (((11, 14, "person"),), [False]),
        (((11, 24, "unknown"),), []),
    ):
        (marked,) = [kit.Marked("test", 0, text, spans)]
        assert [each.is_right for each in kit.judged(reader, [marked])] == expected
