"""Cases and held answers, looked at and decided by those whose they are."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import chain
from typing import Any

import pytest

from aboveboard.cases import Case, HoldRule
from aboveboard.cli._house import House
from aboveboard.evidence.records import Review, Viewing
from aboveboard.values import format_time, new_id, parse_time
from samples import World
from samples.cases import open_appeal, open_incident

LogIn = Callable[..., Any]
MakeHold = Callable[..., Case]
XSS = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg/onload=alert(3)>"
REASON = "I have read it."


def path_of(case: Case, act: str = "") -> str:
    return f"/console/cases/{case.id}{act}"


def decided(person: Any, case: Case, outcome: str, **fields: str) -> Any:
    return person.send(path_of(case, "/decide"), **{"outcome": outcome, "reason": REASON} | fields)


def overdue(house: House, case: Case) -> None:
    """Lets its deadline pass."""
    past = format_time(parse_time(case.opened) - timedelta(minutes=5))
    house.cases._tables.execute("UPDATE cases SET due = ? WHERE id = ?", (past, case.id))


def test_the_queue_says_what_waits_for_whom_and_until_when(
    log_in: LogIn, hold: MakeHold, house: House
) -> None:
    case, late = hold(), open_incident(house.cases, "crisis")[0]
    overdue(house, late)
    html = log_in("ann", "reviewer").client.get("/console/cases").text
    assert "Waiting: 2" in html
    assert path_of(case) in html
    assert "3 h 59 min left" in html
    assert "overdue by 5 min" in html


def test_a_case_of_another_role_is_listed_and_not_opened(log_in: LogIn, hold: MakeHold) -> None:
    case = hold(rule=HoldRule(role="clinician"))
    person = log_in("ann", "reviewer")
    html = person.client.get("/console/cases").text
    assert case.id in html
    assert path_of(case) not in html
    assert person.client.get(path_of(case)).status_code == 403
    assert person.send(path_of(case, "/full")).status_code == 403
    assert decided(person, case, "released").status_code == 403
    clinician = log_in("cleo", "clinician")
    assert "Whom do I ask?" in clinician.client.get(path_of(case)).text
    assert decided(clinician, case, "released").status_code == 200


def test_words_are_masked_until_it_is_on_record_who_looks(
    log_in: LogIn, hold: MakeHold, world: World
) -> None:
    case, person = hold(data_subject=world.evidence.pseudonym("eve")), log_in("ann", "reviewer")
    html = person.client.get(path_of(case)).text
    assert "Ask &lt;NAME_1&gt;." in html
    assert "Ask Ann." not in html
    assert not world.evidence.reader.find("viewing")
    assert "Ask Ann." in person.send(path_of(case, "/full")).text
    (viewing,) = world.evidence.reader.find("viewing")
    assert isinstance(viewing, Viewing)
    assert (viewing.case, viewing.what, viewing.actor) == (case.id, "answer", person.user.actor)
    assert viewing.data_subject == world.evidence.pseudonym("eve")
    assert not re.search(r"\bann\b", repr(viewing), re.IGNORECASE)


def test_nothing_is_shown_in_full_when_it_cannot_be_put_on_record(
    log_in: LogIn, hold: MakeHold, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, person = hold(), log_in("ann", "reviewer")
    token = person.csrf()
    world.evidence.recorder.close()
    response = person.client.post(path_of(case, "/full"), data={"csrf": token})
    assert response.status_code == 503
    assert "Ask Ann." not in response.text


def test_an_answer_is_approved(log_in: LogIn, hold: MakeHold, house: House, world: World) -> None:
    case, person = hold(), log_in("ann", "reviewer")
    page = decided(person, case, "released")
    assert page.url.path == path_of(case)
    assert REASON in page.text
    assert house.cases.get(case.id).outcome == "released"
    (review,) = world.evidence.reader.find("review")
    assert isinstance(review, Review)
    assert (review.actor, review.reason) == (person.user.actor, REASON)


def test_an_answer_is_edited(log_in: LogIn, hold: MakeHold, world: World) -> None:
    case, person = hold(), log_in("ann", "reviewer")
    assert ">\nAsk Ann.</textarea>" in person.send(path_of(case, "/full")).text
    page = decided(person, case, "edited", text="Ask\r\nme.")
    assert "Ask\nme." in page.text
    (review,) = world.evidence.reader.find("review")
    assert world.evidence.reader.attachment(review.id, "edited") == b"Ask\nme."


def test_an_answer_is_rejected(log_in: LogIn, hold: MakeHold, house: House) -> None:
    case, person = hold(), log_in("ann", "reviewer")
    decided(person, case, "withheld")
    assert house.cases.get(case.id).outcome == "withheld"


@pytest.mark.parametrize(
    ("outcome", "fields"),
    [
        ("released", {"reason": " "}),
        ("released", {"reason": "x" * 10_001}),
        ("edited", {"text": ""}),
        ("edited", {"text": "Ask <NAME_1>, please."}),
        ("edited", {"text": "x" * 100_001}),
        ("expired", {}),
        ("erased", {}),
        ("granted", {}),
        ("", {}),
    ],
)
def test_what_cannot_be_taken_is_said_and_what_was_written_stays(
    log_in: LogIn, hold: MakeHold, house: House, outcome: str, fields: dict[str, str]
) -> None:
    case, person = hold(), log_in("ann", "reviewer")
    page = decided(person, case, outcome, **fields)
    assert page.status_code == 422
    assert 'role="alert"' in page.text
    if outcome == "edited":
        assert REASON in page.text
    assert house.cases.get(case.id).status == "open"


def test_what_another_decided_meanwhile_holds(log_in: LogIn, hold: MakeHold, house: House) -> None:
    case, ann, bob = hold(), log_in("ann", "reviewer"), log_in("bob", "reviewer")
    decided(ann, case, "withheld")
    page = decided(bob, case, "released", reason="Fine by me.")
    assert page.status_code == 409
    assert "It was decided meanwhile" in page.text
    assert REASON in page.text
    assert house.cases.get(case.id).outcome == "withheld"


def test_nobody_decides_after_the_deadline(log_in: LogIn, hold: MakeHold, house: House) -> None:
    case, person = hold(), log_in("ann", "reviewer")
    overdue(house, case)
    assert decided(person, case, "released").status_code == 409
    assert house.cases.get(case.id).outcome == "expired"


def test_nobody_decides_about_themselves(log_in: LogIn, hold: MakeHold, house: House, world: World) -> None:
    """By the name that the application gives them, or by the id that the console does."""
    person = log_in("eve", "reviewer")
    own = world.evidence.pseudonym("eve")
    for case in (hold(data_subject=own), hold(actor=own), hold(actor=person.user.actor)):
        page = decided(person, case, "released")
        assert page.status_code == 403
        assert "somebody else of the role has to decide it" in page.text
        assert house.cases.get(case.id).status == "open"
    appeal, record = open_appeal(house.cases, world.decision.id, "wrong", "mine", data_subject=own)
    house.record(record, {})
    assert decided(person, appeal, "granted").status_code == 403


@pytest.mark.parametrize("role", ["auditor", "admin"])
def test_who_is_no_reviewer_decides_nothing(log_in: LogIn, hold: MakeHold, house: House, role: str) -> None:
    case, person = hold(), log_in("ann", role)
    assert decided(person, case, "released").status_code == 403
    assert house.cases.get(case.id).status == "open"
    status = person.client.get(path_of(case)).status_code
    assert status == (200 if role == "auditor" else 403)


def test_a_case_for_admins_is_not_decided_by_being_one(log_in: LogIn, hold: MakeHold) -> None:
    case = hold(rule=HoldRule(role="admin"))
    assert decided(log_in("ann", "admin", "reviewer"), case, "released").status_code == 403


def test_an_appeal_is_read_and_decided(log_in: LogIn, house: House, world: World) -> None:
    case, appeal = open_appeal(house.cases, world.decision.id, "unfair", "They asked only eve@example.org.")
    house.record(appeal, {"words": b"They asked only eve@example.org."})
    person = log_in("ann", "reviewer")
    assert "They asked only eve@example.org." not in person.client.get(path_of(case)).text
    assert "They asked only eve@example.org." in person.send(path_of(case, "/full")).text
    assert "granted" in decided(person, case, "granted").text
    assert house.cases.get(case.id).outcome == "granted"
    public = person.client.get(f"/cases/{case.reference}").text
    assert "Your case is decided" in public
    assert REASON in public


def test_an_incident_is_decided(log_in: LogIn, house: House) -> None:
    case = house.cases.get(house.open_incident(category="crisis", decision="", data_subject=""))
    person = log_in("ann", "reviewer")
    assert "An incident" in person.client.get(path_of(case)).text
    decided(person, case, "mitigated")
    assert house.cases.get(case.id).outcome == "mitigated"


def test_a_request_about_data_is_not_decided_here(log_in: LogIn, house: House) -> None:
    case, request = house.cases.draft_request("access", "person:eve")
    house.record(request, {})
    house.cases.add(case)
    person = log_in("ann", "privacy-officer")
    assert "answered on the command line" in person.client.get(path_of(case)).text
    assert decided(person, case, "fulfilled").status_code == 422
    assert house.cases.get(case.id).status == "open"


def test_what_was_erased_is_said_to_be_gone(log_in: LogIn, hold: MakeHold, world: World) -> None:
    person = world.evidence.pseudonym("eve")
    case = hold(data_subject=person)
    world.evidence.erase(person, "asked for it", "role:privacy-officer")
    reviewer = log_in("ann", "reviewer")
    assert "No words are kept of it" in reviewer.client.get(path_of(case)).text
    assert reviewer.send(path_of(case, "/full")).status_code == 404
    assert decided(reviewer, case, "released").status_code in (409, 422)


@pytest.mark.parametrize("wanted", ["x", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "..%2f..", "<script>"])
def test_an_unknown_case_is_a_clear_404(log_in: LogIn, wanted: str) -> None:
    assert log_in("ann", "reviewer").client.get(f"/console/cases/{wanted}").status_code == 404


def test_whatever_is_written_stays_text(log_in: LogIn, hold: MakeHold, house: House, world: World) -> None:
    case = hold(XSS, XSS, prompt=XSS)
    person = log_in(XSS, "reviewer")
    pages = [person.client.get(path_of(case)).text, person.send(path_of(case, "/full")).text]
    pages.append(decided(person, case, "edited", text="", reason=XSS).text)
    pages.append(decided(person, case, "edited", text=XSS, reason=XSS).text)
    appeal, record = open_appeal(house.cases, world.decision.id, "unfair", XSS)
    house.record(record, {"words": XSS.encode()})
    pages.append(person.send(path_of(appeal, "/full")).text)
    for html in pages:
        assert "<script>" not in html
        assert "<img" not in html
        assert "<svg" not in html
        assert "alert(1)" in html


def test_an_id_that_came_from_nowhere_is_nobodys(log_in: LogIn, hold: MakeHold) -> None:
    case = replace(hold(), id=new_id())
    assert decided(log_in("ann", "reviewer"), case, "released").status_code == 404


def test_what_somebody_wrote_is_masked_until_it_is_on_record_who_looks(
    log_in: LogIn, house: House, world: World
) -> None:
    words = "Call me on +49 30 901820 or write to eve@example.org."
    case, appeal = house.cases.draft_appeal(world.decision.id, "unfair", words)
    house.record(appeal, {"words": words.encode()})
    house.cases.add(case)
    person = log_in("ann", "reviewer")
    html = person.client.get(path_of(case)).text
    assert "Call me on" in html
    assert "eve@example.org" not in html
    assert not world.evidence.reader.find("viewing")
    assert "eve@example.org" in person.send(path_of(case, "/full")).text
    assert len(world.evidence.reader.find("viewing")) == 1


def test_a_long_queue_is_turned_page_by_page(log_in: LogIn, house: House) -> None:
    cases = [open_incident(house.cases, "failing")[0] for _ in range(230)]
    client = log_in("ann", "reviewer").client
    pages = [client.get(f"/console/cases?open={number}").text for number in (1, 2, 3)]
    assert all("Waiting: 230" in each for each in pages)
    shown = [[case.id for case in cases if case.id in each] for each in pages]
    assert [len(each) for each in shown] == [100, 100, 30]
    assert sorted(chain.from_iterable(shown)) == sorted(case.id for case in cases)
    assert 'href="?open=2"' in pages[0]
    assert 'href="?open=2"' in pages[2]


@pytest.mark.parametrize("asked", ["0", "9999999", "-1", "two", "٣", "1'--", ""])
def test_a_page_that_there_is_not_is_the_nearest_there_is(log_in: LogIn, hold: MakeHold, asked: str) -> None:
    case = hold()
    response = log_in("ann", "reviewer").client.get("/console/cases", params={"open": asked})
    assert response.status_code == 200
    assert case.id in response.text
