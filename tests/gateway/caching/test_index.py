"""The index of answers: bounded, of limited time, the same on both databases, and empty of words."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from aboveboard.database import Location, locate
from aboveboard.gateway.caching import AnswerIndex

TAGS = [bytes([number]) * 32 for number in range(9)]


@pytest.fixture
def where(tmp_path: Path, dsn: str | None) -> Location:
    return locate(tmp_path, "reuse", dsn)


@pytest.fixture
def index(where: Location) -> Iterator[AnswerIndex]:
    with AnswerIndex.open(where) as opened:
        yield opened


def test_what_was_kept_is_found_until_its_time_is_over(index: AnswerIndex) -> None:
    index.keep(TAGS[0], "one", 100.0, 10)
    assert index.find(TAGS[0], 99.0) == "one"
    assert index.find(TAGS[0], 100.0) is None
    assert index.find(TAGS[1], 0.0) is None


def test_the_newest_answer_takes_the_place_of_the_last(index: AnswerIndex) -> None:
    index.keep(TAGS[0], "one", 100.0, 10)
    index.keep(TAGS[0], "two", 100.0, 10)
    assert index.find(TAGS[0], 0.0) == "two"


def test_only_the_newest_are_kept(index: AnswerIndex) -> None:
    for number, tag in enumerate(TAGS):
        index.keep(tag, str(number), 100.0, 3)
    assert [index.find(tag, 0.0) for tag in TAGS] == [None] * 6 + ["6", "7", "8"]


def test_it_is_shared_by_all_who_open_it(index: AnswerIndex, where: Location) -> None:
    index.keep(TAGS[0], "one", 100.0, 10)
    with AnswerIndex.open(where) as other:
        assert other.find(TAGS[0], 0.0) == "one"
        other.forget(["one"])
    assert index.find(TAGS[0], 0.0) is None


def test_a_sweep_drops_what_is_over_and_what_leads_nowhere(index: AnswerIndex) -> None:
    for tag, decision, expires in zip(TAGS, ("over", "gone", "there"), (5.0, 100.0, 100.0), strict=False):
        index.keep(tag, decision, expires, 10)
    index.sweep(10.0, lambda decision: decision == "gone")
    assert [index.find(tag, 0.0) for tag in TAGS[:3]] == [None, None, "there"]


def test_others_on_this_machine_cannot_read_it(tmp_path: Path) -> None:
    AnswerIndex.open(tmp_path / "reuse.db").close()
    assert (tmp_path / "reuse.db").stat().st_mode & 0o077 == 0
