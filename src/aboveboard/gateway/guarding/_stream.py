"""A streamed answer: the model's chunks in, frames with only released text out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aboveboard.gateway.dialects import (
    NO_USAGE,
    StopWriter,
    Writer,
    characters,
    choice_index,
    garbage,
    marks,
    usage,
)
from aboveboard.gateway.dialects import finish_reason as closed_reason
from aboveboard.gateway.guarding._choice import Choice
from aboveboard.gateway.guarding._guards import GuardedExchange
from aboveboard.gateway.http import Limits, UpstreamError
from aboveboard.models import ChatChunk, Usage


@dataclass(slots=True)
class StreamedAnswer:
    """Everything between a model's stream and the client's, without any input or output of its own.

    `writer` makes frames of what is let out, until a guard holds the answer. `finish_reason` is kept back:
    the caller sends `endings` once the decision is durable, so that a finished answer is always a recorded
    one.
    """

    writer: Writer
    guarded: GuardedExchange
    limits: Limits
    usage: Usage | None = None
    dropped: set[str] = field(default_factory=set)
    choices: dict[int, Choice] = field(default_factory=dict)
    _raw_usage: Mapping[str, Any] = field(default_factory=dict)
    _marks: Mapping[str, str] = field(default_factory=dict)
    _is_begun: bool = False
    _length: int = 0
    _pending: list[str] = field(default_factory=list)
    _pending_index: int = 0

    def take(self, chunk: ChatChunk) -> bytes:
        """Reads one chunk. Text that comes piece by piece is put together until `flush`.

        Returns the frames that another kind of chunk lets out; raises BlockedError.
        """
        raw = chunk.raw
        if not self._is_begun:
            self._is_begun = True
            self.writer.begin(raw)
            self._marks = marks(raw)
        if chunk.usage:
            self.usage = chunk.usage
            self._raw_usage = usage(raw.get("usage"))
        choices = raw.get("choices")
        if choices is None:
            return self._choice(0, {"content": chunk.text}, chunk.finish_reason)
        try:
            return b"".join([self._read(choice) for choice in choices])
        except (AttributeError, TypeError) as error:
            raise garbage() from error

    def flush(self) -> bytes:
        """The frame that the text taken so far lets out (empty while guards hold it); raises BlockedError."""
        if not self._pending:
            return b""
        text = "".join(self._pending)
        self._pending.clear()
        released = self.choices[self._pending_index].feed_text(text)
        if not released or self.guarded.is_held:
            return b""
        return self.writer.text(self._pending_index, released)

    def finish(self) -> bytes:
        """The frames with what guards still held; raises BlockedError, or UpstreamError for a cut answer."""
        last = self.flush()
        if not self.choices or any(choice.finish_reason is None for choice in self.choices.values()):
            raise UpstreamError(502, "the model's answer ended before it was complete", "upstream_incomplete")
        return last + b"".join([self._held(choice) for choice in self.choices.values()])

    def endings(self) -> bytes:
        """The frames that end each choice, and the usage where the protocol has it."""
        reasons = {index: choice.finish_reason or "other" for index, choice in sorted(self.choices.items())}
        return self.writer.end(reasons, self._usage())

    @property
    def released(self) -> dict[int, dict[str, str]]:
        """The texts let out so far, by choice."""
        return {index: choice.texts for index, choice in self.choices.items()}

    @property
    def completion(self) -> dict[str, Any]:
        """All that was let out, held or not, as an answer that was never streamed."""
        choices = [
            {
                "index": index,
                "message": choice.message,
                "logprobs": None,
                "finish_reason": choice.finish_reason or "other",
            }
            for index, choice in sorted(self.choices.items())
        ]
        return {"choices": choices, **self._marks, "usage": self._usage()}

    @property
    def finish_reason(self) -> str:
        """The first choice's."""
        first = self.choices.get(min(self.choices, default=0))
        return (first.finish_reason or "") if first else ""

    def _measure(self, length: int) -> None:
        self._length += length
        if self._length > self.limits.answer_characters:
            raise UpstreamError(502, "the model's answer is over the limit", "upstream_too_long")

    def _read(self, choice: Any) -> bytes:
        if choice.get("logprobs"):
            # They spell out tokens before the guards have decided about them.
            self.dropped.add("logprobs")
        if choice.get("stop_sequence") and isinstance(self.writer, StopWriter):
            self.writer.stopped_by(choice["stop_sequence"])
        return self._choice(choice.get("index", 0), choice.get("delta") or {}, choice.get("finish_reason"))

    def _choice(self, index: int, delta: dict[str, Any], finish_reason: str | None) -> bytes:
        choice = self.choices.get(index) or self._open(index)
        index = choice.index
        if finish_reason:
            choice.finish_reason = closed_reason(finish_reason)
        content = delta.get("content")
        if type(content) is str and (len(delta) == 1 or (len(delta) == 2 and "role" in delta)):
            self._measure(len(content))
            return self._put(choice, content)
        self._measure(characters(delta))
        before = self.flush()
        if self.writer.is_sequential:
            return before + b"".join([self._in_turn(choice, part) for part in parts_of(delta)])
        out = choice.feed(delta) if delta else {}
        return before + self._written(index, out)

    def _put(self, choice: Choice, text: str) -> bytes:
        """Keeps text for `flush`; what another choice had pending goes first."""
        before = self.flush() if self._pending_index != choice.index else b""
        self._pending_index = choice.index
        if text:
            if self.writer.is_sequential:
                before += self._turn_to(choice, "content")
            self._pending.append(text)
        return before

    def _in_turn(self, choice: Choice, part: dict[str, Any]) -> bytes:
        before = self._turn_to(choice, kind_of(part))
        return before + self._written(choice.index, choice.feed(part))

    def _turn_to(self, choice: Choice, kind: str) -> bytes:
        """Where a protocol has one text after the other, the last is over when the next begins."""
        if choice.kind == kind:
            return b""
        held, choice.kind = self._held(choice), kind
        return held

    def _held(self, choice: Choice) -> bytes:
        return b"".join([self._written(choice.index, delta) for delta in choice.finish()])

    def _written(self, index: int, delta: dict[str, Any]) -> bytes:
        """The frame of a delta; none once the answer is held."""
        return self.writer.delta(index, delta) if delta and not self.guarded.is_held else b""

    def _open(self, index: int) -> Choice:
        if len(self.choices) >= self.limits.choices:
            raise UpstreamError(502, "the model gave more choices than the limit", "upstream_garbage")
        number = choice_index(index, self.limits.choices)
        return self.choices.setdefault(number, Choice(number, self.guarded, self.dropped))

    def _usage(self) -> Mapping[str, Any]:
        if self._raw_usage:
            return self._raw_usage
        usage = self.usage or Usage()
        total = usage.prompt_tokens + usage.completion_tokens
        return {
            **NO_USAGE,
            "prompt_tokens": usage.prompt_tokens,
            "completion_tokens": usage.completion_tokens,
            "total_tokens": total,
        }


def parts_of(delta: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A delta of several texts as deltas of one each, in the order in which they belong."""
    calls = delta.get("tool_calls")
    texts = [{name: delta[name]} for name in delta if name not in ("role", "tool_calls") and delta[name]]
    texts.sort(key=lambda part: not next(iter(part)).startswith("reasoning"))
    return texts + [{"tool_calls": [call]} for call in calls] if isinstance(calls, list) else texts


def kind_of(part: Mapping[str, Any]) -> str:
    """Which text a delta of one belongs to: `content`, `reasoning`, `tool_calls[0]`."""
    name = next(iter(part))
    if name == "tool_calls":
        call = part[name][0]
        return f"tool_calls[{call.get('index', 0)}]"
    return "reasoning" if name.startswith("reasoning") else name
