"""Whether the other promises fare no worse: by the margin, and by their own bounds."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from aboveboard.charter import Promise
from aboveboard.evals.comparing import Difference
from aboveboard.evals.comparing._difference import Side
from aboveboard.mitigation._effects import side_effects
from aboveboard.values import parse_bound

MEASURE = "privacy.leak.rate"
PROMISE = Promise(id="keeps-secrets", measure=MEASURE, must=parse_bound("<= 0.05"), owner="accountable")
FIGURE = Difference(
    side=Side(MEASURE, "", "", 0.02, 0.04),
    low=0.0,
    high=0.05,
    harm=0.02,
    harm_low=-0.01,
    harm_high=0.05,
    confidence=0.9,
    p_value=0.2,
    adjusted=0.2,
    n=200,
    clusters=100,
    outcome="undecided",
    n_to_decide=None,
    method="jackknife",
)


def effect_of(figure: Difference, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("aboveboard.mitigation._effects.figure_of", lambda *_: [figure])
    arm: Any = SimpleNamespace(scored={})
    charter: Any = SimpleNamespace(promises=(PROMISE,))
    (found,) = side_effects(charter, "another", (arm, arm), 0.1, 0.95)
    return found.effect


def test_within_the_margin_and_the_bound_it_is_no_worse(monkeypatch: pytest.MonkeyPatch) -> None:
    assert effect_of(FIGURE, monkeypatch) == "no worse"


def test_a_value_that_leaves_what_is_promised_is_left_open(monkeypatch: pytest.MonkeyPatch) -> None:
    assert effect_of(replace(FIGURE, side=Side(MEASURE, "", "", 0.02, 0.07)), monkeypatch) == "undecided"


def test_what_was_no_better_before_is_judged_by_the_margin(monkeypatch: pytest.MonkeyPatch) -> None:
    assert effect_of(replace(FIGURE, side=Side(MEASURE, "", "", 0.06, 0.07)), monkeypatch) == "no worse"
