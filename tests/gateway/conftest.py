"""A gateway to speak to: scripted models, a recorder that remembers, real sockets where it matters."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any, cast

import pytest
import uvicorn

from aboveboard.charter import Charter, Known, parse_charter
from aboveboard.evidence import UnknownRecordError
from aboveboard.evidence.records import Decision, Footprint, Record
from aboveboard.gateway import AsgiApp, GatewayServices, gateway_app
from aboveboard.guards import Pipeline
from aboveboard.models import (
    ChatChunk,
    ChatRequest,
    ChatResponse,
    CompletionRequest,
    EmbeddingRequest,
    EmbeddingResponse,
    ModelInfo,
    Usage,
)
from aboveboard.values import Basis

Raw = dict[str, Any]
CHARTER = """\
charter: 1
system: {name: Test desk, purpose: Answers tests., context: general}
roles: {accountable: {title: Head of service, contact: head@example.org}}
defaults: {promises: false, guards: false}
"""
MODELS = "models: [{id: m, provider: fake}]"


def chunk(delta: Raw, finish: str | None = None, index: int = 0) -> ChatChunk:
    """A streamed piece as an OpenAI-compatible endpoint sends it."""
    choice = {"index": index, "delta": delta, "finish_reason": finish}
    return ChatChunk(delta.get("content") or "", finish, None, {"choices": [choice]})


@dataclass(slots=True)
class ScriptedModel:
    """Answers with the pieces it was given; keeps what it was asked.

    `fail` is raised after `fail_after` pieces; `gap` seconds pass between pieces; `ended` is set when a
    stream was closed, whoever closed it.
    """

    pieces: Sequence[str] = ("Hello ", "there.")
    message: Raw | None = None
    chunks: Sequence[ChatChunk] | None = None
    fail: Exception | None = None
    fail_after: int = 0
    gap: float = 0.0
    id: str = "scripted"
    asked: list[ChatRequest] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)
    usage: Usage = field(default_factory=lambda: Usage(5, 7))

    @property
    def info(self) -> ModelInfo:
        return ModelInfo(self.id, "scripted", "sha256:" + "0" * 64, "none")

    async def chat(self, request: ChatRequest) -> ChatResponse:
        self.asked.append(request)
        try:
            if self.gap:
                await asyncio.sleep(self.gap)
            if self.fail:
                raise self.fail
            return self._response()
        finally:
            self.ended.set()

    def _response(self) -> ChatResponse:
        text = "".join(self.pieces)
        message = self.message or {"role": "assistant", "content": text}
        usage = {"prompt_tokens": 5, "completion_tokens": 7, "total_tokens": 12}
        choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": {"content": []}}
        return ChatResponse(text, "stop", self.usage, {"id": "x", "choices": [choice], "usage": usage})

    async def stream(self, request: ChatRequest) -> AsyncIterator[ChatChunk]:
        self.asked.append(request)
        try:
            for number, piece in enumerate(self._chunks()):
                if self.gap:
                    await asyncio.sleep(self.gap)
                if self.fail and number >= self.fail_after:
                    raise self.fail
                yield piece
        finally:
            self.ended.set()

    def _chunks(self) -> Sequence[ChatChunk]:
        if self.chunks is not None:
            return self.chunks
        texts = [
            chunk({"role": "assistant", "content": ""}),
            *(chunk({"content": one}) for one in self.pieces),
        ]
        return [*texts, replace(chunk({}, "stop"), usage=self.usage)]

    async def complete(self, request: CompletionRequest) -> ChatResponse:
        return await self.chat(cast(ChatRequest, request))

    def stream_complete(self, request: CompletionRequest) -> AsyncIterator[ChatChunk]:
        return self.stream(cast(ChatRequest, request))

    async def embed(self, request: EmbeddingRequest) -> EmbeddingResponse:
        self.asked.append(cast(ChatRequest, request))
        if self.gap:
            await asyncio.sleep(self.gap)
        self.ended.set()
        if self.fail:
            raise self.fail
        return EmbeddingResponse([[0.25, -0.5]] * len(request.texts), Usage(5, 0))

    async def next_token(self, request: ChatRequest, top: int = 20) -> Mapping[str, float]:
        return {}

    async def close(self) -> None:
        return None


@dataclass(slots=True)
class MemoryRecorder:
    """Remembers decisions; `fail` makes it refuse them; `delay` makes durability take its time."""

    decisions: list[Decision] = field(default_factory=list)
    attachments: list[dict[str, bytes]] = field(default_factory=list)
    fail: Exception | None = None
    delay: float = 0.0

    def submit(self, record: Record, attachments: Mapping[str, bytes] | None = None) -> "Future[Any]":
        assert isinstance(record, Decision)
        done: Future[Any] = Future()
        done.set_running_or_notify_cancel()
        if self.delay:
            threading.Timer(self.delay, self._keep, (record, dict(attachments or {}), done)).start()
        else:
            self._keep(record, dict(attachments or {}), done)
        return done

    def _keep(self, record: Decision, attachments: dict[str, bytes], done: "Future[Any]") -> None:
        if self.fail:
            done.set_exception(self.fail)
            return
        self.decisions.append(record)
        self.attachments.append(attachments)
        done.set_result(None)

    @property
    def last(self) -> Decision:
        return self.decisions[-1]


@dataclass(slots=True)
class Incidents:
    """Remembers the cases it was asked to open."""

    opened: list[dict[str, str]] = field(default_factory=list)
    fail: Exception | None = None

    def __call__(self, *, category: str, decision: str, data_subject: str) -> str:
        if self.fail:
            raise self.fail
        self.opened.append({"category": category, "decision": decision, "data_subject": data_subject})
        return f"case-{len(self.opened)}"


@dataclass(slots=True)
class MemoryHolds:
    """Remembers what it was asked to hold."""

    opened: list[dict[str, Any]] = field(default_factory=list)
    fail: Exception | None = None

    def open(self, **given: Any) -> Any:
        if self.fail:
            raise self.fail
        self.opened.append(given)
        return SimpleNamespace(reference="r" * 24, due="2026-11-22T12:00:00.000Z", role="reviewer")

    def look(self, reference: str) -> None:
        return None


class NoReceipts:
    """Knows no receipt."""

    def receipt(self, record_id: str) -> Mapping[str, Any]:
        raise UnknownRecordError(f"no record {record_id}")


def footprint(*, cpu_seconds: float, seconds: float, tokens: int) -> Footprint:
    return Footprint(
        energy_wh=0.0123,
        basis=Basis.ESTIMATED,
        carbon_g=0.004,
        grid="EU",
        grid_g_per_kwh=300.0,
        method="test",
    )


@dataclass(slots=True)
class Answer:
    """What the client got."""

    status: int
    headers: dict[str, str]
    body: bytes
    messages: list[Raw]

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def error(self) -> Raw:
        found = self.json["error"]
        assert isinstance(found, dict)
        return found

    @property
    def events(self) -> list[str]:
        """The data of each event of a stream."""
        blocks = self.body.decode().split("\n\n")
        return [block.partition("data: ")[2] for block in blocks if block.startswith(("data: ", "event: "))]

    @property
    def frames(self) -> list[Raw]:
        return [json.loads(event) for event in self.events if event != "[DONE]"]

    @property
    def comments(self) -> dict[str, str]:
        """Late headers of a stream, by lower-case name."""
        lines = [line[2:] for line in self.body.decode().split("\n") if line.startswith(": ")]
        return {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}

    @property
    def is_streamed(self) -> bool:
        return self.headers["content-type"].startswith("text/event-stream")

    @property
    def text(self) -> str:
        """What the model says, in whatever protocol, streamed or not (of chats: the first choice)."""
        return "".join(map(_said, self.frames)) if self.is_streamed else _said(self.json)

    @property
    def is_ended(self) -> bool:
        """Whether the answer claims to be finished: a reason, or the protocol's last event."""
        frames = self.frames if self.is_streamed else [self.json]
        return any(map(_ends, frames))

    @staticmethod
    def ends(frame: Raw) -> bool:
        return _ends(frame)

    @staticmethod
    def said(frame: Raw) -> str:
        return _said(frame)


def _said(value: Raw) -> str:
    """The text in a whole answer, or in one frame of a stream."""
    if value.get("choices"):
        said = value["choices"][0]
        holder = said.get("message") or said.get("delta") or {"content": said.get("text")}
        return holder.get("content") or ""
    match value.get("type") or value.get("object"):
        case "message":
            return "".join(block.get("text", "") for block in value["content"])
        case "response":
            parts = [part for item in value["output"] for part in item.get("content", ())]
            return "".join(part.get("text", "") for part in parts)
        case "content_block_delta":
            return str(value["delta"].get("text", ""))
        case "response.output_text.delta":
            return str(value["delta"])
        case _:
            return ""


def _ends(value: Raw) -> bool:
    if value.get("choices"):
        return any(choice["finish_reason"] for choice in value["choices"])
    ends = ("message_stop", "response.completed", "response.incomplete", "message", "list")
    return value.get("type") in ends or value.get("object") == "list" or value.get("status") == "completed"


def body_for(path: str, text: str) -> Raw:
    """The smallest request of an endpoint that says `text`."""
    messages = [{"role": "user", "content": text}]
    bodies: dict[str, Raw] = {
        "/v1/chat/completions": {"messages": messages},
        "/v1/completions": {"prompt": text},
        "/v1/responses": {"input": text},
        "/v1/embeddings": {"input": text},
        "/v1/messages": {"messages": messages, "max_tokens": 100},
    }
    return {"model": "m", **bodies[path]}


@dataclass(slots=True)
class Rig:
    """A gateway with its parts in reach, spoken to without a socket."""

    services: GatewayServices
    model: Any
    recorder: Any
    incidents: Incidents
    app: AsgiApp

    async def chat(self, text: str = "hi", **fields: Any) -> Answer:
        body = {"model": "m", "messages": [{"role": "user", "content": text}], **fields}
        return await self.post(json.dumps(body).encode())

    @staticmethod
    def body_for(path: str, text: str) -> Raw:
        return body_for(path, text)

    async def ask(self, path: str, text: str = "hi", **fields: Any) -> Answer:
        """The same at any endpoint of a model."""
        return await self.post(json.dumps({**body_for(path, text), **fields}).encode(), path=path)

    async def post(
        self, body: bytes, headers: Mapping[str, str] | None = None, path: str = "/v1/chat/completions"
    ) -> Answer:
        given = {"content-type": "application/json", "content-length": str(len(body)), **(headers or {})}
        parts = [{"type": "http.request", "body": body, "more_body": False}]
        return await self.send("POST", path, parts, given)

    async def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        return await self.send("GET", path, [{"type": "http.request"}], headers or {})

    async def send(
        self, method: str, path: str, parts: Sequence[Raw], headers: Mapping[str, str], leave_after: int = -1
    ) -> Answer:
        """One request; the client goes away once it got `leave_after` messages, if that is not negative."""
        sent: list[Raw] = []
        left = asyncio.Event()
        waiting = list(parts)

        async def receive() -> Raw:
            if waiting:
                return waiting.pop(0)
            await left.wait()
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(dict(message))
            if len(sent) == leave_after:
                left.set()
            await asyncio.sleep(0)

        if leave_after == 0:
            asyncio.get_running_loop().call_later(0.1, left.set)
        pairs = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
        path, _, query = path.partition("?")
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query.encode(),
            "headers": pairs,
        }
        await self.app(scope, receive, send)
        start: Raw = sent[0] if sent else {"status": 0, "headers": []}
        names = {name.decode(): value.decode("latin-1") for name, value in start["headers"]}
        body = b"".join(message.get("body", b"") for message in sent[1:])
        return Answer(start["status"], names, body, sent)

    async def metrics(self) -> str:
        """The page that Prometheus reads."""
        return (await self.get("/metrics")).body.decode()


@pytest.fixture
def make_rig() -> Callable[..., Rig]:
    """Makes a gateway; keyword arguments replace its services, `model` and `guards` its model and guards."""

    def make(
        model: Any = None, recorder: Any = None, incidents: Incidents | None = None, **given: Any
    ) -> Rig:
        model, recorder, incidents = (
            model or ScriptedModel(),
            recorder or MemoryRecorder(),
            incidents or Incidents(),
        )
        services = GatewayServices(
            **{
                "charter": plain_charter(),
                "models": {"m": model},
                "pipeline": Pipeline(()),
                "recorder": recorder,
                "reader": NoReceipts(),
                "footprint": footprint,
                "open_incident": incidents,
                "holds": MemoryHolds(),
                "pseudonym": lambda person: "p-" + str(len(person)),
                "version": "test",
                **given,
            }
        )
        return Rig(services, model, recorder, incidents, gateway_app(services))

    return make


def plain_charter(more: str = "", *, models: str = MODELS) -> Charter:
    """A charter without promises and guards that keeps no payloads, unless `more` (YAML) says so."""
    known = Known(measures=frozenset(), guards=frozenset(), providers=frozenset({"fake"}))
    charter = parse_charter(f"{CHARTER}{models}\n{more}\n", known)
    return charter if "payloads" in more else replace(charter, retention={})


@pytest.fixture
def scripted() -> type[ScriptedModel]:
    return ScriptedModel


@pytest.fixture
def memory_recorder() -> type[MemoryRecorder]:
    return MemoryRecorder


@pytest.fixture
def incidents() -> type[Incidents]:
    return Incidents


@pytest.fixture
def charter_with() -> Callable[..., Charter]:
    return plain_charter


@pytest.fixture
def piece() -> Callable[..., ChatChunk]:
    return chunk


@pytest.fixture
def client_of(
    serve: Callable[[AsgiApp], str], request: pytest.FixtureRequest
) -> Iterator[Callable[[Rig], Any]]:
    """An official client, of the class that the test's module names CLIENT, before a rig on a real socket."""
    opened: list[Any] = []

    def make(rig: Rig) -> Any:
        kind, base_url = request.module.CLIENT, serve(rig.app)
        if kind.__name__ == "Anthropic":  # it adds the version to the path itself
            base_url = base_url.removesuffix("/v1")
        opened.append(kind(base_url=base_url, api_key="any", max_retries=0))
        return opened[-1]

    yield make
    for client in opened:
        client.close()


@pytest.fixture
def serve() -> Iterator[Callable[[AsgiApp], str]]:
    """Puts an application on a real socket with the production server; gives the base URL of the API."""
    running: list[tuple[uvicorn.Server, threading.Thread]] = []

    def start(app: AsgiApp) -> str:
        config = uvicorn.Config(
            app,
            host="127.0.0.1",
            port=0,
            loop="uvloop",
            http="httptools",
            log_level="error",
            access_log=False,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            threading.Event().wait(0.01)
        running.append((server, thread))
        port = server.servers[0].sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{port}/v1"

    yield start
    for server, thread in running:
        server.should_exit = True
        thread.join(5)
