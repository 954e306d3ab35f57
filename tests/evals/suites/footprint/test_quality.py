"""Right answers for a kilojoule: more for less energy, and never surer than what was counted."""

from collections.abc import Sequence

import pytest

from aboveboard.evals import Answer, Ask, Conclusions, Finding, Options, Scored, load_suite
from aboveboard.evals.suites.footprint._quality import right_for_energy
from aboveboard.stats import StatsError

SUITE = load_suite("footprint.quality")
PER_ENERGY, ACCURACY = (measure.id for measure in SUITE.measures)


def concluded(right: Sequence[bool], wh: Sequence[float], basis: str = "measured") -> Conclusions:
    items = SUITE.items(Options(limit=len(right)))
    answers = [
        Answer(text=item.target if is_right else "?", completion_tokens=3, energy_wh=each, energy_basis=basis)
        for item, is_right, each in zip(items, right, wh, strict=True)
    ]
    scored = [Scored(i, a, SUITE.score(i, a)) for i, a in zip(items, answers, strict=True)]
    return SUITE.conclude(scored, {measure.id: Ask() for measure in SUITE.measures})


def found(right: Sequence[bool], wh: Sequence[float], basis: str = "measured") -> dict[str, Finding]:
    return {each.measure: each for each in concluded(right, wh, basis).findings}


HALF = [True, False] * 16
ENERGIES = [0.001 * (1 + place % 3) for place in range(32)]


def test_it_is_all_right_answers_over_all_kilojoules() -> None:
    values = found(HALF, ENERGIES)
    assert values[PER_ENERGY].value == pytest.approx(16 / (3.6 * sum(ENERGIES)))
    assert values[ACCURACY].value == 0.5


def test_ten_times_the_energy_is_a_tenth_of_the_quality_per_joule() -> None:
    cheap, dear = (found(HALF, [factor * wh for wh in ENERGIES])[PER_ENERGY] for factor in (1, 10))
    assert [dear.low, dear.value, dear.high] == pytest.approx(
        [each / 10 for each in (cheap.low, cheap.value, cheap.high)]
    )


def test_an_estimated_energy_widens_the_interval_by_the_error_of_its_model() -> None:
    measured, estimated = (found(HALF, ENERGIES, basis)[PER_ENERGY] for basis in ("measured", "estimated"))
    assert (estimated.low, estimated.high) == pytest.approx((measured.low / 2, measured.high * 2))
    assert measured.fixed == (0.0, 0.0)
    assert estimated.fixed == pytest.approx((estimated.value / 2, estimated.value))


def test_with_none_right_the_interval_still_reaches_up() -> None:
    worst = found([False] * 32, ENERGIES)[PER_ENERGY]
    assert worst.value == worst.low == 0
    assert worst.high == pytest.approx(0.109 / (3.6 * sum(ENERGIES) / 32), rel=0.01)  # 1 − 0.025^(1/32)


def test_with_all_right_at_one_price_the_interval_still_reaches_down() -> None:
    best = found([True] * 32, [0.001] * 32)[PER_ENERGY]
    assert best.low < 0.9 * best.value == pytest.approx(0.9 / 0.0036)


def test_answers_that_took_no_energy_have_no_quality_per_joule() -> None:
    conclusions = concluded(HALF, [0.0] * 32)
    assert [each.measure for each in conclusions.findings] == [ACCURACY]
    assert [gap.reason for gap in conclusions.gaps] == ["no energy was counted"]


def test_one_answer_is_too_few() -> None:
    with pytest.raises(StatsError, match="two"):
        right_for_energy([(1.0, 0.1)], 0.95)


def test_a_blank_answer_is_wrong_and_none_is_no_answer() -> None:
    item = SUITE.items(Options(limit=2))[0]
    assert SUITE.score(item, Answer(text=" ", completion_tokens=1, energy_wh=0.1)) == {
        "right": 0.0,
        "wh": 0.1,
    }
    assert SUITE.score(item, Answer()) is None


def test_every_kind_is_asked_as_often() -> None:
    kinds = [item.groups["kind"] for item in SUITE.items(Options())]
    assert {kinds.count(kind) for kind in kinds} == {8}
