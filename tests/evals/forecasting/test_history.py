"""What a model took before: of the same suite first, and only where enough was asked."""

from aboveboard.evals._cost import SuiteCost
from aboveboard.evals.forecasting import History, Range, total


def cost(suite: str, requests: int, seconds: float, mode: str = "generate") -> SuiteCost:
    return SuiteCost(suite, mode, requests, 0, 0, 0, seconds)


def seconds(each: SuiteCost) -> float:
    return each.seconds


def test_the_expected_rate_is_the_mean_of_all_requests_and_the_range_holds_every_run() -> None:
    rate = History([cost("a", 10, 10.0), cost("a", 30, 90.0)]).rate_of("a", seconds)
    assert rate is not None
    assert rate.each == Range(0.5, 2.5, 6.0)


def test_a_request_or_two_tell_nothing() -> None:
    assert History([cost("a", 2, 1.0)]).rate_of("a", seconds) is None


def test_another_suite_counts_only_when_it_asks_in_the_same_way() -> None:
    history = History([cost("a", 10, 10.0), cost("b", 10, 1.0, "next-token")])
    told, of_other = history.rate_by("next-token", seconds), history.rate_by("likelihood", seconds)
    assert told is not None
    assert told.each.expected == 0.1
    assert of_other is None


def test_a_metered_answer_is_a_generated_one() -> None:
    assert History([cost("a", 10, 10.0)]).rate_by("metered", seconds) is not None


def test_a_sum_with_something_unknown_is_unknown() -> None:
    assert total([Range(1, 2, 3), None]) is None
    assert total([Range(1, 2, 3), Range(1, 1, 1)]) == Range(2, 3, 4)
    assert total([]) == Range(0, 0, 0)
