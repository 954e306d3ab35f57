"""The models that a client may ask for, as OpenAI's clients list them and as Anthropic's do."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from aboveboard.access import Caller
from aboveboard.gateway._services import GatewayServices

_UNKNOWN_TIME = "1970-01-01T00:00:00Z"  # what Anthropic's reference says to give for one that is not known


def names(services: GatewayServices, caller: Caller | None) -> list[str]:
    """The charter's models that the key is for, the primary first, and last the name of a choice."""
    return [name for name in services.known if caller is None or caller.may_ask(name)]


def listed(services: GatewayServices, chosen: Sequence[str], *, is_anthropic: bool) -> dict[str, Any]:
    """The list."""
    data = list(_each(services, chosen, is_anthropic=is_anthropic))
    if not is_anthropic:
        return {"object": "list", "data": data}
    ends = {"first_id": chosen[0] if chosen else None, "last_id": chosen[-1] if chosen else None}
    return {"data": data, "has_more": False, **ends}


def one(services: GatewayServices, name: str, *, is_anthropic: bool) -> Mapping[str, Any]:
    """One of them."""
    return next(_each(services, [name], is_anthropic=is_anthropic))


def _each(
    services: GatewayServices, chosen: Sequence[str], *, is_anthropic: bool
) -> Iterator[Mapping[str, Any]]:
    for name in chosen:
        if is_anthropic:
            yield {"type": "model", "id": name, "display_name": name, "created_at": _UNKNOWN_TIME}
        else:
            model = services.models.get(name)
            owner = model.info.provider if model else "aboveboard"
            yield {"id": name, "object": "model", "created": 0, "owned_by": owner}
