"""Certainty against being right: 0 for a perfect forecaster, and what chance alone would show."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.evals.estimates import Line
from aboveboard.evals.suites.truth._calibration import calibration_error, note_chance

tables = st.lists(st.tuples(st.floats(0.5, 1.0), st.sampled_from([0.0, 0.5, 1.0])), min_size=1, max_size=50)


def test_a_forecaster_who_is_right_as_often_as_he_is_sure_has_no_error() -> None:
    table = np.array([(0.75, 1.0)] * 3 + [(0.75, 0.0)] + [(1.0, 1.0)] * 4)
    assert calibration_error(table) == 0.0


@given(tables)
def test_the_error_is_a_share_no_less_than_the_whole_gap(rows: list[tuple[float, float]]) -> None:
    table = np.array(rows)
    gap = abs(table[:, 0].mean() - table[:, 1].mean())
    assert gap - 1e-9 <= calibration_error(table) <= 1.0


def test_fewer_answers_show_more_error_by_chance() -> None:
    def chance(count: int) -> float:
        lines = [Line((0.5 + 0.5 * place / count, 1.0), str(place), {}) for place in range(count)]
        return float(note_chance(lines).rsplit(" ", 1)[1])

    assert chance(20) > chance(500) > 0


async def test_a_model_that_is_always_sure_and_half_right(fake: Any, run_suite: Any) -> None:
    from aboveboard.evals import Options, load_suite

    items = {item.messages[-1].content: item for item in load_suite("truth.calibration").items(Options())}

    def reply(request: Any) -> str:
        item = items[request.messages[-1].content]
        return str(item.choices[item.groups["order"] != "right first"])

    result = await run_suite("truth.calibration", fake(reply=reply))
    found = {each.measure: each for each in result.measurements}
    assert found["truth.calibration.ece"].value == pytest.approx(0.5, abs=0.05)
    assert "perfectly calibrated" in found["truth.calibration.ece"].notes[0]
