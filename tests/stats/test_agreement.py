"""Agreement beyond chance: published examples, an independent library, and the limits of what can be said."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats import inter_rater

from aboveboard.stats import InputError, TooFewError, UndefinedError
from aboveboard.stats import cohen_kappa as cohen
from aboveboard.stats import fleiss_kappa as fleiss
from aboveboard.stats import krippendorff_alpha as alpha

FLEISS = [
    [0, 0, 0, 0, 14],
    [0, 2, 6, 4, 2],
    [0, 0, 3, 5, 6],
    [0, 3, 9, 2, 0],
    [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0],
    [2, 5, 3, 2, 2],
    [6, 5, 2, 1, 0],
    [0, 2, 2, 3, 7],
]
"""How often ten units got each of five labels from fourteen raters; kappa is 0.210."""

_: int | None = None
KRIPPENDORFF = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
]
"""Four observers of twelve units (Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability")."""


def table_of(counts: list[list[int]]) -> tuple[list[int], list[int]]:
    pairs = [(i, j) for i, row in enumerate(counts) for j, count in enumerate(row) for _ in range(count)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def test_cohens_kappa_is_what_its_formula_gives() -> None:
    # 35 of 50 agree (0.7); by chance 0.5 · 0.6 + 0.5 · 0.4 = 0.5 would.
    found = cohen(*table_of([[20, 5], [10, 15]]))
    assert found.value == pytest.approx(0.4)
    assert found.n == 50


@given(st.lists(st.lists(st.integers(1, 6), min_size=3, max_size=3), min_size=3, max_size=3))
def test_cohens_kappa_is_statsmodels(counts: list[list[int]]) -> None:
    expected = inter_rater.cohens_kappa(np.array(counts)).kappa
    assert cohen(*table_of(counts)).value == pytest.approx(expected)


def test_fleiss_kappa_is_the_published_one_and_statsmodels() -> None:
    ratings = [[label for label, count in enumerate(unit) for _ in range(count)] for unit in FLEISS]
    found = fleiss(ratings).value
    assert found == pytest.approx(0.210, abs=5e-4)
    assert found == pytest.approx(inter_rater.fleiss_kappa(np.array(FLEISS)))


@pytest.mark.parametrize(
    ("metric", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)]
)
def test_krippendorffs_alpha_is_the_published_one(metric: str, published: float) -> None:
    units = list(zip(*KRIPPENDORFF, strict=True))
    found = alpha(units, metric)  # type: ignore[arg-type]  # the parameters are literals
    assert found.value == pytest.approx(published, abs=5e-4)
    assert found.n == 11, "a unit with one label says nothing"
    assert found.low < found.value <= found.high


def test_who_agrees_throughout_has_a_coefficient_of_one() -> None:
    labels = ["yes", "no", "no", "yes", "no"]
    pairs = [(label, label) for label in labels]
    assert [each.value for each in (cohen(labels, labels), fleiss(pairs), alpha(pairs))] == [1.0, 1.0, 1.0]


def test_who_labels_at_random_has_one_about_zero_within_its_interval() -> None:
    chance = np.random.default_rng(1)
    first, second = chance.integers(0, 2, 400).tolist(), chance.integers(0, 2, 400).tolist()
    found = cohen(first, second)
    assert found.low < 0 < found.high
    assert found.high - found.low == pytest.approx(4 * 0.05, abs=0.03), "the standard error is 1/√n here"


def test_names_of_labels_do_not_matter() -> None:
    first, second = table_of([[20, 5], [10, 15]])
    renamed = [["no", "yes"][label] for label in first], [["no", "yes"][label] for label in second]
    assert cohen(*renamed) == cohen(first, second)


def test_one_label_throughout_is_no_agreement_beyond_chance() -> None:
    with pytest.raises(UndefinedError, match="beyond chance"):
        cohen([1, 1], [1, 1])
    with pytest.raises(UndefinedError, match="beyond chance"):
        fleiss([[1, 1]] * 3)
    with pytest.raises(UndefinedError, match="beyond chance"):
        alpha([[1, 1]] * 3)


def test_what_cannot_be_compared_is_refused() -> None:
    with pytest.raises(InputError, match="2 labels against 1"):
        cohen([1, 0], [1])
    with pytest.raises(InputError, match="same number of labels"):
        fleiss([[1, 0], [1, None]])
    with pytest.raises(TooFewError):
        alpha([[1, 0], [1, None]])
    with pytest.raises(InputError, match="finite numbers"):
        alpha([["a", "b"], ["b", "b"]], "interval")


def test_the_interval_holds_the_true_coefficient_as_often_as_it_says() -> None:
    # Two labellers of a balanced truth, each wrong one time in ten, agree with 0.82: kappa is 0.64.
    chance, inside = np.random.default_rng(2), 0
    for _run in range(200):
        truth = chance.random(150) < 0.5
        first, second = (truth ^ (chance.random(150) < 0.1) for _ in range(2))
        inside += 0.64 in cohen(first.tolist(), second.tolist()).interval
    assert inside >= 180
