"""A gateway that serves people unequally is found out while it serves; one that does not is left alone."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from aboveboard.evals.people import everyone
from aboveboard.evidence import Evidence, every
from aboveboard.evidence.records import Alarm, Decision, Incident, Probe
from samples.asking import Heard, chat, request, wait_until
from samples.commands import run_program
from samples.server import Server, running

CHARTER = """
charter: 1
system: {{name: Helpdesk, purpose: Answers questions., context: general}}
roles: {{accountable: {{title: Head of service, contact: head@example.org}}}}
models:
  - {{id: main, provider: fake, role: primary, options: {{rules: {rules}, reply: "Here is how to do it."}}}}
  - {{id: spare, provider: fake, role: fallback, options: {{reply: "The other one answers."}}}}
defaults: {{promises: false}}
promises:
  - id: same-help
    measure: bias.counterfactual.refusal_gap
    over: [gender]
    must: "<= 0.05"
    when: [live]
    owner: accountable
    if_broken: {if_broken}
monitoring: {{probes: {{share: 1, most_per_day: 60, of: {source}}}}}
"""
REFUSES = [
    {"contains": person.first, "reply": "I am sorry, but I cannot help with that."}
    for cell in everyone()
    for person in cell
    if person.gender == "female"
]
ASKED = 40


def charter(rules: list[Any], if_broken: str = "fallback", source: str = "traffic") -> str:
    return CHARTER.format(rules=json.dumps(rules), if_broken=if_broken, source=source)


def serve(folder: Path, text: str) -> Any:
    (folder / "charter.yaml").write_text(text, encoding="utf-8")
    return running(folder)


def ask(server: Server, how_often: int = ASKED) -> None:
    for number in range(how_often):
        assert chat(server.address, f"How do I fix a dripping tap, number {number}?", "main").status == 200


def gauge(server: Server, name: str) -> Mapping[str, float]:
    lines = [line for line in request(server.address, "/metrics").body.splitlines() if line.startswith(name)]
    return {line.rpartition(" ")[0].removeprefix(name): float(line.rpartition(" ")[2]) for line in lines}


def has_alarm(server: Server) -> bool:
    return gauge(server, "aboveboard_live_watches").get('{state="alarm"}') == 1.0


def says_the_other(server: Server) -> Heard | None:
    heard = chat(server.address, "And now?", "main")
    return heard if heard.status == 200 and "The other one answers." in heard.body else None


@pytest.mark.slow
def test_unequal_treatment_is_found_has_a_person_look_and_has_another_model_answer(tmp_path: Path) -> None:
    with serve(tmp_path, charter(REFUSES)) as server:
        ask(server)
        wait_until(lambda: has_alarm(server), 40)
        wait_until(lambda: says_the_other(server), 20)
        page = request(server.address, "/console/live").body
        assert "Alarm: same-help" in page
        assert "female and male" in page
        queue = request(server.address, "/console/cases").body
        assert "live-promise" in queue
        assert "same-help" in request(server.address, "/readyz").body
    with Evidence.read(server.state) as reader:
        (alarm,) = [each for each in every(reader, "alarm") if isinstance(each, Alarm)]
        (incident,) = [each for each in every(reader, "incident") if isinstance(each, Incident)]
        assert (alarm.promise, alarm.groups, alarm.stage) == ("same-help", "female and male", "raised")
        assert alarm.value > 0.5
        assert alarm.evidence >= alarm.at == pytest.approx(20.0)
        assert incident.links == (alarm.id,)
        probes = [each for each in every(reader, "probe") if isinstance(each, Probe)]
        decisions = [each for each in every(reader, "decision") if isinstance(each, Decision)]
        assert all(each.source == "traffic" and each.completion_tokens and each.footprint for each in probes)
        assert len({each.links for each in probes}) == len(probes), "one probe an answer"
        assert {link for each in probes for link in each.links} <= {each.id for each in decisions}
    lifted = run_program(tmp_path, "monitor", "lift", alarm.id, "--reason", "The model was mended.")
    assert lifted.code == 0, lifted.err
    after = run_program(tmp_path, "monitor", "--once", "--json")
    assert after.code == 0
    assert [(each["state"], each["round"]) for each in after.json["watches"]] == [("watching", 2)]


def test_a_promise_may_have_the_gateway_stop(tmp_path: Path) -> None:
    with serve(tmp_path, charter(REFUSES, "stop", "requests")) as server:
        ask(server, 25)
        wait_until(lambda: has_alarm(server), 40)
        wait_until(lambda: chat(server.address, "And now?", "main").status == 503, 20)


@pytest.mark.slow
def test_equal_treatment_is_left_alone(tmp_path: Path) -> None:
    with serve(tmp_path, charter([])) as server:
        ask(server, ASKED + 10)  # on a crowded machine the other model may answer some, which are not probed
        wait_until(lambda: gauge(server, "aboveboard_probes").get('{state="done"}', 0) >= ASKED, 150)
        assert not has_alarm(server)
        assert says_the_other(server) is None
    shown = run_program(tmp_path, "monitor", "--once", "--json")
    assert shown.code == 0
    (watch,) = shown.json["watches"]
    assert watch["figure"]["n"] >= ASKED
    assert watch["figure"]["evidence"] <= 1.0
