"""Requests in this process: what is metered is the answer, and not the reading of the weights."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aboveboard.evals import Options, Services, assess, plan_suite
from aboveboard.footprint import Meter
from aboveboard.models import ChatRequest, ChatResponse, ModelInfo


class Asked:
    """A scripted model that says it is `provider`'s, and keeps what it was asked."""

    def __init__(self, inner: Any, provider: str) -> None:
        self._inner = inner
        self.info: ModelInfo = replace(inner.info, provider=provider)
        self.lengths: list[int] = []

    async def chat(self, request: ChatRequest) -> ChatResponse:
        self.lengths.append(request.max_tokens or 0)
        response: ChatResponse = await self._inner.chat(request)
        return response

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


@pytest.mark.parametrize(("provider", "lengths"), [("local", [1, 64, 64]), ("fake", [64, 64])])
async def test_a_model_of_this_process_reads_its_weights_before_what_is_metered(
    fake: Any, tmp_path: Path, provider: str, lengths: list[int]
) -> None:
    model: Any = Asked(fake(reply="a b"), provider)
    await assess(
        plan_suite("footprint.energy", Options(limit=2)), model, Services(state=tmp_path, meter=Meter())
    )
    assert model.lengths == lengths
