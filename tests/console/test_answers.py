from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from aboveboard.cases import Case, Cases, HoldRule
from aboveboard.cli._house import House
from aboveboard.cli._release import Release
from aboveboard.cli._wiring import console_services
from aboveboard.console._pages import moment
from aboveboard.evidence.records import Appeal
from aboveboard.values import new_id
from samples import World


def test_an_answers_page_says_who_answers_for_it_in_plain_words(browser: TestClient, world: World) -> None:
    html = browser.get(f"/answers/{world.decision.id}").text
    assert "Head of service is accountable for it" in html
    assert "provenance, not reasoning" in html
    assert "Given, with personal data or secrets hidden from the model" in html
    assert world.charter.digest in html


def recorded(world: World, **fields: Any) -> str:
    """The id of another decision, like the world's own but for these fields."""
    decision = replace(world.decision, id=new_id(), **fields)
    world.evidence.recorder.record(decision)
    return decision.id


def test_the_page_names_no_model_where_none_was_asked(browser: TestClient, world: World) -> None:
    html = browser.get(f"/answers/{recorded(world, model='', outcome='block')}").text
    assert "No language model was asked" in html
    assert "An artificial intelligence wrote it" not in html


def test_the_page_of_a_held_answer_does_not_say_that_it_was_given(browser: TestClient, world: World) -> None:
    html = browser.get(f"/answers/{recorded(world, outcome='hold', human='escalated')}").text
    assert "A person decides whether it is given" in html
    assert "Given at" not in html


def why(browser: TestClient, case: Case) -> str:
    return browser.get(f"/answers/{case.decision}").text


def test_the_page_of_a_held_answer_says_who_has_to_decide_and_until_when(
    browser: TestClient, hold: Callable[..., Case]
) -> None:
    html = why(browser, hold(rule=HoldRule(role="clinician")))
    assert "somebody of the role <b>clinician</b>, until" in html
    assert "a person was asked to look at it" in html
    assert "Because" not in html


@pytest.mark.parametrize(
    ("outcome", "words"),
    [("released", "given as it is"), ("edited", "Other words were given"), ("withheld", "It was not given")],
)
def test_the_page_of_a_held_answer_says_what_a_person_decided_and_why_but_not_who(
    browser: TestClient, hold: Callable[..., Case], house: House, world: World, outcome: str, words: str
) -> None:
    case, reviewer = hold(), world.evidence.pseudonym("ann")
    holds = console_services(Release(house, world.charter, {})).holds
    decided = holds.decide(case.id, outcome, "It was <late>.", reviewer, text="Ask me.")
    html = why(browser, case)
    assert decided.review
    assert words in html
    assert f"<b>{outcome}</b>, {moment(decided.review.time)}, by somebody of the role <b>reviewer</b>" in html
    assert "It was &lt;late&gt;." in html
    assert "a person reviewed it" in html
    assert "A person decides whether" not in html
    assert reviewer not in html
    assert "Ask me." not in html


def test_the_page_of_a_held_answer_says_that_its_time_was_over(
    browser: TestClient, hold: Callable[..., Case], house: House
) -> None:
    html = why(browser, hold(rule=HoldRule(deadline=timedelta(seconds=-1))))
    assert "by nobody: its time was over" in html
    assert "Nobody decided about this answer in time" in html
    assert "a person reviewed it" not in html


def test_a_case_about_something_else_than_an_answer_links_to_no_answer(
    browser: TestClient, world: World, house: House
) -> None:
    step = world.evidence.reader.find("measurement")[0].id
    case, appeal = house.cases.draft_appeal(step, "other", "Those were our load tests.", data_subject="")
    world.evidence.recorder.record(appeal)
    html = browser.get(f"/cases/{house.cases.add(case).reference}").text
    assert step in html
    assert f"/answers/{step}" not in html


@pytest.mark.parametrize("record", ["nonsense", "01ARZ3NDEKTSV4RRFFQ69G5FAV"])
def test_an_unknown_answer_is_no_error_of_ours(browser: TestClient, record: str) -> None:
    response = browser.get(f"/answers/{record}")
    assert response.status_code == 404
    assert "There is no such answer here" in response.text


def test_a_measurement_is_no_answer(browser: TestClient, world: World) -> None:
    measurement = world.evidence.reader.find("measurement")[0]
    assert browser.get(f"/answers/{measurement.id}").status_code == 404


def challenge(browser: TestClient, world: World, **fields: str) -> str:
    data = {"ground": "unfair", "words": "They asked only me for papers."} | fields
    response = browser.post(f"/answers/{world.decision.id}/challenge", data=data)
    assert response.status_code == 200, response.text
    return response.url.path


def test_a_challenge_opens_a_case_with_a_deadline(browser: TestClient, world: World) -> None:
    path = challenge(browser, world)
    html = browser.get(path).text
    assert "Your case is open" in html
    assert "We answer by" in html


def test_a_challenge_is_on_the_ledger_and_the_words_are_sealed_beside_it(
    browser: TestClient, world: World, house: House
) -> None:
    challenge(browser, world)
    (appeal,) = world.evidence.reader.find("appeal")
    assert isinstance(appeal, Appeal)
    assert appeal.decision == world.decision.id
    assert world.evidence.reader.attachment(appeal.id, "words") == b"They asked only me for papers."
    (case,) = house.cases.list()
    assert (case.kind, case.category) == ("appeal", "unfair")


def test_a_case_is_found_only_by_its_reference(browser: TestClient, world: World, house: House) -> None:
    challenge(browser, world)
    (case,) = house.cases.list()
    assert browser.get(f"/cases/{case.id}").status_code == 404


def test_of_many_challenges_of_one_answer_only_some_wait_for_a_person(
    browser: TestClient, world: World
) -> None:
    for _ in range(10):
        challenge(browser, world)
    refused = browser.post(f"/answers/{world.decision.id}/challenge", data={"ground": "wrong", "words": ""})
    assert refused.status_code == 429
    assert "10 challenges of it wait" in refused.text


@pytest.mark.parametrize(
    "fields", [{"ground": "revenge"}, {"ground": ""}, {"words": "x" * 4001}, {"words": "x" * 40_000}]
)
def test_an_incomplete_or_oversized_challenge_is_refused_and_opens_nothing(
    browser: TestClient, world: World, house: House, fields: dict[str, str]
) -> None:
    data = {"ground": "unfair", "words": ""} | fields
    response = browser.post(f"/answers/{world.decision.id}/challenge", data=data)
    assert response.status_code in (400, 413)
    assert not house.cases.list()


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}],
)
def test_a_form_sent_by_another_site_is_refused(
    browser: TestClient, world: World, house: House, headers: dict[str, str]
) -> None:
    response = browser.post(
        f"/answers/{world.decision.id}/challenge", data={"ground": "wrong"}, headers=headers
    )
    assert response.status_code == 403
    assert not house.cases.list()


def test_an_incident_is_listed_with_the_cases(browser: TestClient, world: World, house: House) -> None:
    assert isinstance(house.cases, Cases)
    case = house.open_incident(category="crisis", decision=world.decision.id, data_subject="")
    html = browser.get("/console/cases").text
    assert case in html
    assert "crisis" in html
