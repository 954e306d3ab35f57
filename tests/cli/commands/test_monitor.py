"""`aboveboard monitor`: how live promises stand, and lifting an alarm."""

from collections.abc import Callable
from pathlib import Path

import pytest

from aboveboard.cli._charters import open_charter
from aboveboard.cli._reporting import digest_of
from aboveboard.cli._settings import Settings
from aboveboard.cli._workspace import open_evidence
from aboveboard.evidence import every
from aboveboard.evidence.records import Alarm, Incident, Review
from samples.commands import KEPT, Ran, assert_clear_error
from samples.live import probe

Command = Callable[..., Ran]
LIVE = """
  - {id: same-help, measure: bias.counterfactual.refusal_gap, over: [gender], must: "<= 0.05", when: [live],
     owner: accountable, if_broken: stop}
  - {id: no-leaks, measure: privacy.leak.rate, must: "<= 0.05", when: [live], owner: accountable}
  - {id: few-blocks, measure: live.blocked_rate, must: "<= 0.1", when: [live], owner: accountable}
"""


@pytest.fixture
def watched(folder: Path, command: Command, write: Callable[..., Path]) -> Settings:
    """A charter with live promises, whose other promise was assessed; watching has begun."""
    path = write(KEPT.rstrip() + LIVE)
    assert command("assess").code in (0, 2)
    assert command("monitor", "--once").code == 0
    return Settings(folder / ".aboveboard", path, None)


def record(settings: Settings, female: float, times: int) -> None:
    digest = digest_of(open_charter(settings.charter).primary)
    with open_evidence(settings) as evidence:
        for _ in range(times):
            evidence.recorder.record(probe(female, model_digest=digest))


def test_it_shows_what_is_watched_and_what_cannot_be(command: Command, watched: Settings) -> None:
    record(watched, 0.0, 5)
    shown = command("monitor", "--once", "--json")
    assert shown.code == 0
    found = {each["name"]: each for each in shown.json["watches"]}
    assert found["same-help"]["figure"]["n"] == 5
    assert found["no-leaks"]["state"] == "unwatched"
    table = command("monitor", "--once")
    assert "same-help" in table.out
    assert "no-leaks is not watched: live answers do not tell" in table.err


def test_an_alarm_opens_one_incident_and_is_lifted_by_a_person(command: Command, watched: Settings) -> None:
    record(watched, 1.0, 40)
    assert command("monitor", "--once").code == 1
    shown = command("monitor", "--once", "--json")
    assert (shown.code, shown.json["watches"][0]["state"]) == (1, "alarm")
    alarm = shown.json["watches"][0]["alarm"]
    assert command("assess", "--json").code == 1, "the assessment knows of it"
    assert command("report").code == 0
    report = (watched.state / "report" / "report.html").read_text(encoding="utf-8")
    assert "between female and male" in report
    assert_clear_error(command("monitor", "lift", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "--reason", "x"), alarm)
    lifted = command("monitor", "lift", alarm, "--reason", "The prompt was mended.", "--as", "ann")
    assert lifted.code == 0
    assert command("monitor", "--once").code == 0
    with open_evidence(watched) as evidence:
        raised, ended = [each for each in every(evidence.reader, "alarm") if isinstance(each, Alarm)]
        (incident,) = [each for each in every(evidence.reader, "incident") if isinstance(each, Incident)]
        (review,) = [each for each in every(evidence.reader, "review") if isinstance(each, Review)]
        assert ended.actor == review.actor == evidence.pseudonym("ann")
    assert incident.links == (raised.id,)
    assert (ended.stage, ended.reason) == ("lifted", "The prompt was mended.")
    assert ended.links == (raised.id, review.id)
    assert (review.case, review.outcome) == (incident.case, "mitigated")


def test_a_case_that_is_decided_lifts_the_alarm(command: Command, watched: Settings) -> None:
    record(watched, 1.0, 40)
    command("monitor", "--once")
    with open_evidence(watched) as evidence:
        (incident,) = [each for each in every(evidence.reader, "incident") if isinstance(each, Incident)]
    for outcome, code in [("unfounded", 0)]:
        decided = command("subject", "decide", incident.case, "--outcome", outcome, "--reason", "A test.")
        assert decided.code == 0, decided.err
        assert command("monitor", "--once").code == code


def test_nothing_to_watch_is_said(command: Command, assessed: Path) -> None:
    shown = command("monitor", "--once")
    assert shown.code == 0
    assert "nothing is watched" in shown.err


def test_where_nothing_is_recorded_it_says_what_to_do(command: Command, write: Callable[..., Path]) -> None:
    write(KEPT)
    assert_clear_error(command("monitor", "--once"), "aboveboard")
