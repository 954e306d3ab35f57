"""An answer that is not streamed: the same guards over whole texts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aboveboard.gateway.dialects import characters, choice_index, finish_reason, garbage, marks, usage
from aboveboard.gateway.guarding._choice import Choice, message_of
from aboveboard.gateway.guarding._guards import GuardedExchange
from aboveboard.gateway.guarding._logprobs import logprobs
from aboveboard.gateway.http import Limits, UpstreamError
from aboveboard.models import ChatResponse


@dataclass(slots=True)
class WholeAnswer:
    """A complete answer and what may be sent of it. `stops` are the client's own stop sequences."""

    guarded: GuardedExchange
    limits: Limits
    stops: Sequence[str] = ()
    dropped: set[str] = field(default_factory=set)
    released: dict[int, dict[str, str]] = field(default_factory=dict)

    def guard(self, response: ChatResponse) -> dict[str, Any]:
        """The completion to send, without its envelope: `choices`, `usage`, and what names the build.

        Raises BlockedError, or UpstreamError on a shape that is not understood.
        """
        given = _choices(response)
        if len(given) > self.limits.choices:
            raise garbage()
        try:
            choices = [self._choice(choice) for choice in given]
        except (AttributeError, TypeError, KeyError) as error:
            raise garbage() from error
        kept: dict[str, Any] = {**marks(response.raw)}
        if "usage" in response.raw:
            kept["usage"] = usage(response.raw["usage"]) or None
        return {"choices": choices, **kept}

    def check(self, response: ChatResponse) -> None:
        """Raises UpstreamError for an answer that is no answer: while nothing has read it, another model can
        still be asked.
        """
        given = _choices(response)
        if len(given) > self.limits.choices or not all(map(_has_message, given)):
            raise garbage()

    def measure(self, response: ChatResponse) -> int:
        """Characters to read, in all choices; raises UpstreamError for more than the limit."""
        messages = [choice.get("message") for choice in _choices(response) if isinstance(choice, dict)]
        length = characters(messages)
        if length > self.limits.answer_characters:
            raise UpstreamError(502, "the model's answer is over the limit", "upstream_too_long")
        return length

    def _choice(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        choice = self._open(raw.get("index", 0))
        given = _numbered(raw["message"])
        message = message_of(choice, [choice.feed(given)])
        for call in message.get("tool_calls", ()):
            del call["index"]
        text = message["content"] or ""
        self.released[choice.index] = choice.texts
        stop = raw.get("stop_sequence")
        unchanged = text == (given.get("content") or "")
        return {
            "index": choice.index,
            "message": message,
            "logprobs": self._logprobs(raw.get("logprobs"), text, unchanged),
            "finish_reason": finish_reason(raw.get("finish_reason") or "stop"),
            **({"stop_sequence": stop} if isinstance(stop, str) and stop in self.stops else {}),
        }

    def _open(self, index: object) -> Choice:
        number = choice_index(index, self.limits.choices)
        if number in self.released:
            raise garbage()
        return Choice(number, self.guarded, self.dropped, is_whole=True)

    def _logprobs(self, raw: Any, text: str, unchanged: bool) -> dict[str, Any] | None:
        """Token by token they spell the text before guards changed it, so then they are dropped."""
        kept = logprobs(raw, text) if unchanged else None
        if raw is not None and kept is None:
            self.dropped.add("logprobs")
        return kept


def _choices(response: ChatResponse) -> Sequence[Mapping[str, Any]]:
    """The provider's choices, or the one made of its text when it has no such shape."""
    found = response.raw.get("choices")
    if isinstance(found, list):
        return found
    message = {"role": "assistant", "content": response.text}
    return [{"index": 0, "message": message, "finish_reason": response.finish_reason}]


def _has_message(choice: object) -> bool:
    return isinstance(choice, Mapping) and isinstance(choice.get("message"), Mapping)


def _numbered(message: Mapping[str, Any]) -> dict[str, Any]:
    calls = message.get("tool_calls")
    if not calls:
        return dict(message)
    return {**message, "tool_calls": [{**call, "index": number} for number, call in enumerate(calls)]}
