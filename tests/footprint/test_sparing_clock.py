"""A clock that is asked often asks the system seldom, and stays near the truth."""

from hypothesis import given
from hypothesis import strategies as st

from aboveboard.footprint import SparingClock


class World:
    """Seconds on the wall and on the processor, and how often the latter were asked for."""

    def __init__(self) -> None:
        self.wall, self.cpu, self.asked = 100.0, 1.0, 0

    def ask(self) -> float:
        self.asked += 1
        return self.cpu

    def clock(self) -> SparingClock:
        return SparingClock(self.ask, lambda: self.wall)


def test_after_a_pause_it_tells_the_truth() -> None:
    world = World()
    clock = world.clock()
    assert clock() == 1.0
    world.wall, world.cpu = 100.02, 1.01
    assert clock() == 1.01


def test_in_between_one_processor_is_taken_to_be_busy() -> None:
    world = World()
    clock = world.clock()
    clock()
    world.wall += 0.001
    assert 0 < clock() - 1.0 < 0.0011
    assert world.asked == 1


@given(st.lists(st.tuples(st.floats(0, 0.02), st.floats(0, 1)), max_size=60))
def test_it_never_goes_back_and_is_never_far_from_the_truth(steps: list[tuple[float, float]]) -> None:
    world = World()
    clock, told = world.clock(), 0.0
    for wall, busy in steps:
        world.wall, world.cpu = world.wall + wall, world.cpu + wall * busy
        before, told = told, clock()
        assert told >= before
        assert abs(told - world.cpu) <= 0.005 + 1e-9
