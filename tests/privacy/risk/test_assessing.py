"""The risk report against rows counted by hand and by brute force."""

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.privacy.risk import RiskError, assess_risk, suggest_quasi

# Two classes of three, one of two, two unique rows.
AGE = [30, 30, 30, 40, 40, 40, 50, 50, 60, 70]
CITY = ["A", "A", "A", "B", "B", "B", "C", "C", "C", "D"]
ILLNESS = ["flu", "flu", "flu", "flu", "cold", "cold", "cold", "flu", "cold", "flu"]
COLUMNS: dict[str, list[object]] = {"age": [*AGE], "city": [*CITY], "illness": [*ILLNESS]}
VALUES = st.one_of(st.none(), st.integers(0, 3), st.sampled_from(["", " ", "x", "y", math.nan, True]))


def test_classes_are_counted() -> None:
    report = assess_risk(COLUMNS, ["age", "city"])
    assert (report.rows, report.classes, report.k) == (10, 5, 1)
    assert report.unique_share == 0.2
    assert report.small_share == 1.0
    assert [(band.low, band.high, band.classes, band.rows) for band in report.sizes] == [
        (1, 1, 2, 2),
        (2, 2, 1, 2),
        (3, 4, 2, 6),
    ]


def test_the_three_attackers() -> None:
    report = assess_risk(COLUMNS, ["age", "city"])
    assert report.prosecutor_highest == report.highest_risk == 1.0
    assert report.prosecutor_average == 0.5
    assert report.population is None


def test_the_report_can_be_read() -> None:
    lines = assess_risk(COLUMNS, ["city"], ["illness"], target=2).lines()
    assert lines[0] == "10 rows, 4 classes of city"
    assert lines[1] == "k = 1; 10.0% of the rows are unique; 10.0% are in classes below 2"
    assert "prosecutor risk: highest 1.000, average 0.400" in lines
    assert "illness: l = 1 (entropy 1.00), t = 0.400, told by the class for 40.0% of the rows" in lines
    assert "to reach k = 2: city: leave out" in lines


@given(st.lists(st.tuples(VALUES, VALUES, VALUES), min_size=1, max_size=40))
def test_it_counts_as_brute_force_does(rows: list[tuple[object, object, object]]) -> None:
    columns = {name: [row[place] for row in rows] for place, name in enumerate("abc")}
    report = assess_risk(columns, ["a", "b", "c"])
    gaps = [
        tuple(None if v != v or (isinstance(v, str) and not v.strip()) else v for v in row) for row in rows
    ]
    sizes = Counter(gaps)
    assert report.k == min(sizes.values())
    assert report.classes == len(sizes)
    assert report.unique_share == sum(size == 1 for size in sizes.values()) / len(rows)


def test_columns_may_be_arrays() -> None:
    as_arrays = {name: np.array(values) for name, values in COLUMNS.items()}
    assert assess_risk(as_arrays, ["age", "city"]) == assess_risk(COLUMNS, ["age", "city"])  # type: ignore[arg-type]


def test_many_columns_of_many_values_do_not_overflow() -> None:
    columns = {f"c{place}": list(range(1000)) for place in range(12)}
    assert assess_risk(columns, list(columns)).classes == 1000


@pytest.mark.parametrize(
    ("columns", "quasi", "said"),
    [
        (COLUMNS, [], "no quasi-identifiers are named\n  name them; likely ones: age, city"),
        (COLUMNS, ["agee"], "no column 'agee'\n  did you mean 'age'?"),
        (COLUMNS, ["age", "age"], "named twice"),
        ({"a": [1], "b": [1, 2]}, ["a", "b"], "a: 1, b: 2: columns of different lengths"),
        ({"a": []}, ["a"], "no rows"),
        ({"a": [[1]]}, ["a"], "lists or mappings"),
    ],
)
def test_problems_are_named(columns: dict[str, list[object]], quasi: list[str], said: str) -> None:
    with pytest.raises(RiskError) as caught:
        assess_risk(columns, quasi)
    assert said in str(caught.value)


@pytest.mark.parametrize("options", [{"target": 1}, {"population": 9}])
def test_options_that_make_no_sense_are_refused(options: dict[str, int]) -> None:
    with pytest.raises(RiskError):
        assess_risk(COLUMNS, ["age"], **options)  # type: ignore[arg-type]  # one of two options


def test_likely_quasi_identifiers_are_suggested_and_keys_are_not() -> None:
    columns: dict[str, list[object]] = {
        "patientId": list(range(100)),
        "BirthDate": [f"19{n % 50:02}" for n in range(100)],
        "PLZ": ["10115"] * 100,
        "zip": [f"{n:05}" for n in range(100)],
        "Geschlecht": ["w"] * 100,
        "message": ["x"] * 100,
    }
    assert suggest_quasi(columns) == ["BirthDate", "PLZ", "Geschlecht"]
