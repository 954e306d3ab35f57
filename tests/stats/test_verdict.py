"""Verdicts with three values, and the number that would decide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.stats import Estimate, Interval, Verdict, decide, proportion, samples_to_decide
from aboveboard.values import Bound, parse_bound


@pytest.mark.parametrize(
    ("bound", "low", "high", "verdict"),
    [
        (">= 0.8", 0.81, 0.9, "kept"),
        (">= 0.8", 0.8, 0.9, "kept"),
        ("> 0.8", 0.8, 0.9, "undecided"),
        (">= 0.8", 0.7, 0.8, "undecided"),
        ("> 0.8", 0.7, 0.8, "broken"),
        (">= 0.8", 0.7, 0.79, "broken"),
        ("<= 0.1", 0.0, 0.1, "kept"),
        ("< 0.1", 0.0, 0.1, "undecided"),
        ("<= 0.1", 0.1, 0.2, "undecided"),
        ("< 0.1", 0.1, 0.2, "broken"),
        ("<= 0.1", 0.05, 0.2, "undecided"),
        (">= 0.8", 0.0, float("inf"), "undecided"),
    ],
)
def test_the_ends_decide(bound: str, low: float, high: float, verdict: str) -> None:
    assert decide(low, high, parse_bound(bound)) == verdict


bounds = st.builds(Bound, st.sampled_from([">=", ">", "<=", "<"]), st.floats(0, 1))


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), bounds)
def test_a_verdict_speaks_for_every_value_in_the_interval(
    first: float, second: float, share: float, bound: Bound
) -> None:
    low, high = sorted([first, second])
    inside = min(high, max(low, low + share * (high - low)))
    match decide(low, high, bound):
        case Verdict.KEPT:
            assert bound.is_met_by(inside)
        case Verdict.BROKEN:
            assert not bound.is_met_by(inside)
        case Verdict.UNDECIDED:
            assert bound.is_met_by(low) != bound.is_met_by(high)


def estimate(
    value: float, low: float, high: float, n: int = 100, fixed: tuple[float, float] = (0.0, 0.0)
) -> Estimate:
    return Estimate(value, Interval(low, high, 0.95, "t"), n, n, 0.1, fixed)


def test_four_times_the_samples_halve_the_width() -> None:
    assert samples_to_decide(estimate(0.9, 0.7, 1.0), parse_bound(">= 0.8")) == 400


def test_the_side_that_faces_the_bound_counts() -> None:
    assert samples_to_decide(estimate(0.1, 0.0, 0.4), parse_bound("<= 0.25")) == 400


def test_the_scorers_own_error_does_not_shrink_with_more_items() -> None:
    # 0.5² = 0.3² + 0.4²·100/n reaches a distance of 0.4 where n = 16·100/7, rounded up.
    found = estimate(0.9, 0.4, 1.0, fixed=(0.3, 0.05))
    assert samples_to_decide(found, parse_bound(">= 0.5")) == 229
    assert samples_to_decide(estimate(0.9, 0.4, 1.0), parse_bound(">= 0.5")) == 157


def test_no_number_of_items_reaches_into_the_scorers_own_error() -> None:
    found = estimate(0.9, 0.4, 1.0, fixed=(0.3, 0.0))
    assert samples_to_decide(found, parse_bound(">= 0.6")) is None
    assert samples_to_decide(found, parse_bound(">= 0.7")) is None
    below = estimate(0.1, 0.0, 0.6, fixed=(0.0, 0.3))
    assert samples_to_decide(below, parse_bound("<= 0.3")) is None


@given(st.floats(0.01, 0.3), st.floats(0.01, 0.3), st.floats(1.05, 5), st.integers(10, 10**6))
def test_so_many_bring_the_side_to_the_bound(fixed: float, chance: float, far: float, n: int) -> None:
    side = (fixed**2 + chance**2) ** 0.5
    distance = min(fixed * far, side * 0.99)
    if distance <= fixed * 1.01:
        return
    found = estimate(0.0, -side, side, n, (fixed, fixed))
    needed = samples_to_decide(found, Bound("<=", distance))
    assert needed is not None
    reached = (fixed**2 + chance**2 * n / needed) ** 0.5
    assert reached <= distance * (1 + 1e-9) or needed == n + 1


def test_nothing_more_is_needed_once_decided() -> None:
    assert samples_to_decide(estimate(0.9, 0.85, 0.95), parse_bound(">= 0.8")) is None
    assert samples_to_decide(estimate(0.5, 0.4, 0.6), parse_bound(">= 0.8")) is None


def test_no_number_decides_a_value_on_the_bound() -> None:
    assert samples_to_decide(estimate(0.8, 0.7, 0.9), parse_bound(">= 0.8")) is None


def test_an_open_end_promises_nothing() -> None:
    assert samples_to_decide(estimate(0.9, float("-inf"), 1.0), parse_bound(">= 0.8")) is None


@given(st.integers(0, 400), bounds)
def test_the_number_asked_for_about_decides(successes: int, bound: Bound) -> None:
    first = proportion(successes, 400)
    needed = samples_to_decide(first, bound)
    if needed is None or needed > 10**9 or not 20 <= successes <= 380:
        return
    assert needed > 400
    later = proportion(round(first.value * 2 * needed), 2 * needed)
    assert decide(later.low, later.high, bound) is not Verdict.UNDECIDED
