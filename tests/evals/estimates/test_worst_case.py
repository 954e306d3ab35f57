"""What the lost answers could have said: the ends hold whatever it was, and no wider than they must."""

from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.evals import Ask, MeasureInfo
from aboveboard.evals._finding import Conclusions, Finding, Lost
from aboveboard.evals.estimates import Row, conclude_gap, conclude_impact, conclude_mean, conclude_rate
from aboveboard.evals.rules import RuleCard
from aboveboard.evidence.records import Slice

MEASURE = MeasureInfo("t.rate", "t", "lower", "share", "generation", "", "t", ("colour",))
RATIO = MeasureInfo("t.ratio", "t", "parity", "ratio", "next-token", "", "t", ("colour",))
Conclude = Callable[[list[Row], Ask], Conclusions]


def rate(rows: list[Row], ask: Ask) -> Conclusions:
    return conclude_rate(MEASURE, rows, ask)


def carded(rows: list[Row], ask: Ask) -> Conclusions:
    return conclude_rate(MEASURE, rows, ask, RuleCard("r", "1", 18, 20, 17, 20))


def mean(rows: list[Row], ask: Ask) -> Conclusions:
    return conclude_mean(MEASURE, rows, ask, limits=(0.0, 1.0))


def gap(rows: list[Row], ask: Ask) -> Conclusions:
    return conclude_gap(MEASURE, rows, ask)


def impact(rows: list[Row], ask: Ask) -> Conclusions:
    return conclude_impact(RATIO, rows, ask)


def answers(red: list[float], blue: list[float]) -> list[Row]:
    return [
        Row(value, f"case{case}", {"colour": colour})
        for colour, values in (("red", red), ("blue", blue))
        for case, value in enumerate(values)
    ]


def losing(rows: list[Row], places: list[int]) -> tuple[list[Row], Ask]:
    """The rows that are left, and what was lost."""
    lost = tuple(Lost(rows[place].cluster, rows[place].groups) for place in places)
    return [row for place, row in enumerate(rows) if place not in places], Ask(0.95, ("colour",), lost)


def figures(finding: Finding) -> dict[tuple[str, str], Finding | Slice]:
    return {("", ""): finding, **{(part.by, part.group): part for part in finding.slices}}


ROWS = answers([1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0], [1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0])


@pytest.mark.parametrize("conclude", [rate, carded, mean, gap, impact])
def test_whatever_the_lost_answers_were_value_and_interval_lie_within_the_ends(conclude: Conclude) -> None:
    """The interval to 0.02: among few cases it can be a little wider where the lost ones differ."""
    places = [0, 5, 11]
    left, ask = losing(ROWS, places)
    bounded = figures(conclude(left, ask).findings[0])
    for said in product((0.0, 1.0), repeat=len(places)):
        whole = list(ROWS)
        for place, value in zip(places, said, strict=True):
            whole[place] = Row(value, whole[place].cluster, whole[place].groups)
        true = figures(conclude(whole, Ask(0.95, ("colour",))).findings[0])
        for name, figure in true.items():
            least, most = bounded[name].least, bounded[name].most
            if conclude is gap and name[1]:
                continue  # the means of the groups are shown, and nothing is promised of them
            assert least is not None
            assert most is not None
            assert least <= figure.value <= most, (name, said)
            assert least <= figure.low + 0.02, (name, said)
            assert most >= figure.high - 0.02, (name, said)


@pytest.mark.parametrize("conclude", [rate, carded, mean, gap, impact])
def test_the_value_and_its_interval_are_those_of_what_was_scored(conclude: Conclude) -> None:
    left, ask = losing(ROWS, [0, 5])
    with_lost, without = conclude(left, ask).findings[0], conclude(left, Ask(0.95, ("colour",))).findings[0]
    assert (with_lost.value, with_lost.low, with_lost.high) == (without.value, without.low, without.high)
    assert (without.least, without.most) == (None, None)
    assert all(part.least is None for part in without.slices)
    assert with_lost.least is not None
    assert with_lost.least <= with_lost.low


@given(st.lists(st.sampled_from([0.0, 1.0]), min_size=1, max_size=40), st.integers(1, 40))
def test_the_ends_of_a_share_never_lie_within_its_interval(values: list[float], lost: int) -> None:
    rows = [Row(value, f"case{place}", {}) for place, value in enumerate(values)]
    unread = tuple(Lost(f"lost{place}", {}) for place in range(lost))
    found = conclude_rate(MEASURE, rows, Ask(0.95, (), unread)).findings[0]
    assert found.least is not None
    assert found.most is not None
    assert 0.0 <= found.least <= found.low <= found.value <= found.high <= found.most <= 1.0


def test_a_quarter_of_lost_answers_leaves_about_a_quarter_of_the_scale_open() -> None:
    rows = [Row(float(place < 240), f"case{place}", {}) for place in range(300)]
    unread = tuple(Lost(f"lost{place}", {}) for place in range(100))
    found = conclude_rate(MEASURE, rows, Ask(0.95, (), unread)).findings[0]
    assert found.least == pytest.approx(0.75 * 0.8, abs=0.055)
    assert found.most == pytest.approx(0.75 * 0.8 + 0.25, abs=0.055)


def test_a_group_that_was_lost_altogether_can_be_anything() -> None:
    rows = [row for row in ROWS if row.groups["colour"] == "red"]
    lost = tuple(Lost(row.cluster, row.groups) for row in ROWS if row.groups["colour"] == "blue")
    summary = figures(rate(rows, Ask(0.95, ("colour",), lost)).findings[0])["colour", ""]
    assert summary.most == 1.0, "the worst group of a share that should be low"


def test_what_has_no_limits_has_no_ends() -> None:
    left, ask = losing(ROWS, [0, 5])
    found = conclude_mean(MEASURE, left, ask).findings[0]
    assert (found.least, found.most) == (None, None)


def test_values_that_are_all_the_same_are_undecided_without_limits() -> None:
    same = [Row(0.5, row.cluster, row.groups) for row in ROWS]
    result = conclude_mean(MEASURE, same, Ask(0.95, ("colour",)))
    assert not result.findings
    assert result.gaps[0].reason == "all 8 have the same value, 0.5: how far others may lie is unknown"
    found = conclude_mean(MEASURE, same, Ask(0.95, ("colour",)), limits=(0.0, 1.0)).findings[0]
    assert found.low < 0.4
    assert found.high > 0.6


def test_a_group_whose_values_are_all_the_same_leaves_its_attribute_undecided_without_limits() -> None:
    rows = [*ROWS[:8], *(Row(0.5, row.cluster, row.groups) for row in ROWS[8:])]
    result = conclude_mean(MEASURE, rows, Ask(0.95, ("colour",)))
    assert [part.group for part in result.findings[0].slices] == ["red"], (
        "and nothing speaks for the attribute"
    )
    reason = "blue: all 8 have the same value, 0.5: how far others may lie is unknown"
    assert [(gap.by, gap.reason) for gap in result.gaps] == [("colour", reason)]


@pytest.mark.parametrize(("conclude", "end"), [(gap, ("most", 1.0)), (impact, ("least", 0.0))])
def test_an_attribute_that_lost_all_there_was_to_compare_does_not_vanish(
    conclude: Conclude, end: tuple[str, float]
) -> None:
    """One answer in ten is lost: those to every case but one under the name of one of ten groups."""
    items = [
        ({"size": size, "colour": colour}, case)
        for case in range(20)
        for size in ("big", "small")
        for colour in "abcdefghij"
    ]
    gone = [(groups, case) for groups, case in items if groups["colour"] == "a" and case]
    rows = [Row(1.0, f"case{case}", groups) for groups, case in items if (groups, case) not in gone]
    lost = tuple(Lost(f"case{case}", groups) for groups, case in gone)
    found = conclude(rows, Ask(0.95, ("size", "colour"), lost))
    assert [each.by for each in found.gaps] == ["colour"]
    assert getattr(found.findings[0], end[0]) == end[1]
