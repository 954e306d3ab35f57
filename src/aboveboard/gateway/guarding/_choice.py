"""One choice of an answer: its texts go through the output guards, the rest is known or dropped."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from aboveboard.gateway.dialects import call_id, call_index, call_kind, dropped_name, tool_name
from aboveboard.gateway.fields import is_sealed
from aboveboard.gateway.guarding._guards import GuardedExchange
from aboveboard.guards import OutputStream, SegmentRole

_TEXTS: dict[str, SegmentRole] = {
    "content": "assistant",
    "refusal": "assistant",
    "reasoning_content": "reasoning",
    "reasoning": "reasoning",
}
# Opaque texts that an endpoint wants back as they were: they pass unread if they have no room for words.
_SEALED = frozenset({"reasoning_signature", "reasoning_redacted"})
_Place = tuple[str, int]


@dataclass(slots=True)
class Choice:
    """Guards the texts of one choice, whole or piece by piece.

    `texts` is what was let out so far, by place, for the record; `kind` is what comes now, for those who
    care. Of an answer that `is_whole` each text is fed once. Fields that no guard reads (audio, log
    probabilities, citations) are dropped and named in `dropped`.
    """

    index: int
    guarded: GuardedExchange
    dropped: set[str]
    is_whole: bool = False
    finish_reason: str | None = None
    kind: str = ""
    _streams: dict[_Place, OutputStream] = field(default_factory=dict)
    _told: dict[_Place, list[str]] = field(default_factory=dict)
    _named: set[_Place] = field(default_factory=set)
    _wordless: list[dict[str, Any]] = field(default_factory=list)

    @property
    def texts(self) -> dict[str, str]:
        """All texts let out so far; `text` is the content, and always there."""
        told = {_label(place): "".join(pieces) for place, pieces in self._told.items()}
        return {"text": told.pop("text", ""), **told}

    @property
    def message(self) -> dict[str, Any]:
        """The whole message that was let out so far."""
        told = [_delta(place, "".join(pieces)) for place, pieces in self._told.items()]
        message = message_of(self, [*self._wordless, *told])
        calls = sorted(message.get("tool_calls", ()), key=lambda call: int(call["index"]))
        if calls:
            message["tool_calls"] = [
                {name: part for name, part in call.items() if name != "index"} for call in calls
            ]
        return message

    def feed(self, delta: dict[str, Any]) -> dict[str, Any]:
        """What of a delta may be sent now (maybe nothing); raises BlockedError."""
        out: dict[str, Any] = {}
        for name, value in delta.items():
            if value is None or name == "role":
                continue
            if name in _TEXTS and isinstance(value, str):
                out[name] = self._pass((name, 0), value)
            elif name in _SEALED and is_sealed(value):
                out[name] = value
                self._wordless.append({name: value})
            elif name == "tool_calls" and isinstance(value, list):
                calls = [self._tool_call(call) for call in value if isinstance(call, dict)]
                out["tool_calls"] = [call for call in calls if call]
            elif name == "function_call" and isinstance(value, dict):
                out["function_call"] = self._function(value, ("function_call.arguments", 0), "arguments")
            else:
                self.dropped.add(dropped_name(name))
        return {name: value for name, value in out.items() if value}

    def feed_text(self, text: str) -> str:
        """The same for a delta that is nothing but content: most of them."""
        return self._pass(("content", 0), text)

    def finish(self) -> list[dict[str, Any]]:
        """Deltas with what the guards still held back, once all texts so far are; raises BlockedError.

        What comes after is another text, with guards of its own.
        """
        streams, self._streams = self._streams, {}
        return [delta for place, stream in streams.items() if (delta := self._rest(place, stream))]

    def _rest(self, place: _Place, stream: OutputStream) -> dict[str, Any]:
        text = stream.finish()
        self._check(stream)
        if not text:
            return {}
        self._told.setdefault(place, []).append(text)
        return _delta(place, text)

    def _tool_call(self, call: dict[str, Any]) -> dict[str, Any]:
        number = call_index(call.get("index", 0))
        out: dict[str, Any] = {}
        if isinstance(call.get("id"), str) and self._is_new("id", number):
            out["id"] = call_id(call["id"], number)
        if call.get("type") is not None and self._is_new("type", number):
            out["type"] = call_kind(call["type"])
        if out:
            self._wordless.append({"tool_calls": [{"index": number, **out}]})
        for kind, key in (("function", "arguments"), ("custom", "input")):
            if isinstance(call.get(kind), dict):
                inner = self._function(call[kind], (f"{kind}.{key}", number), key)
                if inner:
                    out[kind] = inner
        return {"index": number, **out} if out else {}

    def _function(self, call: dict[str, Any], place: _Place, key: str) -> dict[str, str]:
        out = {}
        named = place[0].removesuffix(key) + "name"
        if isinstance(call.get("name"), str) and self._is_new(named, place[1]):
            out["name"] = tool_name(call["name"])
            self._told[named, place[1]] = [out["name"]]
        text = call.get(key)
        if isinstance(text, str):
            released = self._pass(place, text)
            if released or out:
                out[key] = released
        return out

    def _is_new(self, name: str, number: int) -> bool:
        """Names and ids come once and whole: a client would join what comes in pieces, and no guard had."""
        is_new = (name, number) not in self._named
        self._named.add((name, number))
        return is_new

    def _pass(self, place: _Place, text: str) -> str:
        stream = self._streams.get(place)
        if stream is None:
            stream = self.guarded.output(self.index, _TEXTS.get(place[0], "tool-call"))
            if not self.is_whole:
                self._streams[place] = stream
        released = stream.last(text) if self.is_whole else stream.feed(text)
        if released:
            self._told.setdefault(place, []).append(released)
        if stream.blocked:
            self._check(stream)
        return released

    def _check(self, stream: OutputStream) -> None:
        if stream.blocked:
            raise self.guarded.blocked("output")


def _label(place: _Place) -> str:
    """How the record calls a place: `text`, `refusal`, `tool_calls[0].function.arguments`."""
    name, number = place
    if name == "content":
        return "text"
    return f"tool_calls[{number}].{name}" if name.startswith(("function.", "custom.")) else name


def _delta(place: _Place, text: str) -> dict[str, Any]:
    """A delta with a text of a place."""
    name, number = place
    if name in _TEXTS:
        return {name: text}
    kind, key = name.split(".")
    return (
        {kind: {key: text}}
        if kind == "function_call"
        else {"tool_calls": [{"index": number, kind: {key: text}}]}
    )


def message_of(choice: Choice, deltas: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """One whole message put together from deltas."""
    message: dict[str, Any] = {"role": "assistant", "content": None}
    for delta in deltas:
        for name, value in delta.items():
            if isinstance(value, str):
                message[name] = (message.get(name) or "") + value
            elif isinstance(value, list):
                _join_calls(message.setdefault(name, []), value)
            else:
                _join(message.setdefault(name, {}), value)
    return message


def _join_calls(whole: list[dict[str, Any]], pieces: list[dict[str, Any]]) -> None:
    known = {call["index"]: call for call in whole}
    for piece in pieces:
        if piece["index"] in known:
            _join(known[piece["index"]], piece)
        else:
            whole.append(piece)


def _join(whole: dict[str, Any], piece: dict[str, Any]) -> None:
    for name, value in piece.items():
        if isinstance(value, dict):
            _join(whole.setdefault(name, {}), value)
        elif name in ("arguments", "input"):
            whole[name] = whole.get(name, "") + value
        else:
            whole[name] = value
