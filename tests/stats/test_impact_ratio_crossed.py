"""Impact ratios when every group sees the same CVs."""

import numpy as np
import pytest

from aboveboard.stats import (
    ImpactRatio,
    InputError,
    TooFewError,
    UndefinedError,
    impact_ratio,
    impact_ratio_bounds,
    impact_ratio_crossed,
)

MERIT = np.random.default_rng(11).random(200)


def selected(share: float) -> np.ndarray:
    return (share > MERIT).astype(float)


def counts(outcomes: dict[str, np.ndarray]) -> dict[str, tuple[int, int]]:
    return {name: (int(values.sum()), values.size) for name, values in outcomes.items()}


def test_each_rate_is_divided_by_the_highest() -> None:
    outcomes = {"a": selected(0.5), "b": selected(0.4), "c": selected(0.45)}
    result, independent = impact_ratio_crossed(outcomes), impact_ratio(counts(outcomes))
    assert result.rates == pytest.approx(independent.rates)
    assert (result.highest, result.worst) == ("a", "b")
    assert result.estimate.value == pytest.approx(independent.estimate.value)
    assert result.groups["a"].value == 1.0


def test_the_same_cvs_make_a_much_narrower_interval() -> None:
    outcomes = {"a": selected(0.5), "b": selected(0.4)}
    paired, independent = impact_ratio_crossed(outcomes), impact_ratio(counts(outcomes))
    assert paired.estimate.interval.half_width < 0.6 * independent.estimate.interval.half_width


def test_unrelated_outcomes_gain_little_by_pairing() -> None:
    generator = np.random.default_rng(5)
    outcomes = {name: (generator.random(300) < 0.5).astype(float) for name in "ab"}
    paired, independent = impact_ratio_crossed(outcomes), impact_ratio(counts(outcomes))
    assert paired.estimate.low == pytest.approx(independent.estimate.low, abs=0.03)


def test_the_same_seed_gives_the_same_interval() -> None:
    outcomes = {"a": selected(0.5), "b": selected(0.4)}
    assert impact_ratio_crossed(outcomes, seed=3) == impact_ratio_crossed(outcomes, seed=3)
    first, second = (impact_ratio_crossed(outcomes, seed=seed).estimate for seed in (1, 2))
    assert first.low == pytest.approx(second.low, abs=0.02)


@pytest.mark.parametrize("n", [10, 50, 200])
def test_agreement_seen_everywhere_is_no_proof_that_none_differs(n: int) -> None:
    estimate = impact_ratio_crossed({"a": [1.0] * n, "b": [1.0] * n}).estimate
    assert estimate.value == 1.0
    # if one in n/3 differed, none would be seen about one time in twenty
    assert 1 - 9 / n < estimate.low < 1 - 2 / n


def test_variants_of_a_cv_count_as_one() -> None:
    outcomes = {"a": np.repeat(selected(0.5)[:40], 5), "b": np.repeat(selected(0.4)[:40], 5)}
    clustered = impact_ratio_crossed(outcomes, np.repeat(np.arange(40), 5))
    ignored = impact_ratio_crossed(outcomes)
    assert clustered.estimate.low < ignored.estimate.low - 0.05
    assert (clustered.estimate.n, clustered.estimate.clusters) == (200, 40)


def test_scores_are_welcome_beside_decisions() -> None:
    result = impact_ratio_crossed({"a": MERIT, "b": 0.9 * MERIT})
    assert result.estimate.value == pytest.approx(0.9)
    assert 0.85 < result.estimate.low < 0.9 < result.estimate.high < 0.95


def test_nobody_selected_at_all_is_undefined() -> None:
    with pytest.raises(UndefinedError):
        impact_ratio_crossed({"a": [0.0] * 9, "b": [0.0] * 9})


def test_nobody_selected_from_one_group_is_zero_with_an_upper_end_above_zero() -> None:
    estimate = impact_ratio_crossed({"a": selected(0.5), "b": selected(0.0)}).estimate
    assert (estimate.value, estimate.low) == (0.0, 0.0)
    assert 0.0 < estimate.high < 0.1


def test_every_interval_is_in_order_also_for_very_few_cvs() -> None:
    generator = np.random.default_rng(9)
    for n in (2, 3, 5):
        outcomes = {name: (generator.random(n) < 0.6).astype(float) for name in "abcd"}
        outcomes["a"][0] = 1.0
        result: ImpactRatio = impact_ratio_crossed(outcomes)
        for estimate in (*result.groups.values(), result.estimate):
            assert 0.0 <= estimate.low <= estimate.value <= estimate.high <= 1.0


def test_one_cv_alone_cannot_be_resampled() -> None:
    with pytest.raises(TooFewError):
        impact_ratio_crossed({"a": [1.0], "b": [1.0]})
    with pytest.raises(TooFewError):
        impact_ratio_crossed({"a": [1.0, 0.0], "b": [1.0, 1.0]}, ["same", "same"])


def test_between_outcomes_that_are_known_the_bounds_are_the_intervals() -> None:
    generator = np.random.default_rng(8)
    outcomes = {name: (generator.random(30) < 0.6).astype(float) for name in "abc"}
    known = impact_ratio_crossed(outcomes, seed=3)
    worst, groups = impact_ratio_bounds(outcomes, outcomes, seed=3)
    assert (worst.low, worst.high) == pytest.approx((known.estimate.low, known.estimate.high), abs=0.03)
    assert set(groups) == set("abc")


def test_outcomes_that_are_not_known_leave_both_ends_open() -> None:
    least = {"a": [1.0] * 18 + [0.0] * 2, "b": [1.0] * 16 + [0.0] * 4}
    most = {"a": [1.0] * 20, "b": [1.0] * 16 + [0.0] * 4}
    narrow, _ = impact_ratio_bounds(least, least)
    wide, groups = impact_ratio_bounds(least, most)
    assert wide.low < narrow.low
    assert groups["a"].high == 1.0
    with pytest.raises(InputError, match="not those of the same"):
        impact_ratio_bounds(most, least)
