"""Whatever a guard does wrong, the caller is safe. The matrix holds every registered guard, so none is left
out."""

import time
from collections.abc import Mapping
from typing import Any, ClassVar

import pytest

from aboveboard.guards import (
    Action,
    ConfiguredGuard,
    Finding,
    GuardContext,
    Mode,
    OnError,
    Pipeline,
    Segment,
    Verdict,
)
from aboveboard.registry import load_plugin, plugins

SECRET = "john@example.com"
GARBAGE: dict[str, Any] = {
    "none": None,
    "a string": "allow",
    "a span beyond the text": Verdict(Action.ANNOTATE, (Finding(0, 10_000, "x"),)),
    "a span backwards": Verdict(Action.ANNOTATE, (Finding(3, 1, "x"),)),
    "no number": Verdict(Action.ANNOTATE, (Finding("0", 1, "x"),)),  # type: ignore[arg-type]  # it is garbage
    "a confidence of 7": Verdict(Action.ANNOTATE, (Finding(0, 1, "x", 7.0),)),
    "what it matched as a category": Verdict(Action.ANNOTATE, (Finding(0, 1, SECRET),)),
    "a mask without a text": Verdict(Action.MASK),
    "a text that is none": Verdict(Action.MASK, (), 5),  # type: ignore[arg-type]  # it is garbage
    "a text without a mask": Verdict(Action.ALLOW, (), "other"),
    "a number as action": Verdict(6),  # type: ignore[arg-type]  # it is garbage
}


class Faulty:
    """A registered guard that fails in one way."""

    name: ClassVar[str] = "faulty"
    modes: ClassVar[tuple[Mode, ...]] = ("input", "output", "terminal")

    def __init__(self, options: Mapping[str, Any]) -> None:
        self.inner = load_plugin("aboveboard.guards", options["guard"])({})
        self.fault = options["fault"]
        if hasattr(self.inner, "settled"):
            self.settled = self._settled
        self.is_inline = self.fault != "hang" and self.inner.is_inline
        self.observes = getattr(self.inner, "observes", False)

    @property
    def window(self) -> int:
        return int(self.inner.window)

    def _settled(self, text: str, start: int) -> int:
        if self.fault == "settled":
            raise RuntimeError(text)
        return int(self.inner.settled(text, start))

    def check(self, segment: Segment, context: GuardContext) -> Verdict:
        if self.fault == "exception":
            raise ValueError(segment.text)
        if self.fault == "hang":
            time.sleep(0.4)
        if self.fault in GARBAGE:
            garbage: Verdict = GARBAGE[self.fault]
            return garbage
        verdict: Verdict = self.inner.check(segment, context)
        return verdict


ERRORS = {"exception": "exception", "hang": "timeout"} | dict.fromkeys(GARBAGE, "garbage")
MATRIX = [
    (guard, fault, policy)
    for guard in plugins("aboveboard.guards")
    for fault in ERRORS
    for policy in ("closed", "open")
]


def faulty(guard: str, fault: str, on_error: OnError, modes: tuple[Mode, ...]) -> Pipeline:
    return Pipeline(
        [
            ConfiguredGuard(
                Faulty({"guard": guard, "fault": fault}),
                modes,
                None,
                on_error,
                20 if fault == "hang" else 5000,
            )
        ]
    )


def test_the_matrix_holds_the_four_built_in_guards() -> None:
    assert {guard for guard, _, _ in MATRIX} >= {"crisis", "disclosure", "personal-data", "secrets"}


@pytest.mark.parametrize(("guard", "fault", "on_error"), MATRIX)
def test_a_failing_guard_fails_as_its_on_error_says_on_the_way_in(
    guard: str, fault: str, on_error: OnError
) -> None:
    checked = (
        faulty(guard, fault, on_error, ("input",)).start().check_input([Segment("user", f"mail {SECRET}")])
    )
    (outcome,) = checked.outcomes
    assert outcome.error == ERRORS[fault]
    assert checked.action is (Action.BLOCK if on_error == "closed" else Action.ALLOW)
    assert outcome.action == checked.action.label
    assert SECRET not in repr(outcome)
    assert [segment.text for segment in checked.segments] == [f"mail {SECRET}"]


@pytest.mark.parametrize("mode", ["output", "terminal"])
@pytest.mark.parametrize(("guard", "fault", "on_error"), MATRIX)
def test_a_failing_guard_fails_as_its_on_error_says_on_the_way_out(
    guard: str, fault: str, on_error: OnError, mode: Mode
) -> None:
    exchange = faulty(guard, fault, on_error, (mode,)).start()
    stream = exchange.output()
    out = stream.feed("Hello there. ") + stream.finish()
    is_late = mode == "output" and guard == "disclosure"  # it has let the text go before it reads it
    assert stream.blocked == (on_error == "closed")
    assert out == ("" if on_error == "closed" and not is_late else "Hello there. ")
    assert exchange.outcomes[0].error == ERRORS[fault]


@pytest.mark.parametrize("on_error", ["closed", "open"])
@pytest.mark.parametrize("guard", ["personal-data", "secrets"])
def test_a_guard_that_cannot_say_what_is_settled_fails_too(guard: str, on_error: OnError) -> None:
    exchange = faulty(guard, "settled", on_error, ("output",)).start()
    stream = exchange.output()
    out = stream.feed("Hello there. ") + stream.finish()
    assert (out, stream.blocked) == (("", True) if on_error == "closed" else ("Hello there. ", False))
    assert exchange.outcomes[0].error == "exception"


def test_a_guard_that_hangs_for_ever_costs_a_bounded_number_of_threads() -> None:
    import threading

    pipeline = faulty("crisis", "hang", "closed", ("input",))
    before = threading.active_count()
    for _ in range(12):
        assert pipeline.start().check_input([Segment("user", "hi")]).action is Action.BLOCK
    assert threading.active_count() - before <= 4


def test_the_other_guards_still_act_beside_one_that_failed_open() -> None:
    good = ConfiguredGuard(load_plugin("aboveboard.guards", "personal-data")({}), ("input",))
    bad = ConfiguredGuard(Faulty({"guard": "secrets", "fault": "exception"}), ("input",), None, "open")
    checked = Pipeline([bad, good]).start().check_input([Segment("user", f"mail {SECRET}")])
    assert [segment.text for segment in checked.segments] == ["mail <EMAIL_1>"]


def test_nothing_of_the_text_reaches_a_log(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    for fault in ERRORS:
        faulty("secrets", fault, "closed", ("input",)).start().check_input([Segment("user", SECRET)])
    assert SECRET not in caplog.text + "".join(capfd.readouterr())


WRONG: tuple[Any, ...] = ("text", None, ("robot", "x"), ("user", 5), ("user", b"x"))


@pytest.mark.parametrize("shape", WRONG)
def test_a_segment_of_an_unknown_shape_fails_closed(pipeline: Pipeline, shape: Any) -> None:
    segment: Any = Segment(*shape) if isinstance(shape, tuple) else shape
    checked = pipeline.start().check_input([Segment("user", "hi"), segment])
    assert checked.action is Action.BLOCK
    assert checked.segments == ()
