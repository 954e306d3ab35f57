"""Energy and CO₂e of answers: grams follow the grid, and where no grid is known there are none."""

from dataclasses import replace

import pytest

from aboveboard.evals import Answer, Ask, Conclusions, Options, Scored, load_suite

SUITE = load_suite("footprint.energy")
ENERGY, CARBON = (measure.id for measure in SUITE.measures)
ANSWER = Answer(text="x", completion_tokens=10, energy_wh=0.002, energy_basis="measured", carbon_g=0.0008)


def concluded(answers: list[Answer]) -> Conclusions:
    items = SUITE.items(Options(limit=len(answers)))
    scored = [Scored(i, a, SUITE.score(i, a)) for i, a in zip(items, answers, strict=True)]
    return SUITE.conclude(scored, {ENERGY: Ask(), CARBON: Ask()})


def test_grams_are_the_energys_at_the_factor_of_the_grid() -> None:
    energy, carbon = concluded([ANSWER, replace(ANSWER, completion_tokens=30), ANSWER]).findings
    assert energy.value == pytest.approx(1000 * 0.006 / 50)
    assert carbon.value == pytest.approx(0.4 * energy.value)


def test_an_answer_whose_grid_is_not_known_has_energy_and_no_grams() -> None:
    found = concluded([ANSWER, replace(ANSWER, carbon_g=None)])
    assert [each.measure for each in found.findings] == [ENERGY]
    assert [(gap.measure, "grid" in gap.reason) for gap in found.gaps] == [(CARBON, True)]


def test_with_no_answer_at_all_both_are_gaps() -> None:
    assert [gap.measure for gap in concluded([Answer(error="gone"), Answer(error="gone")]).gaps] == [
        ENERGY,
        CARBON,
    ]
