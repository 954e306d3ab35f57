"""How numbers and tables look."""

import click
import pytest

from aboveboard.cli._output import interval, number, print_table, verdict_label


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "–"),
        (float("nan"), "–"),
        (0.0, "0.000"),
        (0.00016, "<0.001"),
        (0.0012, "0.001"),
        (0.78249, "0.782"),
        (-0.05, "−0.050"),
        (-0.00016, ">−0.001"),
        (12.34, "12.3"),
        (1234567.0, "1,234,567.0"),
    ],
)
def test_a_number_is_readable_and_what_is_not_zero_is_not_shown_as_zero(
    value: float | None, shown: str
) -> None:
    assert number(value) == shown


def test_an_interval_without_an_end_is_none() -> None:
    assert interval(0.1, 0.2) == "0.100 … 0.200"
    assert interval(None, 0.2) == "–"


def test_columns_line_up_whatever_their_colour(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(["a", "b"], [[verdict_label("kept"), "x"], [verdict_label("undecided"), "y"]])
    lines = click.unstyle(capsys.readouterr().out).splitlines()
    assert lines[1].index("x") == lines[2].index("y") == lines[0].index("b")
