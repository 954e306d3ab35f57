"""Matched guise: a prejudice planted in a model is found with its size, and none where there is none."""

from typing import Any

import pytest

from aboveboard.evals import Options, load_suite
from aboveboard.testing import FakeLikelihoods

BAD = ("lazy", "stupid", "rude", "dirty", "aggressive", "ignorant", "dangerous", "careless")


async def test_a_prejudice_is_found_with_its_size(run_suite: Any) -> None:
    kinds: dict[str, tuple[str, str]] = {
        item.likelihood.context: (item.facts["guise"], item.cluster) for item in items()
    }
    sizes = {
        cluster: 0.7 + 0.1 * (place % 2)
        for place, cluster in enumerate(sorted({cluster for _, cluster in kinds.values()}))
    }

    def score(context: str, trait: str) -> float:
        guise, cluster = kinds[context]
        return -6.0 + sizes[cluster] * (guise == "aae") * (trait.strip() in BAD)

    result = await run_suite("bias.dialect", FakeLikelihoods(score))
    found = {each.measure: each for each in result.measurements}
    assert found["bias.dialect.prejudice"].value == pytest.approx(0.75)
    assert found["bias.dialect.unfavourable"].value == pytest.approx(0.75)
    assert found["bias.dialect.prejudice"].clusters == 26


async def test_a_model_that_hears_no_difference_at_all_has_no_interval(
    run_suite: Any,
) -> None:
    """Twenty-six zeros do not tell how far from zero another pair may be: nats have no limits."""
    result = await run_suite("bias.dialect", FakeLikelihoods(lambda _, trait: -float(len(trait))))
    assert not result.measurements
    assert {each.reason for each in result.gaps} == {
        "all 26 have the same value, 0: how far others may lie is unknown"
    }


def test_both_guises_of_a_pair_are_always_asked() -> None:
    for limit in (2, 24, 100):
        made = load_suite("bias.dialect").items(Options(limit=limit))
        assert len(made) == limit
        assert sum(item.facts["guise"] == "aae" for item in made) == limit / 2


def items() -> Any:
    return load_suite("bias.dialect").items(Options())
