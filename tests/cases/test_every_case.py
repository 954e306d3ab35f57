"""No case is too many to be listed or forgotten."""

from pathlib import Path

from aboveboard.cases import Cases
from samples.cases import open_incident


def test_every_decision_is_known_however_many_cases_there_are(tmp_path: Path) -> None:
    with Cases.open(tmp_path / "cases.db") as cases:
        opened = {
            open_incident(cases, "crisis", decision=f"decision-{number}")[0].id for number in range(320)
        }
        assert sorted(cases.decisions()) == sorted(f"decision-{number}" for number in range(320))
        assert {case.id for case in cases.list(limit=None)} == opened
        assert len(cases.list(limit=10)) == 10


def test_a_drafted_request_is_no_case_until_its_record_is_kept(tmp_path: Path) -> None:
    with Cases.open(tmp_path / "cases.db") as cases:
        drafted, request = cases.draft_request("access", "person:1")
        assert not cases.list(limit=None)
        cases.add(drafted)
        assert [(case.id, case.record) for case in cases.list(limit=None)] == [(drafted.id, request.id)]
