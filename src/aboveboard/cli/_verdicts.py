"""How promises and measurements look in a terminal and in JSON."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click
import msgspec

from aboveboard.cli._forecasting import cost_as_json, cost_line, forecast_as_json
from aboveboard.cli._output import interval, number, print_table, verdict_label

if TYPE_CHECKING:
    from aboveboard.cli._assessing import Outcome
    from aboveboard.evidence import PromiseStatus
    from aboveboard.evidence.records import Measurement

_ORDER = {"broken": 0, "undecided": 1, "kept": 2}


def print_outcome(outcome: "Outcome") -> None:
    """Promises, gaps first, then what was measured without a promise, and gaps that none tells of."""
    if outcome.statuses:
        print_promises(outcome.statuses)
    promised = {status.promise.measure for status in outcome.statuses}
    others = [each for each in outcome.result.measurements if each.measure not in promised]
    if others:
        click.echo("\nmeasured, not promised:" if outcome.statuses else "")
        print_measurements(others)
    told = "\n".join(status.missing for status in outcome.statuses)
    untold = [gap for gap in outcome.result.gaps if f"{gap.measure} has no value: {gap.reason}" not in told]
    for line in dict.fromkeys(f"no value for {gap.measure}: {gap.reason}" for gap in untold):
        click.echo(click.style(line, fg="yellow"))
    if not outcome.statuses and (suite := outcome.request.suite):
        cure = f"`aboveboard measures {suite}` shows one"
        click.echo(f"\nno promise is about {suite}, so nothing is decided: {cure}")
    if outcome.forecast is not None:
        click.echo(cost_line(outcome.forecast, outcome.result))


def print_promises(statuses: "Sequence[PromiseStatus]") -> None:
    """One line a promise: verdict, value, interval, what it rests on, what is missing."""
    ordered = sorted(statuses, key=lambda status: _ORDER[status.verdict.value])
    print_table(
        ["verdict", "promise", "must be", "value", "interval", "rests on", "to decide"],
        [
            [
                verdict_label(status.verdict.value),
                status.promise.id,
                str(status.promise.must),
                number(status.value),
                interval(status.low, status.high),
                f"{status.n:,} {status.counted}" if status.n else "–",
                _needed(status),
            ]
            for status in ordered
        ],
    )
    for status in ordered:
        if status.caution:
            click.echo(click.style(f"mind, {status.promise.id}: {status.caution}", fg="yellow"))
    tally = {name: sum(status.verdict.value == name for status in statuses) for name in _ORDER}
    click.echo("\n" + ", ".join(f"{count} {name}" for name, count in tally.items()))


def _needed(status: "PromiseStatus") -> str:
    if status.verdict.value != "undecided":
        return ""
    if status.samples_needed:
        return f"about {status.samples_needed:,} {status.counted}"
    return status.missing


def print_measurements(measurements: "Sequence[Measurement]") -> None:
    """One line a measurement: what it rests on, and what became of the items planned."""
    print_table(
        ["measure", "value", "interval", "answers", "cases", "items scored"],
        [
            [
                each.measure,
                number(each.value),
                interval(each.low, each.high),
                f"{each.n:,}",
                f"{each.clusters:,}",
                _scored(each),
            ]
            for each in measurements
        ],
    )


def _scored(measurement: "Measurement") -> str:
    coverage = measurement.coverage
    lost = {"unread": coverage.unparsed, "failed": coverage.failed, "under another set-up": coverage.changed}
    told = [f"{count} {name}" for name, count in lost.items() if count]
    return ", ".join([f"{coverage.scored}/{coverage.planned}", *told])


def outcome_as_json(outcome: "Outcome") -> dict[str, Any]:
    """The outcome as `aboveboard assess --json` prints it."""
    return {
        "run": outcome.result.run,
        "status": outcome.result.status,
        "model": outcome.info.id,
        "model_digest": outcome.info.digest,
        "backend": outcome.info.backend,
        "charter_digest": outcome.request.charter.digest,
        "seconds": round(outcome.result.seconds, 1),
        "forecast": forecast_as_json(outcome.forecast) if outcome.forecast else None,
        "cost": cost_as_json(outcome.result),
        "footprint": msgspec.to_builtins(outcome.result.footprint),
        "promises": [promise_as_json(status) for status in outcome.statuses],
        "measurements": [msgspec.to_builtins(each) for each in outcome.result.measurements],
        "gaps": [{"measure": gap.measure, "reason": gap.reason} for gap in outcome.result.gaps],
        "exit_code": outcome.exit_code,
    }


def promise_as_json(status: "PromiseStatus") -> dict[str, Any]:
    """One promise: verdict, value, interval, n of what is `counted`, and the id of the record it was settled
    by."""
    return {
        "promise": status.promise.id,
        "measure": status.promise.measure,
        "over": list(status.promise.over),
        "must": str(status.promise.must),
        "verdict": status.verdict.value,
        "value": status.value,
        "interval": None if status.low is None else [status.low, status.high],
        "confidence": status.promise.confidence,
        "n": status.n,
        "counted": status.counted,
        "record": status.record_id,
        "run": status.run,
        "missing": status.missing,
        "caution": status.caution,
        "samples_to_decide": status.samples_needed,
        "owner": status.promise.owner,
        "if_broken": status.promise.if_broken,
    }
