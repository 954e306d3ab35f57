"""Responses, streamed: numbered events from `response.created` to `response.completed`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aboveboard.gateway.dialects._call import Call
from aboveboard.gateway.dialects._chat_answer import ask_chat, openai_error, stream_chat
from aboveboard.gateway.dialects._dialect import Dialect, Identity
from aboveboard.gateway.dialects._passing import garbage
from aboveboard.gateway.dialects._responses import read_response_call
from aboveboard.gateway.dialects._responses_answer import (
    call_item,
    failure,
    message_item,
    response_object,
    status_of,
    text_part,
    thought_item,
    wants_sealed,
    whole_response,
)
from aboveboard.gateway.http import ApiError, named_frame


@dataclass(slots=True)
class OpenItem:
    """The item that is being written. `kind`: `message`, `reasoning`, or the number of a tool call.

    `parts` are the texts of its finished parts; `pieces` those of the part that is open, of type `part`.
    """

    kind: str
    item: dict[str, Any]
    part: str = ""
    parts: list[dict[str, Any]] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)


@dataclass(slots=True)
class ResponsesWriter:
    """Each item has its start, its parts and its end; the next begins after."""

    identity: Identity
    call: Call
    is_sequential: bool = True
    _sequence: int = 0
    _is_begun: bool = False
    _done: list[dict[str, Any]] = field(default_factory=list)
    _open: OpenItem | None = None
    _called: set[str] = field(default_factory=set)

    def begin(self, raw: Mapping[str, Any]) -> None:
        return None

    def text(self, index: int, text: str) -> bytes:
        out = self._begin_part("message", "output_text", index)
        self._add(text)
        return out + self._event(
            "response.output_text.delta", **self._place(), content_index=self._part, delta=text, logprobs=[]
        )

    def delta(self, index: int, delta: dict[str, Any]) -> bytes:
        return b"".join([self._write(index, name, value) for name, value in delta.items()])

    def end(self, reasons: Mapping[int, str], usage: Mapping[str, Any]) -> bytes:
        reason = reasons.get(0, "stop")
        status = status_of(reason)
        out = self._start() + self._close(status)
        response = response_object(self.identity, self.call, status, self._done, usage, reason)
        return out + self._event(f"response.{status}", response=response)

    def error(self, error: ApiError) -> bytes:
        response = response_object(self.identity, self.call, "failed", self._done)
        return self._start() + self._event("response.failed", response={**response, "error": failure(error)})

    def _write(self, index: int, name: str, value: Any) -> bytes:
        if name == "content":
            return self.text(index, value)
        if name == "refusal":
            out = self._begin_part("message", "refusal", index)
            self._add(value)
            place = self._place()
            return out + self._event("response.refusal.delta", **place, content_index=self._part, delta=value)
        if name == "reasoning_signature":
            return self._seal(value)
        if name == "reasoning_redacted":
            return b""  # an opaque text by itself, which this protocol has no item for
        if name.startswith("reasoning"):
            return self._think(index, value)
        if name == "tool_calls":
            return b"".join([self._function(index, call) for call in value])
        raise garbage()

    def _think(self, index: int, text: str) -> bytes:
        out = self._begin_part("reasoning", "summary_text", index)
        self._add(text)
        place = self._place()
        return out + self._event(
            "response.reasoning_summary_text.delta", **place, summary_index=self._part, delta=text
        )

    def _seal(self, value: str) -> bytes:
        if self._open and self._open.kind == "reasoning" and wants_sealed(self.call):
            self._open.item["encrypted_content"] = value
        return b""

    def _function(self, index: int, call: Mapping[str, Any]) -> bytes:
        kind, out = f"call {call['index']}", b""
        if self._open is None or self._open.kind != kind:
            if kind in self._called:
                raise garbage()
            self._called.add(kind)
            out = self._begin_item(kind, call, index)
        text = (call.get("function") or {}).get("arguments")
        if not text:
            return out
        self._add(text)
        return out + self._event("response.function_call_arguments.delta", **self._place(), delta=text)

    def _is_at(self, kind: str, part: str) -> bool:
        return self._open is not None and (self._open.kind, self._open.part) == (kind, part)

    def _begin_part(self, kind: str, part: str, index: int) -> bytes:
        """What goes before a text of that kind, unless it is being written already."""
        if self._is_at(kind, part):
            return b""
        out = b""
        if self._open is None or self._open.kind != kind:
            out = self._begin_item(kind, {}, index)
        else:
            out = self._end_part()
        assert self._open is not None
        self._open.part = part
        return out + self._part_event("added", _empty(part))

    def _begin_item(self, kind: str, call: Mapping[str, Any], index: int) -> bytes:
        if index != 0:  # the protocol has one answer
            raise garbage()
        out = self._start() + self._close("completed")
        number = len(self._done)
        if kind == "message":
            item = message_item(self.identity, number, [], "in_progress")
        elif kind == "reasoning":
            item = thought_item(self.identity, number, [], None)
        else:
            item = {**call_item(self.identity, number, call, "in_progress"), "arguments": ""}
        self._open = OpenItem(kind, item)
        return out + self._event("response.output_item.added", output_index=number, item=item)

    def _close(self, status: str) -> bytes:
        """Ends the item that is open, which then has this status."""
        item = self._open
        if item is None:
            return b""
        out = self._end_part()
        done = {**item.item}
        if item.kind == "message":
            done |= {"content": item.parts, "status": status}
        elif item.kind == "reasoning":
            done["summary"] = item.parts
        else:
            done |= {"arguments": "".join(item.pieces), "status": status}
            out += self._arguments_done(done)
        out += self._event("response.output_item.done", output_index=len(self._done), item=done)
        self._done.append(done)
        self._open = None
        return out

    def _arguments_done(self, item: Mapping[str, Any]) -> bytes:
        said = {"name": item["name"], "arguments": item["arguments"]}
        return self._event("response.function_call_arguments.done", **self._place(), **said)

    def _end_part(self) -> bytes:
        item = self._open
        if item is None or not item.part:
            return b""
        text, kind = "".join(item.pieces), item.part
        said = {"refusal": text} if kind == "refusal" else {"text": text}
        name, extra = _DONE[kind]
        out = self._event(name, **self._place(), **{_INDEX[item.kind]: self._part}, **said, **extra)
        part = {**_empty(kind), **said}
        out += self._part_event("done", part)
        item.parts.append(part)
        item.part, item.pieces = "", []
        return out

    def _part_event(self, what: str, part: Mapping[str, Any]) -> bytes:
        kind = self._open.kind if self._open else ""
        name = "content_part" if kind == "message" else "reasoning_summary_part"
        return self._event(
            f"response.{name}.{what}", **self._place(), **{_INDEX[kind]: self._part}, part=part
        )

    def _add(self, text: str) -> None:
        if self._open:
            self._open.pieces.append(text)

    @property
    def _part(self) -> int:
        return len(self._open.parts) if self._open else 0

    def _place(self) -> dict[str, Any]:
        named = self._open.item["id"] if self._open else ""
        return {"item_id": named, "output_index": len(self._done)}

    def _start(self) -> bytes:
        if self._is_begun:
            return b""
        self._is_begun = True
        response = response_object(self.identity, self.call, "in_progress")
        created = self._event("response.created", response=response)
        return created + self._event("response.in_progress", response=response)

    def _event(self, kind: str, /, **fields: Any) -> bytes:
        number, self._sequence = self._sequence, self._sequence + 1
        return named_frame({"type": kind, "sequence_number": number, **fields})


_INDEX = {"message": "content_index", "reasoning": "summary_index"}
_DONE: dict[str, tuple[str, dict[str, Any]]] = {
    "output_text": ("response.output_text.done", {"logprobs": []}),
    "refusal": ("response.refusal.done", {}),
    "summary_text": ("response.reasoning_summary_text.done", {}),
}


def _empty(part: str) -> dict[str, Any]:
    if part == "refusal":
        return {"type": "refusal", "refusal": ""}
    return text_part("") if part == "output_text" else {"type": part, "text": ""}


RESPONSES = Dialect(
    path="/v1/responses",
    param="input",
    read=read_response_call,
    ask=ask_chat,
    ask_streamed=stream_chat,
    whole=whole_response,
    writer=ResponsesWriter,
    lengths=("max_output_tokens",),
    error=openai_error,
)
