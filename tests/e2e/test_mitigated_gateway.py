"""What a charter says is done to a model is done to every answer that the gateway gives."""

import json
from collections.abc import Iterator

import pytest

from samples.asking import chat, request
from samples.server import SCRIPTED, Server, running

MITIGATED = SCRIPTED.replace(
    "role: primary}",
    "role: primary, options: {reply: It is raining.}, "
    "mitigation: {instruction: Be brief., votes: 3, closing: I am an AI.}}",
)


@pytest.fixture(scope="module")
def mitigated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    assert MITIGATED != SCRIPTED
    folder = tmp_path_factory.mktemp("mitigated")
    (folder / "charter.yaml").write_text(MITIGATED, encoding="utf-8")
    with running(folder) as found:
        yield found


def said(stream: str) -> str:
    """The text of a stream of chat completion chunks."""
    lines = [line.removeprefix("data: ") for line in stream.splitlines() if line.startswith("data: {")]
    deltas = [choice["delta"] for line in lines for choice in json.loads(line)["choices"]]
    return "".join(delta.get("content") or "" for delta in deltas)


def test_answers_end_as_the_charter_says_streamed_or_not(mitigated: Server) -> None:
    whole = chat(mitigated.address, "How is the weather?")
    assert whole.status == 200
    text = whole.json["choices"][0]["message"]["content"]
    assert text.endswith("It is raining.\n\nI am an AI.")
    streamed = chat(mitigated.address, "How is the weather?", stream=True)
    assert streamed.status == 200
    assert said(streamed.body) == text
    assert streamed.body.rstrip().endswith("data: [DONE]")


def test_every_draw_is_counted(mitigated: Server) -> None:
    usage = chat(mitigated.address, "How is the weather?").json["usage"]
    assert usage["completion_tokens"] >= 9, "three answers of three words"


def test_there_is_no_way_past_it(mitigated: Server) -> None:
    body = {"model": "smollm2-135m", "prompt": "The weather is"}
    raw = request(mitigated.address, "/v1/completions", body)
    assert raw.status >= 400
    messages = request(
        mitigated.address,
        "/v1/messages",
        {"model": "smollm2-135m", "max_tokens": 50, "messages": [{"role": "user", "content": "How is it?"}]},
    )
    assert messages.status == 200
    assert messages.json["content"][-1]["text"].endswith("I am an AI.")
