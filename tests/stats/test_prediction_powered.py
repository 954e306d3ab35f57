"""A judge's readings put right by a few labels: closed forms, coverage by simulation, and honest edges."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from aboveboard.stats import (
    InputError,
    JudgedSample,
    TooFewError,
    mean,
    prediction_powered_mean,
    prediction_powered_proportion,
    proportion,
)

RUNS = [300, pytest.param(3000, marks=pytest.mark.slow)]
Chance = np.random.Generator


def sample_of(chance: Chance, n: int, rest: int, rate: float = 0.3, bias: float = 0.0) -> JudgedSample:
    """A judge that misses a tenth of the positives and flags `bias` + a tenth of the negatives."""
    truth = chance.random(n + rest) < rate
    judged = np.where(truth, chance.random(n + rest) < 0.9, chance.random(n + rest) < 0.1 + bias)
    values, read = truth.astype(float), judged.astype(float)
    return JudgedSample(labels=values[:n], judged=read[:n], rest=read[n:])


def test_with_the_full_weight_it_is_the_published_formula() -> None:
    sample = sample_of(np.random.default_rng(0), 60, 900)
    labels, judged, rest = (np.asarray(each) for each in (sample.labels, sample.judged, sample.rest))
    found = prediction_powered_mean(sample, weight=1.0)
    assert found.value == pytest.approx(rest.mean() - (judged - labels).mean())
    error = (rest.var(ddof=0) / rest.size + (judged - labels).var(ddof=1) / labels.size) ** 0.5
    assert found.interval.half_width == pytest.approx(2.001 * error, rel=0.002)


def test_without_weight_it_is_the_mean_of_the_labels() -> None:
    sample = sample_of(np.random.default_rng(0), 60, 900)
    found, plain = prediction_powered_mean(sample, weight=0.0), mean(sample.labels)
    assert (found.value, found.low, found.high) == pytest.approx((plain.value, plain.low, plain.high))


def test_a_judge_that_guesses_gets_no_weight_and_a_perfect_one_nearly_all() -> None:
    chance = np.random.default_rng(1)
    truth = chance.normal(size=2100)
    guess = JudgedSample(labels=truth[:100], judged=chance.normal(size=100), rest=chance.normal(size=2000))
    knows = JudgedSample(labels=truth[:100], judged=truth[:100], rest=truth[100:])
    plain = mean(truth[:100]).interval.half_width
    assert prediction_powered_mean(guess).interval.half_width == pytest.approx(plain, rel=0.05)
    assert prediction_powered_mean(knows).interval.half_width < 0.35 * plain


@given(st.floats(-5, 5), st.floats(1, 10))
def test_a_judge_on_another_scale_is_put_right(shift: float, stretch: float) -> None:
    chance = np.random.default_rng(3)
    truth = chance.normal(size=800)
    noise = truth + chance.normal(size=800) / 2
    moved = stretch * noise + shift
    first = JudgedSample(labels=truth[:80], judged=noise[:80], rest=noise[80:])
    second = JudgedSample(labels=truth[:80], judged=moved[:80], rest=moved[80:])
    one, other = prediction_powered_mean(first), prediction_powered_mean(second)
    assert one.value == pytest.approx(other.value)
    assert one.interval.half_width == pytest.approx(other.interval.half_width)


@pytest.mark.parametrize("runs", RUNS)
@pytest.mark.parametrize(
    ("rate", "bias", "n"),
    [(0.3, 0.0, 100), (0.3, 0.3, 100), (0.05, 0.0, 60), (0.5, 0.1, 200), (0.9, 0.2, 50)],
)
def test_the_true_share_is_inside_as_often_as_stated(rate: float, bias: float, n: int, runs: int) -> None:
    inside = 0
    for seed in range(runs):
        sample = sample_of(np.random.default_rng([seed, n]), n, 600, rate, bias)
        inside += rate in prediction_powered_proportion(sample).interval
    assert binom.cdf(inside, runs, 0.94) > 1e-4, f"{inside} of {runs}"


@pytest.mark.parametrize("runs", RUNS)
def test_items_in_clusters_do_not_make_it_too_sure(runs: int) -> None:
    """Thirty questions of ten items: a question is easy or hard, for people and the judge."""
    inside, naive = 0, 0
    for seed in range(runs):
        chance = np.random.default_rng([seed, 7])
        level = chance.normal(size=30).repeat(10)
        truth = level + chance.normal(size=300)
        judged = level + chance.normal(size=300) + 1.0
        order = chance.permutation(300)
        keys = np.arange(30).repeat(10)[order]
        parts = {"labels": truth[order[:100]], "judged": judged[order[:100]], "rest": judged[order[100:]]}
        inside += 0.0 in prediction_powered_mean(JudgedSample(**parts, clusters=keys)).interval
        naive += 0.0 in prediction_powered_mean(JudgedSample(**parts)).interval
    assert binom.cdf(inside, runs, 0.94) > 1e-4, f"{inside} of {runs}"
    assert naive < inside - runs // 10, "it is the clusters that make it honest"


def test_it_needs_fewer_labels_than_labels_alone() -> None:
    powered, alone = [], []
    for seed in range(30):
        sample = sample_of(np.random.default_rng(seed), 150, 3000)
        powered.append(prediction_powered_proportion(sample).interval.half_width)
        alone.append(proportion(int(sum(sample.labels)), 150).interval.half_width)
    assert np.mean(powered) < 0.8 * np.mean(alone)


def test_a_judge_never_seen_to_err_is_not_taken_for_perfect() -> None:
    labels = [1.0, 0.0] * 10
    found = prediction_powered_proportion(JudgedSample(labels=labels, judged=labels, rest=[1.0, 0.0] * 5000))
    assert found.low < 0.4
    assert found.high > 0.6
    assert (
        prediction_powered_mean(JudgedSample(labels=labels, judged=labels, rest=[1.0, 0.0] * 5000)).low > 0.45
    )


def test_with_every_item_labelled_the_labels_decide() -> None:
    labels, judged = [1.0, 0.0, 1.0, 1.0] * 10, [0.0, 1.0, 0.0, 0.0] * 10
    found = prediction_powered_proportion(JudgedSample(labels=labels, judged=judged, rest=[]))
    assert found.value == pytest.approx(0.75)


def test_what_cannot_be_used_is_refused() -> None:
    with pytest.raises(InputError, match="not pairs"):
        prediction_powered_mean(JudgedSample(labels=[1.0, 0.0], judged=[1.0], rest=[1.0]))
    with pytest.raises(TooFewError):
        prediction_powered_mean(JudgedSample(labels=[1.0], judged=[1.0], rest=[1.0]))
    with pytest.raises(InputError, match=r"lie in \[0, 1\]"):
        prediction_powered_proportion(JudgedSample(labels=[1.5, 1.0], judged=[1.0, 1.0], rest=[1.0]))
    with pytest.raises(InputError, match="weight"):
        prediction_powered_mean(JudgedSample(labels=[0.0, 1.0], judged=[1.0, 1.0], rest=[1.0]), weight=2.0)
