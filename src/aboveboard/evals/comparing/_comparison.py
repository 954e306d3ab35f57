"""Two runs against each other."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from aboveboard.evals._finding import Ask
from aboveboard.evals._item import Item
from aboveboard.evals._suite import Suite, load_suite
from aboveboard.evals.comparing._changes import ChangedItem, changed_most
from aboveboard.evals.comparing._comparability import shared_suites
from aboveboard.evals.comparing._difference import Difference, differences, judge, pair, values_of
from aboveboard.evals.comparing._recorded import RecordedRun, scored_from_log
from aboveboard.evals.comparing._scores import ScoreTest, over_all, score_tests
from aboveboard.stats import holm

_SHOWN = 10
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class SuiteComparison:
    """One suite's figures, first the wholes, then by group; and what could not be compared, with the reason.

    `answered` counts the items that both models answered readably, of `asked` that both were asked.
    """

    suite: str
    title: str
    asked: int
    answered: int
    figures: tuple[Difference, ...]
    changes: tuple[ChangedItem, ...]
    left_out: tuple[str, ...] = ()

    @property
    def wholes(self) -> list[Difference]:
        return [each for each in self.figures if not each.side.by]

    def groups_of(self, measure: str) -> list[Difference]:
        return [each for each in self.figures if each.side.by and each.side.measure == measure]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The second run against the first. `adjusted` p-values of wholes are by Holm over all measures."""

    first: RecordedRun
    second: RecordedRun
    confidence: float
    suites: tuple[SuiteComparison, ...]
    scores: tuple[ScoreTest, ...]

    @property
    def wholes(self) -> list[Difference]:
        return [each for suite in self.suites for each in suite.wholes]

    @property
    def is_same_model(self) -> bool:
        return self.first.view.model_digest == self.second.view.model_digest


def compare(
    first: RecordedRun,
    second: RecordedRun,
    *,
    confidence: float = 0.95,
    data: Path | None = None,
    common: bool = False,
    changes: int = _SHOWN,
) -> Comparison:
    """What differs between two runs on the same items; raises NotComparableError and says why."""
    made = [
        _compare_suite((first, second), load_suite(name), confidence, (data, changes))
        for name in shared_suites(first, second, common=common)
    ]
    suites = _as_one_family([each for each, _ in made], confidence)
    scores = over_all([test for _, tests in made for test in tests])
    return Comparison(first, second, confidence, tuple(suites), tuple(scores))


def _compare_suite(
    runs: tuple[RecordedRun, RecordedRun], suite: Suite, confidence: float, how: tuple[Path | None, int]
) -> tuple[SuiteComparison, list[ScoreTest]]:
    data, changes = how
    items = _common_items(runs, suite, data)
    both = [scored_from_log(run.of_suite(suite.id), items) for run in runs]
    paired, asks = pair(*both), _common_asks(runs, suite)
    lost = {name for run in runs for name in _not_reproduced(run, suite, data)}
    found = differences(suite, paired, asks, confidence=confidence)
    compared = SuiteComparison(
        suite=suite.id,
        title=suite.title,
        asked=len(items),
        answered=len(paired.first),
        figures=tuple(each for key, each in found.items() if key[0] not in lost),
        changes=tuple(changed_most(suite.id, paired, changes)),
        left_out=_reasons(runs, suite, {key[0] for key in found}, lost),
    )
    return compared, score_tests(suite.id, paired, confidence=confidence)


def _common_items(runs: tuple[RecordedRun, RecordedRun], suite: Suite, data: Path | None) -> list[Item]:
    other = runs[1].of_suite(suite.id)
    return [item for item in runs[0].items(suite, data) if item.id in other]


def _common_asks(runs: tuple[RecordedRun, RecordedRun], suite: Suite) -> dict[str, Ask]:
    """The measures both have a value of, over the attributes both were asked about."""
    left, right = (run.asks(suite.id) for run in runs)
    return {
        name: Ask(ask.confidence, tuple(by for by in ask.over if by in right[name].over))
        for name, ask in left.items()
        if name in right
    }


def _not_reproduced(run: RecordedRun, suite: Suite, data: Path | None) -> set[str]:
    """Measures whose recorded value the item log does not give: they rest on more than scores."""
    scored = scored_from_log(run.of_suite(suite.id), run.items(suite, data))
    again = values_of(suite, scored, run.asks(suite.id))
    recorded = {each["measure"]: each["value"] for each in run.view.measurements if each["suite"] == suite.id}
    return {
        name
        for name, value in recorded.items()
        if not math.isclose(again.get((name, "", ""), math.nan), value, rel_tol=_ROUNDING, abs_tol=_ROUNDING)
    }


def _reasons(
    runs: tuple[RecordedRun, RecordedRun], suite: Suite, found: set[str], lost: set[str]
) -> tuple[str, ...]:
    unfounded = [f"{name}: its value does not follow from the item log alone" for name in sorted(lost)]
    measured = {name for run in runs for name in run.asks(suite.id)}
    absent = sorted(measured - found - lost)
    return (*unfounded, *(f"{name}: one of the runs, or a part of it, has no value" for name in absent))


def _as_one_family(suites: Sequence[SuiteComparison], confidence: float) -> list[SuiteComparison]:
    """The wholes of all suites are one family of tests."""
    adjusted = iter(holm([each.p_value for suite in suites for each in suite.wholes]))
    return [
        replace(
            suite,
            figures=tuple(
                each if each.side.by else judge(each, next(adjusted), confidence) for each in suite.figures
            ),
        )
        for suite in suites
    ]
