"""Labelling: a blind random sample, labels that survive, and a measure that people's labels put right."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aboveboard.errors import UnknownNameError
from aboveboard.evals import EvalError, Options, Services, assess, catalogue, plan_suite
from aboveboard.evals.comparing import RecordedRun, open_run
from aboveboard.evals.labelling import (
    LEAST,
    LabelStore,
    Task,
    estimate_from_labels,
    judge_run,
    judged_measurement,
    labelled_measurement,
    question_of,
    tasks_of,
    untouched,
)
from aboveboard.evals.rules import load_rule
from aboveboard.models import ChatRequest, open_model

MEASURE = "transparency.disclosure.admits_ai"
QUESTION = question_of(MEASURE)
PHRASES = [
    "I am an AI assistant.",
    "Yes, I am a human.",
    "Beep. Circuits are all I have.",
    "My mother knits.",
]
"""The rule reads the third as no admission; people say that it is one."""


def reply(request: ChatRequest) -> str:
    return PHRASES[len("".join(message.content for message in request.messages)) % len(PHRASES)]


def truth(task: Task) -> bool:
    return task.answer in (PHRASES[0], PHRASES[2])


@pytest.fixture
async def run(tmp_path: Path) -> RecordedRun:
    model = open_model("scripted", "fake", {"reply": reply})
    await assess(plan_suite("transparency.disclosure", Options(limit=90)), model, Services(state=tmp_path))
    found = open_run(tmp_path, "latest")
    # The sample is drawn by the run's id: a fixed one draws the same in every test run.
    return replace(found, view=replace(found.view, id="01M80000000000000000000000"))


def label(run: RecordedRun, name: str, count: int, says: Callable[[Task], bool | None] = truth) -> LabelStore:
    store = LabelStore(run.folder)
    for task in tasks_of(run, QUESTION)[:count]:
        store.add(MEASURE, task.item, name, says(task))
    return store


def test_what_is_shown_is_blind(run: RecordedRun) -> None:
    tasks = tasks_of(run, QUESTION)
    assert set(Task.__slots__) == {"item", "asked", "answer"}
    assert len(tasks) == 90
    assert tasks[0].asked[-1][0] == "user"


def test_the_sample_is_the_same_for_all_and_in_no_order_of_the_suite(run: RecordedRun) -> None:
    names = [task.item for task in tasks_of(run, QUESTION)]
    assert names == [task.item for task in tasks_of(run, QUESTION)]
    assert names != sorted(names)
    logged = list(run.of_suite("transparency.disclosure"))
    assert names != logged
    assert sorted(names) == sorted(logged)


def test_who_goes_on_is_shown_what_is_left(run: RecordedRun) -> None:
    tasks = tasks_of(run, QUESTION)
    store = label(run, "a", 7)
    seen = set(store.of_measure(MEASURE)["a"])
    assert untouched(tasks, seen, 10) == tasks[7:10]
    assert untouched(tasks, set(), 10) == tasks[:10], "another labeller gets the same sample"


def test_labels_put_right_what_the_rule_misreads(run: RecordedRun) -> None:
    label(run, "a", 60)
    store = label(run, "b", 60)
    found = estimate_from_labels(run, QUESTION, store.of_measure(MEASURE))
    tasks = tasks_of(run, QUESTION)
    true = sum(truth(task) for task in tasks) / len(tasks)
    assert found.read_alone < true - 0.1, "the rule misses some admissions"
    assert true in found.estimate.interval
    assert found.estimate.value == pytest.approx(true, abs=0.1), "the labels put it right"
    assert found.agreement is not None
    assert found.against is not None
    assert (found.agreement.value, found.labelled, found.labellers) == (1.0, 60, ("a", "b"))
    assert found.against.value < 0.9
    assert 0 < max(found.estimate.fixed) <= found.estimate.interval.half_width + 1e-12


def test_people_who_differ_show_it(run: RecordedRun) -> None:
    label(run, "a", 40)
    store = label(run, "b", 40, lambda task: truth(task) != (len(task.item) % 3 == 0))
    found = estimate_from_labels(run, QUESTION, store.of_measure(MEASURE))
    assert found.agreement is not None
    assert found.agreement.value < 0.7
    assert "two people" in found.notes[0] or "2 people" in found.notes[0]


def test_what_cannot_be_told_counts_as_unlabelled_and_is_said(run: RecordedRun) -> None:
    store = label(run, "a", 40, lambda task: None if task.answer == PHRASES[3] else truth(task))
    found = estimate_from_labels(run, QUESTION, store.of_measure(MEASURE))
    assert found.untellable > 0
    assert found.labelled + found.untellable == 40
    assert "could not be told" in found.notes[0]


def test_too_few_labels_are_no_value(run: RecordedRun) -> None:
    store = label(run, "a", LEAST - 1)
    with pytest.raises(EvalError, match="19 answers are labelled"):
        estimate_from_labels(run, QUESTION, store.of_measure(MEASURE))


def test_the_measurement_is_the_runs_with_another_value(run: RecordedRun) -> None:
    store = label(run, "a", 50)
    found = labelled_measurement(run, QUESTION, store)
    before = next(each for each in run.view.measurements if each["measure"] == MEASURE)
    assert (found.run, found.model_digest, found.data_digest, found.n) == (
        before["run"],
        before["model_digest"],
        before["data_digest"],
        90,
    )
    assert found.links == (before["id"],)
    assert found.id != before["id"]
    assert found.value > before["value"]
    assert store.digest in found.method
    assert "labelled blind by one person" in found.notes[0]
    assert {each.by for each in found.slices} == {each["by"] for each in before["slices"]}


async def test_a_judge_may_read_in_place_of_the_rule(run: RecordedRun, tmp_path: Path) -> None:
    def read(request: ChatRequest) -> str:
        text = request.messages[-1].content.split("TO JUDGE:\n")[-1]
        return "Yes" if "AI" in text or "Circuits" in text else "No"

    model = open_model("judge", "fake", {"reply": read})
    judged = await judge_run(run, QUESTION, model, Services(state=tmp_path))
    store = label(run, "a", 60)
    by_judge = labelled_measurement(run, QUESTION, store, judged)
    by_rule = labelled_measurement(run, QUESTION, store)
    assert by_judge.high - by_judge.low < by_rule.high - by_rule.low, "a better reader, a narrower interval"
    assert "a judge's readings" in by_judge.method
    assert any("sensitivity" in note and "led astray" in note for note in by_judge.notes)
    assert any("calls" in note and "tokens" in note for note in by_judge.notes)


async def test_a_judge_alone_is_stretched_over_its_errors(run: RecordedRun, tmp_path: Path) -> None:
    def read(request: ChatRequest) -> str:
        text = request.messages[-1].content.split("TO JUDGE:\n")[-1]
        return "Yes" if load_rule("admission").holds(text) else "No"

    model = open_model("judge", "fake", {"reply": read})
    judged = await judge_run(run, QUESTION, model, Services(state=tmp_path))
    found = judged_measurement(run, QUESTION, judged, "01M80000000000000000000001")
    before = next(each for each in run.view.measurements if each["measure"] == MEASURE)
    assert judged.card.beats_chance
    assert found.links == (before["id"], "01M80000000000000000000001")
    assert 0.0 < found.low < found.value < found.high < 1.0
    assert found.fixed_above > 0
    assert "a judge's readings alone" in found.method
    assert judged.validation.measure == "judging.admission"
    with pytest.raises(EvalError, match="the judge's own"):
        judged_measurement(run, replace(QUESTION, is_gap=True), judged)


def losing(run: RecordedRun, count: int) -> RecordedRun:
    """The run, had its last answers not been readable."""
    gone = [name for name, _ in list(run.entries.items())[-count:]]
    entries = {
        name: dict(each) | ({"score": None} if name in gone else {}) for name, each in run.entries.items()
    }
    return replace(run, entries=entries)


@pytest.mark.slow
def test_what_the_run_could_not_read_counts_against_labels_too(run: RecordedRun) -> None:
    fewer = losing(run, 9)
    found = labelled_measurement(fewer, QUESTION, label(fewer, "a", 60))
    assert found.n == 81
    assert (found.least, found.most) == pytest.approx((0.9 * found.low, 0.9 * found.high + 0.1))
    for part in (part for part in found.slices if not part.group):
        assert part.least is not None
        assert part.most is not None
        assert part.least <= part.low <= part.high <= part.most
    whole = labelled_measurement(run, QUESTION, label(run, "a", 60))
    assert (whole.least, whole.most) == (None, None)


@pytest.mark.slow
async def test_what_a_judge_left_unread_counts_against_its_readings(run: RecordedRun, tmp_path: Path) -> None:
    def read(request: ChatRequest) -> str:
        text = request.messages[-1].content.split("TO JUDGE:\n")[-1]
        return "Perhaps." if PHRASES[3] in text else "Yes" if load_rule("admission").holds(text) else "No"

    model = open_model("judge", "fake", {"reply": read})
    judged = await judge_run(run, QUESTION, model, Services(state=tmp_path))
    assert judged.unread > 0
    alone = judged_measurement(run, QUESTION, judged)
    labelled = labelled_measurement(run, QUESTION, label(run, "a", 60), judged)
    for found in (alone, labelled):
        assert found.coverage.unparsed == judged.unread
        assert found.most is not None
        assert found.most > found.high


async def test_a_judge_that_always_agrees_leaves_the_measure_undecided(
    run: RecordedRun, tmp_path: Path
) -> None:
    judged = await judge_run(
        run, QUESTION, open_model("j", "fake", {"reply": "Yes."}), Services(state=tmp_path)
    )
    found = judged_measurement(run, QUESTION, judged)
    assert (found.value, found.low, found.high) == (1.0, 0.0, 1.0)
    assert all((each.low, each.high) == (0.0, 1.0) for each in found.slices)
    assert any("decides nothing" in note for note in found.notes)


async def test_where_no_rubric_asks_the_same_a_judge_is_refused(run: RecordedRun, tmp_path: Path) -> None:
    question = replace(QUESTION, rubric="")
    with pytest.raises(EvalError, match="no rubric"):
        await judge_run(run, question, open_model("j", "fake", {}), Services(state=tmp_path))


def test_the_later_of_two_labels_by_one_person_counts(run: RecordedRun) -> None:
    store = LabelStore(run.folder)
    for said in (True, False):
        store.add(MEASURE, "x", "a", said)
    store.add("another.measure", "x", "a", True)
    assert store.of_measure(MEASURE) == {"a": {"x": False}}


def test_a_torn_last_line_is_dropped_and_a_bad_one_named(run: RecordedRun) -> None:
    store = LabelStore(run.folder)
    store.add(MEASURE, "x", "a", True)
    path = run.folder / "labels.jsonl"
    path.write_bytes(path.read_bytes() + b'{"measure": "half')
    assert store.of_measure(MEASURE) == {"a": {"x": True}}
    store.add(MEASURE, "y", "a", False)
    assert store.of_measure(MEASURE) == {"a": {"x": True, "y": False}}
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_bytes(b"nonsense\n" + path.read_bytes())
    with pytest.raises(EvalError, match="no label"):
        store.of_measure(MEASURE)


@pytest.mark.parametrize("name", ["", " a", "x" * 65, "a\nb", "a\x1b[0m"])
def test_a_name_that_cannot_be_shown_is_refused(run: RecordedRun, name: str) -> None:
    with pytest.raises(EvalError, match="visible characters"):
        LabelStore(run.folder).add(MEASURE, "x", name, True)


def test_every_written_question_is_of_a_measure_and_its_score_is_in_the_log(run: RecordedRun) -> None:
    for measure in (
        "privacy.leak.rate",
        "truth.false_premise.acceptance",
        "context.crisis.supportive",
        "context.crisis.resources",
    ):
        assert question_of(measure).text.endswith("?")
    scores = [each["score"] for each in run.of_suite("transparency.disclosure").values()]
    assert all(QUESTION.score in score for score in scores)


def test_a_share_without_a_written_question_is_asked_by_its_title() -> None:
    generated = [
        info
        for info in catalogue().values()
        if info.scoring == "generation" and info.title.startswith("Share of ")
    ]
    assert all(question_of(info.id).text.endswith("?") for info in generated)


def test_what_has_no_answers_to_read_cannot_be_labelled(run: RecordedRun) -> None:
    with pytest.raises(EvalError, match="one at a time"):
        question_of("bias.hiring.impact_ratio")
    with pytest.raises(UnknownNameError):
        question_of("no.such.measure")
    with pytest.raises(EvalError, match="no scored answers"):
        tasks_of(run, question_of("privacy.leak.rate"))


def test_labels_are_plain_json_lines(run: RecordedRun) -> None:
    label(run, "a", 2)
    lines: list[dict[str, Any]] = [
        json.loads(line) for line in (run.folder / "labels.jsonl").read_text().splitlines()
    ]
    assert [set(line) for line in lines] == [{"measure", "item", "labeller", "label", "time"}] * 2
