"""Records and state directories to test with."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from aboveboard.evidence import Evidence
from aboveboard.evidence.records import Coverage, Decision, Footprint, Gap, GuardOutcome, Measurement, Slice
from aboveboard.values import Basis

DIGEST = "sha256:" + "a" * 64


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def evidence(state: Path, dsn: str | None) -> Iterator[Evidence]:
    """On each engine. A module that looks at SQLite's files overrides `dsn`."""
    with Evidence.open(state, database=dsn) as opened:
        yield opened


@pytest.fixture
def decision() -> Callable[..., Decision]:
    """Makes decisions as the gateway does; any field can be given."""

    def make(**fields: Any) -> Decision:
        defaults: dict[str, Any] = {
            "subject": "answer:chat",
            "actor": "gateway",
            "endpoint": "/v1/chat/completions",
            "streamed": True,
            "model": "smollm2-135m",
            "model_digest": DIGEST,
            "provider": "local",
            "charter_digest": DIGEST,
            "system": "Housing benefit helpdesk",
            "accountable": "accountable",
            "guards": (
                GuardOutcome(
                    guard="personal-data", mode="input", action="mask", counts={"email": 2}, milliseconds=0.25
                ),
                GuardOutcome(guard="crisis", mode="input", action="block", error="timeout"),
            ),
            "outcome": "mask",
            "latency_ms": 12.5,
            "footprint": Footprint(
                energy_wh=0.01,
                basis=Basis.ESTIMATED,
                carbon_g=0.002,
                grid="FR",
                grid_g_per_kwh=56.0,
                method="cpu-time",
            ),
        }
        return Decision(**(defaults | fields))

    return make


@pytest.fixture
def measurement() -> Callable[..., Measurement]:
    """Makes measurements as a run does; any field can be given."""

    def make(**fields: Any) -> Measurement:
        defaults: dict[str, Any] = {
            "subject": "model:smollm2-135m",
            "actor": "role:assessor",
            "measure": "bias.hiring.impact_ratio",
            "unit": "ratio",
            "value": 0.95,
            "low": 0.9,
            "high": 1.0,
            "confidence": 0.95,
            "method": "bootstrap",
            "n": 400,
            "clusters": 100,
            "mde": 0.1,
            "coverage": Coverage(planned=400, scored=400),
            "suite": "bias.hiring",
            "suite_version": "1",
            "run": "run-1",
            "model": "smollm2-135m",
            "model_digest": DIGEST,
            "backend": "test",
            "data_digest": DIGEST,
            "slices": (Slice(by="gender", group="", value=0.95, low=0.9, high=1.0, n=400),),
        }
        return Measurement(**(defaults | fields))

    return make


@pytest.fixture
def gap() -> Callable[..., Gap]:
    """Makes gaps as a run does; any field can be given."""

    def make(**fields: Any) -> Gap:
        defaults: dict[str, Any] = {
            "subject": "model:smollm2-135m",
            "actor": "role:assessor",
            "measure": "bias.hiring.impact_ratio",
            "reason": "nobody was selected",
            "run": "run-2",
            "model": "smollm2-135m",
            "model_digest": DIGEST,
        }
        return Gap(**(defaults | fields))

    return make
