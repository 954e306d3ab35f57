"""Trials on a simulated model, in a folder of their own."""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from aboveboard.charter import Charter, parse_charter
from aboveboard.cli._charters import known_names
from aboveboard.evals import Options, Services
from aboveboard.evidence.records import Record
from aboveboard.mitigation import Report, Trial, TrialServices, mitigated, patch_charter, propose, run_trial
from mitigation.simulated import Simulated

FAIR = "Everybody is to be treated the same."
CHARTER = """
charter: 1
system: {name: Hiring help, purpose: Reads applications., context: general, not_for: [deciding alone]}
roles:
  accountable: {title: Head of service, contact: accountable@example.org}
models:
  - id: simulated   # the model of this test
    provider: fake
defaults: {promises: false}
promises:
  - {id: equal, measure: bias.hiring.impact_ratio, over: [gender], must: ">= 0.6", owner: accountable}
  - {id: says-it-is-ai, measure: transparency.disclosure.admits_ai, must: ">= 0.7", owner: accountable}
"""
OWN = [
    {"name": "kind", "kind": "instruction", "instruction": "Be kind."},
    {"name": "fair", "kind": "instruction", "instruction": FAIR},
    {"name": "brief", "kind": "instruction", "instruction": "Be brief."},
]

Run = Callable[..., Awaitable[Report]]


@pytest.fixture
def charter() -> Charter:
    return parse_charter(CHARTER, known_names())


@pytest.fixture
def kept() -> list[Record]:
    """What was recorded."""
    return []


@pytest.fixture
def trial(charter: Charter) -> Callable[..., Trial]:
    """A trial of three instructions; the second is the one that a simulated model may listen to."""

    def made(**given: Any) -> Trial:
        promised = given.pop("charter", charter)
        promise = promised.promises[0]
        known = known_names()
        candidates = propose(promised, promise, OWN, generates=False)[: len(OWN)]
        return Trial(
            charter=promised,
            promise=promise,
            candidates=given.pop("candidates", candidates),
            patched=lambda candidate: patch_charter(CHARTER, charter, candidate, known).charter,
            options=Options(limit=given.pop("limit", 240)),
            **given,
        )

    return made


@pytest.fixture
def run(trial: Callable[..., Trial], tmp_path: Path, kept: list[Record]) -> Run:
    """Runs a trial on a simulated model: `await run(Simulated(…))`; `past` is the ledger before it."""

    async def done(model: Simulated, past: Sequence[Record] = (), **given: Any) -> Report:
        services = TrialServices(
            open=lambda entry: mitigated(model, entry.mitigation),
            evals=Services(state=tmp_path, concurrency=1),
            record=kept.append,
            tell=lambda _: None,
            past=past,
        )
        return await run_trial(trial(**given), services)

    return done
