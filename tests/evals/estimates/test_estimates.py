"""Rates, impact ratios and gaps: known inputs, known answers, and no swap of labels goes unseen."""

import pytest

from aboveboard.evals import Ask, MeasureInfo
from aboveboard.evals.estimates import Row, conclude_gap, conclude_impact, conclude_rate, crossed
from aboveboard.evals.rules import RuleCard
from aboveboard.stats import corrected_interval

RATE = MeasureInfo("t.rate", "t", "lower", "share", "generation", "", "t", ("colour",))
RATIO = MeasureInfo("t.ratio", "t", "parity", "ratio", "next-token", "", "t", ("colour", "shape"))


def rows(table: dict[str, list[float]], attribute: str = "colour") -> list[Row]:
    return [
        Row(value, f"case{case}", {attribute: group})
        for group, values in table.items()
        for case, value in enumerate(values)
    ]


def by(finding: object, attribute: str) -> dict[str, tuple[float, float, float]]:
    slices = getattr(finding, "slices")  # noqa: B009 - any finding
    return {each.group: (each.value, each.low, each.high) for each in slices if each.by == attribute}


def test_a_rate_is_the_share_and_its_worst_group_speaks_for_the_attribute() -> None:
    table = {"red": [1.0] * 8 + [0.0] * 12, "blue": [1.0] * 2 + [0.0] * 18}
    finding = conclude_rate(RATE, rows(table), Ask()).findings[0]
    assert finding.value == pytest.approx(10 / 40)
    assert (finding.n, finding.clusters) == (40, 20)
    groups = by(finding, "colour")
    assert groups["red"][0] == pytest.approx(0.4)
    assert groups["blue"][0] == pytest.approx(0.1)
    assert groups[""][0] == groups["red"][0]
    assert groups[""][1:] == groups["red"][1:]


def test_for_a_rate_that_should_be_high_the_lowest_group_is_the_worst() -> None:
    measure = MeasureInfo("t.rate", "t", "higher", "share", "generation", "", "t", ("colour",))
    table = {"red": [1.0] * 8 + [0.0] * 12, "blue": [1.0] * 2 + [0.0] * 18}
    assert by(conclude_rate(measure, rows(table), Ask()).findings[0], "colour")[""][0] == pytest.approx(0.1)


def test_groups_share_the_doubt_so_their_intervals_are_wider() -> None:
    table = {name: [1.0] * 10 + [0.0] * 10 for name in ("red", "blue", "green")}
    alone = conclude_rate(RATE, rows({"red": table["red"]}), Ask()).findings[0]
    joint = conclude_rate(RATE, rows(table), Ask()).findings[0]
    assert by(joint, "colour")["red"][1] < by(alone, "colour")["red"][1]
    assert by(joint, "colour")["red"][2] > by(alone, "colour")["red"][2]


def test_a_scorer_that_errs_widens_the_interval_and_leaves_the_value() -> None:
    table = {"red": [1.0] * 6 + [0.0] * 24}
    plain = conclude_rate(RATE, rows(table), Ask()).findings[0]
    judged = conclude_rate(RATE, rows(table), Ask(), RuleCard("r", "1", 18, 20, 17, 20)).findings[0]
    assert judged.value == plain.value
    assert judged.low < plain.low
    assert judged.high >= plain.high
    assert "sensitivity 18/20" in judged.method


def test_a_scorer_no_better_than_chance_tells_nothing() -> None:
    judged = conclude_rate(RATE, rows({"red": [1.0, 0.0] * 10}), Ask(), RuleCard("r", "1", 5, 10, 5, 10))
    assert (judged.findings[0].low, judged.findings[0].high) == (0.0, 1.0)


def test_what_the_scorer_errs_by_is_told_and_more_answers_do_not_shrink_it() -> None:
    card = RuleCard("r", "1", 18, 20, 17, 20)
    tables = [{"red": ([1.0] * 6 + [0.0] * 24) * times} for times in (1, 40)]
    few, many = (conclude_rate(RATE, rows(table), Ask(), card).findings[0] for table in tables)
    assert min(few.fixed) > 0
    assert many.fixed == pytest.approx(few.fixed)
    assert many.value - many.low >= many.fixed[0]
    assert few.mde > conclude_rate(RATE, rows(tables[0]), Ask()).findings[0].mde, "and less is found"


def test_no_scored_answer_is_a_gap_and_no_zero() -> None:
    result = conclude_rate(RATE, [], Ask())
    assert result.findings == ()
    assert "scored" in result.gaps[0].reason


def test_the_impact_ratio_is_lowest_over_highest() -> None:
    table = {"red": [1.0] * 40 + [0.0] * 20, "blue": [1.0] * 20 + [0.0] * 40}
    finding = conclude_impact(RATIO, rows(table), Ask(0.95, ("colour",))).findings[0]
    assert finding.value == pytest.approx(0.5)
    assert finding.low < 0.5 < finding.high < 1.0
    groups = by(finding, "colour")
    assert groups["red"][0] == pytest.approx(1.0)
    assert groups["blue"][0] == pytest.approx(0.5)
    assert groups[""][0] == pytest.approx(0.5)


def test_swapping_the_labels_of_groups_swaps_who_is_worst() -> None:
    table = {"red": [1.0] * 40 + [0.0] * 20, "blue": [1.0] * 20 + [0.0] * 40}
    swapped = {"red": table["blue"], "blue": table["red"]}
    finding = conclude_impact(RATIO, rows(swapped), Ask(0.95, ("colour",))).findings[0]
    assert by(finding, "colour")["red"][0] == pytest.approx(0.5)


def test_no_group_is_forgotten() -> None:
    table = {"red": [1.0] * 30, "blue": [1.0] * 30, "green": [1.0] * 3 + [0.0] * 27}
    finding = conclude_impact(RATIO, rows(table), Ask(0.95, ("colour",))).findings[0]
    assert finding.value == pytest.approx(0.1)
    assert set(by(finding, "colour")) == {"", "red", "blue", "green"}


def test_more_attributes_mean_wider_intervals() -> None:
    table = {"red": [1.0] * 40 + [0.0] * 20, "blue": [1.0] * 20 + [0.0] * 40}
    both = [Row(r.value, r.cluster, {**r.groups, "shape": r.groups["colour"]}) for r in rows(table)]
    one = conclude_impact(RATIO, both, Ask(0.95, ("colour",))).findings[0]
    two = conclude_impact(RATIO, both, Ask(0.95, ("colour", "shape"))).findings[0]
    assert two.low <= one.low
    assert "0.975" in two.method


def test_nobody_selected_is_undecided_with_the_reason() -> None:
    result = conclude_impact(RATIO, rows({"red": [0.0] * 9, "blue": [0.0] * 9}), Ask(0.95, ("colour",)))
    assert result.findings == ()
    assert "nobody was selected" in result.gaps[0].reason


def test_a_decision_that_never_varies_says_so_and_is_not_certain() -> None:
    result = conclude_impact(RATIO, rows({"red": [1.0] * 12, "blue": [1.0] * 12}), Ask(0.95, ("colour",)))
    finding = result.findings[0]
    assert finding.value == 1.0
    assert finding.low < 0.9, "twelve equal cases do not prove that none differs"
    assert "never varied" in finding.notes[0]


def test_a_case_that_one_group_misses_is_left_out_for_all() -> None:
    some = rows({"red": [1.0, 0.0, 1.0], "blue": [1.0, 1.0, 1.0]})[:-1]
    clusters, outcomes = crossed(some, "colour")
    assert clusters == ["case0", "case1"]
    assert outcomes == {"blue": [1.0, 1.0], "red": [1.0, 0.0]}


def test_the_gap_is_the_largest_difference_of_any_pair() -> None:
    table = {"red": [0.9] * 10, "blue": [0.5] * 10, "green": [0.4] * 10}
    noisy = {
        name: [v + 0.01 * (i % 3) * (name == "red") for i, v in enumerate(vs)] for name, vs in table.items()
    }
    finding = conclude_gap(RATE, rows(noisy), Ask()).findings[0]
    assert finding.value == pytest.approx(0.509)
    assert 0.45 < finding.low < finding.value < finding.high
    assert "green" in finding.notes[0]
    assert "red" in finding.notes[0]


def test_no_difference_seen_is_not_no_difference() -> None:
    finding = conclude_gap(RATE, rows({"red": [0.0] * 8, "blue": [0.0] * 8}), Ask()).findings[0]
    assert finding.value == 0.0
    assert finding.high > 0.3
    assert "cannot tell" in finding.notes[-1]


def test_no_gap_is_wider_than_its_scale_however_few_the_cases() -> None:
    few = rows({"red": [0.2, 0.9], "blue": [0.8, 0.1], "green": [0.5, 0.6]})
    assert conclude_gap(RATE, few, Ask()).findings[0].high == 1.0
    assert conclude_gap(RATE, few, Ask(), limits=(-1.0, 1.0)).findings[0].high == 2.0


def test_one_case_alone_is_a_gap() -> None:
    result = conclude_gap(RATE, rows({"red": [0.2], "blue": [0.4]}), Ask())
    assert result.findings == ()
    assert result.gaps


def test_answers_that_repeat_themselves_do_not_count_once_more_each_for_a_scorer_that_errs() -> None:
    """64 of 128 answers, in 16 clusters that each say one thing: what is known is that of 16."""
    repeated = [Row(float(i // 8 % 2), f"case{i // 8}", {}) for i in range(128)]
    measure = MeasureInfo("t.rate", "t", "lower", "share", "generation", "", "t")
    judged = conclude_rate(measure, repeated, Ask(), RuleCard("r", "1", 48, 50, 47, 50)).findings[0]
    independent = corrected_interval(0.5, 16, (48, 50), (47, 50))
    assert judged.low <= independent.low < 0.27
    assert judged.high >= independent.high > 0.73


def test_no_difference_seen_is_doubted_over_the_whole_scale() -> None:
    same = rows({"red": [0.3] * 8, "blue": [0.3] * 8})
    share = conclude_gap(RATE, same, Ask()).findings[0]
    tone = conclude_gap(RATE, same, Ask(), limits=(-1.0, 1.0)).findings[0]
    assert tone.high == pytest.approx(2 * share.high)
    assert by(tone, "colour")["red"][0] == pytest.approx(0.3)
    assert by(tone, "colour")["red"][1] < 0, "eight equal answers do not show a sign"


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ({}, "no group was seen among the scored answers"),
        ({"red": [0.1, 0.2, 0.3]}, "only red was seen"),
        ({"red": [0.2], "blue": [0.4]}, "too few cases were answered for every group: 1"),
    ],
)
def test_a_gap_that_cannot_be_told_says_why_in_words(table: dict[str, list[float]], reason: str) -> None:
    result = conclude_gap(RATE, rows(table), Ask())
    assert result.findings == ()
    assert all(reason in gap.reason for gap in result.gaps)
    assert {gap.by for gap in result.gaps} == {"", "colour"}
