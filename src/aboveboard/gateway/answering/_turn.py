"""One request on its way."""

import time
from dataclasses import dataclass

from aboveboard.gateway.accounting import Account
from aboveboard.gateway.answering._wire import Wire
from aboveboard.gateway.dialects import Call, Identity
from aboveboard.gateway.guarding import GuardedExchange
from aboveboard.gateway.http import Limits


@dataclass(frozen=True, slots=True)
class Turn:
    """What was asked, what is written down, who checks, where the answer goes. `size`: bytes of the body."""

    call: Call
    account: Account
    guarded: GuardedExchange
    wire: Wire
    size: int

    def is_small(self, limits: Limits) -> bool:
        """Whether guards that cannot hang will have read the request before anybody else is kept waiting."""
        return self.size <= limits.inline_bytes and len(self.call.places) <= limits.inline_places

    def identity(self, model: str) -> Identity:
        """What every frame of the answer carries. The id is the receipt's."""
        return Identity(self.account.id, int(time.time()), model)
