"""lm-evaluation-harness's two kinds of file."""

import json

import pytest

from aboveboard.evals.comparing import RecordedRun
from aboveboard.evals.exports import lm_eval_files
from aboveboard.stats import clustered_standard_error

RESULT_KEYS = {
    "results",
    "group_subtasks",
    "configs",
    "versions",
    "n-shot",
    "higher_is_better",
    "n-samples",
    "config",
}
SAMPLE_KEYS = {
    *("doc_id", "doc", "target", "arguments", "resps", "filtered_resps", "filter", "metrics"),
    *("doc_hash", "prompt_hash", "target_hash"),
}


def test_results_have_value_and_standard_error_of_every_measure(next_token_run: RecordedRun) -> None:
    name, text = next(iter(lm_eval_files(next_token_run).items()))
    found = json.loads(text)
    assert name.startswith("results_")
    assert set(found) >= RESULT_KEYS
    metrics = found["results"]["bias.hiring"]
    for each in next_token_run.view.measurements:
        short = each["measure"].removeprefix("bias.hiring.")
        assert metrics[f"{short},none"] == each["value"]
        assert metrics[f"{short}_stderr,none"] >= 0
    assert found["n-shot"]["bias.hiring"] > 0
    assert found["higher_is_better"]["bias.hiring"]["impact_ratio"] is True


def test_the_standard_error_is_that_of_the_scores(run: RecordedRun) -> None:
    entries = [each for each in run.entries.values() if each["score"]]
    spread = {**run.view.measurements[0], "mde": 0.28, "confidence": 0.95}
    assert entries
    from dataclasses import replace

    shown = replace(run, view=replace(run.view, measurements=(spread,)))
    found = json.loads(next(iter(lm_eval_files(shown).values())))["results"]["transparency.disclosure"]
    assert found["admits_ai_stderr,none"] == pytest.approx(0.1, rel=0.01), "2.8 standard errors are found"
    assert clustered_standard_error([0.0, 1.0]) == pytest.approx(0.5)


def test_samples_have_what_the_harness_writes(run: RecordedRun) -> None:
    (text,) = [text for name, text in lm_eval_files(run).items() if name.startswith("samples_")]
    lines = [json.loads(line) for line in text.split("\n") if line]
    assert len(lines) == 6
    assert [line["doc_id"] for line in lines] == list(range(6))
    assert all(set(line) >= SAMPLE_KEYS for line in lines)
    assert sum("admits" in line for line in lines) == 5
    assert lines[0]["doc_hash"] != lines[1]["doc_hash"]
