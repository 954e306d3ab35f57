"""Inspect's evaluation log, version 2, as JSON: `inspect view` and `read_eval_log` open it.

Format: https://inspect.aisi.org.uk/eval-logs.html. One log a suite, as Inspect has one a task.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from aboveboard import __version__
from aboveboard.evals.comparing import RecordedRun
from aboveboard.values import digest_json

_SCORER = "aboveboard"
_STATUS = {"done": "success", "running": "started", "interrupted": "cancelled", "stopped": "cancelled"}


def inspect_logs(run: RecordedRun) -> dict[str, str]:
    """The logs by file name, in Inspect's own manner of naming."""
    started = run.view.started.replace(":", "-")
    return {
        f"{started}_{suite}_{run.id}.json": json.dumps(_log(run, suite), ensure_ascii=False, indent=1)
        for suite in run.view.suites
    }


def _log(run: RecordedRun, suite: str) -> dict[str, Any]:
    entries = run.of_suite(suite)
    failure = _failure(run)
    return {
        "version": 2,
        "status": _STATUS.get(run.view.status, "error"),
        "eval": _spec(run, suite, list(entries)),
        "plan": {"name": "plan", "steps": [], "config": {"temperature": _temperature(entries.values())}},
        "results": _results(run, suite, entries),
        "stats": {
            "started_at": run.view.started,
            "completed_at": run.view.updated,
            "model_usage": {run.view.model: _usage(list(entries.values()))},
        },
        **({"error": failure} if failure else {}),
        "samples": [_sample(name, entry, run.view.model) for name, entry in entries.items()],
    }


def _temperature(entries: Iterable[Mapping[str, Any]]) -> float:
    """The highest that an item of the suite was asked at; runs from before there were others have 0."""
    return max((entry.get("temperature", 0.0) for entry in entries), default=0.0)


def _failure(run: RecordedRun) -> dict[str, str] | None:
    if run.view.status != "failed":
        return None
    return {"message": run.view.reason, "traceback": "", "traceback_ansi": ""}


def _spec(run: RecordedRun, suite: str, names: Sequence[str]) -> dict[str, Any]:
    view = run.view
    return {
        "eval_id": digest_json([run.id, suite])[-22:],
        "run_id": run.id,
        "created": view.started,
        "task": suite,
        "task_id": digest_json(suite)[-22:],
        "task_version": run.version(suite) or "",
        "task_args": {"profile": view.profile, "seed": view.seed},
        "dataset": {"name": suite, "samples": len(names), "sample_ids": list(names), "shuffled": False},
        "model": view.model,
        "config": {"epochs": 1, "log_samples": True},
        "packages": {"aboveboard": __version__},
        "metadata": {
            "model_digest": view.model_digest,
            "backend": view.backend,
            "charter_digest": view.charter_digest,
            "log_digest": view.log_digest,
            "caveats": list(view.caveats.get(suite, ())),
        },
    }


def _results(run: RecordedRun, suite: str, entries: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    scored = sum(entry["score"] is not None for entry in entries.values())
    measured = [each for each in run.view.measurements if each["suite"] == suite]
    return {
        "total_samples": len(entries),
        "completed_samples": sum(not entry["error"] for entry in entries.values()),
        "scores": [
            {
                "name": _SCORER,
                "scorer": _SCORER,
                "scored_samples": scored,
                "unscored_samples": len(entries) - scored,
                "params": {},
                "metrics": {each["measure"]: _metric(each) for each in measured},
            }
        ],
    }


def _metric(measurement: Mapping[str, Any]) -> dict[str, Any]:
    told = ("low", "high", "confidence", "n", "clusters", "method", "unit", "notes")
    return {
        "name": measurement["measure"],
        "value": measurement["value"],
        "params": {},
        "metadata": {name: measurement[name] for name in told},
    }


def _sample(name: str, entry: Mapping[str, Any], model: str) -> dict[str, Any]:
    answer = {"role": "assistant", "content": entry["answer"]}
    prompt = [{"role": turn["role"], "content": turn["content"]} for turn in entry["prompt"]]
    choice = {"message": answer, "stop_reason": "stop", **_logprobs(entry["logprobs"])}
    score = entry["score"]
    told = {"value": dict(score), "answer": entry["answer"] or None} if score is not None else None
    return {
        "id": name,
        "epoch": 1,
        "input": prompt,
        "target": entry["target"],
        "messages": [*prompt, answer],
        "output": {
            "model": model,
            "choices": [choice],
            "completion": entry["answer"],
            "usage": _usage([entry]),
            "time": entry["seconds"],
            **({"error": entry["error"]} if entry["error"] else {}),
        },
        "scores": {_SCORER: told} if told else {},
        "metadata": {
            "cluster": entry["cluster"],
            "groups": entry["groups"],
            "mode": entry["mode"],
            "key": entry["key"],
            "likelihoods": entry.get("likelihoods", {}),
            "was_read": score is not None,
        },
        "total_time": entry["seconds"],
    }


def _logprobs(found: Mapping[str, float]) -> dict[str, Any]:
    """The likeliest first tokens, the best as the one that was chosen."""
    if not found:
        return {}
    best = sorted(found.items(), key=lambda pair: -pair[1])
    top = [{"token": token, "logprob": value} for token, value in best]
    return {"logprobs": {"content": [{**top[0], "top_logprobs": top}]}}


def _usage(entries: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    read, wrote = (sum(each[name] for each in entries) for name in ("prompt_tokens", "completion_tokens"))
    return {"input_tokens": read, "output_tokens": wrote, "total_tokens": read + wrote}
