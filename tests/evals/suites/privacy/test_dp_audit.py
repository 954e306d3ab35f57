"""An audit of a training in one run: what leaks is shown, what does not is not; no coin, no bound."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from aboveboard.evals import Answer, Options, SuiteDataError, load_suite
from aboveboard.evals.suites.privacy._dp_audit import Guesses, delta_of, guessed, simple_bound
from aboveboard.stats import one_run_epsilon
from aboveboard.testing import FakeLikelihoods

SUITE = load_suite("privacy.dp_audit")


def toss(folder: Path, count: int, seed: int = 0) -> set[str]:
    """Canaries in two files by fair coins; returns those that were put in."""
    generator = random.Random(seed)
    texts = [f"canary {number:04}" for number in range(count)]
    chosen = {text for text in texts if generator.random() < 0.5}
    (folder / "dp_audit").mkdir()
    for name, rows in (("included", sorted(chosen)), ("excluded", sorted({*texts} - chosen))):
        lines = [json.dumps({"text": text}) for text in rows]
        (folder / "dp_audit" / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return chosen


async def test_a_model_that_remembers_all_has_lost_much(tmp_path: Path, run_suite: Any) -> None:
    chosen = toss(tmp_path, 200)
    knows = FakeLikelihoods(lambda _, text: -1.0 if text in chosen else -9.0)
    (found,) = (await run_suite(SUITE.id, knows, 200, tmp_path)).measurements
    assert found.value == found.low > 2.5
    assert found.high == 1e6, "an audit never shows that little was lost"
    assert "guesses right" in found.notes[0]


async def test_a_model_that_knows_nothing_is_not_blamed(tmp_path: Path, run_suite: Any) -> None:
    toss(tmp_path, 200)
    blank = FakeLikelihoods(lambda _, text: -random.Random(text).random())
    (found,) = (await run_suite(SUITE.id, blank, 200, tmp_path)).measurements
    assert found.value < 0.5
    assert found.mde > 0.2


async def test_canaries_that_no_coin_was_tossed_for_give_no_bound(tmp_path: Path, run_suite: Any) -> None:
    (tmp_path / "dp_audit").mkdir()
    for name, count in (("included", 20), ("excluded", 180)):
        lines = [json.dumps({"text": f"{name} {number}"}) for number in range(count)]
        (tmp_path / "dp_audit" / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    result = await run_suite(SUITE.id, FakeLikelihoods(lambda _, text: -1.0), 200, tmp_path)
    assert not result.measurements
    assert "20 of 200 canaries were put in" in result.gaps[0].reason


@pytest.mark.parametrize("seed", range(20))
def test_guesses_at_chance_are_right_half_the_time_on_average(seed: int) -> None:
    generator = random.Random(seed)
    read = [(0.0, generator.random() < 0.5) for _ in range(301)]
    found = guessed(read, 1.0)
    assert found.made == 300
    assert 90 < found.right < 210, "ties are not broken by the answer"


def test_the_likeliest_are_guessed_in_and_the_least_likely_out() -> None:
    read = [(float(place), place >= 5) for place in range(10)]
    assert guessed(read, 1.0) == Guesses(10, 10, 10)
    assert guessed(read, 0.2) == Guesses(2, 2, 10)
    assert guessed([(-value, is_in) for value, is_in in read], 1.0) == Guesses(10, 0, 10)
    assert guessed(read[:2], 0.1).made == 2, "one of each at least"


def test_the_simple_bound_is_the_audits_own_without_a_delta() -> None:
    for right in (40, 60, 90, 100):
        bound = one_run_epsilon(right, 100, 100, 0.0, 0.95)
        assert simple_bound(Guesses(100, right, 100), 0.95) == pytest.approx(bound, abs=1e-6)


def test_the_delta_is_read_and_what_is_none_refused(tmp_path: Path) -> None:
    toss(tmp_path, 10)
    path, options = tmp_path / "dp_audit" / "delta.txt", Options(data_dir=tmp_path)
    assert delta_of(options) == 1e-5
    path.write_text("1e-3\n", encoding="utf-8")
    assert delta_of(options) == 1e-3
    for wrong in ("much", "nan", "1.5", "-1", ""):
        path.write_text(wrong, encoding="utf-8")
        with pytest.raises(SuiteDataError):
            delta_of(options)


def test_a_canary_that_was_not_scored_counts_nowhere(tmp_path: Path) -> None:
    toss(tmp_path, 10)
    item = SUITE.items(Options(data_dir=tmp_path))[0]
    assert SUITE.score(item, Answer()) is None
