"""How long suites took on the bundled model, as recorded by `benchmarks/evals/timings.py`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TIMINGS = Path(__file__).with_name("timings.json")


@dataclass(frozen=True, slots=True)
class Timing:
    """One suite's quick profile: distinct requests, tokens where they were counted, seconds, what came out.

    `cpu_seconds` are of the processor with one thread, which an idle machine takes by the clock. `values`
    holds value, low and high of each measure that got one, at 95 % jointly over its attributes.
    """

    version: str
    backend: str
    model_digest: str
    requests: int
    prompt_tokens: int
    completion_tokens: int
    seconds: float
    cpu_seconds: float
    values: Mapping[str, tuple[float, float, float]]


@dataclass(frozen=True, slots=True)
class Recorded:
    """All timings of one machine."""

    machine: str
    command: str
    date: str
    profile: str
    suites: Mapping[str, Timing]


@cache
def recorded_timings() -> Recorded:
    """The timings that come with the package."""
    content = json.loads(TIMINGS.read_text(encoding="utf-8"))
    suites = {name: Timing(**each) for name, each in content.pop("suites").items()}
    return Recorded(suites=suites, **content)
