"""`aboveboard measures`: the catalogue."""

from collections.abc import Callable

from aboveboard.charter import measure_phrase
from aboveboard.evals import catalogue
from aboveboard.monitoring import live_measures
from samples.commands import Ran, assert_clear_error
from samples.docs import page

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


def test_a_family_is_listed(command: Command) -> None:
    listed = command("measures", "privacy", "--json").json
    assert {each["id"] for each in listed} == {name for name in KNOWN if name.startswith("privacy.")}


def test_every_measure_has_words_for_the_charter_explained() -> None:
    assert [name for name in KNOWN if "the measure" in measure_phrase(name)] == []


def test_an_unknown_suite_names_the_nearest(command: Command) -> None:
    assert_clear_error(command("measures", "--suite", "bias.hirring"), "did you mean 'bias.hiring'?")


def test_a_suite_is_shown_with_all_that_its_page_tells(command: Command) -> None:
    shown = command("measures", "bias.hiring").out
    for told in ("What it measures", "÷", "Licence", "An item", "What it does not show", "Bertrand", "must:"):
        assert told in shown


def test_a_link_of_the_page_is_told_as_a_file(command: Command) -> None:
    shown = command("measures", "footprint.energy").out
    assert "See footprint (docs/reference/footprint.md) for the power model" in shown


def test_a_measure_leads_to_its_suite(command: Command) -> None:
    measure, suite = command("measures", "bias.hiring.impact_ratio"), command("measures", "bias.hiring")
    assert measure.out == suite.out


def test_the_page_as_markdown_is_the_page_of_the_docs(command: Command) -> None:
    shown = command("measures", "bias.hiring", "--format", "md").out
    assert page("reference/suites/bias.hiring.md").startswith(shown)


def test_the_page_as_json_has_formula_size_and_licence(command: Command) -> None:
    told = command("measures", "bias.hiring", "--json").json
    assert told["sizes"] == {"quick": 160, "full": 960}
    assert set(told["formulas"]) == {each["id"] for each in told["measures"]}
    assert "Apache" in told["licence"]


def test_an_unknown_name_names_the_nearest(command: Command) -> None:
    assert_clear_error(command("measures", "bias.hirring"), "did you mean 'bias.hiring'?")


def test_markdown_without_a_name_is_refused(command: Command) -> None:
    assert_clear_error(command("measures", "--format", "md"), "name one")


def test_a_live_measure_has_no_page_and_is_shown_as_it_is_listed(command: Command) -> None:
    name = next(iter(live_measures()))
    assert command("measures", name).out.splitlines()[1].startswith(name)
