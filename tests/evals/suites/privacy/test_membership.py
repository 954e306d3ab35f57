"""Membership: what an attack scores, how well it does, and what the words alone give away."""

import math
import random
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.evals import DataUnavailableError, Options, SuiteDataError, load_suite
from aboveboard.evals.suites.privacy import attack_scores, auc, blind_scores, lowest_mean, true_positives
from aboveboard.models import Likelihood
from aboveboard.testing import FakeLikelihoods

scores = st.lists(st.tuples(st.booleans(), st.integers(-5, 5)), min_size=1, max_size=40)


@given(scores)
def test_auc_is_the_chance_that_a_member_is_above(rows: list[tuple[bool, int]]) -> None:
    pairs = [(m, o) for is_m, m in rows if is_m for is_o, o in rows if not is_o]
    expected = sum((m > o) + (m == o) / 2 for m, o in pairs) / len(pairs) if pairs else 0.5
    assert auc(np.array(rows, dtype=np.float64)) == pytest.approx(expected)


@given(scores)
def test_no_more_false_ones_than_allowed_are_let_through(rows: list[tuple[bool, int]]) -> None:
    table = np.array(rows, dtype=np.float64)
    found, others = true_positives(table), [value for is_member, value in rows if not is_member]
    members = [value for is_member, value in rows if is_member]
    if members and others:
        assert found == sum(value > max(others) for value in members) / len(members)
    else:
        assert found == 0.0


def test_the_attacks_by_their_definitions() -> None:
    text, moments = (
        "one two three four five",
        ((-3.0, 1.0), (-2.0, 0.5), (-4.0, 2.0), (-1.0, 1.0), (-2.0, 4.0)),
    )
    logprobs = (-1.0, -3.0, -4.0, 0.0, -2.0)
    found = attack_scores(text, Likelihood(sum(logprobs), 5, False, logprobs, moments))
    assert found["loss"] == -2.0
    assert found["zlib"] == pytest.approx(-10 / len(zlib.compress(text.encode(), 9)))
    assert found["min_k"] == -2.0, "the least of (2, −2, 0, 1, 0): a fifth of five is one"


@given(st.lists(st.floats(-9, 9), min_size=1, max_size=30), st.floats(0.05, 1))
def test_the_lowest_are_never_above_all(values: list[float], share: float) -> None:
    assert min(values) - 1e-9 <= lowest_mean(values, share) <= sum(values) / len(values) + 1e-9


def test_words_alone_tell_topics_apart_and_not_two_halves_of_one() -> None:
    generator = random.Random(0)
    of = {kind: [word(kind, generator) for _ in range(100)] for kind in ("sea", "hill")}
    labels = [True] * 100 + [False] * 100
    apart = blind_scores([*of["sea"], *of["hill"]], labels)
    assert auc(np.column_stack([labels, apart])) > 0.95
    alike = [word("sea", generator) for _ in range(200)]
    assert 0.35 < auc(np.column_stack([labels, blind_scores(alike, labels)])) < 0.65


def word(kind: str, generator: random.Random) -> str:
    return " ".join(f"{kind}{generator.randrange(40)}" for _ in range(8))


def write(folder: Path, members: list[str], others: list[str]) -> None:
    (folder / "membership").mkdir()
    for name, texts in (("members", members), ("nonmembers", others)):
        lines = "\n".join(f'{{"text": "{text}"}}' for text in texts)
        (folder / "membership" / f"{name}.jsonl").write_text(lines, encoding="utf-8")


async def test_a_model_that_remembers_is_found_and_one_that_does_not_is_not(
    tmp_path: Path, run_suite: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aboveboard.stats._bootstrap.RESAMPLES", 300)  # for speed
    generator = random.Random(1)
    texts = [word("sea", generator) for _ in range(60)]
    write(tmp_path, texts[:30], texts[30:])
    knows = FakeLikelihoods(lambda _, text: -8.0 if text in texts[:30] else -16.0)
    found = (await run_suite("privacy.membership", knows, 60, tmp_path)).measurements
    assert [each.value for each in found] == [1.0, 1.0]
    assert all(0.7 < each.low < 1.0 for each in found), "thirty texts of each kind show no certainty"
    assert "from their words alone" in found[0].notes[1]
    blank = FakeLikelihoods(lambda _, text: -random.Random(text).random(), options={"digest": "blank"})
    auc_, _ = (await run_suite("privacy.membership", blank, 60, tmp_path)).measurements
    assert auc_.low < 0.5 < auc_.high


async def test_members_alone_have_no_value(tmp_path: Path, run_suite: Any) -> None:
    write(tmp_path, ["one", "two"], [])
    result = await run_suite("privacy.membership", FakeLikelihoods(), 4, tmp_path)
    assert not result.measurements
    assert "both wanted" in result.gaps[0].reason


@pytest.mark.parametrize("line", ["{", "[1]", '{"text": 3}', '{"text": ""}', "[" * 100_000, '{"other": "x"}'])
def test_a_line_that_is_no_text_is_told_with_its_number(tmp_path: Path, line: str) -> None:
    write(tmp_path, ["one"], ["two"])
    with (tmp_path / "membership" / "members.jsonl").open("a", encoding="utf-8") as file:
        file.write("\n\n" + line)
    with pytest.raises(SuiteDataError) as caught:
        load_suite("privacy.membership").items(Options(data_dir=tmp_path))
    assert caught.value.where.endswith("members.jsonl:3")


@pytest.mark.parametrize("name", ["privacy.membership", "privacy.exposure", "privacy.extraction"])
def test_files_that_are_not_there_are_described(name: str, tmp_path: Path) -> None:
    with pytest.raises(DataUnavailableError) as caught:
        load_suite(name).items(Options(data_dir=tmp_path))
    assert caught.value.cure
    assert "a line" in caught.value.cure


def test_a_text_of_no_tokens_has_a_score() -> None:
    assert math.isfinite(attack_scores("", Likelihood(0.0, 0, False))["zlib"])
