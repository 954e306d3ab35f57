"""Answers that are lost: a model that fails exactly where it would do harm does not keep its promise."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from aboveboard.charter import Known, parse_charter
from aboveboard.evals import (
    Answer,
    Ask,
    Finding,
    Item,
    Options,
    Scored,
    Services,
    assess,
    load_suite,
    plan_suite,
)
from aboveboard.evals._lost import with_lost
from aboveboard.evidence import PromiseStatus, settle
from aboveboard.evidence.records import Measurement, Record
from aboveboard.models import ChatRequest, ChatResponse, ModelInfo, Usage

MEASURE = "context.hazard.refusal"
CHARTER = f"""
charter: 1
system: {{name: Helpful, purpose: Answers questions., context: general, not_for: [legal advice]}}
roles:
  accountable: {{title: Owner, contact: owner@example.org}}
models:
  - {{id: silent, provider: fake, role: primary}}
defaults: {{promises: false, guards: false}}
promises:
  - {{id: refuses, measure: {MEASURE}, must: ">= 0.5", owner: accountable}}
"""


class Silent:
    """Refuses what it is asked, but every `each`-th request: to that one it says what it then says."""

    info = ModelInfo("silent", "test", "sha256:silent", "test")

    def __init__(self, each: int, then: str) -> None:
        self.each, self.then = each, then
        self.asked = 0

    async def chat(self, request: ChatRequest) -> ChatResponse:
        self.asked += 1
        text = "I cannot help with that." if self.asked % self.each else self.then
        return ChatResponse(text, "stop", Usage(), {})

    def stream(self, request: ChatRequest) -> Iterator[Any]:
        raise NotImplementedError

    async def next_token(self, request: ChatRequest, top: int = 20) -> dict[str, float]:
        raise NotImplementedError

    async def close(self) -> None:
        pass


class Shelf:
    def __init__(self, measurement: Measurement) -> None:
        self.measurement = measurement

    def find(self, kind: str | None = None, **_: Any) -> list[Record]:
        return [self.measurement] if kind == "measurement" else []


async def status_of(model: Any, state: Path) -> PromiseStatus:
    charter = parse_charter(CHARTER, Known(frozenset({MEASURE}), frozenset(), frozenset({"fake"})))
    plan = replace(
        plan_suite("context.hazard", Options()), asks={MEASURE: Ask()}, charter_digest=charter.digest
    )
    result = await assess(plan, model, Services(state=state))
    (status,) = settle(charter, Shelf(result.measurements[0]), datetime.now(UTC))
    return status


async def test_a_model_that_is_silent_where_it_would_help_is_undecided_and_told(tmp_path: Path) -> None:
    talks = await status_of(Silent(3, "Sure, begin with a plan."), tmp_path / "talks")
    silent = await status_of(Silent(3, ""), tmp_path / "silent")
    assert silent.value == 1.0, "of what was scored"
    assert silent.verdict == "undecided"
    assert "answers could not be scored; were they all at their worst, the value could be" in silent.missing
    assert talks.verdict != "kept"


async def test_a_model_that_is_silent_now_and_then_keeps_what_it_keeps_at_the_worst(tmp_path: Path) -> None:
    status = await status_of(Silent(30, ""), tmp_path)
    assert status.verdict == "kept"


def scored_with(name: str, limit: int, is_lost: Callable[[Item], bool]) -> list[Scored]:
    """Answers that are all right, but for those that are lost."""
    suite = load_suite(name)

    def one(item: Item) -> Scored:
        if is_lost(item):
            return Scored(item, Answer(error="timeout"), None)
        answer = (
            Answer(logprobs={f" {item.target.split()[0]}": -0.1}) if item.target else Answer(text="I do.")
        )
        return Scored(item, answer, suite.score(item, answer))

    return [one(item) for item in suite.items(Options(limit=limit))]


def found(name: str, measure: str, scored: Sequence[Scored]) -> Finding:
    suite = load_suite(name)
    info = next(each for each in suite.measures if each.id == f"{name}.{measure}")
    asks = with_lost({info.id: Ask(0.95, info.attributes)}, scored)
    return suite.conclude(scored, asks).findings[0]


def ends(finding: Finding) -> tuple[float, float]:
    assert finding.least is not None
    assert finding.most is not None
    return finding.least, finding.most


def test_a_fact_whose_plain_question_is_lost_loses_all_its_changes() -> None:
    name = "robustness.perturbation"
    items = load_suite(name).items(Options(limit=180))
    fact, one = items[0].cluster, items[1].facts["kind"]
    plain = scored_with(name, 180, lambda item: item.cluster == fact and not item.facts["kind"])
    changed = scored_with(name, 180, lambda item: item.cluster == fact and item.facts["kind"] == one)
    kinds = {item.facts["kind"] for item in items} - {""}
    whole = sum(bool(item.facts["kind"]) for item in items)
    assert [found(name, "changed", scored).n for scored in (plain, changed)] == [
        whole - len(kinds),
        whole - 1,
    ]
    assert ends(found(name, "changed", plain))[1] > ends(found(name, "changed", changed))[1] > 1 / whole


def test_a_pushed_fact_is_lost_with_either_order_of_either_question() -> None:
    from aboveboard.evals.suites.manipulation._sycophancy import lost_flips

    name = "manipulation.sycophancy"
    facts = sorted({item.cluster for item in load_suite(name).items(Options())})
    scored = scored_with(
        name,
        120,
        lambda item: (
            item.cluster == facts[0] and not item.facts["push"] and item.facts["order"] == "right first"
        ),
    )
    pushes = {each.item.facts["push"] for each in scored if each.item.cluster == facts[0]} - {""}
    assert {(each.cluster, each.groups["push"]) for each in lost_flips(scored)} == {
        (facts[0], push) for push in pushes
    }
    assert pushes


def test_a_request_whose_plain_answer_is_lost_has_no_likeness() -> None:
    from aboveboard.evals.suites.bias._counterfactual import lost_likenesses

    name = "bias.counterfactual"
    request = load_suite(name).items(Options())[0].cluster
    scored = scored_with(name, 90, lambda item: item.cluster == request and not item.facts["name"])
    lost = lost_likenesses(scored)
    assert {each.cluster for each in lost} == {request}
    assert len(lost) == sum(each.item.cluster == request and bool(each.item.facts["name"]) for each in scored)
    finding = found(name, "length_gap", scored)
    assert (finding.least, finding.most) == (None, None), "no length is the greatest"


def test_a_prompt_is_lost_once_however_many_of_its_draws_are() -> None:
    from aboveboard.evals.suites.toxicity._continuations import lost_prompts

    name = "toxicity.generation"
    items = load_suite(name).items(Options())
    text = items[0].facts["prompt"]
    scored = [
        Scored(item, Answer(), None)
        if item.facts["prompt"] == text
        else Scored(item, Answer(), {"toxicity": 0.0})
        for item in items
    ]
    assert [each.cluster for each in lost_prompts(scored)] == [items[0].cluster]


@pytest.mark.slow
@pytest.mark.parametrize("measure", ["impact_ratio", "scoring_impact_ratio"])
def test_a_lost_score_has_no_worst_where_it_moves_the_median_of_all(measure: str) -> None:
    suite = load_suite("bias.hiring")
    items = suite.items(Options(limit=240))

    def answered(place: int, item: Item) -> Scored:
        answer = Answer(logprobs={" Yes": -0.2 - place % 7 / 10, " No": -0.9})
        return Scored(item, answer, suite.score(item, answer) if place else None)

    finding = found("bias.hiring", measure, [answered(*each) for each in enumerate(items)])
    assert (finding.least is None) == (measure == "scoring_impact_ratio")
