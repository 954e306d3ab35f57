"""A million rows in seconds."""

import time

import numpy as np
import pytest

from aboveboard.privacy.risk import assess_risk


@pytest.mark.slow
def test_a_million_rows_take_seconds() -> None:
    random = np.random.default_rng(5)
    columns = {
        "age": random.integers(18, 90, 1_000_000).tolist(),
        "zip": [f"{code}" for code in random.integers(10_000, 10_400, 1_000_000)],
        "sex": random.choice(["f", "m"], 1_000_000).tolist(),
        "job": random.choice(list("abcde"), 1_000_000).tolist(),
        "income": random.integers(0, 500, 1_000_000).tolist(),
    }
    start = time.process_time()
    report = assess_risk(columns, ["age", "zip", "sex", "job"], ["income"], population=10_000_000)
    assert report.rows == 1_000_000
    assert time.process_time() - start < 20


def test_the_work_grows_with_the_rows() -> None:
    def seconds(rows: int) -> float:
        columns = {name: np.random.default_rng(5).integers(0, 50, rows).tolist() for name in "abc"}
        start = time.process_time()
        assess_risk(columns, ["a", "b"], ["c"])
        return time.process_time() - start

    seconds(1000)
    assert seconds(160_000) < 30 * max(seconds(20_000), 0.01)
