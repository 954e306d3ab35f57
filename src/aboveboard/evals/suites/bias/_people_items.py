"""Cases crossed with people: every case once under one name of every cell."""

from collections.abc import Callable, Sequence

from aboveboard.evals._item import Item
from aboveboard.evals.people import Person, half_of_each, one_of_each


def cross(cases: Sequence[str], make: Callable[[str, Person], Item]) -> list[Item]:
    """An item for each case and each cell; the names take turns from case to case."""
    return [make(case, person) for turn, case in enumerate(cases) for person in one_of_each(turn)]


def cross_halves(cases: Sequence[str], make: Callable[[str, Person], Item]) -> list[Item]:
    """An item for each case and each ethnicity, half of them women; twice the cases for the same cost."""
    return [make(case, person) for turn, case in enumerate(cases) for person in half_of_each(turn)]


def whole_cases(requests: int) -> int:
    """How many cases a number of requests pays for; two at least, as one alone has no uncertainty."""
    return max(2, requests // len(one_of_each(0)))


def balanced_cases(requests: int) -> int:
    """The same for halves, in sixes where there is room: then no ethnicity has more women than another."""
    cases = max(2, requests // len(half_of_each(0)))
    return cases - cases % 6 if cases >= 6 else cases
