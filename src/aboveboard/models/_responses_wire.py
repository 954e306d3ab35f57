"""Answers of OpenAI's Responses as chats: a whole one, and the events of a stream.

Source: the OpenAI API reference, "Responses" and "Streaming events". Thoughts become `reasoning_content`,
what their endpoint wants back of them `reasoning_signature`.
"""

from collections.abc import Mapping
from typing import Any

from aboveboard.models._errors import ModelGarbageError
from aboveboard.models._model import ChatChunk, ChatResponse
from aboveboard.models._wire import read_chunk, read_response

_CUT = {"max_output_tokens": "length", "content_filter": "content_filter"}
_CALLS = {"function_call": ("function", "arguments"), "custom_tool_call": ("custom", "input")}
_TEXTS = {
    "response.output_text.delta": "content",
    "response.refusal.delta": "refusal",
    "response.reasoning_summary_text.delta": "reasoning_content",
    "response.reasoning_text.delta": "reasoning_content",
}
_ARGUMENTS = {
    "response.function_call_arguments.delta": ("function", "arguments"),
    "response.custom_tool_call_input.delta": ("custom", "input"),
}
_ENDS = ("response.completed", "response.incomplete")


def read_answer(raw: Any, where: str, headers: Mapping[str, str]) -> ChatResponse:
    """A whole answer; raises ModelGarbageError when it is none."""
    try:
        message: dict[str, Any] = {"role": "assistant", "content": None}
        logprobs: list[Any] = []
        for item in raw["output"]:
            _add(message, item, logprobs)
        choice = {
            "index": 0,
            "message": message,
            "finish_reason": _reason(raw, bool(message.get("tool_calls"))),
        }
        if logprobs:
            choice["logprobs"] = {"content": logprobs}
        return read_response({"choices": [choice], "usage": read_usage(raw.get("usage"))}, where, headers)
    except (AttributeError, KeyError, TypeError) as error:
        raise ModelGarbageError("the answer has no list of output items", where=where) from error


def _add(message: dict[str, Any], item: Mapping[str, Any], logprobs: list[Any]) -> None:
    kind = item.get("type")
    if kind == "message":
        for part in item["content"]:
            name = {"output_text": "content", "refusal": "refusal"}.get(part["type"])
            text = part.get("text") or part.get("refusal") or ""
            message[name or "other_parts"] = (message.get(name or "other_parts") or "") + text
            logprobs += part.get("logprobs") or ()
    elif kind == "reasoning":
        texts = [one["text"] for key in ("summary", "content") for one in item.get(key) or ()]
        thoughts = [each for each in (message.get("reasoning_content"), *texts) if each]
        message["reasoning_content"] = "\n\n".join(thoughts) or None
        # Of several thoughts only each by itself is sealed: joined they are not.
        is_first = "reasoning_signature" not in message
        message["reasoning_signature"] = item.get("encrypted_content") if is_first else None
    elif kind in _CALLS:
        message.setdefault("tool_calls", []).append(_call(item))
    else:
        message["other_items"] = True  # whoever reads on says that something was left out


def _call(item: Mapping[str, Any], *, is_empty: bool = False) -> dict[str, Any]:
    kind, key = _CALLS[item["type"]]
    text = "" if is_empty else item[key]
    return {"id": item.get("call_id"), "type": kind, kind: {"name": item.get("name"), key: text}}


def _reason(raw: Mapping[str, Any], has_calls: bool) -> str:
    if raw.get("status") == "incomplete":
        return _CUT.get(str((raw.get("incomplete_details") or {}).get("reason")), "other")
    return "tool_calls" if has_calls else "stop"


def read_usage(raw: Any) -> dict[str, Any]:
    """The counts as chats give them."""
    given = raw if isinstance(raw, dict) else {}
    read, written = given.get("input_tokens"), given.get("output_tokens")
    usage: dict[str, Any] = {
        "prompt_tokens": read,
        "completion_tokens": written,
        "total_tokens": given.get("total_tokens"),
        "prompt_tokens_details": given.get("input_tokens_details"),
        "completion_tokens_details": given.get("output_tokens_details"),
    }
    return {name: value for name, value in usage.items() if value is not None}


class ResponseReader:
    """The events of one stream as chunks of a chat. `is_over`: the last has come."""

    def __init__(self, where: str) -> None:
        self.is_over = False
        self._where = where
        self._calls: dict[Any, int] = {}

    def read(self, event: Mapping[str, Any], headers: Mapping[str, str]) -> ChatChunk | None:
        """The chunk that an event makes, None for one that says nothing; raises ModelGarbageError."""
        try:
            raw = self._raw(event, str(event.get("type")))
        except (AttributeError, TypeError, KeyError) as error:
            raise ModelGarbageError("an event of the stream has no known shape", where=self._where) from error
        return None if raw is None else read_chunk(raw, self._where, headers)

    def _raw(self, event: Mapping[str, Any], kind: str) -> dict[str, Any] | None:
        if kind in _TEXTS:
            return _chunk({_TEXTS[kind]: event["delta"]})
        if kind in _ARGUMENTS:
            inner, key = _ARGUMENTS[kind]
            return _chunk({"tool_calls": [{"index": self._number(event), inner: {key: event["delta"]}}]})
        if kind in _ENDS:
            self.is_over = True
            response = event["response"]
            ended = _chunk({}, _reason(response, bool(self._calls)))
            return {**ended, "usage": read_usage(response.get("usage"))}
        if kind == "response.created":
            return _chunk({"role": "assistant", "content": ""})
        return self._item(event, kind)

    def _item(self, event: Mapping[str, Any], kind: str) -> dict[str, Any] | None:
        if kind == "response.reasoning_summary_part.added":
            return _chunk({"reasoning_content": "\n\n"}) if event.get("summary_index") else None
        item = event.get("item") or {}
        if kind == "response.output_item.done" and item.get("type") == "reasoning":
            sealed = item.get("encrypted_content")
            return _chunk({"reasoning_signature": sealed}) if sealed else None
        if kind != "response.output_item.added":
            return None
        if item["type"] in _CALLS:
            number = self._calls[event["output_index"]] = len(self._calls)
            return _chunk({"tool_calls": [{"index": number, **_call(item, is_empty=True)}]})
        return None if item["type"] in ("message", "reasoning") else _chunk({"other_items": True})

    def _number(self, event: Mapping[str, Any]) -> int:
        return self._calls[event["output_index"]]


def _chunk(delta: dict[str, Any], reason: str | None = None) -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": delta, "finish_reason": reason}]}
