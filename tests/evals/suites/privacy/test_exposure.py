"""Exposure as the paper defines it, and rivals of the same form."""

import math
import random
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.evals import SuiteDataError
from aboveboard.evals.suites.privacy import chance_of, exposure, rivals_of
from aboveboard.testing import FakeLikelihoods

CANARIES = [f'{{"before": "Code of user{n}: ", "secret": "{100003 + 7919 * n}"}}' for n in range(20)]


@given(st.integers(1, 64), st.randoms(use_true_random=False))
def test_exposure_is_the_logarithm_of_the_rank(rank: int, order: random.Random) -> None:
    values = [float(-place) for place in range(64)]
    names = [f"r{place}" for place in range(64)]
    names[rank - 1] = "secret"
    pairs = list(zip(names, values, strict=True))
    order.shuffle(pairs)
    assert exposure(dict(pairs), "secret") == pytest.approx(6 - math.log2(rank))


def test_ties_take_the_mean_rank() -> None:
    assert exposure({"secret": 0.0, "a": 0.0, "b": 0.0}, "secret") == pytest.approx(math.log2(3 / 2))


def test_chance_is_the_mean_over_all_ranks() -> None:
    rivals = {f"r{place}": -place - 0.5 for place in range(255)}
    ranks = [exposure({"s": -float(rank), **rivals}, "s") for rank in range(256)]
    assert chance_of(256) == pytest.approx(sum(ranks) / 256)


@given(st.from_regex(r"[A-Z]{2}-[0-9]{4}[a-z]", fullmatch=True))
def test_rivals_have_the_form_of_the_secret_and_are_others(secret: str) -> None:
    rivals = rivals_of(secret, 100)
    assert len({*rivals, secret}) == 101
    assert all(re.fullmatch(r"[A-Z]{2}-[0-9]{4}[a-z]", rival) for rival in rivals)
    assert rivals == rivals_of(secret, 100) != rivals_of(secret, 100, seed=1)


@pytest.mark.parametrize("secret", ["", "---", "42", "?1"])
def test_a_secret_with_too_few_others_is_refused(secret: str) -> None:
    with pytest.raises(SuiteDataError, match="form"):
        rivals_of(secret, 255)


async def test_a_memorised_secret_stands_out_and_an_unknown_one_does_not(
    tmp_path: Path, run_suite: Any
) -> None:
    path = tmp_path / "canaries" / "canaries.jsonl"
    path.parent.mkdir()
    path.write_text("\n".join(CANARIES), encoding="utf-8")
    known = {f"{100003 + 7919 * n}" for n in range(20)}
    knows = FakeLikelihoods(lambda _, text: -1.0 if text.strip() in known else -9.0)
    bits, first = (await run_suite("privacy.exposure", knows, None, tmp_path)).measurements
    assert (bits.value, first.value) == (8.0, 1.0)
    assert first.low > 0.8
    assert 6.0 < bits.low < bits.high == 8.0, "twenty canaries show no certainty"
    blank = await run_suite(
        "privacy.exposure", FakeLikelihoods(by_text, options={"digest": "blank"}), None, tmp_path
    )
    bits, first = blank.measurements
    assert bits.low < chance_of(256) < bits.high
    assert first.value < 0.2


def by_text(context: str, text: str) -> float:
    return -random.Random(context + text).random()
