"""The reference figures of TruthfulQA come out to the digit, from the weights and the questions."""

from typing import Any

import pytest


@pytest.mark.train
@pytest.mark.slow
@pytest.mark.public_data
def test_the_edition_of_2021_after_six_worked_examples_gives_the_reference_figures(
    benchmark_module: Any,
) -> None:
    pytest.importorskip("torch")
    from aboveboard.models.likelihoods import read_source_at
    from aboveboard.models.likelihoods._engine import open_engine

    found = benchmark_module("truthfulqa").figures(open_engine(read_source_at(""), 256))
    assert (round(100 * found["mc1"], 2), round(100 * found["mc2"], 2)) == (24.97, 44.85)
