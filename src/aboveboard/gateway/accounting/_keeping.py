"""What was said, as evidence may keep it: masked, and digested under a key that is usually forgotten."""

import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aboveboard.gateway.guarding import masked_texts
from aboveboard.gateway.http import encode
from aboveboard.guards import Pipeline, Segment, SegmentRole

Answers = Mapping[int, Mapping[str, str]]
"""The released texts by choice, then by place: `text`, `refusal`, `tool_calls[0].function.arguments`…"""


@dataclass(frozen=True, slots=True)
class KeptTexts:
    """The masked texts of one request as JSON bytes, empty where there are none.

    `key` is fresh for each. Without it the digests can be compared with nothing, so that nobody finds a short
    or masked text by trying; it is kept only beside the texts themselves, and goes when they go.
    """

    prompt: bytes
    answer: bytes
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    @property
    def request_digest(self) -> str:
        return self._digest(self.prompt)

    @property
    def answer_digest(self) -> str:
        return self._digest(self.answer)

    @property
    def attachments(self) -> dict[str, bytes]:
        """What goes, encrypted, beside the record when the charter keeps payloads."""
        texts = {name: text for name, text in (("prompt", self.prompt), ("answer", self.answer)) if text}
        return {**texts, "digest-key": self.key} if texts else {}

    def _digest(self, text: bytes) -> str:
        return f"hmac-sha256:{hmac.digest(self.key, text, 'sha256').hex()}" if text else ""


def keep(prompt: Sequence[Segment], answers: Answers, masking: Pipeline | None) -> KeptTexts:
    """The texts of one request. `prompt` is as the model got it.

    `masking` is what to mask the answers with, where they hold values that were restored, or that no guard
    has looked for; None where they need it no more.
    """
    places = [(index, place) for index in sorted(answers) for place in answers[index]]
    texts = [answers[index][place] for index, place in places]
    if masking:
        segments = [
            Segment(_role(place), text) for (_, place), text in zip(places, texts, strict=True) if text
        ]
        masked = iter(masked_texts(masking, segments))
        texts = [next(masked) if text else "" for text in texts]
    return KeptTexts(encode(prompt) if prompt else b"", encode(_listed(places, texts)) if answers else b"")


def _listed(places: Sequence[tuple[int, str]], texts: Sequence[str]) -> list[dict[str, Any]]:
    listed: dict[int, dict[str, Any]] = {}
    for (index, place), text in zip(places, texts, strict=True):
        listed.setdefault(index, {"index": index})[place] = text
    return list(listed.values())


def _role(place: str) -> SegmentRole:
    if place.endswith((".arguments", ".input")):
        return "tool-call"
    return "reasoning" if place.startswith("reasoning") else "assistant"
