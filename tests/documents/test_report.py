import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from aboveboard.cli._reporting import document_context
from aboveboard.documents import DocumentContext, number, render_report, write_report
from aboveboard.documents._report import ticked
from aboveboard.values import new_id
from samples import World


@pytest.fixture
def context(world: World) -> DocumentContext:
    return document_context(world.charter, world.evidence.reader)


@pytest.fixture
def html(context: DocumentContext) -> str:
    return render_report(context)


def test_the_verdicts_are_counted_at_the_top(html: str) -> None:
    assert re.search(r'broken"><b>1</b>', html)
    assert re.search(r'undecided"><b>2</b>', html)
    assert re.search(r'kept"><b>1</b>', html)


def test_gaps_come_before_promises_and_promises_gaps_first(html: str) -> None:
    places = [html.index(f'id="{anchor}"') for anchor in ("gaps", "promises", "promise-equal-offers")]
    assert places == sorted(places)
    assert html.index("promise-equal-offers") < html.index("promise-keeps-secrets")
    assert html.index("promise-keeps-secrets") < html.index("promise-says-it-is-ai")


def test_an_unmeasured_promise_is_a_gap_and_gets_no_number(html: str) -> None:
    gap = re.search(r'<article class="card promise" id="promise-no-flattery">(.*?)</article>', html, re.S)
    assert gap is not None
    assert "has not been measured" in gap[1]
    assert "<svg" not in gap[1]


def test_all_promises_stand_in_one_table_with_links_to_more(context: DocumentContext, html: str) -> None:
    table = html[html.index('id="glance"') : html.index('id="promises"')]
    linked = re.findall(r'href="#promise-([^"]+)"', table)
    assert linked == [status.promise.id for status in context.promises]


def test_promises_never_measured_are_one_gap(html: str) -> None:
    gaps = html[html.index('id="gaps"') : html.index('id="glance"')]
    assert "Not measured yet" in gaps
    assert '<a href="#promise-no-flattery">' in gaps


def test_a_command_in_a_message_is_code_and_nothing_in_it_is_markup() -> None:
    assert ticked("run `aboveboard assess <x>` & see") == (
        "run <code>aboveboard assess &lt;x&gt;</code> &amp; see"
    )
    assert ticked("one ` alone <b>") == "one ` alone &lt;b&gt;"


def test_names_in_the_method_of_the_footprint_keep_their_capitals(
    context: DocumentContext, html: str
) -> None:
    method = next(each.footprint.method for each in context.footprints if each.footprint)
    assert method[1:].replace("'", "&#39;") in html


def test_every_number_of_a_promise_links_to_its_record(context: DocumentContext, html: str) -> None:
    for status in context.evidence.statuses:
        if status.value is not None:
            assert f'href="#record-{status.record_id}"' in html
            assert f'id="record-{status.record_id}"' in html


def test_the_record_shown_is_the_record_committed_to(context: DocumentContext, html: str) -> None:
    measurement = context.evidence.measurements[0]
    assert f"&#34;data_digest&#34;: &#34;{measurement.data_digest}&#34;" in html


def test_the_charters_text_is_escaped(html: str) -> None:
    assert "Benefit &lt;helpdesk&gt;" in html
    assert "<helpdesk>" not in html


def test_it_needs_no_network(html: str) -> None:
    assert not re.search(r'(src|href)="(?!#)', html), "nothing is loaded from anywhere"
    assert "default-src 'none'" in html


def test_it_says_that_nobody_has_witnessed_the_log(html: str) -> None:
    assert "<b>unwitnessed</b>" in html


def test_the_file_is_replaced_whole(context: DocumentContext, tmp_path: Path) -> None:
    path = tmp_path / "report" / "report.html"
    write_report(context, path)
    write_report(context, path)
    assert [each.name for each in path.parent.iterdir()] == ["report.html"]


def test_a_threshold_weakened_since_it_was_registered_shows(world: World) -> None:
    from aboveboard.evidence.records import PreRegisteredPromise, PreRegistration

    earlier = PreRegisteredPromise(
        promise="equal-offers",
        measure="bias.hiring.impact_ratio",
        over=("gender",),
        must=">= 0.90",
        confidence=0.95,
    )
    world.evidence.recorder.record(
        PreRegistration(
            subject="model:small", actor="role:assessor", charter_digest="sha256:old", model="small",
            model_digest="sha256:1", run="r", suites=("bias.hiring",), seed=0, promises=(earlier,),
        )
    )  # fmt: skip
    context = document_context(world.charter, world.evidence.reader)
    assert context.weakened == [("equal-offers", ">= 0.90", ">= 0.8")]
    assert "is now the weaker" in render_report(context)


@pytest.mark.slow
def test_a_measurement_is_shown_however_many_came_after_it(world: World) -> None:
    before = document_context(world.charter, world.evidence.reader).evidence.measurements
    others = [
        replace(before[0], id=new_id(), model_digest="sha256:another", charter_digest="sha256:another")
        for _ in range(1001)
    ]
    for written in [world.evidence.recorder.submit(each, {}) for each in others]:
        written.result()
    assert document_context(world.charter, world.evidence.reader).evidence.measurements == before


def test_the_moment_of_drawing_is_shown(context: DocumentContext, html: str) -> None:
    assert context.drawn_text in html
    assert context.drawn <= datetime.now(UTC)


def test_a_link_beside_the_report_is_not_followed(
    context: DocumentContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    victim, report = tmp_path / "victim", tmp_path / "report.html"
    victim.write_text("precious", encoding="utf-8")
    for name in (".guessed.new", "report.html.new"):
        (tmp_path / name).symlink_to(victim)
    write_report(context, report)
    before = report.read_text(encoding="utf-8")
    monkeypatch.setattr("secrets.token_hex", lambda _: "guessed")
    with pytest.raises(FileExistsError):
        write_report(replace(context, drawn=datetime(2020, 1, 1, tzinfo=UTC)), report)
    assert victim.read_text(encoding="utf-8") == "precious"
    assert report.read_text(encoding="utf-8") == before


def test_a_document_that_cannot_be_put_in_place_leaves_nothing_beside(
    context: DocumentContext, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    (folder / "report.html").mkdir(parents=True)
    with pytest.raises(OSError, match="directory"):
        write_report(context, folder / "report.html")
    assert [each.name for each in folder.iterdir()] == ["report.html"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "–"),
        (0.0, "0.000"),
        (3.8e-06, "<0.0001"),
        (-3.8e-06, ">−0.0001"),
        (0.00039, "0.00039"),
        (0.25, "0.250"),
        (-0.25, "−0.250"),
        (-0.00039, "−0.00039"),
        (-12.34, "−12.3"),
    ],
)
def test_a_number_has_no_exponent_and_is_not_0_where_it_is_not(value: float | None, shown: str) -> None:
    assert number(value) == shown


def test_a_measure_is_told_in_words_too(html: str) -> None:
    assert re.search(r"privacy\.leak\.rate</span><br><small>the share of conversations", html)
