"""Another wording of a person's own question, over a real vault and index: given again, told, erased."""

import json
import urllib.request
from pathlib import Path

import pytest

from aboveboard.evidence import Evidence
from aboveboard.evidence.records import Decision
from samples.commands import run_program
from samples.server import running

CHARTER = """
charter: 1
system: {name: Desk, purpose: Answers questions., context: general}
roles: {accountable: {title: Head, contact: a@example.org}}
models: [{id: m, provider: fake, role: primary, options: {reply: It is.}}]
defaults: {promises: false, guards: false}
disclosure: {ai_notice: header}
retention: {payloads: 1d}
routing: {cache: {exact: 1h, reworded: true}}
"""
PLAIN, POLITE = "Is the desk open on Sunday?", "Hi! Could you tell me if the desk is open on Sunday?"


def ask(address: str, text: str, person: str) -> str:
    """What the header says of the cache."""
    body = {"model": "m", "messages": [{"role": "user", "content": text}], "temperature": 0, "user": person}
    request = urllib.request.Request(
        f"{address}/v1/chat/completions", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request) as answer:
        assert json.loads(answer.read())["choices"][0]["message"]["content"] == "It is."
        return str(answer.headers.get("X-Aboveboard-Cache", ""))


@pytest.mark.slow
def test_it_is_given_again_to_the_same_person_until_they_are_forgotten(tmp_path: Path) -> None:
    (tmp_path / "charter.yaml").write_text(CHARTER, encoding="utf-8")
    with running(tmp_path) as server:
        assert ask(server.address, PLAIN, "anna") == ""
        assert ask(server.address, POLITE, "anna") == "reworded"
        assert ask(server.address, PLAIN, "anna") == "hit"
        assert ask(server.address, POLITE, "ben") == ""
        assert ask(server.address, PLAIN.replace("Sunday", "Monday"), "anna") == ""
        with Evidence.read(server.state) as reader:
            found = [
                each for each in reader.find("decision", newest_first=False) if isinstance(each, Decision)
            ]
            assert [each.reworded for each in found] == [False, True, False, False, False]
            assert found[1].reuses == found[0].id
        erased = run_program(tmp_path, "subject", "erase", "anna", "--reason", "asked", "--yes")
        assert erased.code == 0, erased.err
        assert ask(server.address, POLITE, "anna") == ""
        assert ask(server.address, PLAIN, "ben") == "reworded"
