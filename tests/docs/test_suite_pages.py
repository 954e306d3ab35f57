"""Every suite has a page, made from the suite itself, that leaves nothing out."""

from dataclasses import fields

import pytest

from aboveboard.evals import load_suite, suite_names
from aboveboard.evals.pages import UNTOLD, facts_of, promise_of
from samples.docs import DOCS, load_build, page

FOLDER = DOCS / "reference" / "suites"
CURE = "give the suite an `about=About(…)` (aboveboard/evals/_about.py), then `make docs`"
MAY_BE_EMPTY = {"further", "target", "is_invented", "sizes", "timing", "example"}
"""A suite may have nothing to add, look for no one answer; the others have tests of their own below."""


@pytest.mark.parametrize("name", suite_names())
def test_a_suite_has_a_page_that_names_each_of_its_measures(name: str) -> None:
    text = page(f"reference/suites/{name}.md")
    assert [each.id for each in load_suite(name).measures if f"`{each.id}`" not in text] == []


def test_the_pages_are_what_the_suites_say() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    assert written == load_build().suite_pages(), "run `make docs`, and delete pages of suites that are gone"


@pytest.mark.parametrize("name", suite_names())
def test_a_page_tells_everything(name: str) -> None:
    facts = facts_of(load_suite(name))
    told = {each.name: getattr(facts, each.name) for each in fields(facts) if each.name not in MAY_BE_EMPTY}
    assert [field for field, value in told.items() if not value or value == UNTOLD] == [], CURE
    assert UNTOLD not in facts.formulas.values(), CURE
    assert facts.sizes is not None, CURE
    assert facts.sizes.quick < facts.sizes.full
    assert facts.example, CURE


@pytest.mark.parametrize("name", suite_names())
def test_a_formula_is_of_a_measure_of_the_suite(name: str) -> None:
    suite = load_suite(name)
    assert suite.about is not None, CURE
    assert set(suite.about.formulas) == {each.id.rsplit(".", 1)[1] for each in suite.measures}


@pytest.mark.parametrize("name", suite_names())
def test_public_data_are_not_repeated(name: str) -> None:
    suite = load_suite(name)
    assert suite.digest_data is None or facts_of(suite).is_invented


@pytest.mark.parametrize("name", suite_names())
def test_the_promise_shown_is_of_the_suite(name: str) -> None:
    facts = facts_of(load_suite(name))
    assert f"measure: {facts.measures[0].id}\n" in promise_of(facts)
