"""What a request may cost at most, before it is asked, and what it did cost."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from aboveboard.access import UNIT, Amounts, Caller
from aboveboard.charter import ModelEntry, Price
from aboveboard.evidence.records import ModelAttempt
from aboveboard.gateway._services import GatewayServices
from aboveboard.gateway.accounting import Account
from aboveboard.gateway.dialects import Call

UNSTATED_TOKENS = 4096
"""Set aside for an answer of which nobody said how long it may be. What it is beyond is counted after."""

IMAGE_TOKENS = 2048
"""Set aside for a picture beside the bytes of its address."""

_FREE = frozenset({"upstream_refused", "upstream_rate_limited", "context_length_exceeded", "circuit_open"})
_PER_TOKEN = UNIT["money"] / 1e6  # prices are for a million tokens


@dataclass(frozen=True, slots=True)
class Estimating:
    """Counts in the units of limits: requests, tokens, money and energy."""

    services: GatewayServices

    def most(self, caller: Caller, call: Call, body: bytes, lengths: Sequence[str]) -> Amounts:
        """The most that a request may cost, as far as it counts for the caller. `lengths`: the fields that
        say how long an answer may be; none for what is not answered in words.

        A token stands for a byte at least, so the body's length is no less than the tokens of its texts.
        """
        read = len(body) + IMAGE_TOKENS * body.count(b'"image')
        written = _written(call, lengths) if lengths else 0
        money = self._dearest(call.model, read, written) if "money" in caller.meters else 0
        energy = self._energy(read + written) if "energy" in caller.meters else 0
        return 1, read + written, money, energy

    def is_priced(self, model: str) -> bool:
        """Whether every model that may answer in this name has a price."""
        found = self._candidates(model)
        return bool(found) and all(entry.price for entry in found)

    def spent(self, account: Account, held: Amounts) -> Amounts:
        """What a request did cost, with what models that were asked in vain said that it took. What nobody
        can say was as much as was set aside; an answer that was given before costs no tokens again.
        """
        answered = self._answered(account, held)
        if account.reused or not account.trail.wasted_tokens:
            return answered
        tokens, money = account.trail.wasted_tokens, sum(map(self._wasted, account.trail.attempts))
        return answered[0], answered[1] + tokens, answered[2] + money, answered[3]

    def _wasted(self, attempt: ModelAttempt) -> int:
        price = next(
            (entry.price for entry in self.services.charter.models if entry.id == attempt.model), None
        )
        return _cost(price, attempt.prompt_tokens, attempt.completion_tokens) if price else 0

    def _answered(self, account: Account, held: Amounts) -> Amounts:
        usage, energy = account.usage, _counted(account.energy_wh, "energy")
        if account.reused:
            return 1, 0, 0, energy
        if usage.prompt_tokens or usage.completion_tokens:
            price = self._price(account)
            money = _cost(price, usage.prompt_tokens, usage.completion_tokens) if price else 0
            return 1, usage.prompt_tokens + usage.completion_tokens, money, energy
        is_free = account.model is None or account.error in _FREE or account.trail.is_told
        if account.is_sealed and is_free:
            return 1, 0, 0, energy
        return 1, held[1], held[2], energy if account.is_sealed else held[3]

    def _dearest(self, model: str, read: int, written: int) -> int:
        prices = (entry.price for entry in self._candidates(model) if entry.price)
        return max((_cost(price, read, written) for price in prices), default=0)

    def _energy(self, tokens: int) -> int:
        spent = self.services.footprint(cpu_seconds=0.0, seconds=0.0, tokens=tokens)
        return _counted(spent.energy_wh, "energy")

    def _candidates(self, model: str) -> list[ModelEntry]:
        """The model asked for; all of them where another may answer in its place."""
        models = self.services.charter.models
        asked = [entry for entry in models if entry.id == model]
        return asked if asked and len(models) == 1 else list(models)

    def _price(self, account: Account) -> Price | None:
        """The price of the model that answered."""
        names = [name for name, model in self.services.models.items() if model is account.model]
        entries = (entry for entry in self.services.charter.models if entry.id in names)
        return next((entry.price for entry in entries), None)


def _written(call: Call, lengths: Sequence[str]) -> int:
    body = call.body
    stated = max(_whole(body.get(name)) for name in lengths) or UNSTATED_TOKENS
    answers = max(1, _whole(body.get("n")), _whole(body.get("best_of")))
    prompts = body.get("prompt")
    return stated * answers * (len(prompts) if isinstance(prompts, list) else 1)


def _whole(value: object) -> int:
    """A count, or 0: a protocol checks its own fields alone, and less than nothing would lift a limit."""
    return value if isinstance(value, int) and value > 0 else 0


def _cost(price: Price, read: int, written: int) -> int:
    return math.ceil((read * price.input + written * price.output) * _PER_TOKEN)


def _counted(amount: float, meter: str) -> int:
    return math.ceil(amount * UNIT[meter])
