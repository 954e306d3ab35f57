"""What a broken promise orders, and that asking never slows a request twice."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from aboveboard.charter import Charter, Promise
from aboveboard.gateway import Limits
from aboveboard.gateway.routing._standing import Standing, orders_from
from aboveboard.gateway.telemetry._metrics import Counter
from aboveboard.guards import ConfiguredGuard, Pipeline
from aboveboard.guards._crisis import CrisisGuard
from aboveboard.stats import Verdict
from aboveboard.values import parse_bound

MakeRig = Callable[..., Any]


def promise(
    name: str, if_broken: str, verdict: Verdict = Verdict.BROKEN, when: tuple[str, ...] = ("release",)
) -> Any:
    return SimpleNamespace(promise=SimpleNamespace(id=name, if_broken=if_broken, when=when), verdict=verdict)


def test_only_broken_promises_order_anything() -> None:
    orders = orders_from([promise("a", "stop", Verdict.KEPT), promise("b", "stop", Verdict.UNDECIDED)])
    assert orders.broken == ()


def test_each_order_has_its_promises() -> None:
    orders = orders_from(
        [promise("a", "stop"), promise("b", "hold"), promise("c", "fallback"), promise("d", "warn")]
    )
    assert (orders.stop, orders.hold, orders.fallback, orders.warn) == (("a",), ("b",), ("c",), ("d",))


def test_a_hold_holds_whenever_the_promise_is_checked() -> None:
    assert orders_from([promise("a", "hold", when=("live",))]).hold == ("a",)


async def test_stop_answers_503_with_the_reason_and_a_record(make_rig: MakeRig) -> None:
    rig = make_rig(status=lambda: [promise("no-bias", "stop")])
    answer = await rig.chat("hi")
    assert (answer.status, answer.error["code"]) == (503, "promise_broken")
    assert "no-bias" in answer.error["message"]
    assert rig.model.asked == []
    assert (rig.recorder.last.outcome, rig.recorder.last.error) == ("block", "promise_broken")
    assert (await rig.get("/readyz")).status == 503


async def test_fallback_lets_the_other_model_answer(make_rig: MakeRig, scripted: Any) -> None:
    first, second = scripted(id="first"), scripted(id="second", pieces=["second"])
    rig = make_rig(models={"m": first, "f": second}, fallback="f", status=lambda: [promise("p", "fallback")])
    answer = await rig.chat("hi")
    assert (answer.text, answer.json["model"]) == ("second", "f")
    assert rig.recorder.last.model == "second"


async def test_fallback_without_such_a_model_refuses(make_rig: MakeRig) -> None:
    answer = await make_rig(status=lambda: [promise("p", "fallback")]).chat("hi")
    assert (answer.status, answer.error["code"]) == (503, "no_fallback")


async def test_warn_answers_and_says_so(make_rig: MakeRig) -> None:
    rig = make_rig(status=lambda: [promise("p1", "warn"), promise("p2", "warn")])
    answer = await rig.chat("hi")
    assert (answer.status, answer.headers["x-aboveboard-promises"]) == (200, "broken=p1,p2")
    ready = (await rig.get("/readyz")).json
    assert (ready["status"], ready["broken"]) == ("ready", ["p1", "p2"])


async def test_the_status_is_asked_once_for_many_requests(make_rig: MakeRig) -> None:
    asked: list[int] = []

    def status() -> tuple[Any, ...]:
        asked.append(1)
        return ()

    rig = make_rig(status=status)
    await asyncio.gather(*[rig.chat("hi") for _ in range(10)])
    assert len(asked) == 1


async def test_an_old_status_serves_while_a_new_one_is_fetched() -> None:
    answers = [[promise("p", "warn")], [promise("p", "stop")]]
    standing = Standing(lambda: answers.pop(0), 0.0, Counter("c", "c", ("where",)))
    assert (await standing.orders()).warn == ("p",)
    assert (await standing.orders()).warn == ("p",)
    await asyncio.sleep(0.05)
    assert (await standing.orders()).stop == ("p",)


@pytest.mark.filterwarnings("default")
async def test_a_status_that_fails_is_shown_and_does_not_stop_answers(make_rig: MakeRig) -> None:
    def broken() -> Any:
        raise OSError("no database")

    rig = make_rig(status=broken, limits=Limits())
    assert (await rig.chat("hi")).status == 200
    ready = await rig.get("/readyz")
    assert ready.status == 503
    assert any("status" in each for each in ready.json["reasons"])
    assert 'aboveboard_faults_total{where="status"}' in (await rig.get("/metrics")).body.decode()


@pytest.mark.filterwarnings("default")
async def test_what_a_stop_may_stand_for_is_not_served_while_nothing_is_known(
    make_rig: MakeRig, charter_with: Callable[..., Charter]
) -> None:
    def broken() -> Any:
        raise OSError("no database")

    strict = Promise(id="p", measure="m", must=parse_bound(">= 0"), owner="accountable", if_broken="stop")
    rig = make_rig(status=broken, charter=replace(charter_with(), promises=(strict,)))
    answer = await rig.chat("hi")
    assert (answer.status, answer.error["code"]) == (503, "status_unknown")


async def test_a_person_in_crisis_is_not_refused_while_a_promise_is_broken(make_rig: MakeRig) -> None:
    pipeline = Pipeline([ConfiguredGuard(CrisisGuard({}), ("input",))])
    rig = make_rig(status=lambda: [promise("p", "stop")], pipeline=pipeline)
    answer = await rig.chat("I want to kill myself tonight")
    assert answer.status == 200
    assert answer.headers["x-aboveboard-decision"] == "escalate"
