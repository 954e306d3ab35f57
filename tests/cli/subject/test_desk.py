"""What is open while somebody deals with a request, and that two may do so at once."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from aboveboard.cases import Case, Cases
from aboveboard.cli._settings import Settings
from aboveboard.cli.subject import _handing_out, hand_out, open_desk
from aboveboard.errors import AboveboardError
from aboveboard.evidence import Evidence, RecorderError
from samples.searching import files_of, found_in


def test_of_two_who_close_what_an_erasure_settled_the_second_finds_it_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(tmp_path / "state", tmp_path / "charter.yaml", None)
    Evidence.open(settings.state).close()
    with open_desk(settings) as first, open_desk(settings) as second:
        person = first.person("ann")
        case = first.request("erasure", person)
        first.evidence.erase(person, "asked", "role:dpo", case=case.id)
        listed = Cases.list

        def listed_and_overtaken(cases: Cases, *given: Any, **named: Any) -> Sequence[Case]:
            found = listed(cases, *given, **named)
            if cases is first.cases:
                second.close_settled()
            return found

        monkeypatch.setattr(Cases, "list", listed_and_overtaken)
        first.close_settled()
        assert first.cases.get(case.id).outcome == "fulfilled"
        assert first.reader.count("review") == 1


@pytest.mark.parametrize("place", [None, "out.zip", "folder"])
def test_what_an_erasure_overtakes_is_not_handed_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str | None
) -> None:
    settings = Settings(tmp_path / "state", tmp_path / "charter.yaml", None)
    Evidence.open(settings.state).close()
    with open_desk(settings) as first, open_desk(settings) as second:
        person = first.person("ann")
        first.take_feedback(person, "tone", "the heron of ann")
        write = _handing_out._write

        def overtaken(place: Path, files: Iterator[tuple[str, bytes]]) -> dict[str, str]:
            found = iter(list(files))
            second.evidence.erase(person, "asked", "role:dpo")
            return write(place, found)

        monkeypatch.setattr(_handing_out, "_write", overtaken)
        with pytest.raises(AboveboardError, match="erased meanwhile"):
            hand_out(first, person, "export", None, tmp_path / place if place else None)
        assert found_in(files_of(tmp_path), ["the heron of ann"]) == []
        assert not first.reader.is_known(person)


def test_a_case_whose_decision_cannot_be_recorded_stays_open(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "state", tmp_path / "charter.yaml", None)
    Evidence.open(settings.state).close()
    with open_desk(settings) as desk:
        person = desk.person("ann")
        case = desk.request("access", person)
        desk.evidence.recorder.close()
        with pytest.raises(RecorderError):
            desk.close(case, "fulfilled", "Sent.", person)
        assert desk.open_requests(person) == [desk.cases.get(case.id)]
    with open_desk(settings) as desk:
        desk.close(case, "fulfilled", "Sent.", person)
        assert desk.cases.get(case.id).outcome == "fulfilled"
