"""`aboveboard label`: people read a sample of a run's answers; what they say puts the measure right."""

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from aboveboard.cli._group import Group
from aboveboard.cli._output import interval, number, print_json, say
from aboveboard.cli._progress import ProgressLine, shown_on
from aboveboard.cli._settings import Settings, settings_of
from aboveboard.errors import AboveboardError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from aboveboard.evals import Services
    from aboveboard.evals.comparing import RecordedRun
    from aboveboard.evals.judging import Judge, JudgeCard
    from aboveboard.evals.labelling import JudgedRun, LabelStore, Question, Task
    from aboveboard.evidence.records import Record
    from aboveboard.models import Model

T = TypeVar("T")

_MEASURE = click.option("--measure", required=True, help="A measure that is a share of written answers.")
_ANSWERS = {"y": True, "n": False, "?": None}


@click.group(
    cls=Group,
    epilog="""
\b
Examples:
  aboveboard label answers latest --measure privacy.leak.rate --as reader-1
  aboveboard label answers latest --measure privacy.leak.rate --as reader-2
  aboveboard label record latest --measure privacy.leak.rate
  aboveboard label judge big --rubric leak     may this model read in place of the rule?
  aboveboard label record latest --measure privacy.leak.rate --judge big --alone
\b
RUN is named by its id, by the beginning of its id, by `latest`, or by its folder.
""",
)
def command() -> None:
    """Have people label answers of a run, and record the measure as they put it right.

    Answers are drawn at random and shown without what the rule read in them. Two people who label the same
    ones show how far people agree. Labels are kept in the run's folder.
    """


@command.command()
@click.argument("run")
@_MEASURE
@click.option("--as", "labeller", required=True, help="Who labels: a role or initials, shown in the report.")
@click.option(
    "--count",
    type=click.IntRange(min=1),
    default=60,
    show_default=True,
    help="How many answers of the sample to have labelled by this person.",
)
@click.pass_context
def answers(ctx: click.Context, run: str, measure: str, labeller: str, count: int) -> None:
    """Label answers of RUN: y yes, n no, ? cannot be told, q stop. What was said is kept at once."""
    from aboveboard.evals.labelling import check_labeller, tasks_of, untouched

    recorded, question, store = _opened(settings_of(ctx).state, run, measure)
    mine = store.of_measure(measure).get(check_labeller(labeller), {})
    tasks = tasks_of(recorded, question)
    left = untouched(tasks, set(mine), count)
    for place, task in enumerate(left, 1):
        show_task(task, question, f"{place} of {len(left)}")
        said = click.prompt("yes, no, cannot tell, quit", type=click.Choice([*_ANSWERS, "q"]))
        if said == "q":
            break
        store.add(measure, task.item, labeller, _ANSWERS[said])
    done = len(store.of_measure(measure).get(labeller, {}))
    say(f"{labeller} has labelled {done} of the {min(count, len(tasks))} drawn ({len(tasks)} answers in all)")


@command.command()
@click.argument("run")
@_MEASURE
@click.option("--judge", "judge_id", help="A model of the charter that reads in place of the rule.")
@click.option("--alone", is_flag=True, help="With --judge: by its readings alone, without labels.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def record(
    ctx: click.Context, run: str, measure: str, judge_id: str | None, alone: bool, as_json: bool
) -> None:
    """Estimate the measure of RUN from labels and readings together, and record it as evidence.

    The newest measurement settles a promise, so the report and the promises then go by this one. A judge's
    validation goes on record too. By a judge alone the interval is as wide as its errors make it; one that is
    not shown to read better than chance decides nothing.
    """
    import msgspec

    from aboveboard.cli._workspace import open_evidence
    from aboveboard.evals.labelling import judged_measurement, labelled_measurement

    if alone and not judge_id:
        raise click.UsageError("--alone says that a judge reads without labels: name it with --judge")
    settings = settings_of(ctx)
    opened = _opened(settings.state, run, measure)
    judged = _judged(settings, *opened[:2], judge_id, quiet=as_json) if judge_id else None
    validated = judged.validation if judged else None
    basis = validated.id if validated else ""
    if judged and alone:
        measurement = judged_measurement(*opened[:2], judged, basis)
    else:
        measurement = labelled_measurement(*opened, judged, basis)
    with open_evidence(settings) as evidence:
        _refuse_unvouched(opened[0], evidence.reader.get(measurement.links[0]))
        for each in filter(None, [validated, measurement]):
            evidence.recorder.record(each)
    if as_json:
        print_json(msgspec.to_builtins(measurement))
        return
    click.echo(f"{measure}  {number(measurement.value)}  [{interval(measurement.low, measurement.high)}]")
    for note in measurement.notes:
        click.echo(f"  {note}")


@command.command()
@click.argument("model_id", metavar="MODEL")
@click.option("--rubric", default="refusal", show_default=True, help="What the judge is asked.")
@click.option(
    "--wordings", type=click.IntRange(1, 4), default=2, show_default=True, help="How many ways to ask."
)
@click.pass_context
def judge(ctx: click.Context, model_id: str, rubric: str, wordings: int) -> None:
    """Validate MODEL of the charter as a judge: how often it errs, how steady, how easily led astray.

    It reads the rubric's labelled texts; what comes of it is put on record as `judging.RUBRIC`. A model that
    tells how likely its next token is is read by that, any other by its first word.
    """
    from aboveboard.cli._workspace import open_evidence
    from aboveboard.evals.judging import load_rubric, open_judge, validate, validation

    settings, asked = settings_of(ctx), load_rubric(rubric)

    async def check(model: "Model", services: "Services") -> "tuple[Judge, JudgeCard]":
        judging = await open_judge(model, asked, services, wordings)
        return judging, await validate(judging)

    judging, card = _with_model(settings, model_id, check)
    for line in card.lines:
        click.echo(line)
    found = validation(judging, card)
    with open_evidence(settings) as evidence:
        evidence.recorder.record(found)
    tokens = f"{card.cost.tokens:,} tokens" if card.cost.tokens else "tokens not told"
    say(f"{card.cost.calls} calls, {tokens}; record {found.id}")


def _refuse_unvouched(run: "RecordedRun", recorded: "Record") -> None:
    """Labels put right what is on the ledger; a folder that says otherwise was changed, or is another's."""
    if not run.vouches_for(recorded):
        raise AboveboardError(
            "the run is not what the ledger has of it, so its labels are no evidence",
            where=str(run.folder),
            cure="label a run of this state directory, as `aboveboard assess` left it",
        )


def _judged(
    settings: Settings, run: "RecordedRun", question: "Question", model_id: str, *, quiet: bool
) -> "JudgedRun":
    from aboveboard.evals.labelling import judge_run

    def read(model: "Model", services: "Services") -> "Awaitable[JudgedRun]":
        return judge_run(run, question, model, services)

    return _with_model(settings, model_id, read, quiet=quiet)


def _with_model(
    settings: Settings,
    model_id: str,
    use: "Callable[[Model, Services], Awaitable[T]]",
    *,
    quiet: bool = False,
) -> "T":
    """What `use` makes of a model of the charter, metered as in an assessment."""
    import asyncio

    from aboveboard.cli._charters import open_charter
    from aboveboard.cli._model_keys import check_model_keys
    from aboveboard.cli._workspace import choose_model, open_entry
    from aboveboard.evals import Services
    from aboveboard.footprint import Meter, site_of

    charter = open_charter(settings.charter)
    line = ProgressLine("judging", quiet=quiet)
    services = Services(
        state=settings.state, progress=shown_on(line), meter=Meter(site_of(charter.footprint))
    )
    entry = choose_model(charter, model_id, None)
    check_model_keys(charter, [entry])

    async def run() -> "T":
        model = open_entry(entry)
        try:
            return await use(model, services)
        finally:
            line.finish()
            await model.close()

    return asyncio.run(run())


def show_task(task: "Task", question: "Question", place: str) -> None:
    """One answer as it is labelled: nothing of it is a colour code or moves the cursor."""
    click.echo(click.style(f"\n── {place} " + "─" * 40, dim=True))
    for role, text in task.asked:
        click.echo(click.style(f"{role}: ", bold=True) + _plain(text))
    click.echo(click.style("answer: ", bold=True) + _plain(task.answer))
    click.echo(click.style(question.text, bold=True))


def _plain(text: str) -> str:
    """The text without control characters: an answer must not be able to repaint a terminal."""
    return "".join(each if each.isprintable() or each == "\n" else "�" for each in text)


def _opened(state: Path, run: str, measure: str) -> "tuple[RecordedRun, Question, LabelStore]":
    from aboveboard.evals.comparing import open_run
    from aboveboard.evals.labelling import LabelStore, question_of

    recorded = open_run(state, run)
    return recorded, question_of(measure), LabelStore(recorded.folder)
