"""From items to the calls that have to be made: deduplicated, and in an order that shares prefixes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from aboveboard.evals._item import Item
from aboveboard.models import ChatRequest, LikelihoodRequest
from aboveboard.values import digest_json

_STEM = 160
"""Characters of a prompt that items must share to be kept together; about forty tokens."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request to make, and the items (positions in the plan) that its answer serves."""

    key: str
    item: Item
    serves: tuple[int, ...]


def call_key(item: Item, model_digest: str) -> str:
    """The content key of one answer: model, prompt, parameters, draw and scoring mode."""
    asked = {} if item.likelihood is None else {"likelihood": _content(item.likelihood)}
    return digest_json(
        asked
        | {
            "max_tokens": item.max_tokens,
            "messages": [[message.role, message.content] for message in item.messages],
            "mode": item.mode,
            "model": model_digest,
            "repeat": item.draw,
            "temperature": item.temperature or 0,
        }
    )


def _content(asked: LikelihoodRequest) -> list[Any]:
    return [asked.context, dict(asked.continuations), asked.form, asked.detail]


def request_of(item: Item) -> ChatRequest:
    """The request for an item: at temperature 0 for the most likely answer, at most `max_tokens` of it."""
    return ChatRequest(
        messages=item.messages, max_tokens=item.max_tokens, temperature=item.temperature, seed=item.draw
    )


def plan_calls(items: Sequence[Item], model_digest: str) -> list[Call]:
    """Distinct calls for `items`, those that begin alike next to each other, short groups first."""
    serves: dict[str, list[int]] = {}
    for position, item in enumerate(items):
        serves.setdefault(call_key(item, model_digest), []).append(position)
    calls = [Call(key, items[places[0]], tuple(places)) for key, places in serves.items()]
    return _share_prefixes(calls)


def stem(call: Call) -> str:
    """How a prompt begins; those that begin alike are kept together."""
    return call.item.text[:_STEM]


def _share_prefixes(calls: Iterable[Call]) -> list[Call]:
    groups: dict[str, list[Call]] = {}
    for call in calls:
        groups.setdefault(stem(call), []).append(call)
    ordered = sorted(groups.values(), key=lambda group: (max(len(c.item.text) for c in group), group[0].key))
    return [call for group in ordered for call in sorted(group, key=lambda call: (call.item.text, call.key))]


def describe_messages(item: Item) -> list[dict[str, Any]]:
    """The prompt as it is written into the per-item log; raw texts have roles of their own."""
    if item.likelihood is not None:
        texts = [("context", item.likelihood.context), *item.likelihood.continuations.items()]
        return [{"content": text, "role": role} for role, text in texts]
    return [{"content": message.content, "role": message.role} for message in item.messages]
