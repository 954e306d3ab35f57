"""`POST /v1/responses`: OpenAI's newer protocol, a request checked and its texts laid open to guards.

Source: the OpenAI API reference, "Responses". No state is kept: what refers to earlier answers is refused.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from aboveboard.gateway.dialects._call import Call, beside, laid_open
from aboveboard.gateway.dialects._responses_items import places_of_items
from aboveboard.gateway.dialects._responses_translation import to_chat
from aboveboard.gateway.fields import (
    SAMPLING,
    TOKENS,
    AnyPlace,
    Place,
    a_list,
    an_object,
    bad,
    boolean,
    check_fields,
    check_name,
    check_present,
    integer,
    refused,
    text,
    word,
)
from aboveboard.gateway.http import Limits

_PERSON = ("user", "safety_identifier")
_INCLUDED = frozenset({"message.output_text.logprobs", "reasoning.encrypted_content"})
_WORDLESS = {
    **{name: SAMPLING[name] for name in ("model", "user", "stream", "temperature", "top_p")},
    "safety_identifier": text(512),
    "max_output_tokens": TOKENS,
    "max_tool_calls": integer(1, 1 << 31),
    "top_logprobs": integer(0, 20),
    "parallel_tool_calls": boolean,
    "store": boolean,
    "background": boolean,
    "truncation": word("auto", "disabled"),
}
_CHECKS = {
    **_WORDLESS,
    **dict.fromkeys(("text", "reasoning", "metadata", "stream_options"), an_object),
    **dict.fromkeys(("tools", "include"), a_list),
}
_UNREAD = frozenset({*_WORDLESS, "input", "instructions", "include"})
_INSTRUCTIONS = frozenset({"tools", "text"})
_STATE = "this gateway keeps no answers; send the whole conversation in `input`"
_REFUSED = {
    "previous_response_id": _STATE,
    "conversation": _STATE,
    "background": "answers are given at once",
    "prompt": "stored prompts pass by every guard; send `instructions`",
}


def read_response_call(body: dict[str, Any], limits: Limits) -> Call:
    """Checks a decoded body; raises BadRequestError, which names the field."""
    check_present(body, ("model", "input"))
    check_fields(body, _CHECKS)
    _check_state(body)
    _check_tools(body.get("tools") or ())
    if not all(isinstance(one, str) and one in _INCLUDED for one in body.get("include") or ()):
        raise refused("include", f"an answer has room for {' and '.join(sorted(_INCLUDED))}")
    user = next((str(body[name]) for name in _PERSON if body.get(name)), "")
    return Call(body, laid_open(_places(body, limits), limits, "input"), user, to_chat)


def _places(body: dict[str, Any], limits: Limits) -> Iterator[AnyPlace]:
    if body.get("instructions") is not None:
        if not isinstance(body["instructions"], str):
            raise bad("instructions", "a text")
        yield Place("system", body, "instructions")
    given = body["input"]
    if isinstance(given, str):
        yield Place("user", body, "input")
    elif isinstance(given, list) and 0 < len(given) <= limits.messages:
        yield from places_of_items(given)
    else:
        raise bad("input", f"a text or a list of 1 to {limits.messages} items")
    yield from beside(body, _UNREAD, _INSTRUCTIONS)


def _check_state(body: Mapping[str, Any]) -> None:
    for name, why in _REFUSED.items():
        if body.get(name):
            raise refused(name, why)
    if body.get("store"):
        raise refused("store", "answers are not stored to be asked for again; send false, or nothing")


def _check_tools(tools: Any) -> None:
    for number, tool in enumerate(tools):
        where = f"tools[{number}]"
        if not isinstance(tool, dict):
            raise bad(where, "an object")
        if tool.get("type") != "function":
            raise refused(f"{where}.type", "tools that run elsewhere pass by every guard; send functions")
        check_name(tool.get("name"), f"{where}.name")
