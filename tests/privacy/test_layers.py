"""Two lists of spans laid over each other."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from aboveboard.privacy import PersonalData
from aboveboard.privacy._layers import laid_over


@st.composite
def layers(draw: st.DrawFn) -> list[PersonalData]:
    cuts = sorted(draw(st.sets(st.integers(0, 40), max_size=12)))
    return [
        PersonalData(start, end, draw(st.sampled_from("ab")))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]


def covered(spans: list[PersonalData]) -> set[int]:
    return {place for span in spans for place in range(span.start, span.end)}


@given(layers(), layers())
def test_nothing_is_left_out_and_nothing_overlaps(
    below: list[PersonalData], above: list[PersonalData]
) -> None:
    made = laid_over(below, above)
    assert covered(made) == covered(below) | covered(above)
    assert all(one.end <= other.start for one, other in pairwise(made))
    assert set(above) <= set(made)
    assert all(span.start < span.end for span in made)


def test_what_stands_out_keeps_its_type() -> None:
    made = laid_over([PersonalData(0, 10, "address")], [PersonalData(3, 5, "literal")])
    assert [(span.start, span.end, span.type) for span in made] == [
        (0, 3, "address"),
        (3, 5, "literal"),
        (5, 10, "address"),
    ]
