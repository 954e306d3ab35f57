"""How a comparison of two runs looks in a terminal and in JSON."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from aboveboard.cli._output import number, print_table
from aboveboard.values import figure

if TYPE_CHECKING:
    from aboveboard.evals.comparing import ChangedItem, Comparison, Difference

_SIGNS = {"better": "✓ better", "worse": "✗ worse", "undecided": "? undecided", "no item differs": "= same"}
_COLOURS = {"better": "green", "worse": "red", "undecided": "yellow", "no item differs": "white"}
_CUT = 100


def print_comparison(found: "Comparison") -> None:
    """The measures, then the groups that stand out, the scores behind them, the items that changed most."""
    for place, run in (("first", found.first), ("second", found.second)):
        click.echo(f"{place}:  {run.id}  {run.view.model}  ({run.view.status})")
    if found.is_same_model:
        click.echo("both are of the same model: what differs is the run, not the model")
    click.echo()
    _print_figures(found.wholes)
    groups = [each for suite in found.suites for each in suite.figures if each.side.by]
    telling = [each for each in groups if each.outcome in ("better", "worse")]
    if telling:
        click.echo("\ngroups that are better or worse:")
        _print_figures(telling)
    for suite in found.suites:
        _print_left_out(suite.suite, suite.answered, suite.asked, suite.left_out)
        _print_changes(suite.changes)


def _print_figures(figures: "Iterable[Difference]") -> None:
    print_table(
        ["verdict", "measure", "first", "second", "difference", "interval", "p (Holm)", "items", "to decide"],
        [
            [
                click.style(_SIGNS[each.outcome], fg=_COLOURS[each.outcome], bold=True),
                _name(each),
                number(each.side.first),
                number(each.side.second),
                signed(each.side.difference),
                f"{signed(each.low)} … {signed(each.high)}",
                f"{each.adjusted:.3f}",
                f"{each.n:,}",
                f"about {each.n_to_decide:,} items" if each.n_to_decide else "",
            ]
            for each in figures
        ],
    )


def _name(figure: "Difference") -> str:
    side = figure.side
    return f"{side.measure} {side.by}={side.group or '(all)'}" if side.by else side.measure


def signed(value: float) -> str:
    """`+0.120`, `−0.031`."""
    return figure(value, "+.3f" if abs(value) < 10 else "+,.1f")


def _print_left_out(suite: str, answered: int, asked: int, reasons: Iterable[str]) -> None:
    if answered < asked:
        click.echo(f"\n{suite}: {asked - answered} of {asked} items lack a readable answer in one run")
    for reason in reasons:
        click.echo(click.style(f"not compared: {reason}", fg="yellow"))


def _print_changes(changes: "Iterable[ChangedItem]") -> None:
    for each in changes:
        click.echo(f"\n{each.suite}/{each.item}")
        for name, answer, score in (
            ("first", each.first, each.first_score),
            ("second", each.second, each.second_score),
        ):
            numbers = ", ".join(f"{key} {figure(value)}" for key, value in score.items())
            click.echo(f"  {name}: {shortened(answer)}  [{numbers}]")


def shortened(text: str) -> str:
    """One line of at most a hundred characters; control characters do not reach the terminal."""
    line = " ".join("".join(c if c.isprintable() or c.isspace() else "�" for c in text).split())
    return line if len(line) <= _CUT else line[: _CUT - 1] + "…"


def comparison_as_json(found: "Comparison") -> dict[str, Any]:
    """The comparison as `aboveboard compare --json` prints it."""
    return {
        "first": _run(found.first),
        "second": _run(found.second),
        "confidence": found.confidence,
        "measures": [figure_as_json(each) for each in found.wholes],
        "groups": [figure_as_json(f) for suite in found.suites for f in suite.figures if f.side.by],
        "scores": [asdict(each) for each in found.scores],
        "changed_most": [asdict(each) for suite in found.suites for each in suite.changes],
        "not_compared": [reason for suite in found.suites for reason in suite.left_out],
        "items": {suite.suite: {"asked": suite.asked, "answered": suite.answered} for suite in found.suites},
    }


def _run(run: Any) -> dict[str, Any]:
    view = run.view
    return {"run": run.id, "model": view.model, "model_digest": view.model_digest, "status": view.status}


def figure_as_json(figure: "Difference") -> dict[str, Any]:
    """One figure: both values, the difference with its interval, the verdict and the n to decide."""
    return {
        "measure": figure.side.measure,
        "by": figure.side.by,
        "group": figure.side.group,
        "first": figure.side.first,
        "second": figure.side.second,
        "difference": figure.side.difference,
        "interval": [figure.low, figure.high],
        "p": figure.p_value,
        "p_holm": figure.adjusted,
        "n": figure.n,
        "clusters": figure.clusters,
        "verdict": figure.outcome,
        "n_to_decide": figure.n_to_decide,
        "method": figure.method,
    }
