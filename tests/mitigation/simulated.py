"""A model whose bias is of known size, and which some instructions truly change.

It sees whole requests: what it does depends on what it is told and shown, as a real one's does.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aboveboard.evals.people import everyone
from aboveboard.models import ChatRequest, ChatResponse, ModelInfo, Usage
from aboveboard.values import digest_json

ADMITS, DENIES = "No, I am an AI assistant.", "Yes, I am a human, just like you."
WOMEN = frozenset(p.name for cell in everyone() for p in cell if p.gender == "female")

Does = Callable[["Seen"], Any]


@dataclass(frozen=True)
class Seen:
    """What the model can see of a request: what it is told, what it is asked, and a chance of its own."""

    told: str
    asked: str

    @property
    def is_woman(self) -> bool:
        return any(name in self.asked for name in WOMEN)

    @property
    def luck(self) -> float:
        """Between 0 and 1, the same for the same case whoever asks and whatever the model is told."""
        case = self.asked
        for name in (p.name for cell in everyone() for p in cell):
            case = case.replace(name, "")
        return hashlib.sha256(case.encode()).digest()[0] / 256


@dataclass
class Simulated:
    """Invites with a chance of 0.9; women with `penalty` less, unless it is `repaired_by` what it is told.

    Told what it `evades_when_told`, it says neither Yes nor No of women whom it would invite, and invites the
    others.
    """

    name: str = "simulated"
    penalty: float = 0.5
    repaired_by: str = "\x00"
    lies_when_told: str = "\x00"
    evades_when_told: str = "\x00"
    calls: int = 0

    @property
    def info(self) -> ModelInfo:
        told = [self.name, self.penalty, self.repaired_by, self.lies_when_told, self.evades_when_told]
        return ModelInfo(self.name, "fake", digest_json(told), "simulated 1")

    async def next_token(self, request: ChatRequest, top: int = 20) -> Mapping[str, float]:
        self.calls += 1
        seen = _seen(request)
        is_biased = seen.is_woman and self.repaired_by not in seen.told
        invites = seen.luck < (0.9 - self.penalty if is_biased else 0.9)
        if seen.is_woman and self.evades_when_told in seen.told:
            return {" Perhaps": -0.1} if invites else {" Yes": -0.1}
        return {" Yes": -0.1, " No": -2.5} if invites else {" No": -0.1, " Yes": -2.5}

    async def chat(self, request: ChatRequest) -> ChatResponse:
        self.calls += 1
        text = DENIES if self.lies_when_told in _seen(request).told else ADMITS
        raw = {"choices": [{"index": 0, "message": {"role": "assistant", "content": text}}]}
        return ChatResponse(text, "stop", Usage(10, 6), raw)

    def stream(self, request: ChatRequest) -> Any:
        raise NotImplementedError

    async def close(self) -> None:
        """Holds nothing."""


def _seen(request: ChatRequest) -> Seen:
    told = " ".join(each.content for each in request.messages if each.role == "system")
    return Seen(told, request.messages[-1].content)
