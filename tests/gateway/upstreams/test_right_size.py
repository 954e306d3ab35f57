"""A name that stands for the cheapest model whose promises are all kept, and what the record says of it."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from aboveboard.gateway.upstreams import expected_tokens, right_sized

MakeRig = Callable[..., Any]
PRICED = """models:
  - {id: m, provider: fake, price: {input: 10, output: 30, currency: EUR}}
  - {id: small, provider: fake, role: other, price: {input: 1, output: 2, currency: EUR}}
  - {id: free, provider: fake, role: other}
"""
AUTO = "routing: {auto: {among: [m, free, small]}}"


@pytest.fixture
def rig_with(make_rig: MakeRig, scripted: Any, charter_with: Any) -> Callable[..., Any]:
    def make(fit: Sequence[str], routing: str = AUTO, **services: Any) -> Any:
        models = {name: scripted(id=name) for name in ("m", "small", "free")}
        charter = charter_with(routing, models=PRICED)
        return make_rig(models=models, charter=charter, fit=lambda: fit, **services)

    return make


@pytest.mark.parametrize(
    ("fit", "answers"),
    [
        (["m", "small", "free"], "small"),
        (["m", "free"], "m"),
        (["free"], "free"),
    ],
)
async def test_the_cheapest_that_is_fit_answers(rig_with: Any, fit: list[str], answers: str) -> None:
    rig = rig_with(fit)
    answer = await rig.chat("hi", model="auto")
    assert answer.headers["x-aboveboard-model"] == answers
    assert answer.json["model"] == answers
    decision = rig.recorder.last
    assert (decision.requested, decision.model) == ("auto", answers)
    assert decision.reason == "the cheapest of m, free, small whose promises are all kept"


async def test_where_none_is_fit_the_primary_answers_and_the_record_says_so(rig_with: Any) -> None:
    rig = rig_with([])
    assert (await rig.chat("hi", model="auto")).headers["x-aboveboard-model"] == "m"
    assert rig.recorder.last.reason == "of none of m, free, small all promises are kept"


async def test_where_the_primary_is_not_among_them_the_first_answers(rig_with: Any) -> None:
    rig = rig_with([], "routing: {auto: {id: best, among: [small, free]}}")
    assert (await rig.chat("hi", model="best")).headers["x-aboveboard-model"] == "small"


async def test_one_that_fails_is_followed_by_the_next_fit_one_and_by_no_other(
    rig_with: Any, scripted: Any
) -> None:
    from aboveboard.models import ModelTimeoutError

    rig = rig_with(["small", "m"])
    rig.services.models["small"].fail = ModelTimeoutError("late")
    assert (await rig.chat("hi", model="auto")).headers["x-aboveboard-model"] == "m"
    rig.services.models["m"].fail = ModelTimeoutError("late")
    assert (await rig.chat("hi", model="auto")).status == 504
    assert not rig.services.models["free"].asked


async def test_a_model_asked_for_by_its_name_is_never_exchanged_for_a_cheaper(rig_with: Any) -> None:
    rig = rig_with(["small"])
    assert (await rig.chat("hi", model="m")).headers["x-aboveboard-model"] == "m"
    assert rig.recorder.last.reason == ""


async def test_the_name_is_listed_and_an_unknown_one_is_told_of_it(rig_with: Any) -> None:
    rig = rig_with([])
    listed = (await rig.get("/v1/models")).json["data"]
    assert [each["id"] for each in listed] == ["m", "small", "free", "auto"]
    assert (await rig.get("/v1/models/auto")).json["id"] == "auto"
    assert "auto" in (await rig.chat("hi", model="atuo")).error["message"]


async def test_without_a_choice_there_is_no_such_name(rig_with: Any) -> None:
    assert (await rig_with([], "").chat("hi", model="auto")).status == 404


def test_what_is_dear_to_read_and_cheap_to_write_depends_on_the_request(charter_with: Any) -> None:
    models = """models:
  - {id: reader, provider: fake, price: {input: 1, output: 50, currency: EUR}}
  - {id: writer, provider: fake, role: other, price: {input: 10, output: 5, currency: EUR}}
"""
    charter = charter_with("routing: {auto: {among: [reader, writer]}}", models=models)
    prices = {entry.id: entry.price for entry in charter.models}
    auto, fit = charter.routing.auto, ("reader", "writer")
    assert right_sized(auto, fit, prices, expected_tokens(40_000, 10))[0] == "reader"
    assert right_sized(auto, fit, prices, expected_tokens(40, None))[0] == "writer"
