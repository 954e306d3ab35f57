"""Groups by a judge that errs with one of them more: gaps that are not there are not found."""

import numpy as np
import pytest

from aboveboard.stats import (
    InputError,
    JudgedSample,
    TooFewError,
    UndefinedError,
    paired_difference,
    prediction_powered_groups,
    prediction_powered_proportion,
)

UNEQUAL = {"a": 0.05, "b": 0.35}  # how often the judge flags a negative of the group


def drawn(labelled: int, seed: int = 0, each: int = 600, rate: float = 0.3) -> tuple[JudgedSample, list[str]]:
    chance = np.random.default_rng(seed)
    names = np.repeat(list(UNEQUAL), each)
    truth = chance.random(names.size) < rate
    flags = np.array([UNEQUAL[name] for name in names])
    judged = np.where(truth, chance.random(names.size) < 0.9, chance.random(names.size) < flags)
    order = chance.permutation(names.size)
    labels, read = truth[order].astype(float), judged[order].astype(float)
    sample = JudgedSample(labels=labels[:labelled], judged=read[:labelled], rest=read[labelled:])
    return sample, names[order].tolist()


def test_the_gap_of_a_judge_that_is_unfair_is_not_found_in_the_answers() -> None:
    sample, groups = drawn(240)
    read = np.concatenate([sample.judged, sample.rest])
    mine = np.array(groups) == "a"
    assert read[~mine].mean() - read[mine].mean() > 0.15, "the judge alone sees one"
    found = prediction_powered_groups(sample, groups)
    assert 0.0 in found.difference("a", "b").interval
    assert found.impact_ratio().estimate.high > 0.9
    for group in found.groups:
        assert 0.3 in found.share(group).interval


def test_a_gap_that_is_there_is_found() -> None:
    first, groups = drawn(500, rate=0.5)
    labels, judged, rest = (np.array(each) for each in (first.labels, first.judged, first.rest))
    is_b = np.array(groups) == "b"
    labels[is_b[:500]], judged[is_b[:500]], rest[is_b[500:]] = 0.0, 0.0, 0.0
    found = prediction_powered_groups(JudgedSample(labels=labels, judged=judged, rest=rest), groups)
    assert found.difference("a", "b").low > 0.3
    assert found.impact_ratio().estimate.high < 0.2
    assert found.impact_ratio().worst == "b"


def test_one_group_is_the_whole() -> None:
    sample, _ = drawn(100)
    one = prediction_powered_groups(sample, ["all"] * 1200).share("all")
    whole = prediction_powered_proportion(sample)
    assert (one.value, one.low, one.high) == pytest.approx((whole.value, whole.low, whole.high))
    assert one.fixed == pytest.approx(whole.fixed)


def test_with_everything_labelled_on_the_same_cases_it_is_the_paired_difference_and_two_cases_each() -> None:
    chance = np.random.default_rng(4)
    merit = chance.random(200)
    first, second = (merit < 0.5).astype(float), (np.clip(merit + 0.05, 0, 1) < 0.5).astype(float)
    labels, cases = np.concatenate([first, second]), np.tile(np.arange(200), 2)
    sample = JudgedSample(labels=labels, judged=chance.random(400), rest=[], clusters=cases)
    found = prediction_powered_groups(sample, ["a"] * 200 + ["b"] * 200).difference("a", "b")
    paired = paired_difference(first, second, range(200))
    assert found.value == pytest.approx(paired.value)
    assert found.interval.half_width == pytest.approx(paired.interval.half_width, rel=0.25)
    apart = JudgedSample(labels=labels, judged=sample.judged, rest=[])
    alone = prediction_powered_groups(apart, ["a"] * 200 + ["b"] * 200).difference("a", "b")
    assert found.interval.half_width < 0.5 * alone.interval.half_width, "what is hard for both cancels"


def test_exchanging_the_groups_turns_the_difference_round_and_the_ratio_stays() -> None:
    sample, groups = drawn(200)
    one = prediction_powered_groups(sample, groups)
    other = prediction_powered_groups(sample, [{"a": "b", "b": "a"}[each] for each in groups])
    assert one.difference("a", "b").low == pytest.approx(other.difference("b", "a").low)
    assert one.difference("a", "b").low == pytest.approx(-one.difference("b", "a").high)
    assert one.impact_ratio().estimate == other.impact_ratio().estimate


def test_a_group_with_too_few_labels_is_named_and_has_no_share() -> None:
    sample, groups = drawn(200)
    groups[0] = "c"
    groups[700] = "c"
    found = prediction_powered_groups(sample, groups)
    assert (found.groups, found.missing) == (("a", "b"), ("c",))
    with pytest.raises(TooFewError):
        prediction_powered_groups(JudgedSample(labels=[1.0], judged=[1.0], rest=[1.0]), ["a", "b"])


def test_a_ratio_to_a_group_that_may_be_none_has_no_upper_end_below_one() -> None:
    labels = [0.0, 1.0] * 3 + [0.0] * 6
    sample = JudgedSample(labels=labels, judged=labels, rest=[0.0] * 20)
    found = prediction_powered_groups(sample, ["a"] * 6 + ["b"] * 6 + ["a", "b"] * 10).impact_ratio()
    assert (found.estimate.low, found.estimate.high) == (0.0, 1.0)
    nobody = JudgedSample(labels=[0.0] * 8, judged=[0.0] * 8, rest=[])
    with pytest.raises(UndefinedError):
        prediction_powered_groups(nobody, ["a", "b"] * 4).impact_ratio()


def test_what_cannot_be_used_is_refused() -> None:
    with pytest.raises(InputError, match="2 groups for 4 items"):
        prediction_powered_groups(JudgedSample(labels=[0.0] * 4, judged=[0.0] * 4, rest=[]), ["a", "b"])
    one = prediction_powered_groups(JudgedSample(labels=[0.0] * 4, judged=[0.0] * 4, rest=[]), ["a"] * 4)
    with pytest.raises(InputError, match="compares groups"):
        one.impact_ratio()
