"""A circuit breaker: when it opens, how it tries again, and that nobody gets round it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from aboveboard.models import Circuit, CircuitRule, Circuits, CircuitState, Permit

RULE = CircuitRule(share=0.5, calls=4, window=60.0, rest=30.0)


@dataclass
class Time:
    now: float = 100.0

    def __call__(self) -> float:
        return self.now


def circuit(rule: CircuitRule = RULE) -> tuple[Circuit, Time]:
    time = Time()
    return Circuit(rule, time), time


def admitted(circuit: Circuit) -> Permit:
    permit = circuit.admit()
    assert permit is not None
    return permit


def run(circuit: Circuit, results: Sequence[bool]) -> None:
    for succeeded in results:
        permit = admitted(circuit)
        (permit.succeeded if succeeded else permit.failed)()


def test_a_few_failures_are_not_enough_to_judge_by() -> None:
    breaker, _ = circuit()
    run(breaker, [False] * 3)
    assert breaker.state is CircuitState.CLOSED


def test_it_opens_at_the_share_once_there_are_calls_enough() -> None:
    breaker, _ = circuit()
    run(breaker, [True, True, False, False])
    assert breaker.state is CircuitState.OPEN
    assert breaker.admit() is None
    assert breaker.wait == 30.0


def test_failures_below_the_share_leave_it_closed() -> None:
    breaker, _ = circuit()
    run(breaker, [True, True, True, False, False] * 20)
    assert breaker.state is CircuitState.CLOSED


def test_what_lies_before_the_window_does_not_count() -> None:
    breaker, time = circuit()
    run(breaker, [False] * 3)
    time.now += 60.0
    run(breaker, [False] * 3)
    assert breaker.state is CircuitState.CLOSED


def test_after_its_rest_one_call_tries_and_no_other() -> None:
    breaker, time = circuit()
    run(breaker, [False] * 4)
    time.now += 30.0
    assert breaker.wait == 0.0
    admitted(breaker)
    assert breaker.state is CircuitState.HALF_OPEN
    assert breaker.admit() is None
    assert breaker.wait >= 1.0


def test_a_probe_that_succeeds_closes_it_with_a_clean_slate() -> None:
    breaker, time = circuit()
    run(breaker, [False] * 4)
    time.now += 30.0
    admitted(breaker).succeeded()
    run(breaker, [False] * 3)
    assert breaker.state is CircuitState.CLOSED


def test_a_probe_that_fails_opens_it_for_another_rest() -> None:
    breaker, time = circuit()
    run(breaker, [False] * 4)
    time.now += 31.0
    admitted(breaker).failed()
    assert (breaker.state, breaker.wait) == (CircuitState.OPEN, 30.0)


def test_a_probe_that_nobody_waits_for_tells_nothing_so_the_next_call_tries() -> None:
    breaker, time = circuit()
    run(breaker, [False] * 4)
    time.now += 30.0
    admitted(breaker).abandoned()
    assert admitted(breaker) is not None


def test_the_first_words_of_a_probe_are_enough() -> None:
    breaker, time = circuit()
    run(breaker, [False] * 4)
    time.now += 30.0
    probe = admitted(breaker)
    probe.began()
    assert breaker.state is CircuitState.CLOSED
    probe.failed()  # what comes later of the same call is not counted twice
    assert breaker.state is CircuitState.CLOSED


def test_the_result_of_a_call_that_began_before_it_opened_does_not_close_it() -> None:
    breaker, time = circuit()
    slow = admitted(breaker)
    run(breaker, [False] * 4)
    slower = Permit(breaker, slow.era)
    slow.succeeded()
    assert breaker.admit() is None
    time.now += 30.0
    probe = admitted(breaker)
    slower.failed()
    assert breaker.state is CircuitState.HALF_OPEN
    probe.succeeded()
    assert admitted(breaker) is not None


def test_each_model_has_a_circuit_of_its_own() -> None:
    circuits = Circuits(RULE, Time())
    run(circuits.of("a"), [False] * 4)
    run(circuits.of("b"), [True])
    assert circuits.states() == {"a": CircuitState.OPEN, "b": CircuitState.CLOSED}
    assert circuits.wait(["a"]) == 30.0
    assert circuits.wait(["a", "b"]) == 0.0


@given(
    st.lists(st.tuples(st.booleans(), st.floats(0, 90)), max_size=60),
    st.integers(1, 8),
    st.floats(0.05, 1.0),
)
@settings(max_examples=200, deadline=None)
def test_it_opens_exactly_when_the_window_says_so(
    steps: list[tuple[bool, float]], calls: int, share: float
) -> None:
    breaker, time = circuit(CircuitRule(share, calls, 60.0, 1e9))
    seen: list[tuple[float, bool]] = []
    for succeeded, pause in steps:
        time.now += pause
        run(breaker, [succeeded])
        seen = [each for each in [*seen, (time.now, succeeded)] if each[0] > time.now - 60.0]
        failures = sum(not ok for _, ok in seen)
        is_due = not succeeded and len(seen) >= calls and failures >= share * len(seen)
        assert (breaker.state is CircuitState.OPEN) == is_due
        if is_due:
            return


@dataclass
class Call:
    permit: Permit
    state: CircuitState = field(default=CircuitState.CLOSED)


class Traffic(RuleBasedStateMachine):
    """Calls that begin, succeed, fail or are given up in any order while time passes."""

    def __init__(self) -> None:
        super().__init__()
        self.breaker, self.time = circuit()
        self.calls: list[Call] = []
        self.opened_at: float | None = None

    @rule(seconds=st.floats(0, 40))
    def time_passes(self, seconds: float) -> None:
        self.time.now += seconds

    @rule()
    def a_call_comes(self) -> None:
        before, wait = self.breaker.state, self.breaker.wait
        permit = self.breaker.admit()
        if before is CircuitState.OPEN and wait > 0:
            assert permit is None, "an open circuit let a call through before its rest was over"
        if before is CircuitState.HALF_OPEN:
            assert permit is None, "a second probe"
        if before is CircuitState.CLOSED:
            assert permit is not None
        if permit:
            self.calls.append(Call(permit, self.breaker.state))

    @precondition(lambda self: self.calls)
    @rule(data=st.data(), how=st.sampled_from(["succeeded", "failed", "abandoned", "began"]))
    def a_call_ends(self, data: st.DataObject, how: str) -> None:
        place = data.draw(st.integers(0, len(self.calls) - 1))
        before, call = self.breaker.state, self.calls[place]
        getattr(call.permit, how)()
        if how != "began":
            self.calls.pop(place)
        if before is CircuitState.OPEN:
            assert self.breaker.state is CircuitState.OPEN, "only a probe may close it"

    @invariant()
    def at_most_one_probe_is_out(self) -> None:
        if self.breaker.state is CircuitState.HALF_OPEN:
            probes = [call for call in self.calls if call.permit.era == self.breaker._era]
            assert len(probes) == 1


TestTraffic = Traffic.TestCase
TestTraffic.settings = settings(max_examples=80, stateful_step_count=30, deadline=None)


def test_what_follows_leaves_the_same_models_alone_and_gives_others_a_fresh_start() -> None:
    before = Circuits(RULE)
    for model in ("kept", "changed"):
        run(before.of(model), [False] * 4)
    permit = admitted(before.of("idle"))
    after = before.followed(RULE, ["kept", "idle"])
    assert (after.of("kept").state, after.of("changed").state) == (CircuitState.OPEN, CircuitState.CLOSED)
    permit.failed()  # a request that began before tells what follows too
    run(after.of("idle"), [False] * 3)
    assert after.of("idle").state is CircuitState.OPEN


def test_under_another_rule_all_start_afresh() -> None:
    before = Circuits(RULE)
    run(before.of("kept"), [False] * 4)
    after = before.followed(CircuitRule(share=0.9, calls=4), ["kept"])
    assert after.of("kept").state is CircuitState.CLOSED


def test_how_all_stand_can_be_asked_while_another_model_is_asked_for_the_first_time() -> None:
    circuits = Circuits(RULE)

    class Meanwhile(Circuit):
        @property
        def state(self) -> CircuitState:
            circuits.of("new")
            return super().state

    circuits._circuits["old"] = Meanwhile(RULE)
    assert circuits.states() == {"old": CircuitState.CLOSED}
