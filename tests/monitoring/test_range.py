"""A range does its sums when it is looked at, and nobody can tell when that was."""

from hypothesis import given
from hypothesis import strategies as st

from aboveboard.monitoring._range import Range


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=40))
def test_looking_changes_nothing(taken: list[tuple[float, bool]]) -> None:
    looked_at, left_alone = Range(0.9), Range(0.9)
    for outcome, is_looked_at in taken:
        looked_at.take(outcome)
        left_alone.take(outcome)
        if is_looked_at:
            assert 0.0 <= looked_at.now.low <= looked_at.now.high <= 1.0
    assert looked_at.state() == left_alone.state()
    assert left_alone.now.n == len(taken)


def test_what_waits_is_forgotten_with_the_rest_when_a_state_is_taken_up() -> None:
    found = Range()
    found.take(0.3)
    state = found.state()
    found.take(0.9)
    found.resume(state)
    assert found.state() == state
