"""What may be sent to the endpoints of models: the same limits that their dialects check."""

from collections.abc import Mapping

from aboveboard.gateway.http import Limits
from aboveboard.gateway.openapi._schema import (
    FLAG,
    TEXT,
    Schema,
    a_list,
    always,
    an_object,
    either,
    maybe,
    number,
    one_of,
    text,
    whole,
)

_TOKENS = whole(1, 1 << 31)
_STOPS = either(TEXT, a_list(TEXT, 0, 16))
_ANY_OBJECT: Schema = {"type": "object"}
_NAME: Schema = {"type": "string", "pattern": "^[A-Za-z0-9_.:-]{1,128}$"}
_SAMPLING: Mapping[str, Schema] = {
    "user": text(1, 512),
    "stream": FLAG,
    "max_tokens": _TOKENS,
    "n": whole(1, 128),
    "seed": whole(-(1 << 63), (1 << 63) - 1),
    "temperature": number(0, 2),
    "top_p": number(0, 1),
    "presence_penalty": number(-2, 2),
    "frequency_penalty": number(-2, 2),
    "logit_bias": {
        "type": "object",
        "maxProperties": 1024,
        "propertyNames": {"pattern": "^[0-9]{1,8}$"},
        "additionalProperties": number(-100, 100),
    },
}
_MODEL = text(1, 256)


def requests(limits: Limits) -> Mapping[str, Schema]:
    """The schema of a body by path. Other fields pass through, and guards read every text in them."""
    return {
        "/v1/chat/completions": _body(("messages",), _chat(limits)),
        "/v1/completions": _body(("prompt",), _completion(limits)),
        "/v1/responses": _body(("input",), _response(limits)),
        "/v1/embeddings": _body(("input",), _embedding()),
        "/v1/messages": _body(("max_tokens", "messages"), _message(limits)),
    }


def _body(needed: tuple[str, ...], fields: Mapping[str, Schema]) -> Schema:
    known = {"model": _MODEL, **fields}
    required = ["model", *needed]
    shown = {name: each if name in required else maybe(each) for name, each in known.items()}
    return an_object(shown, required, more=True)


def _chat(limits: Limits) -> Mapping[str, Schema]:
    roles = one_of("system", "developer", "user", "assistant", "tool", "function")
    turn = {
        "role": roles,
        "content": either(TEXT, a_list(_part()), {"type": "null"}),
        "name": maybe(_NAME),
        "tool_call_id": maybe(_NAME),
        "tool_calls": maybe(a_list(_call())),
        "function_call": maybe(_named_function("arguments")),
    }
    return {
        **_SAMPLING,
        "messages": a_list(an_object(turn, ["role"], more=True), 1, limits.messages),
        "n": whole(1, limits.choices),
        "safety_identifier": text(1, 512),
        "max_completion_tokens": _TOKENS,
        "top_logprobs": whole(0, 20),
        "logprobs": FLAG,
        "store": FLAG,
        "parallel_tool_calls": FLAG,
        "stream_options": _ANY_OBJECT,
        "response_format": _ANY_OBJECT,
        "prediction": _ANY_OBJECT,
        "tools": a_list(_offer()),
        "functions": a_list(_named_function()),
        "modalities": a_list(one_of("text")),
        "stop": _STOPS,
    }


def _completion(limits: Limits) -> Mapping[str, Schema]:
    return {
        **_SAMPLING,
        "prompt": either(TEXT, a_list(TEXT, 1, limits.choices)),
        "suffix": TEXT,
        "logprobs": whole(0, 20),
        "best_of": whole(1, 20),
        "echo": FLAG,
        "stream_options": _ANY_OBJECT,
        "stop": _STOPS,
    }


def _response(limits: Limits) -> Mapping[str, Schema]:
    included = one_of("message.output_text.logprobs", "reasoning.encrypted_content")
    return {
        **{name: _SAMPLING[name] for name in ("user", "stream", "temperature", "top_p")},
        "input": either(TEXT, a_list(_ANY_OBJECT, 1, limits.messages)),
        "instructions": TEXT,
        "safety_identifier": text(1, 512),
        "max_output_tokens": _TOKENS,
        "max_tool_calls": _TOKENS,
        "top_logprobs": whole(0, 20),
        "parallel_tool_calls": FLAG,
        "store": {"const": False},
        "background": {"const": False},
        "truncation": one_of("auto", "disabled"),
        "text": _ANY_OBJECT,
        "reasoning": _ANY_OBJECT,
        "metadata": _ANY_OBJECT,
        "stream_options": _ANY_OBJECT,
        "tools": a_list(_tool("function")),
        "include": a_list(included),
    }


def _embedding() -> Mapping[str, Schema]:
    return {
        **_SAMPLING,
        "input": either(TEXT, a_list(TEXT, 1, 2048)),
        "dimensions": whole(1, 1 << 16),
        "encoding_format": one_of("float", "base64"),
        "stream": {"const": False},
    }


def _message(limits: Limits) -> Mapping[str, Schema]:
    content = either(TEXT, a_list(_ANY_OBJECT))
    turn = an_object({"role": one_of("user", "assistant"), "content": content}, more=True)
    return {
        "max_tokens": _TOKENS,
        "messages": a_list(turn, 1, limits.messages),
        "system": content,
        "stream": FLAG,
        "temperature": number(0, 1),
        "top_p": number(0, 1),
        "top_k": whole(0, 1 << 31),
        "tools": a_list(an_object({"name": _NAME, "type": maybe(one_of("custom"))}, ["name"], more=True)),
        "stop_sequences": a_list(TEXT, 0, 64),
        "metadata": an_object({"user_id": maybe(text(1, 512))}, [], more=True),
        "tool_choice": _ANY_OBJECT,
        "thinking": _ANY_OBJECT,
        "output_config": _ANY_OBJECT,
    }


def _part() -> Schema:
    url = an_object({"url": TEXT}, more=True)
    return either(
        an_object({"type": always("text"), "text": TEXT}, more=True),
        an_object({"type": always("refusal"), "refusal": TEXT}, more=True),
        an_object({"type": always("image_url"), "image_url": url}, more=True),
    )


def _named_function(*texts: str) -> Schema:
    return an_object({"name": _NAME, **dict.fromkeys(texts, TEXT)}, more=True)


def _call() -> Schema:
    function, custom = _named_function("arguments"), _named_function("input")
    return either(
        an_object(
            {"id": _NAME, "type": always("function"), "function": function}, ["id", "function"], more=True
        ),
        an_object({"id": _NAME, "type": always("custom"), "custom": custom}, more=True),
    )


def _offer() -> Schema:
    kinds = ("function", "custom")
    return either(
        *(
            an_object({"type": always(kind), kind: _named_function()}, [kind, "type"], more=True)
            for kind in kinds
        )
    )


def _tool(kind: str) -> Schema:
    return an_object({"type": always(kind), "name": _NAME}, more=True)
