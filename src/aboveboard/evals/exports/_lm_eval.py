"""The files that lm-evaluation-harness writes: one of results, and one of samples a task.

Format: `docs/interface.md` and `evaluation_tracker.py` of EleutherAI/lm-evaluation-harness 0.4.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from aboveboard import __version__
from aboveboard.evals._suite import catalogue
from aboveboard.evals.comparing import RecordedRun
from aboveboard.stats import minimum_detectable_effect

_FILTER = "none"


def lm_eval_files(run: RecordedRun) -> dict[str, str]:
    """`results_<time>.json` and `samples_<task>_<time>.jsonl`, by name."""
    time = run.view.started.replace(":", "-")
    files = {f"results_{time}.json": json.dumps(_results(run), ensure_ascii=False, indent=2)}
    for suite in run.view.suites:
        lines = [
            json.dumps(_sample(number, name, entry), ensure_ascii=False) + "\n"
            for number, (name, entry) in enumerate(run.of_suite(suite).items())
        ]
        files[f"samples_{suite}_{time}.jsonl"] = "".join(lines)
    return files


def _results(run: RecordedRun) -> dict[str, Any]:
    view, suites = run.view, run.view.suites
    return {
        "results": {suite: _metrics(run, suite) for suite in suites},
        "group_subtasks": {suite: [] for suite in suites},
        "configs": {suite: _config(run, suite) for suite in suites},
        "versions": {suite: run.version(suite) or "" for suite in suites},
        "n-shot": {suite: _shots(run, suite) for suite in suites},
        "higher_is_better": {suite: _directions(run, suite) for suite in suites},
        "n-samples": {suite: _sizes(run, suite) for suite in suites},
        "config": {
            "model": view.backend,
            "model_args": f"pretrained={view.model}",
            "limit": view.limit,
            "random_seed": view.seed,
            "gen_kwargs": {"temperature": 0.0},
        },
        "date": view.started,
        "lm_eval_version": f"aboveboard {__version__}",
        "model_name": view.model,
        "model_name_sanitized": view.model.replace("/", "__"),
        "model_sha": view.model_digest,
        "total_evaluation_time_seconds": str(view.seconds),
    }


def _metrics(run: RecordedRun, suite: str) -> dict[str, Any]:
    """`value` and standard error of each measure; the error is read off the smallest effect found."""
    found: dict[str, Any] = {"alias": suite}
    for each in _measured(run, suite):
        name = _short(each["measure"], suite)
        found[f"{name},{_FILTER}"] = each["value"]
        unit = minimum_detectable_effect(1.0, alpha=1 - each["confidence"])
        found[f"{name}_stderr,{_FILTER}"] = each["mde"] / unit
    return found


def _measured(run: RecordedRun, suite: str) -> list[Mapping[str, Any]]:
    return [each for each in run.view.measurements if each["suite"] == suite]


def _short(measure: str, suite: str) -> str:
    return measure.removeprefix(f"{suite}.")


def _config(run: RecordedRun, suite: str) -> dict[str, Any]:
    first = next(iter(run.of_suite(suite).values()), None)
    mode = first["mode"] if first else ""
    return {
        "task": suite,
        "dataset_path": f"aboveboard/{suite}",
        "output_type": "generate_until" if mode in ("generate", "metered") else "multiple_choice",
        "repeats": 1,
        "metric_list": [{"metric": _short(each["measure"], suite)} for each in _measured(run, suite)],
        "metadata": {"version": run.version(suite) or "", "scoring": mode},
    }


def _shots(run: RecordedRun, suite: str) -> int:
    entries = run.of_suite(suite).values()
    return min((sum(t["role"] == "assistant" for t in each["prompt"]) for each in entries), default=0)


def _directions(run: RecordedRun, suite: str) -> dict[str, bool]:
    known = catalogue()
    return {
        _short(each["measure"], suite): known[each["measure"]].direction in ("higher", "parity")
        for each in _measured(run, suite)
        if each["measure"] in known
    }


def _sizes(run: RecordedRun, suite: str) -> dict[str, int]:
    planned = [int(each["items"]) for each in run.view.forecasts if each["suite"] == suite]
    return {"original": sum(planned), "effective": len(run.of_suite(suite))}


def _sample(number: int, name: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    prompt = "\n".join(f"{turn['role']}: {turn['content']}" for turn in entry["prompt"])
    answer = entry["answer"] or json.dumps(entry["logprobs"], ensure_ascii=False)
    score, settings = entry["score"] or {}, {"temperature": entry.get("temperature", 0.0)}
    return {
        "doc_id": number,
        "doc": {
            "id": name,
            "cluster": entry["cluster"],
            "groups": entry["groups"],
            "prompt": entry["prompt"],
        },
        "target": entry["target"],
        "arguments": {"gen_args_0": {"arg_0": prompt, "arg_1": settings}},
        "resps": [[answer]],
        "filtered_resps": [answer],
        "filter": _FILTER,
        "metrics": list(score),
        "doc_hash": _hash(name),
        "prompt_hash": _hash(prompt),
        "target_hash": _hash(entry["target"]),
        "error": entry["error"],
        **score,
    }


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
