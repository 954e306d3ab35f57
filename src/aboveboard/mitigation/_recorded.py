"""A trial as the ledger has it: what is to be tried, before; what came of it, after."""

from dataclasses import replace
from datetime import UTC, datetime

from aboveboard.evidence.records import MitigationTrial, TriedCandidate
from aboveboard.mitigation._division import Division, marks
from aboveboard.mitigation._report import Confirmed, Report, Tried
from aboveboard.mitigation._trial import Trial
from aboveboard.values import format_time, new_id


def drafted(trial: Trial, division: Division) -> MitigationTrial:
    """The intent of a trial for which nothing is kept back yet."""
    return MitigationTrial(
        subject=f"promise:{trial.promise.id}",
        actor="role:assessor",
        stage="intent",
        promise=trial.promise.id,
        measure=trial.promise.measure,
        charter_digest=trial.charter.digest,
        model=trial.charter.primary.id,
        kept_back="",
        seed=trial.options.seed,
        confidence=trial.confidence,
        margin=trial.margin,
        candidates=tuple(
            TriedCandidate(name=each.name, method=each.kind, digest=each.digest) for each in trial.candidates
        ),
        clusters_tried_on=marks(division.suite, division.tried_on),
    )


def intended(draft: MitigationTrial, division: Division) -> MitigationTrial:
    """The same with the items that are kept back."""
    return replace(
        draft,
        kept_back=division.digest,
        clusters_kept_back=marks(division.suite, division.kept_back),
        seen_by=len(division.seen_by),
    )


def outcome_of(intent: MitigationTrial, report: Report) -> MitigationTrial:
    """What came of it, and the measurements that it rests on."""
    confirmed = {each.candidate.name: each for each in report.confirmed}
    return replace(
        intent,
        id=new_id(),
        time=format_time(datetime.now(UTC)),
        links=(intent.id, *_evidence(report)),
        stage="outcome",
        verdict=report.verdict,
        chosen=report.chosen.candidate.name if report.chosen else "",
        candidates=tuple(_told(each, confirmed.get(each.candidate.name)) for each in report.tried),
    )


def _evidence(report: Report) -> tuple[str, ...]:
    return tuple(each.id for each in report.chosen.measurements) if report.chosen else ()


def _told(tried: Tried, confirmed: Confirmed | None) -> TriedCandidate:
    read = (confirmed.coverage if confirmed else None) or tried.coverage
    return TriedCandidate(
        name=tried.candidate.name,
        method=tried.candidate.kind,
        digest=tried.candidate.digest,
        difference=tried.found.side.difference if tried.found else None,
        p_adjusted=tried.adjusted,
        p_kept_back=confirmed.p_value if confirmed else None,
        p_over_tries=confirmed.adjusted if confirmed else None,
        answers_lost=read.lost if read else 0,
        harms=tuple(each.promise for each in confirmed.harms) if confirmed else (),
        reason=tried.reason or (confirmed.reason if confirmed else ""),
    )
