"""A trial of mitigations as `aboveboard mitigate --json` prints it."""

from typing import TYPE_CHECKING, Any

import msgspec

from aboveboard.cli._comparing import figure_as_json
from aboveboard.cli._mitigation_asked import Done

if TYPE_CHECKING:
    from aboveboard.evals.comparing import Difference
    from aboveboard.mitigation import Confirmed, SideEffect, Tried


def report_as_json(done: Done) -> dict[str, Any]:
    """What was asked, tried and confirmed, and what came of it."""
    report = done.report
    return {
        "promise": report.promise,
        "measure": report.measure,
        "verdict": report.verdict,
        "chosen": report.chosen.candidate.name if report.chosen else None,
        "status": done.status.verdict.value if done.status else None,
        "tried_on": report.tried_on,
        "kept_back": report.kept_back,
        "tries": report.tries,
        "seen_by": report.seen_by,
        "tried": [_tried(each) for each in report.tried],
        "confirmed": [_confirmed(each) for each in report.confirmed],
        "files": [str(path) for path in done.files],
        "patch": done.patch.diff() if done.patch else "",
    }


def _tried(tried: "Tried") -> dict[str, Any]:
    return {
        "name": tried.candidate.name,
        "kind": tried.candidate.kind,
        "helps": tried.helps,
        "p_holm": tried.adjusted,
        "coverage": msgspec.to_builtins(tried.coverage),
        "figure": _figure(tried.found),
        "cost": msgspec.to_builtins(tried.cost),
        "reason": tried.reason,
    }


def _confirmed(confirmed: "Confirmed") -> dict[str, Any]:
    return {
        "name": confirmed.candidate.name,
        "helps": confirmed.helps,
        "p": confirmed.p_value,
        "p_over_tries": confirmed.adjusted,
        "coverage": msgspec.to_builtins(confirmed.coverage),
        "figure": _figure(confirmed.found),
        "cost_before": msgspec.to_builtins(confirmed.before),
        "cost": msgspec.to_builtins(confirmed.after),
        "side_effects": [_side_effect(each) for each in confirmed.side_effects],
        "reason": confirmed.reason,
    }


def _side_effect(effect: "SideEffect") -> dict[str, Any]:
    return {
        "promise": effect.promise,
        "effect": effect.effect,
        "margin": effect.margin,
        "figure": _figure(effect.found),
        "reason": effect.reason,
    }


def _figure(found: "Difference | None") -> dict[str, Any] | None:
    return figure_as_json(found) if found else None
