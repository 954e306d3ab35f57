"""A patch changes what was tried and nothing else, and the charter it makes loads."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from aboveboard.charter import Mitigation, diff, parse_charter
from aboveboard.cli._charters import known_names
from aboveboard.mitigation import Candidate, MitigationError, patch_charter, propose, read_candidates
from mitigation.conftest import CHARTER, OWN

FLOW = CHARTER.replace(
    "  - id: simulated   # the model of this test\n    provider: fake\n",
    "  - {id: simulated, provider: fake}\n  - {id: other, provider: fake, role: other}\n",
)
ALREADY = CHARTER.replace(
    "    provider: fake\n",
    "    mitigation:\n      instruction: Be good.\n      votes: 3\n"
    "    # about the provider\n    provider: fake\n",
)


def candidates(text: str) -> list[Candidate]:
    charter = parse_charter(text, known_names())
    return propose(charter, charter.promises[0], OWN)


@pytest.mark.parametrize("text", [CHARTER, FLOW, ALREADY], ids=["block", "flow", "already mitigated"])
def test_every_candidate_can_be_adopted_and_loads(text: str) -> None:
    charter = parse_charter(text, known_names())
    for candidate in candidates(text):
        patch = patch_charter(text, charter, candidate, known_names())
        adopted = parse_charter(patch.after, known_names())
        assert adopted.primary.mitigation == candidate.entry.mitigation
        assert adopted.digest == patch.charter.digest
        paths = {each.path for each in diff(charter, adopted)}
        assert paths and all(path.startswith("models.") for path in paths), "nothing else changes"


def test_comments_stay(tmp_path: Path) -> None:
    charter = parse_charter(ALREADY, known_names())
    after = patch_charter(ALREADY, charter, candidates(ALREADY)[0], known_names()).after
    assert "# the model of this test" in after
    assert "# about the provider" in after


def test_what_is_done_already_goes_on() -> None:
    adopted = candidates(ALREADY)[0].entry.mitigation
    assert adopted == Mitigation(instruction="Be good.\n\nBe kind.", votes=3)


def test_another_model_takes_the_place_of_the_first() -> None:
    charter = parse_charter(FLOW, known_names())
    routed = next(each for each in candidates(FLOW) if each.kind == "routing")
    adopted = patch_charter(FLOW, charter, routed, known_names()).charter
    assert {each.id: each.role for each in adopted.models} == {"simulated": "other", "other": "primary"}


def test_the_difference_is_one_that_patch_takes(tmp_path: Path) -> None:
    charter = parse_charter(CHARTER, known_names())
    patch = patch_charter(CHARTER, charter, candidates(CHARTER)[0], known_names())
    (tmp_path / "charter.yaml").write_text(CHARTER, encoding="utf-8")
    (tmp_path / "p").write_text(patch.diff(), encoding="utf-8")
    subprocess.run(["patch", "-p0", "-i", "p"], cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / "charter.yaml").read_text(encoding="utf-8") == patch.after


def test_a_charter_that_cannot_be_patched_surely_is_left_to_its_writer() -> None:
    text = CHARTER.replace("    provider: fake\n", "    provider: &p fake\n").replace(
        "  - id: simulated", "  - &m\n    id: simulated"
    )
    text += "webhooks: []\n"
    charter = parse_charter(text, known_names())
    patch = patch_charter(text, charter, candidates(text)[0], known_names())
    assert patch.charter.primary.mitigation is not None
    gone = text.replace("id: simulated", "id: 'other'")
    with pytest.raises(MitigationError, match="not found"):
        patch_charter(gone, charter, candidates(text)[0], known_names())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[]", "not a list"),
        ("[{name: a}]", "a kind out of"),
        ("[{name: a, kind: instruction}]", "nothing to try"),
        ("[{name: a, kind: instruction, instruktion: b}]", "unknown: instruktion"),
        ("[{name: a, kind: self-consistency, votes: 99}]", "votes must be"),
        ("[{name: a, kind: few-shot, examples: [{user: x}]}]", "examples must be"),
        ("[{name: a, kind: blinding, blind: [faces]}]", "blind must be"),
        ("{a: [", "cannot be read"),
        ("[" * 5000, "cannot be read"),
        ("- {name: 2001-99-99, kind: instruction}", "cannot be read"),
    ],
)
def test_own_candidates_that_are_none_are_refused(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(MitigationError, match=said):
        read_candidates(path)


def test_own_candidates_are_read(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("- {name: kind, kind: instruction, instruction: Be kind.}\n", encoding="utf-8")
    assert read_candidates(path) == OWN[:1]


@pytest.mark.parametrize("generates", [True, False])
def test_only_what_can_matter_is_proposed(charter: Any, generates: bool) -> None:
    kinds = {each.kind for each in propose(charter, charter.promises[0], generates=generates)}
    assert ("self-consistency" in kinds) == generates
    assert {"instruction", "few-shot", "blinding"} <= kinds
