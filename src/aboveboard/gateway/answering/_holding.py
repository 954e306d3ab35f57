"""Answers that wait for a person: put aside, told to the client, and given out once they were decided."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from aboveboard.evidence.records import Decision
from aboveboard.gateway._services import GatewayServices, HeldAnswer, HoldKeeper
from aboveboard.gateway.admission import Admission
from aboveboard.gateway.answering._turn import Turn
from aboveboard.gateway.dialects import DIALECTS, Call, Dialect, Identity, ModelRequest
from aboveboard.gateway.guarding import closing_headers
from aboveboard.gateway.http import (
    GoneError,
    Header,
    HeldError,
    HttpRequest,
    NotFoundError,
    UnheldError,
    encode,
)
from aboveboard.gateway.telemetry import Counter

_log = logging.getLogger(__name__)
PATH, PREFIX = "/v1/holds/", "hold_"
_ASK_AGAIN = 5
_BY_PATH = {dialect.path: dialect for dialect in DIALECTS}
# What a request says is kept masked beside the record; here is only what its answer says back.
_PROMPT = frozenset({"messages", "input", "prompt", "suffix", "system"})
_NO_STORE: Header = (b"cache-control", b"no-store")
_EDITED = "A person edited this answer."


@dataclass(frozen=True, slots=True)
class Finished:
    """An answer that could be given: who gave it, and what it says, as a chat completion (or vectors)."""

    identity: Identity
    completion: dict[str, Any]
    dropped: Iterable[str] = ()


@dataclass(frozen=True, slots=True)
class Holding:
    """Holds the answers of one dialect. `seal` makes the decision durable, with what is put aside."""

    dialect: Dialect
    services: GatewayServices
    seal: Callable[[Turn], Awaitable[Decision]]
    faults: Counter

    async def hold(self, turn: Turn, finished: Finished) -> None:
        """Puts an answer aside, asks for a person, and says where to ask for it. Raises UnheldError when
        nobody could be asked: the answer is then not given.
        """
        account, keeper = turn.account, self.services.holds
        if keeper is None:
            account.error = "not_held"
            await self.seal(turn)
            raise UnheldError
        account.held = await asyncio.to_thread(self._put_aside, turn, finished)
        account.human = "escalated"
        decision = await self.seal(turn)
        error = HeldError(*await self._ask_for_a_person(turn, keeper))
        await turn.wire.held(error, closing_headers(decision, finished.dropped))

    def _put_aside(self, turn: Turn, finished: Finished) -> bytes:
        identity, call = finished.identity, turn.call
        return encode(
            {
                "path": self.dialect.path,
                "words": self.dialect.whole is not None,
                "reason": turn.guarded.holding,
                "receipt": identity.receipt,
                "created": identity.created,
                "model": identity.model,
                "asked": {name: value for name, value in call.body.items() if name not in _PROMPT},
                "completion": finished.completion,
            }
        )

    async def _ask_for_a_person(
        self, turn: Turn, keeper: HoldKeeper
    ) -> tuple[Mapping[str, Any], tuple[Header, ...]]:
        account, reasons = turn.account, turn.guarded.holding
        try:
            opened = await asyncio.to_thread(
                lambda: keeper.open(
                    decision=account.id,
                    category=reasons[0].lower(),
                    actor=account.key or "gateway",
                    tenant=account.tenant,
                    by_promise=bool(turn.guarded.promises),
                )
            )
        except Exception as error:
            self.faults.add("hold")
            _log.error("no case was opened for held answer %s: %s", account.id, type(error).__name__)
            raise UnheldError from error
        hold = PREFIX + opened.reference
        told = _told(hold, "pending", reasons, (opened.due, opened.role))
        if self.services.charter.disclosure.provenance != "none":
            told["receipt"] = account.id
        where = (PATH + hold).encode()
        return told, ((b"location", where), _retry_after(), (b"x-aboveboard-hold", hold.encode()))


@dataclass(frozen=True, slots=True)
class HoldPages:
    """`GET /v1/holds/{id}`: what became of a held answer."""

    services: GatewayServices
    admission: Admission

    async def show(self, request: HttpRequest) -> None:
        """Its status, and once it was released or edited the answer. 202 while it waits, else 200.

        Raises NotFoundError for an id that nobody of the tenant was given, GoneError once it was erased.
        """
        caller = await self.admission.enter(request, "answer")
        name = request.path.removeprefix(PATH)
        keeper = self.services.holds
        hold = await asyncio.to_thread(keeper.look, name.removeprefix(PREFIX)) if keeper else None
        if hold is None or (caller is not None and caller.tenant != hold.tenant):
            raise NotFoundError("no such held answer; its address is in Location", code="hold_not_found")
        if hold.status == "gone" or hold.held is None:
            raise GoneError("what was held has been erased", code="hold_erased")
        body = self._body(PREFIX + name.removeprefix(PREFIX), hold, hold.held)
        is_pending = hold.status == "pending"
        headers = [_NO_STORE, *([_retry_after()] if is_pending else [])]
        await request.reply_json(body, 202 if is_pending else 200, headers)

    def _body(self, name: str, hold: HeldAnswer, held: bytes) -> dict[str, Any]:
        kept = msgspec.json.decode(held)
        body = _told(name, hold.status, kept["reason"], (hold.deadline, hold.role))
        if self.services.charter.disclosure.provenance != "none":
            body["receipt"] = kept["receipt"]
        if hold.status == "pending":
            return body
        body |= {"human": hold.human, "message": hold.message}
        if hold.status == "edited":
            body["notice"] = _EDITED
        if hold.status in ("released", "edited"):
            body["answer"] = answer_of(held, hold.text if hold.status == "edited" else None)
        return body


def answer_of(held: bytes, text: str | None = None) -> dict[str, Any]:
    """The body of a held answer in the dialect it was asked in; with a reviewer's `text` in its place, if
    there is one: nothing else of the model's words is left then.
    """
    kept = msgspec.json.decode(held)
    dialect, completion = _BY_PATH[kept["path"]], kept["completion"]
    if dialect.whole is None:
        return dict(completion)
    if text is not None:
        message = {"role": "assistant", "content": text}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
        completion = {**completion, "choices": [choice]}
    identity = Identity(kept["receipt"], kept["created"], kept["model"])
    return dialect.whole(identity, Call(kept["asked"], (), "", _not_asked_again), completion)


def words_of(held: bytes) -> str:
    """What a held answer says, for a reviewer: its texts, one choice after the other; empty for vectors."""
    kept = msgspec.json.decode(held)
    if not kept["words"]:
        return ""
    return "\n\n".join(_said(choice["message"]) for choice in kept["completion"]["choices"])


def _said(message: Mapping[str, Any]) -> str:
    parts = [message[name] for name in ("reasoning_content", "content", "refusal") if message.get(name)]
    parts += [encode(call).decode() for call in message.get("tool_calls") or ()]
    return "\n".join(parts)


def _not_asked_again(body: dict[str, Any], pseudonym: str) -> ModelRequest:
    raise AssertionError("a held answer is there already")


def _told(name: str, status: str, reasons: Iterable[str], decided: tuple[str, str]) -> dict[str, Any]:
    """`decided`: by when, and by whom."""
    deadline, role = decided
    return {
        "id": name,
        "object": "hold",
        "status": status,
        "url": PATH + name,
        "reason": list(reasons),
        "deadline": deadline,
        "role": role,
    }


def _retry_after() -> Header:
    return b"retry-after", b"%d" % _ASK_AGAIN
