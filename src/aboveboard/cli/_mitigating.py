"""One trial of mitigations, from the charter to a patch of it."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aboveboard.cli._charters import known_names, open_charter
from aboveboard.cli._comparing import signed
from aboveboard.cli._mitigation_asked import Asked, Done
from aboveboard.cli._mitigation_report import cost_words, freshness_words, lost_words, mitigation_report
from aboveboard.cli._model_keys import check_model_keys
from aboveboard.cli._origins import note_origins
from aboveboard.cli._output import number, print_table, say
from aboveboard.cli._progress import ProgressLine
from aboveboard.cli._settings import Settings
from aboveboard.cli._workspace import open_entry
from aboveboard.errors import AboveboardError, UnknownNameError
from aboveboard.files import write_text

if TYPE_CHECKING:
    from aboveboard.charter import Charter, Promise
    from aboveboard.evals import Progress
    from aboveboard.evidence import Evidence, PromiseStatus, Reader
    from aboveboard.evidence.records import Record
    from aboveboard.mitigation import (
        Candidate,
        CharterPatch,
        Confirmed,
        Report,
        SideEffect,
        TrialServices,
    )


def mitigate(asked: Asked, settings: Settings, evidence: "Evidence") -> Done:
    """Runs the trial; writes `mitigation.html`, and `charter.yaml` and `charter.patch` for what helps."""
    from aboveboard.evals import Options
    from aboveboard.mitigation import Trial, patch_charter, run_trial

    charter = open_charter(settings.charter)
    check_model_keys(charter, [charter.primary])
    text, known = settings.charter.read_text(encoding="utf-8"), known_names()
    promise = _promise(charter, asked.promise)
    trial = Trial(
        charter=charter,
        promise=promise,
        candidates=_candidates(charter, promise, asked),
        patched=lambda candidate: patch_charter(text, charter, candidate, known).charter,
        options=Options(
            seed=asked.seed, profile=asked.profile, limit=asked.limit, data_dir=settings.data_folder, tell=say
        ),
        margin=asked.margin,
        confidence=asked.confidence,
    )
    line = ProgressLine("mitigating", quiet=asked.quiet)
    try:
        report = asyncio.run(run_trial(trial, _services(settings, evidence, charter, line)))
    finally:
        line.finish()
    if report.chosen is None:
        return _documented(Done(report), asked, charter, evidence)
    patch = patch_charter(text, charter, report.chosen.candidate, known)
    files = _write(patch, asked.folder, settings.charter.name)
    done = Done(report, patch, files, _status(patch.charter, promise, evidence))
    return _documented(done, asked, charter, evidence)


def _documented(done: Done, asked: Asked, charter: "Charter", evidence: "Evidence") -> Done:
    """The same, with the page written."""
    from aboveboard.documents import write_mitigation_report

    page = asked.folder / "mitigation.html"
    promise = _promise(charter, asked.promise)
    write_mitigation_report(mitigation_report(done, asked, charter, promise, evidence.reader), page)
    return replace(done, files=(*done.files, page))


def _promise(charter: "Charter", name: str) -> "Promise":
    for promise in charter.promises:
        if promise.id == name:
            return promise
    raise UnknownNameError("promise", name, [each.id for each in charter.promises], where=str(charter.path))


def _candidates(charter: "Charter", promise: "Promise", asked: Asked) -> "list[Candidate]":
    from aboveboard.evals import suite_of
    from aboveboard.mitigation import propose, read_candidates

    own = read_candidates(asked.own) if asked.own else []
    if asked.only_own and not own:
        raise AboveboardError("there is nothing of your own to try", cure="name a file with --candidates")
    info = next(each for each in suite_of(promise.measure).measures if each.id == promise.measure)
    found = propose(charter, promise, own, generates=info.scoring == "generation")
    names = {str(each["name"]) for each in own}
    return [each for each in found if each.name in names] if asked.only_own else found


def _services(
    settings: Settings, evidence: "Evidence", charter: "Charter", line: ProgressLine
) -> "TrialServices":
    from aboveboard.evals import Services
    from aboveboard.footprint import Meter, site_of
    from aboveboard.mitigation import TrialServices

    now = ["trying"]

    def show(progress: "Progress") -> None:
        line.update(progress.done, progress.total, f"{now[0]}: {progress.suite}")

    def tell(what: str) -> None:
        now[0] = what

    evals: Services = Services(state=settings.state, progress=show, meter=Meter(site_of(charter.footprint)))
    begin = partial(note_origins, evidence)
    return TrialServices(
        open_entry, evals, evidence.recorder.record, tell, begin, past=_past(evidence.reader)
    )


def _past(reader: "Reader") -> "list[Record]":
    """What the ledger knows of earlier trials, and of which of them had begun to confirm."""
    from aboveboard.evidence import every

    return [each for kind in ("mitigation-trial", "pre-registration") for each in every(reader, kind)]


def _write(patch: "CharterPatch", folder: Path, name: str) -> tuple[Path, ...]:

    files = {folder / "charter.yaml": patch.after, folder / "charter.patch": patch.diff(name)}
    for path, text in files.items():
        write_text(path, text)
    return tuple(files)


def _status(charter: "Charter", promise: "Promise", evidence: "Evidence") -> "PromiseStatus":
    """How the promise stands under the patched charter, by what was measured on the items kept back."""
    from aboveboard.evidence import settle

    digest = open_entry(charter.primary).info.digest
    found = settle(charter, evidence.reader, datetime.now(UTC), model_digest=digest)
    return next(each for each in found if each.promise.id == promise.id)


def print_report(done: Done) -> None:
    """What was tried, what held on the items kept back, what it does to others, and the patch."""
    report = done.report
    sizes = f"{report.tried_on} items tried on, {report.kept_back} kept back"
    click.echo(f"{report.promise} ({report.measure}): {sizes}\n{freshness_words(report)}\n")
    print_table(
        ["helps", "candidate", "how", "before", "with it", "difference", "p (Holm)", "seconds", "tokens"],
        [
            [
                "yes" if each.helps else "no" if each.found else "–",
                each.candidate.name,
                each.candidate.kind,
                number(each.found.side.first) if each.found else "–",
                number(each.found.side.second) if each.found else "–",
                signed(each.found.side.difference) if each.found else each.reason,
                f"{each.adjusted:.3f}" if each.adjusted is not None else "–",
                number(each.cost.seconds) if each.cost else "–",
                number(each.cost.tokens) if each.cost else "–",
            ]
            for each in report.tried
        ],
    )
    for each in report.tried:
        if each.coverage and each.coverage.lost:
            click.echo(f"{each.candidate.name}: {lost_words(each.coverage)}")
    for confirmed in report.confirmed:
        _print_confirmed(confirmed)
    _print_end(done)


def _print_confirmed(confirmed: "Confirmed") -> None:
    click.echo(f"\non the items kept back: {confirmed.candidate.name}")
    if confirmed.found is None:
        click.echo(f"  could not be measured: {confirmed.reason or 'no value'}")
        return
    found = confirmed.found
    over = f" ({confirmed.adjusted:.3f} over tries)" if confirmed.adjusted != confirmed.p_value else ""
    click.echo(
        f"  {number(found.side.first)} → {number(found.side.second)}, p = {confirmed.p_value:.3f}{over}: "
        + ("it helps there too" if confirmed.helps else "it does not help there")
    )
    if confirmed.coverage and confirmed.coverage.lost:
        click.echo(f"  {lost_words(confirmed.coverage)}")
    for name, cost in (("before", confirmed.before), ("with it", confirmed.after)):
        click.echo(f"  cost of an answer {name}: {cost_words(cost)}")
    for each in confirmed.side_effects:
        click.echo(f"  {each.promise}: {each.effect} ({_shown(each)}; allowed {number(each.margin)})")


def _shown(effect: "SideEffect") -> str:
    if effect.found is None:
        return effect.reason
    words = f"{signed(effect.found.side.difference)}, may be worse by {number(effect.found.harm_high)}"
    return f"{words}; {effect.reason}" if effect.reason else words


def _print_end(done: Done) -> None:
    report = done.report
    if report.chosen is None:
        click.echo(click.style("\nnothing helped", fg="red", bold=True) + _why_not(report))
        _print_files(done)
        return
    click.echo(click.style(f"\n{report.chosen.candidate.name} helps", fg="green", bold=True))
    if done.status:
        verdict = f"{report.promise} is {done.status.verdict.value}"
        click.echo(f"under the patched charter, {verdict}. {done.status.missing}")
    for each in report.chosen.open:
        doubt = f"open: whether {each.promise} is worse by no more than {number(each.margin)}"
        click.echo(click.style(f"{doubt}; more items would tell", fg="yellow"))
    _print_files(done)
    if done.patch:
        click.echo("\n" + done.patch.diff())


def _print_files(done: Done) -> None:
    for path in done.files:
        click.echo(f"wrote {path}")


def _why_not(report: "Report") -> str:
    if not report.confirmed:
        return f": none of {len(report.tried)} candidates was shown to help on the items tried on"
    last = report.confirmed[-1]
    if last.harms:
        names = ", ".join(each.promise for each in last.harms)
        return f": what helps makes worse what else is promised ({names})"
    why = f" ({last.reason})" if last.reason else ""
    return f": {last.candidate.name} helped on the items tried on and not on those kept back{why}"
