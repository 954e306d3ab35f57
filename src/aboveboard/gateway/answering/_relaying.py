"""Passing on a stream: text is checked and sent whenever the model makes us wait, never later."""

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass

from aboveboard.gateway.answering._eager import or_first
from aboveboard.gateway.answering._turn import Turn
from aboveboard.gateway.guarding import Checks, StreamedAnswer
from aboveboard.gateway.telemetry import Metrics
from aboveboard.gateway.upstreams import close
from aboveboard.models import ChatChunk


@dataclass(frozen=True, slots=True)
class Relay:
    """Passes on streams."""

    metrics: Metrics
    checks: Checks

    async def pass_on(self, turn: Turn, chunks: AsyncIterator[ChatChunk], answer: StreamedAnswer) -> None:
        """Sends what the guards let out, until the model has ended; raises BlockedError, ModelError."""

        async def flush() -> None:
            began = time.perf_counter()
            await self._send(turn, await self.checks.run(answer.flush))
            turn.account.waited -= time.perf_counter() - began

        try:
            while True:
                began = time.perf_counter()
                try:
                    chunk = await or_first(anext(chunks), flush)
                except StopAsyncIteration:
                    return
                finally:
                    turn.account.waited += time.perf_counter() - began
                inline = self.checks.is_inline
                frames = answer.take(chunk) if inline else await self.checks.run(answer.take, chunk)
                if not turn.wire.is_open:
                    # The first text goes out by itself: what a person feels is when an answer begins.
                    frames += await self.checks.run(answer.flush)
                await self._send(turn, frames)
        finally:
            await close(chunks)

    async def _send(self, turn: Turn, frames: bytes) -> None:
        if not frames:
            return
        if not turn.wire.is_open:
            turn.account.first_text = time.perf_counter() - turn.account.started
            self.metrics.first_text.observe(turn.account.first_text)
        await turn.wire.frames(frames)
