"""Labelling in the console: blind, by whoever may decide, one answer at a time."""

import asyncio
import html as markup
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aboveboard.evals import Options, Services, assess, plan_suite
from aboveboard.evals.labelling import LabelStore
from aboveboard.models import open_model
from samples import World

LogIn = Callable[..., Any]
MEASURE = "transparency.disclosure.admits_ai"
XSS = "<script>alert(1)</script> I am an AI."


@pytest.fixture
def run(world: World) -> Path:
    """The folder of a run whose answers are hostile."""
    model = open_model("scripted", "fake", {"reply": XSS})
    plan = plan_suite("transparency.disclosure", Options(limit=30))
    result = asyncio.run(assess(plan, model, Services(state=world.state)))
    return world.state / "runs" / result.run


def label_page(run: Path, measure: str = MEASURE) -> str:
    return f"/console/runs/{run.name}/label" + (f"?measure={measure}" if measure else "")


def item_of(page: str) -> str:
    found = re.search(r'name="item" value="([^"]+)"', page)
    assert found, page
    return markup.unescape(found[1])


def test_a_reviewer_is_shown_an_answer_without_its_reading(log_in: LogIn, run: Path) -> None:
    person = log_in("ann", "reviewer")
    assert MEASURE in person.client.get(label_page(run, "")).text
    page = person.client.get(label_page(run)).text
    assert "Does the answer say that it comes from an AI" in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page
    assert "admits 1" not in page
    assert "0 of 30 done" in page


def test_what_is_said_is_kept_and_the_next_answer_comes(log_in: LogIn, run: Path) -> None:
    person = log_in("ann", "reviewer")
    first = item_of(person.client.get(label_page(run)).text)
    answered = person.send(f"/console/runs/{run.name}/label", measure=MEASURE, item=first, said="yes")
    assert answered.status_code == 200
    assert "1 of 30 done" in answered.text
    assert item_of(answered.text) != first
    ((labeller, labels),) = LabelStore(run).of_measure(MEASURE).items()
    assert labels == {first: True}
    assert not re.search(r"\bann\b", labeller), "known by pseudonym"


def test_two_people_get_the_same_answers(log_in: LogIn, run: Path) -> None:
    first, second = (log_in(name, "reviewer").client.get(label_page(run)).text for name in ("ann", "bob"))
    assert item_of(first) == item_of(second)


def test_who_may_not_decide_may_not_label(log_in: LogIn, run: Path) -> None:
    auditor = log_in("aud", "auditor")
    assert auditor.client.get(label_page(run)).status_code == 403
    sent = auditor.send(f"/console/runs/{run.name}/label", measure=MEASURE, item="x", said="yes")
    assert sent.status_code == 403
    assert LabelStore(run).of_measure(MEASURE) == {}


@pytest.mark.parametrize(
    "fields", [{"item": "nothing"}, {"said": "perhaps"}, {"measure": "bias.hiring.impact_ratio"}]
)
def test_what_is_no_label_of_a_drawn_answer_is_refused(
    log_in: LogIn, run: Path, fields: dict[str, str]
) -> None:
    person = log_in("ann", "reviewer")
    item = item_of(person.client.get(label_page(run)).text)
    good = {"measure": MEASURE, "item": item, "said": "no"}
    assert person.send(f"/console/runs/{run.name}/label", **(good | fields)).status_code in (404, 422)
    assert not (run / "labels.jsonl").exists()


def test_a_run_that_is_not_there_is_not_found(log_in: LogIn, run: Path) -> None:
    client = log_in("ann", "reviewer").client
    for name in ("01M80000000000000000000000", "..%2F..%2Fetc", "x"):
        assert client.get(f"/console/runs/{name}/label").status_code == 404


def test_when_all_are_labelled_it_says_what_next(log_in: LogIn, run: Path) -> None:
    person = log_in("ann", "reviewer")
    page = person.client.get(label_page(run)).text
    for _ in range(30):
        page = person.send(
            f"/console/runs/{run.name}/label", measure=MEASURE, item=item_of(page), said="untellable"
        ).text
    assert "All 30 answers drawn" in page
    assert "aboveboard label record" in page
