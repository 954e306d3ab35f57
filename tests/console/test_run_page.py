"""A run's page: figures by group with a plot, and the items that make a measure worst."""

import asyncio
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from aboveboard.console._worst import worst_of
from aboveboard.documents import group_plot
from aboveboard.evals import Options, Services, assess, plan_suite
from aboveboard.evals.people import everyone
from aboveboard.evidence.records import Measurement, Slice
from aboveboard.models import open_model
from aboveboard.values import new_id
from samples import World

NO, YES = {" No": 0.8, " Yes": 0.1}, {" Yes": 0.8, " No": 0.1}


@pytest.fixture
def spoilt(tmp_path: Path) -> tuple[Path, tuple[Measurement, ...]]:
    """A run in which women are refused as chefs alone."""
    women = [p.name for cell in everyone() for p in cell if p.gender == "female"]

    def said(request: Any) -> str:
        asked = request.messages[-1].content
        return "No" if "chef" in asked and any(name in asked for name in women) else "Yes"

    model = open_model("scripted", "fake", {"reply": said})
    services = Services(state=tmp_path, concurrency=4)
    result = asyncio.run(assess(plan_suite("bias.hiring", Options(limit=160)), model, services))
    return tmp_path / "runs" / result.run, result.measurements


def test_the_cases_that_make_it_bad_are_named_with_their_items(
    spoilt: tuple[Path, tuple[Measurement, ...]],
) -> None:
    folder, measured = spoilt
    worst = worst_of(folder, "bias.hiring.impact_ratio", measured)
    assert worst is not None
    assert worst.cases
    assert {case.name.split("|")[0] for case in worst.cases} == {"chef"}
    assert all(len(case.items) == 8 for case in worst.cases)


def test_what_is_no_measure_of_the_run_is_not_looked_for(
    spoilt: tuple[Path, tuple[Measurement, ...]],
) -> None:
    folder, measured = spoilt
    assert worst_of(folder, "../../etc/passwd", measured) is None
    assert worst_of(folder, "", measured) is None


def test_a_log_that_cannot_be_read_is_a_reason_and_no_error(
    spoilt: tuple[Path, tuple[Measurement, ...]],
) -> None:
    folder, measured = spoilt
    log = folder / "items.jsonl"
    log.write_text(log.read_text(encoding="utf-8").replace("chef", "cook", 1), encoding="utf-8")
    worst = worst_of(folder, "bias.hiring.impact_ratio", measured)
    assert worst is not None
    assert "cannot be told" in worst.reason


def test_a_plot_of_groups_says_in_words_what_it_shows() -> None:
    parts = [
        Slice(by="gender", group="", value=0.5, low=0.4, high=0.6, n=20),
        Slice(by="gender", group='fem"ale<', value=0.5, low=0.4, high=0.6, n=10),
        Slice(by="other", group="x", value=0.9, low=0.8, high=1.0, n=10),
    ]
    drawn = str(group_plot(parts, "gender"))
    assert re.search(r'role="img" aria-label="by gender: fem&#34;ale&lt; 0.5, 0.4 to 0.6"', drawn)
    assert drawn.count("<circle") == 1
    assert group_plot(parts[:1], "gender") == ""


def test_the_page_shows_groups_and_on_demand_the_worst_items(
    browser: TestClient, world: World, runs: Path
) -> None:
    model = open_model(
        "scripted",
        "fake",
        {"next_token": NO, "rules": [{"contains": "chef", "reply": "", "next_token": YES}]},
    )
    services = Services(state=world.state, concurrency=4)
    result = asyncio.run(assess(plan_suite("bias.hiring", Options(limit=160)), model, services))
    for each in result.measurements:
        world.evidence.recorder.record(each)
    plain = browser.get(f"/console/runs/{result.run}").text
    assert 'class="plot groups"' in plain
    assert 'id="worst"' not in plain
    shown = browser.get(f"/console/runs/{result.run}?worst=bias.hiring.selection_rate").text
    assert "Worst items" in shown
    assert "better by" in shown
    assert "<script" not in shown.replace('<script src="/static/', "")
    assert browser.get(f"/console/runs/{result.run}?worst=<b>").status_code == 200


@pytest.mark.slow
def test_a_run_of_long_ago_shows_what_it_measured(browser: TestClient, world: World, runs: Path) -> None:
    model = open_model("scripted", "fake", {"next_token": NO})
    services = Services(state=world.state, concurrency=4)
    result = asyncio.run(assess(plan_suite("bias.hiring", Options(limit=16)), model, services))
    measured = result.measurements[0]
    world.evidence.recorder.record(measured)
    later = [replace(measured, id=new_id(), run=new_id()) for _ in range(1001)]
    for pending in [world.evidence.recorder.submit(each) for each in later]:
        pending.result()
    html = browser.get(f"/console/runs/{result.run}").text
    assert f"/console/records/{measured.id}" in html
    assert not any(each.id in html for each in later)


@pytest.mark.slow
def test_what_a_run_s_folder_tells_is_not_shown_without_its_record(
    browser: TestClient, world: World, runs: Path
) -> None:
    model = open_model("scripted", "fake", {"next_token": NO})
    services = Services(state=world.state, concurrency=4)
    result = asyncio.run(assess(plan_suite("bias.hiring", Options(limit=16)), model, services))
    first, *others = result.measurements
    world.evidence.recorder.record(replace(first, run=new_id()))  # another run's, whatever the folder says
    html = browser.get(f"/console/runs/{result.run}").text
    assert result.run in html
    assert not any(each.id in html for each in (first, *others))
