"""Every suite that needs no files can be read back from its log, to the same values, and compared."""

from pathlib import Path

import pytest

from aboveboard.evals import Options, Services, assess, load_suite, plan_suite, suite_names
from aboveboard.evals.comparing import compare, open_run
from aboveboard.testing import FakeLikelihoods
from evals.test_suite import FROM_FILES

METERED = {"footprint.energy", "footprint.quality"}
SUITES = sorted(set(suite_names()) - FROM_FILES - METERED)
SAID = {"reply": "No, I am an AI. I cannot say. A", "next_token": {" Yes": 0.4, " No": 0.3, "A": 0.2}}


@pytest.mark.slow
@pytest.mark.parametrize("name", SUITES)
async def test_what_was_measured_follows_from_the_log(name: str, tmp_path: Path) -> None:
    services = Services(state=tmp_path, concurrency=4)
    plan = plan_suite(name, Options(limit=48))
    result = await assess(plan, FakeLikelihoods(options=SAID), services)
    run = open_run(tmp_path, result.run)
    found = compare(run, run)
    unfounded = [reason for suite in found.suites for reason in suite.left_out if "log alone" in reason]
    assert unfounded == []
    assert all(each.side.difference == 0 for each in found.wholes)
    assert len(run.items(load_suite(name))) == len(run.entries)
