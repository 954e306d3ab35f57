"""The caller's trace is read as W3C Trace Context says, and nothing else is taken for one."""

import pytest

from aboveboard.gateway.telemetry import Trace, read_trace

GOOD = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


def test_a_trace_is_read_and_passed_on_as_it_came() -> None:
    trace = read_trace(GOOD, "vendor=1")
    assert trace == Trace(GOOD[3:35], GOOD[36:52], True, "vendor=1")
    assert trace.passed_on == (("traceparent", GOOD), ("tracestate", "vendor=1"))


def test_the_model_is_told_of_our_own_span() -> None:
    trace = Trace("a" * 32, "b" * 16, False, "", "c" * 16, "d" * 16)
    assert trace.passed_on == (("traceparent", f"00-{'a' * 32}-{'d' * 16}-00"),)


def test_a_later_version_may_say_more() -> None:
    assert read_trace(GOOD.replace("00-", "7e-", 1) + "-more", "") is not None


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        GOOD.upper(),
        GOOD + "-more",
        GOOD.replace("00-", "ff-", 1),
        GOOD.replace("4bf92f3577b34da6a3ce929d0e0e4736", "0" * 32),
        GOOD.replace("00f067aa0ba902b7", "0" * 16),
        GOOD[:-1],
        GOOD + "\r\nx: y",
        "00-" + "٣" * 32 + GOOD[35:],
    ],
)
def test_what_breaks_the_specification_is_no_trace(wrong: str) -> None:
    assert read_trace(wrong, "") is None


@pytest.mark.parametrize("state", ["x" * 513, "a=1\r\nevil: 1", "ü=1"])
def test_a_state_that_does_not_fit_is_left_out(state: str) -> None:
    trace = read_trace(GOOD, state)
    assert trace is not None
    assert trace.state == ""
