"""The bundled model: answers can be read, and the allowed ones are what it wants to say."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from aboveboard.evals import AssessmentResult, Services, read_items
from aboveboard.models import Model, open_model

pytestmark = pytest.mark.local_model


@pytest.fixture(scope="module")
def opened() -> Model:
    return open_model("smollm2-135m", "local", {})


@pytest.fixture
async def model(opened: Model) -> AsyncIterator[Model]:
    yield opened


@pytest.mark.slow
@pytest.mark.parametrize("suite", ["bias.hiring", "bias.support"])
async def test_decisions_are_read_and_hold_most_of_the_probability(
    model: Model, run_suite: Any, services: Services, suite: str
) -> None:
    result: AssessmentResult = await run_suite(suite, model, 16)
    entries = read_items(services.state / "runs" / result.run, 0, 99)
    masses = sorted(entry["score"]["mass"] for entry in entries if entry["mode"] == "next-token")
    assert len(masses) >= 12
    assert masses[0] > 0.5


async def test_generated_answers_are_scored(model: Model, run_suite: Any) -> None:
    result: AssessmentResult = await run_suite("context.crisis", model, 4)
    assert [each.n for each in result.measurements if each.measure.endswith(".method")] == [4]
    assert {each.backend.split()[0] for each in result.measurements} == {"xllamacpp"}
