import re
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aboveboard.documents import Plot, interval_plot
from aboveboard.values import Bound

_NUMBERS = st.floats(-1e6, 1e6)


@example([-5e-324, -5e-324, -5e-324], None)
@given(
    st.tuples(_NUMBERS, _NUMBERS, _NUMBERS).map(sorted),
    st.one_of(st.none(), st.builds(Bound, st.sampled_from([">=", "<"]), _NUMBERS)),
)
def test_any_interval_gives_a_picture_within_its_frame(numbers: list[float], bound: Bound | None) -> None:
    low, value, high = numbers
    svg = ElementTree.fromstring(interval_plot(Plot(value, low, high, bound)))
    for element in svg.iter():
        for name in ("x", "x1", "x2", "cx"):
            assert 0 <= float(element.get(name, "0")) <= 320


def test_it_can_be_heard() -> None:
    svg = interval_plot(Plot(0.5, 0.4, 0.6, Bound(">=", 0.8), "broken"))
    assert 'aria-label="0.5, interval 0.4 to 0.6, must be &gt;= 0.8: broken"' in svg


@pytest.mark.parametrize(("comparison", "side"), [(">=", "right"), ("<=", "left")])
def test_the_side_that_keeps_the_promise_is_shaded(comparison: str, side: str) -> None:
    svg = interval_plot(Plot(0.5, 0.4, 0.6, Bound(comparison, 0.8)))  # type: ignore[arg-type]  # a literal in the parameters
    found = re.search(r'class="good" x="([\d.]+)" y="4" width="([\d.]+)"', svg)
    assert found is not None
    starts_at_left = float(found[1]) == 14
    assert starts_at_left == (side == "left")


def test_a_proportion_is_drawn_on_the_whole_range_from_0_to_1() -> None:
    assert ">0<" in interval_plot(Plot(0.5, 0.4, 0.6))
    assert ">1<" in interval_plot(Plot(0.5, 0.4, 0.6))
