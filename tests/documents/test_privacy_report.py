"""The report on personal data in files: whole, quiet about values, and honest about what it cannot say."""

from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from aboveboard.documents import (
    PrivacyReport,
    ReportedExample,
    ReportedFile,
    ReportedPolicy,
    ReportedType,
    render_privacy_report,
    write_privacy_report,
)

EMPTY = PrivacyReport("2026-11-22T00:00:00.000Z", 3, 1_500_000, 2.0, 0, 0, (), ())
FULL = replace(
    EMPTY,
    types=(
        ReportedType("email", 40, 2, [ReportedExample("a…@….com", "in/<a>.txt: 3:1")]),
        ReportedType("password", 1, 1, [ReportedExample("…", "in/b.csv: record 2, pw")]),
    ),
    with_findings=(
        ReportedFile("in/<a>.txt", {"email": 39}),
        ReportedFile("in/b.csv", {"email": 1, "password": 1}),
    ),
    left_out=1,
    errors=1,
    notes=("error: in/c.txt, byte 3: not utf-8",),
)


class Structure(HTMLParser):
    """Tags, ids and links of a page; fails on a tag that is closed without being open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: set[str] = set()
        self.links: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids.add(given.get("id") or "")
        self.links.add(given.get("href") or "#")
        if tag not in ("meta", "br", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def parsed(page: str) -> Structure:
    structure = Structure()
    structure.feed(page)
    structure.close()
    return structure


@pytest.mark.parametrize("report", [EMPTY, FULL])
def test_the_page_is_whole_and_its_links_lead_within_it(report: PrivacyReport) -> None:
    structure = parsed(render_privacy_report(report))
    assert structure.open == []
    assert {link.removeprefix("#") for link in structure.links} <= structure.ids


@pytest.mark.parametrize("report", [EMPTY, FULL])
def test_it_fetches_and_runs_nothing(report: PrivacyReport) -> None:
    page = render_privacy_report(report)
    assert not any(mark in page for mark in ("<script", "http://", "https://", "src=", "url(", "@import"))
    assert "default-src 'none'" in page


def test_counts_examples_and_notes_are_shown() -> None:
    page = render_privacy_report(FULL)
    for said in ("41", "a…@….com", "record 2, pw", "byte 3: not utf-8", "in/b.csv"):
        assert said in page


def test_names_of_files_are_escaped() -> None:
    page = render_privacy_report(FULL)
    assert "in/&lt;a&gt;.txt" in page
    assert "<a>.txt" not in page


def test_nothing_found_is_said_to_prove_nothing() -> None:
    page = render_privacy_report(EMPTY)
    assert "no proof that nothing is there" in page
    assert "proves nothing" in page


def test_what_was_done_is_called_pseudonymised_and_never_anonymised() -> None:
    policy = ReportedPolicy(
        "mask", {"email": "mask"}, "pseudonymised", ("whoever has the table can lead back",)
    )
    page = render_privacy_report(replace(FULL, policy=policy))
    assert "<b>pseudonymised</b>: whoever has the table can lead back" in page
    assert "anonymised" not in page.replace("pseudonymised", "")


def test_files_beyond_those_listed_are_counted() -> None:
    assert "1,234 more files" in render_privacy_report(replace(FULL, more_files=1234))


def test_it_is_written_whole(tmp_path: Path) -> None:
    write_privacy_report(FULL, tmp_path / "r.html")
    assert (tmp_path / "r.html").read_text(encoding="utf-8") == render_privacy_report(FULL)
    assert [path.name for path in tmp_path.iterdir()] == ["r.html"]
