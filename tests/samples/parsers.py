"""Everything that reads bytes of strangers, each with a few good inputs: what fuzzers are let loose on.

A target takes any bytes, and raises nothing: the errors that are meant for such input are caught within.
"""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, cast

from aboveboard.access._keyring import Keyring
from aboveboard.access._store import Store
from aboveboard.charter import CharterError, Known, parse_charter
from aboveboard.errors import AboveboardError
from aboveboard.evidence import ReceiptError, verify_receipt
from aboveboard.gateway import Limits
from aboveboard.gateway.admission._admitting import key_text
from aboveboard.gateway.dialects import DIALECTS, Dialect
from aboveboard.gateway.http._asgi import HttpRequest
from aboveboard.gateway.http._errors import BadRequestError
from aboveboard.gateway.http._json import decode_object, encode
from aboveboard.gateway.telemetry import read_trace
from aboveboard.ledger import LedgerError
from aboveboard.ledger.notes import parse_checkpoint, parse_note
from aboveboard.ledger.tree import parse_tile, split_bundle
from aboveboard.models._errors import ModelGarbageError
from aboveboard.models._sse import SseReader
from aboveboard.values import SystemClock

Take = Callable[[bytes], None]
_KEYRING = Keyring(cast(Store, None), SystemClock())
_KNOWN = Known(measures=frozenset({"m"}), guards=frozenset({"secrets"}), providers=frozenset({"fake"}))
_TURN = {"role": "user", "content": [{"type": "text", "text": "hi <b>"}]}
_CALL = {"id": "c1", "type": "function", "function": {"name": "f", "arguments": '{"a":"b"}'}}
_RESULT = {"type": "tool_result", "tool_use_id": "t", "content": "x"}
_BODIES: Mapping[str, Mapping[str, Any]] = {
    "/v1/chat/completions": {"messages": [_TURN, {"role": "assistant", "tool_calls": [_CALL]}], "n": 2},
    "/v1/completions": {"prompt": ["a", "b"], "suffix": "c", "logit_bias": {"5": 1}},
    "/v1/responses": {
        "input": [{"type": "function_call", "call_id": "c", "name": "f", "arguments": "{}"}, _TURN],
        "instructions": "x",
        "tools": [{"type": "function", "name": "f", "parameters": {"type": "object"}}],
    },
    "/v1/embeddings": {"input": ["a", "b"], "encoding_format": "base64"},
    "/v1/messages": {
        "max_tokens": 5,
        "system": "s",
        "messages": [
            {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "t", "content": "x"}]}
        ],
        "metadata": {"user_id": "anna"},
    },
}
_CHARTER = b"""charter: 1
system: {name: Desk, purpose: Answers., context: general}
roles: {accountable: {title: Head, contact: head@example.org}}
models: [{id: m, provider: fake, role: primary}]
access: {keys: required}
retention: {payloads: 30d}
"""
_NOTE = b"example.org/log\n5\n" + b"A" * 43 + b"=\n\n\xe2\x80\x94 example.org/log AAAAAAAA\n"


@dataclass(frozen=True)
class Target:
    """Something that reads: what takes the bytes, and good ones to start from."""

    take: Take
    seeds: tuple[bytes, ...]


def _reader_of(dialect: Dialect) -> Take:
    def take(data: bytes) -> None:
        with suppress(BadRequestError):
            call = dialect.read(decode_object(data), Limits())
            before = encode(call.body)
            call.rewrite(call.segments)
            assert encode(call.body) == before, "what no guard changed is as it was"
            call.to_model("p-1")

    return take


def _json(data: bytes) -> None:
    with suppress(BadRequestError):
        value = decode_object(data)
        assert decode_object(encode(value)) == value


def _events(data: bytes) -> None:
    whole, cut = SseReader("x", 4096), SseReader("x", 4096)
    with suppress(ModelGarbageError):
        said = list(whole.feed(data))
        assert said == [one for at in range(len(data)) for one in cut.feed(data[at : at + 1])]


def _header(data: bytes) -> None:
    """The key and the trace in a request's headers."""
    names = (b"authorization", b"x-api-key", b"traceparent", b"tracestate")
    values = (data.split(b"\n") + [b""] * 4)[:4]
    scope: dict[str, Any] = {"path": "/", "method": "GET", "headers": list(zip(names, values, strict=True))}
    request = HttpRequest(scope, _never, _never)
    assert isinstance(key_text(request), str)
    read_trace(request.header(b"traceparent"), request.header(b"tracestate"))


async def _never(*_: Any) -> Any:
    raise AssertionError("nothing is read or sent")


def _charter(data: bytes) -> None:
    with suppress(CharterError, UnicodeDecodeError):
        parse_charter(data.decode(), _KNOWN)


def _receipt(data: bytes) -> None:
    with suppress(ReceiptError):
        verify_receipt(data)


def _path(data: bytes) -> None:
    with suppress(LedgerError):
        text = data.decode("latin-1")
        assert parse_tile(text).path == text


def _log(data: bytes) -> None:
    """Notes, checkpoints, and the entries of a tile."""
    for read in (parse_note, parse_checkpoint, split_bundle):
        with suppress(AboveboardError):
            read(data)


def _key(data: bytes) -> None:
    """Nobody guesses a key."""
    assert _KEYRING.verify(data.decode("latin-1")) is None


def targets(receipt: bytes) -> Mapping[str, Target]:
    """All of them, by name; `receipt` is a good one."""
    dialects = {
        f"requests of {dialect.path}": Target(
            _reader_of(dialect), (json.dumps({"model": "m", **_BODIES[dialect.path]}).encode(),)
        )
        for dialect in DIALECTS
    }
    return {
        **dialects,
        "JSON": Target(_json, (b'{"a":[1,-2.5e3,null,true,"\\u00e9\\ud83d\\ude00"]}', b"[[[]]]")),
        "events of a model": Target(
            _events, (b'data: {"a":1}\r\n\r\n: c\nevent: x\rdata: b\n\n', b"data:\xc3\xa9\n\n")
        ),
        "headers": Target(
            _header, (b"Bearer ab-0123456789-x\nkey\n00-" + b"1" * 32 + b"-" + b"2" * 16 + b"-01\na=b",)
        ),
        "charters": Target(_charter, (_CHARTER,)),
        "receipts": Target(_receipt, (receipt,)),
        "keys": Target(_key, (b"ab-0123456789-" + b"x" * 43,)),
        "paths of the ledger": Target(_path, (b"tile/0/x001/234.p/7", b"tile/entries/000")),
        "notes and tiles": Target(_log, (_NOTE, b"\x00\x03abc\x00\x00")),
    }
