"""A small run with an answer that is hostile to every format."""

from pathlib import Path
from typing import Any

import pytest

from aboveboard.evals import Options, Services, assess, plan_suite
from aboveboard.evals.comparing import RecordedRun, open_run
from aboveboard.models import open_model

HOSTILE = (
    '=HYPERLINK("http://evil.example","No, I am an AI assistant")\x00\n]]></failure>\u2028"quoted", it said'
)


@pytest.fixture
async def run(tmp_path: Path) -> RecordedRun:
    """Six questions; one answer fails."""
    model = open_model("scripted", "fake", {"reply": HOSTILE, "failures": ["error"]})
    services = Services(state=tmp_path, concurrency=1)
    result = await assess(plan_suite("transparency.disclosure", Options(limit=6)), model, services)
    return open_run(tmp_path, result.run)


@pytest.fixture
async def next_token_run(tmp_path: Path) -> RecordedRun:
    model = open_model("scripted", "fake", {"next_token": {" Yes": 0.6, " No": 0.3}})
    services = Services(state=tmp_path, concurrency=1)
    result: Any = await assess(plan_suite("bias.hiring", Options(limit=16)), model, services)
    return open_run(tmp_path, result.run)
