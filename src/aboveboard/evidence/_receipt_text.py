"""A verified receipt in plain words."""

from collections.abc import Callable, Iterator

from aboveboard.evidence._visible import visible
from aboveboard.evidence.records import (
    Appeal,
    Consent,
    Decision,
    Erasure,
    Feedback,
    Footprint,
    Gap,
    GuardOutcome,
    Incident,
    LegalHold,
    Measurement,
    MisuseStep,
    ModelAttempt,
    Record,
    Rectification,
    Review,
    SubjectAccess,
    SubjectRequest,
    Viewing,
)

_HUMANS = {
    "none": "no person took part in this answer",
    "escalated": "a person was called in",
    "reviewed": "a person reviewed this answer",
}


def describe(record: Record) -> list[str]:
    """Lines about the content; the first says what it is. None of them can pass for another line."""
    detail = _DETAILS.get(type(record))
    lines = [
        f"Record: {record.kind} {record.id}, about {record.subject}, by {record.actor}",
        f"Time: {record.time}, as stated by the operator",
        *(detail(record) if detail else []),
    ]
    return [visible(line) for line in lines]


def _decision(record: Decision) -> list[str]:
    return [
        f"Accountable: {record.accountable}, for {record.system}",
        f"Model: {record.model} ({record.provider}), {record.model_digest}",
        *_routing(record),
        f"Charter: {record.charter_digest}",
        *_guards(record.guards),
        f"Outcome: {record.outcome}",
        f"Footprint: {_footprint(record.footprint)}",
        f"Human involvement: {_HUMANS.get(record.human, record.human)}",
    ]


def _routing(record: Decision) -> Iterator[str]:
    """How the model came to answer; nothing where it was asked for and answered at once."""
    if record.reason:
        yield f"Asked for: {record.requested}; another was to answer: {record.reason}"
    if record.attempts:
        tried = ", ".join(f"{each.model} ({_attempt(each)})" for each in record.attempts)
        yield f"Models asked, for {record.requested}: {tried}"
    if record.reuses:
        how = ", asked in other words" if record.reworded else ""
        yield f"Given again: the answer of decision {record.reuses}{how}; no model was asked"


def _attempt(attempt: ModelAttempt) -> str:
    wasted = attempt.prompt_tokens + attempt.completion_tokens
    return f"{attempt.outcome}, {wasted} tokens for nothing" if wasted else attempt.outcome


def _guards(guards: tuple[GuardOutcome, ...]) -> list[str]:
    return [f"Guard: {_guard(each)}" for each in guards] or ["Guards: none ran"]


def _guard(guard: GuardOutcome) -> str:
    found = ", ".join(f"{count} {category}" for category, count in sorted(guard.counts.items()))
    failed = f"; it failed ({guard.error})" if guard.error else ""
    return f"{guard.guard} on {guard.mode}: {guard.action}{f'; found {found}' if found else ''}{failed}"


def _footprint(footprint: Footprint | None) -> str:
    if footprint is None or footprint.basis == "unmeasured":
        return "unmeasured"
    return (
        f"{footprint.energy_wh:.3g} Wh, {footprint.carbon_g:.3g} g CO2e "
        f"({footprint.basis} by {footprint.method}; grid {footprint.grid})"
    )


def _measurement(record: Measurement) -> list[str]:
    return [
        f"Measure: {record.measure} = {record.value:.4g} {record.unit}",
        f"Interval: {record.low:.4g} to {record.high:.4g}",
        f"Confidence: {record.confidence:g} by {record.method}, from {record.n} items",
        f"Model: {record.model}, {record.model_digest}",
        f"Charter: {record.charter_digest or 'none'}",
    ]


def _gap(record: Gap) -> list[str]:
    return [
        f"Measure: {record.measure} has no value: {record.reason}",
        f"Model: {record.model}, {record.model_digest}",
        f"Charter: {record.charter_digest or 'none'}",
    ]


def _appeal(record: Appeal) -> list[str]:
    return [
        f"Challenges: decision {record.decision}, on the ground of {record.ground}",
        f"Case: {record.case}",
    ]


def _feedback(record: Feedback) -> list[str]:
    about = f", about decision {record.decision}" if record.decision else ""
    return [f"Feedback: {record.topic}{about}", f"Case: {record.case}"]


def _review(record: Review) -> list[str]:
    return [f"Case: {record.case}", f"Outcome: {record.outcome}, because: {record.reason}"]


def _incident(record: Incident) -> list[str]:
    return [f"Incident: {record.category} ({record.severity}), due {record.due}", f"Case: {record.case}"]


def _erasure(record: Erasure) -> list[str]:
    purged = [f"Purged: {each}" for each in record.purged]
    left = [f"Remaining: {each}" for each in record.remaining]
    return [f"Erasure: {record.stage}, {record.erased} payloads, because: {record.reason}", *purged, *left]


def _consent(record: Consent) -> list[str]:
    notice = f"Notice: version {record.notice or 'unknown'}, {record.notice_digest or 'no digest'}"
    return [
        f"Consent: {record.stage} for {record.purpose}, as of {record.effective}, basis: {record.basis}",
        *([notice] if record.stage == "given" else []),
    ]


def _hold(record: LegalHold) -> list[str]:
    return [f"Legal hold: {record.stage}, until {record.until}, because: {record.reason}"]


def _request(record: SubjectRequest) -> list[str]:
    because = f", because: {record.reason}" if record.reason else ""
    return [f"Request: {record.right}, {record.stage}, due {record.due}{because}", f"Case: {record.case}"]


def _access(record: SubjectAccess) -> list[str]:
    files = [f"File: {name}, {digest}" for name, digest in sorted(record.files.items())]
    return [f"Access: {record.form}, {record.stage}, {record.records} records", *files]


def _viewing(record: Viewing) -> list[str]:
    return [f"Shown in full: {record.what}", f"Case: {record.case}"]


def _misuse(record: MisuseStep) -> list[str]:
    ends = f", until {record.until}" if record.until else ""
    lines = [f"Misuse ladder: {record.step}, from {record.was} to {record.rung}{ends}"]
    if record.signal:
        lines.append(f"Because of {record.signal}: {record.hits} of {record.observations} observations")
    return lines + ([f"Because: {record.reason}"] if record.reason else [])


def _rectification(record: Rectification) -> list[str]:
    old = "kept sealed" if record.keeps_old else "destroyed"
    part = f"{record.part} of " if record.part else ""
    told = [f"To be told: {each}" for each in record.notify]
    return [f"Rectification: {record.stage}, {part}{record.corrected}; what was wrong is {old}", *told]


_DETAILS: dict[type[Record], Callable[..., list[str]]] = {
    Appeal: _appeal,
    Consent: _consent,
    Decision: _decision,
    Erasure: _erasure,
    Feedback: _feedback,
    Gap: _gap,
    Incident: _incident,
    LegalHold: _hold,
    Measurement: _measurement,
    MisuseStep: _misuse,
    Rectification: _rectification,
    Review: _review,
    SubjectAccess: _access,
    SubjectRequest: _request,
    Viewing: _viewing,
}
