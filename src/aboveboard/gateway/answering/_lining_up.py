"""Which models may answer a request, in the order in which they are asked, and why not the one asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

from aboveboard.charter import AutoModel
from aboveboard.gateway._services import GatewayServices
from aboveboard.gateway.accounting import Account
from aboveboard.gateway.dialects import Call, ModelRequest
from aboveboard.gateway.routing import Orders, check_offered, check_serving, is_offered, route, substitutes
from aboveboard.gateway.upstreams import expected_tokens, right_sized


@dataclass(frozen=True, slots=True)
class LineUp:
    """Chooses among a gateway's models."""

    services: GatewayServices

    def of(self, account: Account, call: Call, request: ModelRequest, orders: Orders) -> Sequence[str]:
        """The ids of the models; notes in the account why another than the one asked for is the first.

        Raises RefusedError when nobody may answer, BadRequestError when the first cannot say what is asked.
        """
        models = self.services.models
        first, account.trail.reason = self._first(call, request, orders)
        check_offered(models[first[0]], request)
        others = substitutes(first, orders, account.allowed, self.services)
        return [*first, *(name for name in others if is_offered(models[name], request))]

    def _first(self, call: Call, request: ModelRequest, orders: Orders) -> tuple[Sequence[str], str]:
        auto = self.services.charter.routing.auto
        if auto is not None and call.model == auto.id:
            return self._chosen(auto, call, request, orders)
        name = route(call.model, orders, self.services)
        return [name], f"broken: {', '.join(orders.fallback)}" if orders.fallback else ""

    def _chosen(
        self, auto: AutoModel, call: Call, request: ModelRequest, orders: Orders
    ) -> tuple[Sequence[str], str]:
        services = self.services
        check_serving(orders, services)
        prices = {entry.id: entry.price for entry in services.charter.models}
        tokens = expected_tokens(sum(len(each.text) for each in call.segments), _most(request))
        fit = right_sized(auto, orders.fit, prices, tokens)
        able = [name for name in fit if is_offered(services.models[name], request)]
        if able:
            return able, f"the cheapest of {', '.join(auto.among)} whose promises are all kept"
        primary = services.charter.primary.id
        name = route(primary if primary in auto.among else auto.among[0], orders, services)
        return [name], f"of none of {', '.join(auto.among)} all promises are kept"


def _most(request: ModelRequest) -> int | None:
    """How many tokens an answer may have, where the client says so."""
    most = getattr(request, "max_tokens", None) or request.extra.get("max_completion_tokens")
    return most if isinstance(most, int) and most > 0 else None
