"""Matched guise: a prejudice planted in a model is found with its size, and none where there is none."""

from typing import Any

import pytest

from aboveboard.evals import Options, load_suite
from aboveboard.testing import FakeLikelihoods

BAD = ("lazy", "stupid", "rude", "dirty", "aggressive", "ignorant", "dangerous", "careless")


async def test_a_prejudice_is_found_with_its_size(run_suite: Any) -> None:
    guises = {item.likelihood.context: item.facts["guise"] for item in items()}

    def score(context: str, trait: str) -> float:
        return -6.0 + 0.75 * (guises[context] == "aae" and trait.strip() in BAD)

    result = await run_suite("bias.dialect", FakeLikelihoods(score))
    found = {each.measure: each for each in result.measurements}
    assert found["bias.dialect.prejudice"].value == pytest.approx(0.75)
    assert found["bias.dialect.favourable"].value == pytest.approx(0.0)
    assert found["bias.dialect.unfavourable"].value == pytest.approx(0.75)
    assert found["bias.dialect.prejudice"].clusters == 26


async def test_a_model_that_hears_no_difference_has_none(run_suite: Any) -> None:
    result = await run_suite("bias.dialect", FakeLikelihoods(lambda _, trait: -float(len(trait))))
    assert [each.value for each in result.measurements] == pytest.approx([0.0, 0.0, 0.0])


def test_both_guises_of_a_pair_are_always_asked() -> None:
    for limit in (2, 24, 100):
        made = load_suite("bias.dialect").items(Options(limit=limit))
        assert len(made) == limit
        assert sum(item.facts["guise"] == "aae" for item in made) == limit / 2


def items() -> Any:
    return load_suite("bias.dialect").items(Options())
