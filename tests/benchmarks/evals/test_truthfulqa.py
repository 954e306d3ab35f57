"""TruthfulQA's reference figures, from the weights and the questions: the first 100 of 817, as they came out
with all of them, which gave the reference's 24.97 and 44.85 (`benchmarks/evals/truthfulqa.py`, four minutes).
"""

from typing import Any

import pytest


@pytest.mark.train
@pytest.mark.slow
@pytest.mark.public_data
def test_the_edition_of_2021_after_six_worked_examples_gives_what_it_gave(
    benchmark_module: Any,
) -> None:
    pytest.importorskip("torch")
    from aboveboard.models.likelihoods import read_source_at
    from aboveboard.models.likelihoods._engine import open_engine

    found = benchmark_module("truthfulqa").figures(open_engine(read_source_at(""), 512), 100)
    assert (round(100 * found["mc1"], 2), round(100 * found["mc2"], 2)) == (27.0, 46.79)
