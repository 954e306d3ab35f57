"""Where a check runs: here, or beside the event loop."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Checks:
    """Runs checks. `is_inline`: no guard can make us wait."""

    is_inline: bool

    async def run(self, check: Callable[..., T], *given: object) -> T:
        """Runs a check here if no guard can make us wait, else on a thread, so that others are served."""
        if self.is_inline:
            return check(*given)
        return await asyncio.to_thread(check, *given)
