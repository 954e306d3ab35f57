"""`POST /v1/messages`: Anthropic's protocol, a request checked and its texts laid open to guards.

Source: the Anthropic API reference, "Messages", version 2023-06-01.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from aboveboard.gateway.dialects._call import Call, beside, check_length, laid_open
from aboveboard.gateway.dialects._messages_blocks import places_of_content, places_of_turns
from aboveboard.gateway.dialects._messages_translation import to_chat
from aboveboard.gateway.fields import (
    TOKENS,
    AnyPlace,
    a_list,
    an_object,
    bad,
    boolean,
    check_fields,
    check_name,
    check_present,
    fields_within,
    integer,
    number,
    others,
    refused,
    text,
)
from aboveboard.gateway.http import Limits

_WORDLESS = {
    "model": text(256),
    "max_tokens": TOKENS,
    "stream": boolean,
    "temperature": number(0.0, 1.0),
    "top_p": number(0.0, 1.0),
    "top_k": integer(0, 1 << 31),
}
_MOST_STOPS = 64
_CHECKS = {
    **_WORDLESS,
    **dict.fromkeys(("messages", "tools", "stop_sequences"), a_list),
    **dict.fromkeys(("metadata", "tool_choice", "thinking", "output_config"), an_object),
}
_UNREAD = frozenset({*_WORDLESS, "messages", "system", "metadata"})
_INSTRUCTIONS = frozenset({"tools", "output_config"})


def read_messages(body: dict[str, Any], limits: Limits) -> Call:
    """Checks a decoded body; raises BadRequestError, which names the field."""
    check_present(body, ("model", "max_tokens", "messages"))
    check_fields(body, _CHECKS)
    check_length(body, "messages", "messages", limits.messages)
    _check_tools(body.get("tools") or ())
    _check_stops(body.get("stop_sequences") or ())
    return Call(body, laid_open(_places(body), limits, "messages"), _user(body), to_chat)


def _places(body: dict[str, Any]) -> Iterator[AnyPlace]:
    if body.get("system") is not None:
        yield from places_of_content(body, "system", "system", "body")
    yield from places_of_turns(body["messages"])
    metadata = body.get("metadata") or {}
    yield from fields_within(metadata, others(metadata, "user_id"), "tool-result", "metadata")
    yield from beside(body, _UNREAD, _INSTRUCTIONS)


def _user(body: Mapping[str, Any]) -> str:
    """The end user, who is known to the model by pseudonym only."""
    user = (body.get("metadata") or {}).get("user_id")
    if user is not None:
        text(512)("metadata.user_id", user)
    return user or ""


def _check_tools(tools: Any) -> None:
    for number_, tool in enumerate(tools):
        where = f"tools[{number_}]"
        if not isinstance(tool, dict):
            raise bad(where, "an object")
        if tool.get("type") not in (None, "custom"):
            raise refused(f"{where}.type", "tools that run elsewhere pass by every guard; send your own")
        check_name(tool.get("name"), f"{where}.name")


def _check_stops(stops: Any) -> None:
    if len(stops) > _MOST_STOPS or not all(isinstance(stop, str) for stop in stops):
        raise bad("stop_sequences", f"a list of at most {_MOST_STOPS} texts")
