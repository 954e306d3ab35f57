"""What follows from an alarm: one incident, who is told of it, and what a decision on it does."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest

from aboveboard.cases import CaseKind, Cases
from aboveboard.charter import DriftRule, Monitoring, Promise, Webhook
from aboveboard.cli._house import House
from aboveboard.cli._release import Release
from aboveboard.cli._settings import Settings
from aboveboard.cli.running._watching_live import watch_once
from aboveboard.evidence import record_once
from aboveboard.evidence.records import Record
from aboveboard.stats import Verdict
from aboveboard.values import parse_bound
from samples import MODEL_DIGEST, World
from samples.live import decision, probe

LIVE = Promise(
    "same-help",
    "bias.counterfactual.refusal_gap",
    parse_bound("<= 0.05"),
    "accountable",
    "stop",
    over=("gender",),
    when=("live",),
)
DRIFT = Monitoring(drift=(DriftRule("blocked", baseline=0.01, run_length=1000),))


@pytest.fixture
def release(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Release]:
    """A charter with a live promise, a figure of drift and a receiver, as a server has it."""
    monkeypatch.setenv("HOOK_SECRET", "whsec_" + "QUJD" * 11)
    hook = Webhook("https://alerts.example.org/in", "HOOK_SECRET")
    charter = replace(world.charter, promises=(LIVE,), monitoring=DRIFT, webhooks=(hook,))
    settings = Settings(world.state, world.state / "charter.yaml", None)
    with Cases.open(world.state / "cases.db") as cases:
        house = House(settings, world.evidence, cases, ("testserver",))
        with house.closing:
            yield Release(house, charter, {})


def watch(release: Release, records: list[Record]) -> None:
    """Has the records written, and watched as a server does."""

    async def rounds() -> None:
        while await watch_once(release):
            pass

    asyncio.run(rounds())
    for record in records:
        release.house.evidence.recorder.record(record)
    asyncio.run(rounds())
    asyncio.run(rounds())


def unequal() -> list[Record]:
    return [probe(female=1.0, model="small", model_digest=MODEL_DIGEST) for _ in range(30)]


def test_an_alarm_opens_one_incident_has_receivers_told_and_breaks_the_promise(release: Release) -> None:
    watch(release, unequal())
    watch(release, unequal())
    (case,) = release.house.cases.list(CaseKind.INCIDENT)
    assert case.category == "live-promise"
    assert release.house.outbox.counts() == {"waiting": 1}
    assert release.house.vitals.changes == 1, "whoever keeps the status at hand asks again"
    (status,) = release.statuses()
    assert (status.verdict, status.refuses) == (Verdict.BROKEN, True)


@pytest.mark.parametrize(
    ("outcome", "is_lifted"), [("mitigated", True), ("unfounded", True), ("reported", False)]
)
def test_deciding_the_incident_lifts_the_alarm_but_not_reporting_it(
    release: Release, outcome: str, is_lifted: bool
) -> None:
    watch(release, unequal())
    cases, evidence = release.house.cases, release.house.evidence
    (case,) = cases.list(CaseKind.INCIDENT)
    review = cases.draft_decision(case.id, outcome, "A test.", "role:reviewer")
    cases.decide(review, lambda record, attached: record_once(evidence.recorder, evidence.reader, record))
    watch(release, [])
    (status,) = release.statuses()
    assert (status.verdict is not Verdict.BROKEN) is is_lifted


def test_a_drift_opens_an_incident_and_breaks_no_promise(release: Release) -> None:
    blocked: list[Record] = [decision(outcome="block", model_digest="") for _ in range(30)]
    watch(release, blocked)
    (case,) = release.house.cases.list(CaseKind.INCIDENT)
    assert case.category == "drift"
    assert release.statuses()[0].verdict is Verdict.UNDECIDED


def test_what_fails_while_watching_is_tried_again(release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("aboveboard.evidence.Reader.following", None)
        watch(release, unequal())
        assert not release.house.cases.list(CaseKind.INCIDENT)
    watch(release, [])
    assert len(release.house.cases.list(CaseKind.INCIDENT)) == 1
