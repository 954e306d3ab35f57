"""`aboveboard assess`: measure a model against its charter."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aboveboard.cli._output import print_json
from aboveboard.cli._settings import Settings, settings_of

if TYPE_CHECKING:
    from aboveboard.cli._assessing import Outcome, Request


@click.command(
    epilog="""
\b
Examples:
  aboveboard assess                                      every promise of charter.yaml
  aboveboard assess --suite bias.hiring --limit 200      one suite, 200 requests
  aboveboard assess --forecast                           what it would cost; nothing is asked
  aboveboard assess --fresh                              although the answers are known
  aboveboard assess --base-url http://127.0.0.1:8440/v1  the guarded model, through the gateway
  aboveboard assess --batch ray://10.0.0.5:10001         on the machines of a Ray cluster
\b
Exit codes: 0 every promise kept, 1 one broken, 2 one undecided, 3 a usage or run-time error.
"""
)
@click.option("--suite", help="Only this suite (`aboveboard measures` lists them).")
@click.option(
    "--limit", type=click.IntRange(min=1), help="At most about this many requests a suite (whole clusters)."
)
@click.option("--model", "model_id", help="A model of the charter.  [default: the primary one]")
@click.option("--base-url", help="Assess an OpenAI-compatible endpoint instead, such as your own gateway.")
@click.option(
    "--profile",
    type=click.Choice(["quick", "full"]),
    default="quick",
    show_default=True,
    help="How many items.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Makes the generated items.")
@click.option(
    "--charter", "charter_file", type=click.Path(path_type=Path, dir_okay=False), help="Another charter."
)
@click.option(
    "--batch",
    metavar="PLACE",
    default="here",
    show_default=True,
    help="Where requests are answered: `here`, by `ray` on this machine's processors, or on `ray://HOST:PORT`.",
)
@click.option("--workers", type=click.IntRange(min=1), help="At most so many models open at once, with Ray.")
@click.option("--fresh", is_flag=True, help="Ask everything again: no answer given before the run is used.")
@click.option("--forecast", is_flag=True, help="Say what it will cost, ask nothing, and exit with 0.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(
    ctx: click.Context, /, as_json: bool, forecast: bool, charter_file: Path | None, **given: Any
) -> int:
    """Measure a model against its charter and say which promises are kept, broken or undecided.

    What is tested is recorded before the run, each measurement after it. A run that was stopped goes on from
    where it was; answers given before are not asked for again (see `--fresh`). An endpoint's are used
    again for an hour, while the same model and set-up answer.
    """
    from aboveboard.cli._assessing import assess_and_record
    from aboveboard.cli._workspace import open_evidence

    settings = settings_of(ctx).with_charter(charter_file)
    request = _request(settings, given)
    if forecast:
        show_forecast(request, settings.state, as_json=as_json)
        return 0
    with open_evidence(settings) as evidence:
        outcome = assess_and_record(request, evidence, settings.state, quiet=as_json)
    show_outcome(outcome, as_json=as_json)
    return outcome.exit_code


def _request(settings: Settings, given: dict[str, Any]) -> "Request":
    from aboveboard.cli._assessing import Request
    from aboveboard.cli._charters import open_charter
    from aboveboard.cli._workspace import choose_model

    charter = open_charter(settings.charter)
    entry = choose_model(charter, given.pop("model_id"), given.pop("base_url"))
    return Request(charter, entry, data=settings.data_folder, **given)


def show_forecast(request: "Request", state: Path, *, as_json: bool) -> None:
    """Prints what the assessment would cost."""
    from aboveboard.cli._assessing import forecast_alone
    from aboveboard.cli._forecasting import forecast_as_json, print_forecast

    forecast = forecast_alone(request, state)
    if as_json:
        print_json(forecast_as_json(forecast))
    else:
        print_forecast(forecast)


def show_outcome(outcome: "Outcome", *, as_json: bool) -> None:
    """Prints the promises and, for what no promise is about, the measurements."""
    from aboveboard.cli._verdicts import outcome_as_json, print_outcome

    if as_json:
        print_json(outcome_as_json(outcome))
    else:
        print_outcome(outcome)
