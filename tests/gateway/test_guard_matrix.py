"""Every guard x endpoint x streamed x fault does what `on_error` says, where one can see it.

The matrix is made from what is installed and served: a new guard or endpoint cannot be left out.
"""

import json
import time
from collections.abc import Callable
from itertools import product
from typing import Any, cast

import pytest

from aboveboard.gateway.dialects import DIALECTS
from aboveboard.guards import Action, ConfiguredGuard, Mode, OnError, Pipeline, Segment, Verdict
from aboveboard.registry import load_plugin, plugins

MakeRig = Callable[..., Any]
GUARDS = sorted(plugins("aboveboard.guards"))
TIMEOUT_MS = 40


def _raise(guard: object, segment: Segment, context: object) -> Verdict:
    raise RuntimeError(f"a guard that quotes {segment.text}")


def _hang(guard: object, segment: Segment, context: object) -> Verdict:
    time.sleep(0.4)
    return Verdict()


def _babble(guard: object, segment: Segment, context: object) -> Verdict:
    return cast(Verdict, {"action": "allow"})


def _dawdle(guard: object, segment: Segment, context: object) -> Verdict:
    time.sleep(0.002)
    return Verdict()


def _hold(guard: object, segment: Segment, context: object) -> Verdict:
    return Verdict(Action.HOLD)


FAULTS = {"exception": _raise, "timeout": _hang, "garbage": _babble}
ENDPOINTS = [
    (one.path, streamed) for one in DIALECTS for streamed in ((False, True) if one.writer else (False,))
]
INPUT_ONLY = {one.path for one in DIALECTS if one.whole is None}


def modes_of(name: str) -> tuple[Mode, ...]:
    return tuple(load_plugin("aboveboard.guards", name).modes)


def are_read(path: str, mode: Mode) -> bool:
    """Whether an endpoint has anything for guards of that mode: vectors have no words."""
    return mode == "input" or path not in INPUT_ONLY


CASES = [
    (name, mode, fault, on_error, path, streamed)
    for name, fault, on_error, (path, streamed) in product(GUARDS, FAULTS, ("closed", "open"), ENDPOINTS)
    for mode in modes_of(name)
    if are_read(path, mode)
]
SLOW = [
    (name, mode, path, streamed)
    for name, (path, streamed) in product(GUARDS, ENDPOINTS)
    for mode in modes_of(name)
    if are_read(path, mode)
]


def pipeline_of(name: str, mode: Mode, check: Any, on_error: str, timeout_ms: int) -> Pipeline:
    """One guard, with another `check`; not inline, like any plug-in."""
    cls = load_plugin("aboveboard.guards", name)
    guard = type(cls.__name__, (cls,), {"check": check, "is_inline": False})({})
    return Pipeline([ConfiguredGuard(guard, (mode,), None, cast(OnError, on_error), timeout_ms)])


@pytest.mark.parametrize(("name", "mode", "fault", "on_error", "path", "streamed"), CASES)
async def test_a_broken_guard_does_what_on_error_says(
    make_rig: MakeRig,
    scripted: Any,
    name: str,
    mode: Mode,
    fault: str,
    on_error: str,
    path: str,
    streamed: bool,
) -> None:
    pipeline = pipeline_of(name, mode, FAULTS[fault], on_error, TIMEOUT_MS)
    rig = make_rig(scripted(pieces=["One. ", "Two."]), pipeline=pipeline)
    answer = await ask(rig, path, streamed)
    if on_error == "closed":
        is_blocked(answer, rig, mode, streamed)
        is_named(answer, name, fault)
    else:
        is_answered(answer, path)
    is_visible(answer, rig, name, mode, fault)
    assert rig.recorder.last.endpoint == path
    assert f'guard="{name}",mode="{mode}",error="{fault}"' in await rig.metrics()


@pytest.mark.parametrize(("name", "mode", "path", "streamed"), SLOW)
async def test_a_slow_guard_within_its_time_changes_nothing(
    make_rig: MakeRig, scripted: Any, name: str, mode: Mode, path: str, streamed: bool
) -> None:
    pipeline = pipeline_of(name, mode, _dawdle, "closed", 10_000)
    rig = make_rig(scripted(pieces=["One. ", "Two."]), pipeline=pipeline)
    is_answered(await ask(rig, path, streamed), path)
    assert rig.recorder.last.outcome == "allow"
    assert not any(one.error for one in rig.recorder.last.guards)


@pytest.mark.parametrize(("name", "mode", "path", "streamed"), SLOW)
async def test_a_guard_that_holds_has_the_answer_wait_and_nothing_of_it_is_sent(
    make_rig: MakeRig, scripted: Any, name: str, mode: Mode, path: str, streamed: bool
) -> None:
    pipeline = pipeline_of(name, mode, _hold, "closed", 10_000)
    rig = make_rig(scripted(pieces=["One. ", "Two."]), pipeline=pipeline)
    answer = await ask(rig, path, streamed)
    assert answer.status == 202 or streamed
    assert not answer.is_ended
    observes = bool(getattr(load_plugin("aboveboard.guards", name), "observes", False))
    if not (observes and mode == "output" and streamed):  # such a guard reads what is out already
        assert "One" not in answer.body.decode()
    hold = error_of(answer)["hold"] if streamed else answer.json
    assert (hold["object"], hold["status"], hold["reason"]) == ("hold", "pending", [name])
    (opened,) = rig.services.holds.opened
    assert (opened["decision"], opened["category"]) == (rig.recorder.last.id, name)
    assert (rig.recorder.last.outcome, rig.recorder.last.human) == ("hold", "escalated")
    held = json.loads(rig.recorder.attachments[-1]["held"])
    assert (held["path"], held["reason"]) == (path, [name])
    assert rig.model.asked
    assert not rig.incidents.opened


async def ask(rig: Any, path: str, streamed: bool) -> Any:
    return await rig.ask(path, "hello", **({"stream": True} if streamed else {}))


def is_answered(answer: Any, path: str) -> None:
    assert answer.status == 200
    assert answer.is_ended
    assert answer.text == ("" if path in INPUT_ONLY else "One. Two.")


def is_blocked(answer: Any, rig: Any, mode: Mode, streamed: bool) -> None:
    if answer.status == 200:
        assert streamed
        assert mode != "input"
        assert not answer.is_ended
    else:
        assert answer.status in (400, 503)
    assert rig.recorder.last.outcome == "block"
    assert bool(rig.model.asked) == (mode != "input")


def error_of(answer: Any) -> Any:
    """The error, whole or in the last frame, in whatever protocol."""
    frame = answer.frames[-1] if answer.is_streamed else answer.json
    return frame["response"]["error"] if "response" in frame else frame["error"]


def is_named(answer: Any, name: str, fault: str) -> None:
    """A guard without time has found nothing: that is no violation, and trying again may help."""
    error = error_of(answer)
    if fault == "timeout":
        assert answer.status in (200, 503)
        assert error["code"] == "guard_timeout"
        assert error.get("type") in ("service_unavailable", "overloaded_error", None)
    else:
        assert answer.status in (200, 400)
        assert error["code"] == f"{name}_guard"
        assert error.get("type") in ("content_policy_violation", None)


def is_visible(answer: Any, rig: Any, name: str, mode: Mode, fault: str) -> None:
    """In header (or late header) and record; nowhere with a text."""
    late = (
        answer.comments if answer.headers["content-type"].startswith("text/event-stream") else answer.headers
    )
    assert late["x-aboveboard-guard-errors"] == f"{name}={fault}"
    outcome = next(one for one in rig.recorder.last.guards if one.error)
    assert (outcome.guard, outcome.mode, outcome.error) == (name, mode, fault)
    assert "hello" not in repr(rig.recorder.last)
