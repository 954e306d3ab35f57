"""LangChain's chat models and the `llm` command, in an environment of their own, over a real socket.

Each asks in whole and in pieces, and goes round a loop of tools. The person's address never reaches the
model, and everybody in the loop who may know it does.
"""

import json
import os
import re
import subprocess
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from aboveboard.charter import GuardEntry
from aboveboard.gateway import AsgiApp
from aboveboard.guards import build_pipeline
from aboveboard.models import ChatChunk, ChatRequest, ChatResponse, ModelInfo, Usage

pytestmark = pytest.mark.clients
MakeRig = Callable[..., Any]
Serve = Callable[[AsgiApp], str]
ADDRESS = "anna@example.org"
CLIENTS = Path(__file__).parents[2] / ".venv" / "clients" / "bin"

LANGCHAIN = """
import json, sys
from langchain_{package} import {model}
from langchain_core.messages import HumanMessage, ToolMessage
from langchain_core.tools import tool

@tool
def send(to: str) -> str:
    "Sends the form."
    seen.append(to)
    return "sent to " + to

seen = []
model = {model}(model="m", base_url=sys.argv[1], api_key="any", max_retries=0)
text = lambda message: message.content if isinstance(message.content, str) else "".join(
    part.get("text", "") for part in message.content)
whole = model.invoke("Where do I write? I am {address}")
pieces = [text(piece) for piece in model.stream("Where do I write? I am {address}")]
able = model.bind_tools([send])
asked = [HumanMessage("Send the form to {address}")]
turn = able.invoke(asked)
results = [ToolMessage(send.invoke(call["args"]), tool_call_id=call["id"]) for call in turn.tool_calls]
end = able.invoke([*asked, turn, *results])
streamed = None
for piece in able.stream(asked):
    streamed = piece if streamed is None else streamed + piece
print(json.dumps({{
    "whole": text(whole), "pieces": pieces, "tool": seen, "end": text(end),
    "streamed tool": [call["args"] for call in streamed.tool_calls],
    "tokens": whole.usage_metadata["total_tokens"],
}}))
"""
TOOL = 'def send(to: str) -> str:\n    "Sends the form."\n    return "sent to " + to\n'


@dataclass(slots=True)
class Desk:
    """A model that answers with what it was given; where it may, it sends the form to whom it was told of."""

    asked: list[ChatRequest] = field(default_factory=list)

    @property
    def info(self) -> ModelInfo:
        return ModelInfo("desk", "fake", "sha256:" + "0" * 64, "none")

    async def chat(self, request: ChatRequest) -> ChatResponse:
        self.asked.append(request)
        message, reason = self._answer(request)
        choice = {"index": 0, "message": message, "finish_reason": reason}
        usage = {"prompt_tokens": 5, "completion_tokens": 7, "total_tokens": 12}
        return ChatResponse(
            message["content"] or "", reason, Usage(5, 7), {"choices": [choice], "usage": usage}
        )

    async def stream(self, request: ChatRequest) -> AsyncIterator[ChatChunk]:
        self.asked.append(request)
        message, reason = self._answer(request)
        for delta in self._deltas(message):
            yield self._chunk(delta, None)
        yield self._chunk({}, reason)

    async def next_token(self, request: ChatRequest, top: int = 20) -> Mapping[str, float]:
        return {}

    async def close(self) -> None:
        return None

    def _answer(self, request: ChatRequest) -> tuple[dict[str, Any], str]:
        last = request.messages[-1]
        found = re.search(r"<\w+_\d+>", last.content)
        to = found.group() if found else "nobody"
        if request.extra.get("tools") and last.role == "user":
            function = {"name": "send", "arguments": json.dumps({"to": to})}
            call = {"id": "call_1", "type": "function", "function": function}
            return {"role": "assistant", "content": None, "tool_calls": [call]}, "tool_calls"
        return {"role": "assistant", "content": f"Done: {to}."}, "stop"

    def _deltas(self, message: dict[str, Any]) -> list[dict[str, Any]]:
        if message["content"]:
            return [{"content": letter} for letter in message["content"]]
        call = message["tool_calls"][0]
        arguments = call["function"]["arguments"]
        opening = {**call, "index": 0, "function": {"name": "send", "arguments": ""}}
        rest = [{"index": 0, "function": {"arguments": letter}} for letter in arguments]
        return [{"tool_calls": [piece]} for piece in [opening, *rest]]

    def _chunk(self, delta: dict[str, Any], reason: str | None) -> ChatChunk:
        choice = {"index": 0, "delta": delta, "finish_reason": reason}
        return ChatChunk(delta.get("content") or "", reason, None, {"choices": [choice]})


@pytest.fixture
def desk(make_rig: MakeRig) -> Any:
    entry = GuardEntry("personal-data", ("input", "output"), "mask", options={"restore": True})
    return make_rig(Desk(), pipeline=build_pipeline([entry], "general", ()))


def program(name: str) -> Path:
    """A program of the clients' environment; skips where that has not been made."""
    if not (CLIENTS / name).exists():
        pytest.skip(f"no {name}: make the environment of requirements/clients.lock as .ci/run does")
    return CLIENTS / name


def output_of(command: list[str | Path], **variables: str) -> str:
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=120, env=os.environ | variables, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def model_has_seen(rig: Any, value: str) -> bool:
    return any(value in repr(request) for request in rig.model.asked)


@pytest.mark.parametrize(
    ("package", "model", "below"), [("openai", "ChatOpenAI", ""), ("anthropic", "ChatAnthropic", "/v1")]
)
def test_langchain(desk: Any, serve: Serve, package: str, model: str, below: str) -> None:
    script = LANGCHAIN.format(package=package, model=model, address=ADDRESS)
    base = serve(desk.app).removesuffix(below)
    said = json.loads(output_of([program("python"), "-c", script, base]))
    assert said["whole"] == said["end"] == f"Done: {ADDRESS}."
    assert "".join(said["pieces"]) == said["whole"]
    assert said["tool"] == [ADDRESS]
    assert said["streamed tool"] == [{"to": ADDRESS}]
    assert said["tokens"] == 12
    assert not model_has_seen(desk, ADDRESS)


def test_the_llm_command(desk: Any, serve: Serve, tmp_path: Path) -> None:
    settings = {"model_id": "m", "model_name": "m", "api_base": serve(desk.app), "supports_tools": True}
    (tmp_path / "extra-openai-models.yaml").write_text(json.dumps([settings]))
    (tmp_path / "send.py").write_text(TOOL)
    llm: list[str | Path] = [program("llm"), "-m", "m", "--key", "any"]
    variables = {"LLM_USER_PATH": str(tmp_path), "HOME": str(tmp_path)}
    for how in ([], ["--no-stream"]):
        said = output_of([*llm, *how, f"Where do I write? I am {ADDRESS}"], **variables)
        assert said.strip() == f"Done: {ADDRESS}."
        tool: list[str | Path] = ["--functions", tmp_path / "send.py", "--td"]
        said = output_of([*llm, *how, *tool, f"Send the form to {ADDRESS}"], **variables)
        assert said.strip() == f"Done: {ADDRESS}."
    assert not model_has_seen(desk, ADDRESS)
