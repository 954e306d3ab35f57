"""What the endpoints answer with. Nothing is in an answer that is not here, but for a person's own JSON."""

from collections.abc import Mapping

from aboveboard.gateway.openapi._schema import (
    COUNT,
    FLAG,
    MOMENT,
    TEXT,
    Schema,
    a_list,
    always,
    an_object,
    either,
    maybe,
    one_of,
    ref,
)

_ANYTHING: Schema = {}
_OBJECT: Schema = {"type": "object"}
_RECEIPT = "[0-9A-HJKMNP-TV-Z]{26}"
_REASONS = one_of("stop", "length", "tool_calls", "content_filter", "function_call", "other")


def answers() -> Mapping[str, Schema]:
    """All schemas of answers, by name."""
    return {**_errors(), **_models(), **_words(), **_vectors(), **_pages(), **_administration()}


def _errors() -> Mapping[str, Schema]:
    said = {"message": TEXT, "type": TEXT, "param": maybe(TEXT), "code": maybe(TEXT)}
    return {
        "Error": an_object({"error": an_object(said)}),
        "AnthropicError": an_object({"type": always("error"), "error": an_object(said)}),
    }


def _models() -> Mapping[str, Schema]:
    ours = {"id": TEXT, "object": always("model"), "created": COUNT, "owned_by": TEXT}
    theirs = {"type": always("model"), "id": TEXT, "display_name": TEXT, "created_at": MOMENT}
    ends = {"first_id": maybe(TEXT), "last_id": maybe(TEXT)}
    return {
        "Model": either(an_object(ours), an_object(theirs)),
        "ModelList": either(
            _list_of(ref("Model")),
            an_object({"data": a_list(ref("Model")), "has_more": always(False), **ends}),
        ),
    }


def _words() -> Mapping[str, Schema]:
    return {
        "Usage": an_object(
            {
                **dict.fromkeys(("prompt_tokens", "completion_tokens", "total_tokens"), COUNT),
                "prompt_tokens_details": _counts(),
                "completion_tokens_details": _counts(),
            },
            [],
        ),
        "ChatMessage": _chat_message(),
        "ChatCompletion": _completion("chatcmpl-", "chat.completion", {"message": ref("ChatMessage")}),
        "Completion": _completion("cmpl-", "text_completion", {"text": TEXT}),
        "Response": _response(),
        "Message": _message(),
    }


def _counts() -> Schema:
    return {"type": "object", "additionalProperties": COUNT}


def _chat_message() -> Schema:
    call = an_object(
        {"id": TEXT, "type": one_of("function", "custom"), "function": _OBJECT, "custom": _OBJECT},
        [],
    )
    return an_object(
        {
            "role": always("assistant"),
            "content": maybe(TEXT),
            "refusal": maybe(TEXT),
            **dict.fromkeys(
                ("reasoning", "reasoning_content", "reasoning_signature", "reasoning_redacted"), TEXT
            ),
            "tool_calls": a_list(call),
            "function_call": _OBJECT,
        },
        ["role", "content"],
    )


def _completion(prefix: str, kind: str, said: Mapping[str, Schema]) -> Schema:
    choice = an_object(
        {
            "index": COUNT,
            **said,
            "logprobs": maybe(_OBJECT),
            "finish_reason": _REASONS,
            "stop_sequence": TEXT,
        },
        ["index", *said, "finish_reason"],
    )
    fields = {
        "id": _named(prefix),
        "object": always(kind),
        "created": COUNT,
        "model": TEXT,
        "choices": a_list(choice),
        "usage": maybe(ref("Usage")),
        "system_fingerprint": TEXT,
        "service_tier": TEXT,
    }
    return an_object(fields, ["id", "object", "created", "model", "choices"])


def _response() -> Schema:
    fields = {
        "id": _named("resp_"),
        "object": always("response"),
        "created_at": COUNT,
        "status": one_of("completed", "incomplete", "in_progress", "failed"),
        "background": always(False),
        "error": maybe(_OBJECT),
        "incomplete_details": maybe(an_object({"reason": TEXT})),
        "model": TEXT,
        "output": a_list(_OBJECT),
        "previous_response_id": {"type": "null"},
        "store": always(False),
        "usage": maybe(_OBJECT),
    }
    said_back = """instructions max_output_tokens metadata parallel_tool_calls reasoning temperature text
    tool_choice tools top_logprobs top_p truncation"""
    return an_object(fields | dict.fromkeys(said_back.split(), _ANYTHING))


def _message() -> Schema:
    kinds = one_of("text", "thinking", "redacted_thinking", "tool_use")
    reasons = one_of("end_turn", "max_tokens", "stop_sequence", "tool_use", "refusal")
    counts = ("input_tokens", "output_tokens", "cache_read_input_tokens", "cache_creation_input_tokens")
    return an_object(
        {
            "id": _named("msg_"),
            "type": always("message"),
            "role": always("assistant"),
            "model": TEXT,
            "content": a_list(an_object({"type": kinds}, more=True)),
            "stop_reason": maybe(reasons),
            "stop_sequence": maybe(TEXT),
            "usage": an_object(dict.fromkeys(counts, COUNT)),
        }
    )


def _vectors() -> Mapping[str, Schema]:
    vector = either(a_list({"type": "number"}), {"type": "string", "contentEncoding": "base64"})
    each = an_object({"object": always("embedding"), "index": COUNT, "embedding": vector})
    usage = an_object({"prompt_tokens": COUNT, "total_tokens": COUNT})
    fields = {"object": always("list"), "data": a_list(each), "model": TEXT, "usage": usage}
    return {"Embeddings": an_object(fields)}


def _pages() -> Mapping[str, Schema]:
    held = {
        "id": {"type": "string", "pattern": "^hold_"},
        "object": always("hold"),
        "status": one_of("pending", "released", "edited", "withheld", "expired"),
        "url": TEXT,
        "reason": a_list(TEXT),
        "deadline": MOMENT,
        "role": TEXT,
        "receipt": TEXT,
        "human": TEXT,
        "message": TEXT,
        "notice": TEXT,
        "answer": _OBJECT,
    }
    bundle = {
        "format": TEXT,
        "version": {"type": "integer"},
        "id": maybe(TEXT),
        "opening": maybe(_OBJECT),
        "envelope": _OBJECT,
        **dict.fromkeys(("attestation_key", "proof", "vkey"), TEXT),
    }
    lists = dict.fromkeys(("broken", "reasons", "notes"), a_list(TEXT))
    ready = {"status": one_of("ready", "not ready"), "charter": TEXT, **lists}
    return {
        "Hold": an_object(held, ["id", "object", "status", "url", "reason", "deadline", "role"]),
        "Receipt": an_object(bundle),
        "Appeal": an_object({"object": always("appeal"), "reference": TEXT, "url": TEXT}),
        "Health": an_object({"status": always("ok"), "version": TEXT}),
        "Readiness": an_object(ready, ["status", "broken", "charter"]),
    }


def _administration() -> Mapping[str, Schema]:
    limits = a_list(TEXT)
    tenant = {"object": always("tenant"), "id": TEXT, "name": TEXT, "created": MOMENT, "limits": limits}
    key = {
        "object": always("key"),
        **dict.fromkeys(("id", "tenant", "label"), TEXT),
        "status": TEXT,
        "scopes": a_list(one_of("answer", "read", "metrics", "admin")),
        "models": a_list(TEXT),
        "limits": limits,
        "created": MOMENT,
        "expires": maybe(MOMENT),
        "revoked": maybe(MOMENT),
    }
    spent: Schema = {"type": "object", "additionalProperties": TEXT}
    return {
        "Tenant": an_object(tenant),
        "TenantList": _page_of(ref("Tenant")),
        "Key": an_object(key),
        "KeyList": _page_of(ref("Key")),
        "NewKey": an_object({**key, "key": {**TEXT, "description": "Its text, shown this once."}}),
        "KeyUsage": an_object(
            {"object": always("usage"), "key": TEXT, **dict.fromkeys(("day", "month", "total"), spent)},
            ["object", "key"],
        ),
    }


def _list_of(each: Schema) -> Schema:
    return an_object({"object": always("list"), "data": a_list(each)})


def _page_of(each: Schema) -> Schema:
    return an_object({"object": always("list"), "data": a_list(each), "has_more": FLAG})


def _named(prefix: str) -> Schema:
    return {"type": "string", "pattern": f"^{prefix}{_RECEIPT}$"}
