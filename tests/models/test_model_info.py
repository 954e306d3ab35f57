"""What a provider says of where a model runs, and of what its digest is."""

from pathlib import Path

import pytest

from aboveboard.evals import Services
from aboveboard.models import ModelInfo


@pytest.mark.parametrize(
    ("provider", "in_process", "known_by_weights"),
    [
        ("local", True, True),
        ("transformers", True, True),
        ("fake", False, True),
        ("openai", False, False),
        ("anthropic", False, False),
    ],
)
def test_where_a_model_runs_and_what_its_digest_is_of(
    provider: str, in_process: bool, known_by_weights: bool
) -> None:
    info = ModelInfo("m", provider, "sha256:x", "some backend")
    assert (info.is_in_process, info.is_known_by_weights) == (in_process, known_by_weights)


def test_a_model_in_this_process_is_asked_one_thing_at_a_time(tmp_path: Path) -> None:
    services = Services(state=tmp_path)
    widths = [services.parallel(ModelInfo("m", each, "", "")) for each in ("local", "transformers", "fake")]
    assert widths == [1, 1, 8]
    assert Services(state=tmp_path, concurrency=3).parallel(ModelInfo("m", "local", "", "")) == 3
