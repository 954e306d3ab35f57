"""An alarm about a live promise is decisive until it is lifted; records are followed in their order."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from aboveboard.evidence import Evidence, settle, standing
from aboveboard.evidence.records import Alarm, Record
from aboveboard.stats import Verdict
from aboveboard.values import new_id
from samples.live import MODEL, SAME_HELP, charter, decision, probe

NOW = datetime(2026, 12, 1, tzinfo=UTC)


def alarm(**fields: Any) -> Alarm:
    given = {
        "subject": "promise:same-help",
        "actor": "monitor",
        "stage": "raised",
        "measure": "bias.counterfactual.refusal_gap",
        "model": "m",
        "model_digest": MODEL,
        "charter_digest": "",
        "promise": "same-help",
        "must": "<= 0.05",
        "over": ("gender",),
        "value": 0.5,
        "low": 0.1,
        "high": 0.9,
        "n": 40,
        "groups": "female and male",
        "evidence": 25.0,
        "at": 20.0,
    }
    return Alarm(**{**given, **fields})


class Shelf:
    """Records as a reader gives them, newest first."""

    def __init__(self, *records: Record) -> None:
        self.records = list(records)[::-1]

    def find(self, kind: str | None = None, **_: Any) -> list[Record]:
        return [each for each in self.records if each.kind == kind]


def verdict(*records: Record, promises: str = SAME_HELP, model: str | None = MODEL) -> Verdict:
    return settle(charter(promises), Shelf(*records), NOW, model)[0].verdict


def test_a_standing_alarm_breaks_the_promise_and_says_what_was_seen() -> None:
    (status,) = settle(charter(), Shelf(alarm()), NOW, MODEL)
    assert status.verdict is Verdict.BROKEN
    assert status.refuses, "the charter says stop"
    assert (status.value, status.low, status.high, status.n) == (0.5, 0.1, 0.9, 40)
    assert "female and male" in status.note


def test_a_lifted_alarm_leaves_the_promise_as_it_was_before() -> None:
    raised = alarm()
    lifted = alarm(stage="lifted", links=(raised.id,), reason="mended")
    assert verdict(raised, lifted) is Verdict.UNDECIDED
    assert standing([raised, lifted]) == []
    again = alarm()
    assert verdict(raised, lifted, again) is Verdict.BROKEN


@pytest.mark.parametrize(
    "fields",
    [
        {"promise": "another"},
        {"must": "<= 0.1"},
        {"over": ("ethnicity",)},
        {"confidence": 0.99},
        {"model_digest": "sha256:" + "2" * 64},
        {"measure": "bias.counterfactual.length_gap"},
    ],
)
def test_an_alarm_about_something_else_breaks_nothing(fields: dict[str, Any]) -> None:
    assert verdict(alarm(**fields)) is Verdict.UNDECIDED


def test_a_promise_that_is_live_no_more_is_settled_without_alarms() -> None:
    assert verdict(alarm(), promises=SAME_HELP.replace("[live]", "[release]")) is Verdict.UNDECIDED


def test_a_promise_that_is_live_alone_says_where_to_look() -> None:
    (status,) = settle(charter(), Shelf(), NOW, MODEL)
    assert "aboveboard monitor" in status.missing


def test_without_weights_the_models_name_has_to_do() -> None:
    assert verdict(alarm(), model=None) is Verdict.BROKEN
    assert verdict(alarm(model="other"), model=None) is Verdict.UNDECIDED


def test_records_are_followed_once_each_in_the_order_of_writing(
    tmp_path: Path, dsn: str | None, shuffled: Callable[[list[Record]], list[Record]]
) -> None:
    records: list[Record] = [decision() if number % 3 else probe() for number in range(30)]
    records = shuffled(records)
    with Evidence.open(tmp_path, database=dsn) as evidence:
        for record in records:
            evidence.recorder.record(record)
        position, found = 0, []
        while (followed := evidence.reader.following(position, {"decision"}, 7)).position > position:
            found += [record.id for _, record in followed.records]
            position = followed.position
        assert position == evidence.reader.end()
    assert found == [each.id for each in records if each.kind == "decision"]


@pytest.fixture
def shuffled() -> Callable[[list[Record]], list[Record]]:
    """Records whose times are in another order than they are written in."""
    return lambda records: [
        replace(each, id=new_id(), time=f"2026-01-01T00:00:{59 - number:02d}.000Z")
        for number, each in enumerate(records)
    ]
