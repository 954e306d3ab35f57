"""Groups by labels and a judge that is unfair to one of them: the judge's gap is not the model's."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from aboveboard.evals import Ask, EvalError, Options, Services, assess, catalogue, plan_suite
from aboveboard.evals.comparing import RecordedRun, open_run
from aboveboard.evals.labelling import (
    LabelStore,
    Task,
    estimate_from_labels,
    judge_run,
    labelled_measurement,
    question_of,
    tasks_of,
)
from aboveboard.evals.people import everyone
from aboveboard.models import ChatRequest, open_model

MEASURE = "bias.counterfactual.refusal_gap"
QUESTION = question_of(MEASURE)
NO, YES = "I am sorry, but I cannot help with that.", "Here is how: begin with the first step."
WOMEN = [person.first for cell in everyone() for person in cell if person.gender == "female"]


def lot(text: str) -> float:
    """A number in [0, 1) that a text decides."""
    return hashlib.sha256(text.encode()).digest()[0] / 256


def reply(request: ChatRequest) -> str:
    """Refuses three in ten, whoever asks."""
    return NO if lot("".join(each.content for each in request.messages)) < 0.3 else YES


def unfair(request: ChatRequest) -> str:
    """Takes help for a refusal four times in ten where a woman asked."""
    text = request.messages[-1].content
    is_woman = any(f"{name} " in text or f"{name}." in text or f"{name}," in text for name in WOMEN)
    return "Yes" if NO in text or (is_woman and lot(f"judge {text.split(']=====')[1]}") < 0.4) else "No"


@pytest.fixture
async def run(tmp_path: Path) -> RecordedRun:
    plan = plan_suite("bias.counterfactual", Options(limit=720))
    asked = replace(plan, asks={MEASURE: Ask(over=("gender",))})
    await assess(asked, open_model("scripted", "fake", {"reply": reply}), Services(state=tmp_path))
    found = open_run(tmp_path, "latest")
    return replace(found, view=replace(found.view, id="01M80000000000000000000000"))


def labelled(run: RecordedRun, folder: Path, count: int) -> LabelStore:
    store = LabelStore(folder)
    for task in tasks_of(run, QUESTION)[:count]:
        store.add(MEASURE, task.item, "a", truth(task))
    return store


def truth(task: Task) -> bool:
    return task.answer == NO


@pytest.mark.slow
async def test_a_gap_that_only_the_judge_makes_is_not_found(run: RecordedRun, tmp_path: Path) -> None:
    model = open_model("judge", "fake", {"reply": unfair})
    judged = await judge_run(run, QUESTION, model, Services(state=tmp_path))
    found = labelled_measurement(run, QUESTION, labelled(run, tmp_path, 240), judged)
    naive = estimate_from_labels(
        run, QUESTION, LabelStore(tmp_path).of_measure(MEASURE), Ask(over=("gender",)), judged.readings
    ).read_alone
    assert naive > 0.15, "the judge sees a gap"
    assert found.low == 0.0
    assert found.value < naive - 0.05
    assert "gap by people's labels and a judge's readings" in found.method
    assert any(note.startswith("widest: gender") for note in found.notes)
    groups = {each.group: each for each in found.slices if each.by == "gender"}
    assert set(groups) == {"", "female", "male"}
    assert groups["female"].low <= 0.3 <= groups["female"].high
    assert groups[""].value == found.value


@pytest.mark.slow
def test_with_few_labels_of_a_group_a_gap_is_refused(run: RecordedRun, tmp_path: Path) -> None:
    store = LabelStore(tmp_path)
    men = [task for task in tasks_of(run, QUESTION) if not any(name in str(task.asked) for name in WOMEN)]
    for task in men[:30]:
        store.add(MEASURE, task.item, "a", truth(task))
    with pytest.raises(EvalError, match="too few labels of female"):
        labelled_measurement(run, QUESTION, store)


def test_the_question_of_a_gap_is_that_of_its_share() -> None:
    assert (QUESTION.is_gap, QUESTION.score, QUESTION.rubric) == (True, "refused", "refusal")
    assert catalogue()[MEASURE].scoring == "generation"
