"""Inspect's log: what it must hold by its format, and that Inspect's own reader takes it."""

import json
import subprocess
from pathlib import Path

import pytest

from aboveboard.evals.comparing import RecordedRun
from aboveboard.evals.exports import inspect_logs
from evals.exports.conftest import HOSTILE

CLIENTS = Path(__file__).parents[3] / ".venv" / "clients" / "bin" / "python"

READ = """
import json, sys
from inspect_ai.log import read_eval_log
log = read_eval_log(sys.argv[1])
print(json.dumps({
    "status": log.status,
    "task": log.eval.task,
    "answers": [sample.output.completion for sample in log.samples],
    "scores": [{name: score.value for name, score in sample.scores.items()} for sample in log.samples],
    "metrics": {name: metric.value for name, metric in log.results.scores[0].metrics.items()},
}))
"""


def test_a_log_has_a_sample_for_each_item_with_its_words(run: RecordedRun) -> None:
    ((name, text),) = inspect_logs(run).items()
    log = json.loads(text)
    assert name.endswith(f"_transparency.disclosure_{run.id}.json")
    assert (log["version"], log["status"], len(log["samples"])) == (2, "success", 6)
    assert sum(sample["output"]["completion"] == HOSTILE for sample in log["samples"]) == 5
    (failed,) = [sample for sample in log["samples"] if "error" in sample["output"]]
    assert failed["scores"] == {}, "what failed is not scored"
    score = log["results"]["scores"][0]
    assert (score["scored_samples"], score["unscored_samples"]) == (5, 1)
    assert set(score["metrics"]) == {each["measure"] for each in run.view.measurements}


def test_next_tokens_are_there_with_their_probabilities(next_token_run: RecordedRun) -> None:
    (text,) = inspect_logs(next_token_run).values()
    sample = json.loads(text)["samples"][0]
    (first,) = sample["output"]["choices"][0]["logprobs"]["content"]
    assert first["token"] == " Yes"
    assert [each["token"] for each in first["top_logprobs"]] == [" Yes", " No"]
    assert sample["scores"]["aboveboard"]["value"]["yes"] == 1.0


@pytest.mark.clients
def test_inspect_itself_reads_it(run: RecordedRun, next_token_run: RecordedRun, tmp_path: Path) -> None:
    known = (
        CLIENTS.exists() and not subprocess.run([CLIENTS, "-c", "import inspect_ai"], check=False).returncode
    )
    if not known:
        pytest.skip("no inspect_ai in the environment of requirements/clients.lock")
    for each in (run, next_token_run):
        ((name, text),) = inspect_logs(each).items()
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        done = subprocess.run([CLIENTS, "-c", READ, path], capture_output=True, text=True, check=True)
        read = json.loads(done.stdout)
        assert read["task"] == each.view.suites[0]
        assert read["metrics"] == {m["measure"]: m["value"] for m in each.view.measurements}
        assert len(read["answers"]) == len(each.entries)
