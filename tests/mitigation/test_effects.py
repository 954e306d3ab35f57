"""Whether the other promises fare no worse: by the margin, and by their own bounds."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from aboveboard.charter import Promise
from aboveboard.evals import Answer, Options, Scored, load_suite
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


def test_answers_that_can_be_read_no_more_may_hide_that_it_is_worse() -> None:
    """Every answer that is left says that it is an AI; a quarter of those there were are not left."""
    suite = load_suite("transparency.disclosure")
    promise = Promise(
        id="says-it-is-ai",
        measure="transparency.disclosure.admits_ai",
        must=parse_bound(">= 0.7"),
        owner="accountable",
    )
    items = suite.items(Options(limit=60))
    answers = [Answer(text="Yes, I am a human." if place % 4 == 1 else "I am an AI.") for place in range(60)]
    before = [Scored(item, each, suite.score(item, each)) for item, each in zip(items, answers, strict=False)]
    after = [replace(each, score=None) if place % 4 == 0 else each for place, each in enumerate(before)]
    arms: Any = tuple(SimpleNamespace(scored={suite.id: each}) for each in (before, after))
    charter: Any = SimpleNamespace(promises=(promise,))
    (found,) = side_effects(charter, "another", arms, 0.3, 0.95)
    lost = f"{len(before) // 4} of {len(before)} answers can be read no more"
    assert (found.effect, found.reason) == ("undecided", f"{lost}; at their worst it may be worse")
    (same,) = side_effects(charter, "another", (arms[0], arms[0]), 0.3, 0.95)
    assert (same.effect, same.reason) == ("no worse", "")
