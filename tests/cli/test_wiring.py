import json
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from aboveboard.evidence import Evidence
from aboveboard.evidence.records import Deployment
from samples import World
from samples.cases import open_incident
from samples.server import Server, running


@pytest.mark.parametrize("path", ["/ledger/checkpoint", "/console", "/v1/models", "/answers/x"])
def test_no_part_of_the_house_answers_to_a_foreign_host_name(server: Server, path: str) -> None:
    request = urllib.request.Request(server.address + path, headers={"Host": "evil.example"})
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request)
    assert caught.value.code in (400, 421)
    caught.value.close()


@pytest.mark.parametrize("path", ["/chat/completions", "/nowhere"])
def test_a_client_whose_base_url_lacks_v1_is_told_in_json_what_there_is(server: Server, path: str) -> None:
    request = urllib.request.Request(server.address + path, b"{}", {"Content-Type": "application/json"})
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request)
    with caught.value as answer:
        error = json.load(answer)["error"]
    assert (caught.value.code, error["code"]) == (404, "unknown_endpoint")
    assert "POST /v1/chat/completions" in error["message"]


def test_the_command_to_try_has_a_key_where_the_charter_asks_for_one(scripted: Path) -> None:
    charter = scripted / "charter.yaml"
    charter.write_text(charter.read_text(encoding="utf-8") + "access: {keys: required}\n", encoding="utf-8")
    with running(scripted) as server:
        assert server.process.stderr is not None
        command = next(line for line in server.process.stderr if "curl" in line)
    assert "-H 'Authorization: Bearer KEY'" in command


def test_serving_is_on_record_before_it_begins_and_after_it_ends(scripted: Path) -> None:

    with running(scripted) as server, Evidence.read(server.state) as reader:
        (intent,) = reader.find("deployment")
        assert isinstance(intent, Deployment)
        assert intent.stage == "intent"
    with Evidence.read(server.state) as reader:
        outcome, _ = reader.find("deployment")
    assert isinstance(outcome, Deployment)
    assert (outcome.stage, outcome.result, outcome.links) == ("outcome", "stopped", (intent.id,))


def test_cases_about_an_erased_person_are_emptied(world: World) -> None:
    from dataclasses import replace

    from aboveboard.cases import Cases
    from aboveboard.cli._purgers import purgers
    from aboveboard.cli._settings import Settings
    from aboveboard.values import new_id

    person = world.evidence.pseudonym("ann")
    answer = replace(world.decision, id=new_id(), data_subject=person)
    world.evidence.recorder.record(answer)
    with Cases.open(world.state / "cases.db") as cases:
        hers, _ = open_incident(cases, "crisis", decision=answer.id, data_subject=person)
        other, _ = open_incident(cases, "crisis", decision=world.decision.id)
    world.evidence.erase(person, "asked for it", "role:privacy-officer")
    settings = Settings(world.state, world.state / "charter.yaml", None)
    assert purgers(settings).always["cases"](world.evidence.reader) == ""
    with Cases.open(world.state / "cases.db") as cases:
        assert (cases.get(hers.id).category, cases.get(hers.id).decision) == ("erased", "")
        assert cases.get(other.id).category == "crisis"


def test_how_an_erased_person_behaved_is_forgotten(world: World) -> None:
    from dataclasses import replace

    from aboveboard.cli._purgers import purgers
    from aboveboard.cli._settings import Settings
    from aboveboard.misuse import Duties, Ladder, MisuseRule, Rung, Seen
    from aboveboard.values import new_id

    ann, ben = (world.evidence.pseudonym(name) for name in ("ann", "ben"))
    for person in (ann, ben):
        world.evidence.recorder.record(replace(world.decision, id=new_id(), data_subject=person))
    with Ladder.open(world.state / "misuse.db") as ladder:
        for holder in (ann, ben, "key:0123456789"):
            for _ in range(6):
                ladder.note(Seen((holder,), 1, True, ""))
        ladder.round(MisuseRule(most=Rung.SUSPEND), Duties(world.evidence.recorder.record))
        assert len(ladder.all()) == 3
    world.evidence.erase(ann, "asked for it", "role:privacy-officer")
    settings = Settings(world.state, world.state / "charter.yaml", None)
    assert purgers(settings).always["misuse"](world.evidence.reader) == ""
    with Ladder.open(world.state / "misuse.db") as ladder:
        assert set(ladder.holders()) == {ben, "key:0123456789"}
    assert ann.encode() not in (world.state / "misuse.db").read_bytes()
