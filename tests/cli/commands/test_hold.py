"""Answers that wait, from the model to the person who asked: a real server, official clients, a reviewer."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import anthropic
import openai
import pytest

from samples.commands import Ran, assert_clear_error, run_program
from samples.server import Server, running

HOLDING = """
charter: 1
system: {name: Scripted helpdesk, purpose: Answers questions., context: general, not_for: [legal advice]}
roles:
  accountable: {title: Head of service, contact: accountable@example.org}
  reviewer: {title: Reviewer, contact: reviewer@example.org}
models:
  - {id: smollm2-135m, provider: fake, role: primary, options: {reply: "Write to <EMAIL_1> today."}}
defaults: {promises: false, guards: false}
guards:
  - {guard: personal-data, mode: [input], action: hold, restore: true}
disclosure: {ai_notice: none}
oversight: {hold: {role: reviewer, deadline: 30m}}
"""
MESSAGES: Any = [{"role": "user", "content": "Write to ann@example.org please"}]
WHOLE = "Write to ann@example.org today."
REASON = ("--reason", "I have read it.")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("held")
    (folder / "charter.yaml").write_text(HOLDING)
    with running(folder) as server:
        yield server


@pytest.fixture
def client(house: Server) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{house.address}/v1", api_key="none", max_retries=0) as opened:
        yield opened


def hold(house: Server, *arguments: str) -> Ran:
    return run_program(house.folder, "hold", *arguments)


def got(address: str, body: Any = None) -> Any:
    """The JSON at an address, asked for or sent to."""
    request = Request(address, json.dumps(body).encode() if body else None)
    request.add_header("content-type", "application/json")
    with urlopen(request, timeout=20) as answer:
        return json.load(answer)


def waiting(house: Server) -> str:
    """The case of the answer that was asked last."""
    rows = hold(house, "list", "--json").json
    return str(rows[-1]["case"])


@pytest.mark.slow
def test_the_official_client_gets_an_object_that_says_where_to_ask(
    house: Server, client: openai.OpenAI
) -> None:
    held: Any = client.chat.completions.create(model="smollm2-135m", messages=MESSAGES)
    assert (held.object, held.status, held.reason) == ("hold", "pending", ["personal-data"])
    assert got(house.address + held.url)["status"] == "pending"

    case = waiting(house)
    shown = hold(house, "show", case)
    assert "Write to <EMAIL_1> please" in shown.out + shown.err
    assert "ann@example.org" not in shown.out + shown.err
    assert hold(house, "show", case, "--restored", "--json").json["answer"] == [WHOLE]
    assert hold(house, "approve", case, *REASON).code == 0

    given = got(house.address + held.url)
    assert (given["status"], given["human"], given["message"]) == ("released", "reviewed", REASON[1])
    assert given["answer"]["choices"][0]["message"]["content"].endswith(WHOLE)
    assert_clear_error(hold(house, "reject", case, *REASON), "decided already")


def test_a_stream_raises_in_the_official_client_and_says_where_to_ask(
    house: Server, client: openai.OpenAI
) -> None:
    with pytest.raises(openai.APIError, match="a person has to look") as raised:
        list(client.chat.completions.create(model="smollm2-135m", messages=MESSAGES, stream=True))
    body: Any = raised.value.body
    assert body["code"] == "held_for_review"
    assert hold(house, "reject", waiting(house), *REASON).code == 0
    given = got(house.address + body["hold"]["url"])
    assert (given["status"], given["message"]) == ("withheld", REASON[1])
    assert "answer" not in given


def test_the_responses_api_fails_with_the_address(house: Server, client: openai.OpenAI) -> None:
    events = list(client.responses.create(model="smollm2-135m", input=MESSAGES[0]["content"], stream=True))
    last: Any = events[-1]
    assert last.type == "response.failed"
    assert last.response.error.code == "held_for_review"
    assert last.response.error.hold["status"] == "pending"


@pytest.mark.slow
def test_anthropics_client_gets_the_same(house: Server) -> None:
    with anthropic.Anthropic(base_url=house.address, api_key="none", max_retries=0) as client:
        given: Any = {"model": "smollm2-135m", "max_tokens": 50, "messages": MESSAGES}
        held: Any = client.messages.create(**given)
        assert (held.object, held.status) == ("hold", "pending")
        with (
            pytest.raises(anthropic.APIStatusError, match="held_for_review") as raised,
            client.messages.stream(**given) as stream,
        ):
            list(stream)
    said: Any = raised.value.body
    url = said["error"]["hold"]["url"]
    (house.folder / "mine.txt").write_text("Please come to the counter.")
    edited = hold(house, "edit", waiting(house), "--text", "mine.txt", *REASON)
    assert edited.code == 0, edited.err
    given = got(house.address + url)
    assert (given["status"], given["notice"]) == ("edited", "A person edited this answer.")
    assert given["answer"]["content"] == [{"type": "text", "text": "Please come to the counter."}]


@pytest.mark.slow
def test_what_a_person_asked_they_do_not_release(house: Server, client: openai.OpenAI) -> None:
    client.chat.completions.create(model="smollm2-135m", messages=MESSAGES, user="ann")
    case = waiting(house)
    assert_clear_error(hold(house, "approve", case, *REASON, "--as", "ann"), "cannot decide it")
    assert hold(house, "approve", case, *REASON, "--as", "ben").code == 0


@pytest.mark.slow
def test_a_held_answer_and_its_address_survive_a_restart(tmp_path: Path) -> None:
    (tmp_path / "charter.yaml").write_text(HOLDING)
    body = {"model": "smollm2-135m", "messages": MESSAGES}
    with running(tmp_path) as server:
        held = got(f"{server.address}/v1/chat/completions", body)
    assert hold(server, "approve", waiting(server), *REASON).code == 0
    with running(tmp_path) as again:
        given = got(again.address + held["url"])
    assert given["answer"]["choices"][0]["message"]["content"].endswith(WHOLE)
    for file in (tmp_path / ".aboveboard").rglob("*"):
        assert not file.is_file() or b"ann@example.org" not in file.read_bytes()


@pytest.mark.slow
def test_a_deadline_that_passed_while_nobody_served_is_carried_out(tmp_path: Path) -> None:
    (tmp_path / "charter.yaml").write_text(HOLDING.replace("30m", "2s"))
    body = {"model": "smollm2-135m", "messages": MESSAGES}
    with running(tmp_path) as server:
        held = got(f"{server.address}/v1/chat/completions", body)
    with running(tmp_path) as again:
        given = got(again.address + held["url"])
        while given["status"] == "pending":
            given = got(again.address + held["url"])
        assert given["status"] == "expired"
        (row,) = hold(again, "list", "--all", "--json").json
    assert row["status"] == "expired"
    assert json.dumps(row)


@pytest.mark.parametrize("arguments", [("show", "x"), ("approve", "01ARZ3NDEKTSV4RRFFQ69G5FAV", *REASON)])
def test_an_unknown_case_is_a_clear_error(house: Server, arguments: tuple[str, ...]) -> None:
    assert_clear_error(hold(house, *arguments), "no case has this id")
