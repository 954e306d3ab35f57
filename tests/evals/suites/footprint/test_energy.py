"""What answers cost: grams and water follow the grid, and what is not known has no value."""

from dataclasses import replace

import pytest

from aboveboard.evals import Answer, Ask, Conclusions, Finding, Options, Scored, load_suite
from aboveboard.footprint import Span

SUITE = load_suite("footprint.energy")
ENERGY, CARBON, WATER, EMBODIED = (measure.id for measure in SUITE.measures)
ANSWER = Answer(
    text="x",
    completion_tokens=10,
    energy_wh=0.002,
    energy_basis="measured",
    carbon_g=0.0008,
    water_ml=Span(0.002, 0.008, 0.032),
    embodied_g=Span(0.0002, 0.001, 0.01),
)
LONGER = replace(ANSWER, completion_tokens=30)


def concluded(answers: list[Answer]) -> Conclusions:
    items = SUITE.items(Options(limit=len(answers)))
    scored = [Scored(i, a, SUITE.score(i, a)) for i, a in zip(items, answers, strict=True)]
    return SUITE.conclude(scored, {measure.id: Ask() for measure in SUITE.measures})


def found(answers: list[Answer]) -> dict[str, Finding]:
    return {each.measure: each for each in concluded(answers).findings}


def test_grams_are_the_energys_at_the_factor_of_the_grid() -> None:
    values = found([ANSWER, LONGER, ANSWER])
    assert values[ENERGY].value == pytest.approx(1000 * 0.006 / 50)
    assert values[CARBON].value == pytest.approx(0.4 * values[ENERGY].value)


def test_water_and_the_machines_making_are_those_of_all_tokens() -> None:
    values = found([ANSWER, LONGER, ANSWER])
    assert values[WATER].value == pytest.approx(1000 * 0.024 / 50)
    assert values[EMBODIED].value == pytest.approx(1000 * 0.003 / 50)


def test_an_interval_reaches_over_the_spread_and_the_error_of_what_was_counted() -> None:
    values = found([ANSWER, LONGER, ANSWER])
    measured, water = values[ENERGY], values[WATER]
    assert measured.fixed == (0.0, 0.0)
    spread = [end / measured.value for end in (measured.low, measured.high)]
    assert [end / water.value for end in (water.low, water.high)] == pytest.approx(
        [spread[0] / 4, spread[1] * 4]
    )
    assert water.fixed == pytest.approx((0.75 * water.value, 3.0 * water.value))


def test_an_estimated_energy_may_be_half_or_twice_as_much() -> None:
    answers = [ANSWER, LONGER, ANSWER]
    measured, estimated = (
        found([replace(each, energy_basis=basis) for each in answers])[ENERGY]
        for basis in ("measured", "estimated")
    )
    assert (estimated.low, estimated.high) == pytest.approx((measured.low / 2, measured.high * 2))
    assert estimated.fixed == pytest.approx((estimated.value / 2, estimated.value))
    assert estimated.mde > measured.mde
    assert "half" in estimated.notes[0] and not measured.notes


def test_an_energy_that_the_endpoint_states_is_told_as_stated() -> None:
    here, stated = (
        found([replace(each, carbon_g=grams) for each in (ANSWER, LONGER)]) for grams in (0.1, None)
    )
    assert (here[ENERGY].notes, here[ENERGY].method[-8:]) == ((), "measured")
    assert "not checked" in stated[ENERGY].notes[0] and stated[ENERGY].method.endswith("(as stated)")


def test_no_more_tokens_are_counted_than_the_endpoint_was_allowed() -> None:
    most, more = (replace(ANSWER, completion_tokens=tokens) for tokens in (64, 1_000_000))
    assert found([ANSWER, more])[ENERGY].value == found([ANSWER, most])[ENERGY].value


@pytest.mark.parametrize(
    ("lacking", "measure", "word"),
    [
        (replace(LONGER, carbon_g=None), CARBON, "grid"),
        (replace(LONGER, water_ml=None), WATER, "grid"),
        (replace(LONGER, embodied_g=None), EMBODIED, "machine"),
    ],
)
def test_what_is_not_known_of_one_answer_is_not_known(lacking: Answer, measure: str, word: str) -> None:
    conclusions = concluded([ANSWER, lacking])
    assert [(gap.measure, word in gap.reason) for gap in conclusions.gaps] == [(measure, True)]
    assert len(conclusions.findings) == 3


def test_with_no_answer_at_all_everything_is_a_gap() -> None:
    gaps = concluded([Answer(error="gone"), Answer(error="gone")]).gaps
    assert [gap.measure for gap in gaps] == [ENERGY, CARBON, WATER, EMBODIED]
    assert {gap.reason for gap in gaps} == {"gone"}
