"""The misuse ladder in the console: who stands where, and lifting with a reason."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from aboveboard.charter import MisusePlan
from aboveboard.cli._house import House
from aboveboard.cli._release import Release
from aboveboard.console import ConsoleServices
from aboveboard.evidence.records import MisuseStep
from aboveboard.misuse import Duties, Ladder, MisuseRule, Rung, Seen
from samples import World

LogIn = Callable[..., Any]
KEY = "key:0123456789"


@pytest.fixture
def ladder(guarded: ConsoleServices, house: House) -> Ladder:
    """A ladder with a key on its second rung."""
    house.misuse.round(MisuseRule(), Duties(lambda step: house.record(step, {})))
    for _ in range(10):
        house.misuse.note(Seen((KEY,), 1, True, ""))
    house.misuse.round(MisuseRule(most=Rung.SUSPEND), Duties(lambda step: house.record(step, {})))
    return house.misuse


@pytest.fixture
def guarded(house: House, access: Any, world: World) -> Iterator[ConsoleServices]:
    from aboveboard.charter import AccessRules
    from aboveboard.cli._wiring import console_services

    plan, rules = MisusePlan(ladder="suspend"), AccessRules(console="required")
    yield console_services(Release(house, replace(world.charter, misuse=plan, access=rules), {}))
    house.closing.close()


def test_whoever_may_see_the_queue_sees_who_is_on_it(log_in: LogIn, ladder: Ladder) -> None:
    html = log_in("odo", "auditor").client.get("/console/misuse").text
    assert KEY in html
    assert "slow" in html
    assert "Lift</button>" not in html
    assert log_in("ada", "admin").client.get("/console/misuse").status_code == 403


def test_a_reviewer_lifts_it_and_it_is_on_record_who(log_in: LogIn, ladder: Ladder, world: World) -> None:
    person = log_in("ann", "reviewer")
    assert person.send("/console/misuse/lift", holder=KEY, reason=" ").status_code == 422
    assert person.send("/console/misuse/lift", holder=KEY, reason="A test of ours.").status_code == 200
    assert ladder.all() == []
    step = world.evidence.reader.find("misuse-step")[0]
    assert isinstance(step, MisuseStep)
    assert (step.step, step.actor, step.reason) == ("lifted", person.user.actor, "A test of ours.")
    assert person.send("/console/misuse/lift", holder=KEY, reason="Again.").status_code == 409


def test_nobody_lifts_themselves(
    log_in: LogIn, ladder: Ladder, guarded: ConsoleServices, house: House
) -> None:
    own = guarded.pseudonym("ann")
    for _ in range(5):
        ladder.note(Seen((own,), 1, True, ""))
    ladder.round(MisuseRule(most=Rung.SUSPEND), Duties(lambda step: house.record(step, {})))
    assert log_in("ann", "reviewer").send("/console/misuse/lift", holder=own, reason="Me.").status_code == 403
    assert {each.holder for each in ladder.all()} == {KEY, own}


def test_an_auditor_lifts_nobody(log_in: LogIn, ladder: Ladder) -> None:
    assert log_in("odo", "auditor").send("/console/misuse/lift", holder=KEY, reason="x").status_code == 403


def test_without_a_ladder_the_page_says_so(browser: TestClient) -> None:
    assert "The charter has no ladder" in browser.get("/console/misuse").text
