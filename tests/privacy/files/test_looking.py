"""What is found in an excerpt depends on nothing but it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from aboveboard.privacy.files import Excerpt, Looking

LOOKING = Looking()
WORDS = st.sampled_from(
    [
        "Anna",
        "Müller",
        "Paris",
        "12",
        "a@b.org",
        "Dr",
        "Street",
        "+44 20 7946 0958",
        "the",
        "in",
        "Rossi 7",
        "\n",
    ]
)
EXCERPTS = st.lists(
    st.builds(
        lambda label, words, by_form: Excerpt(label + " ".join(words), len(label), by_form),
        st.sampled_from(["", "name: ", "note: ", "phone: "]),
        st.lists(WORDS, min_size=1, max_size=5),
        st.booleans(),
    ),
    max_size=12,
)


@given(EXCERPTS)
@settings(max_examples=60, deadline=None)
def test_neighbours_change_no_finding(excerpts: list[Excerpt]) -> None:
    assert LOOKING(excerpts) == [LOOKING([each])[0] for each in excerpts]


@given(EXCERPTS)
@settings(max_examples=40, deadline=None)
def test_findings_lie_in_the_value_in_order_and_apart(excerpts: list[Excerpt]) -> None:
    for excerpt, found in zip(excerpts, LOOKING(excerpts), strict=True):
        places = [place for item in found for place in (item.start, item.end)]
        assert places == sorted(places)
        assert all(excerpt.start <= place <= len(excerpt.text) for place in places)
        assert all(item.start < item.end for item in found)
