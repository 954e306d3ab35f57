"""`aboveboard measures`: the catalogue."""

from collections.abc import Callable

from aboveboard.evals import catalogue
from aboveboard.monitoring import live_measures
from samples.commands import Ran, assert_clear_error

Command = Callable[..., Ran]
KNOWN = {*catalogue(), *live_measures()}


def test_every_measure_is_listed_with_its_direction(command: Command) -> None:
    lines = command("measures").out.splitlines()[1:]
    assert {line.split()[0] for line in lines} == KNOWN


def test_json_has_every_field_of_the_catalogue(command: Command) -> None:
    listed = command("measures", "--json").json
    assert {each["id"] for each in listed} == KNOWN
    assert {"direction", "id", "scoring", "suite", "title", "unit"} <= set(listed[0])


def test_one_suite(command: Command) -> None:
    listed = command("measures", "--suite", "bias.hiring", "--json").json
    assert {each["suite"] for each in listed} == {"bias.hiring"}


def test_an_unknown_suite_names_the_nearest(command: Command) -> None:
    assert_clear_error(command("measures", "--suite", "bias.hirring"), "did you mean 'bias.hiring'?")
