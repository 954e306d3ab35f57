"""Who may ask, and how much: the key of a request, what it is for, and its limits."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from aboveboard.access import Access, AccessError, Caller, Refusal, Reservation
from aboveboard.errors import AboveboardError
from aboveboard.gateway._services import GatewayServices
from aboveboard.gateway.accounting import Account
from aboveboard.gateway.admission._estimating import Estimating
from aboveboard.gateway.admission._laddering import MISUSE, Laddering
from aboveboard.gateway.admission._ratelimits import rate_headers
from aboveboard.gateway.admission._refusals import (
    AccessUnknownError,
    ForbiddenError,
    LimitError,
    UnauthorizedError,
)
from aboveboard.gateway.dialects import Call, Dialect
from aboveboard.gateway.http import Header, HttpRequest
from aboveboard.gateway.routing import Orders

Handler = Callable[[HttpRequest], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Admitted:
    """A request that may go on. `headers` say what is left of its rates."""

    caller: Caller | None = None
    reservation: Reservation | None = None
    headers: tuple[Header, ...] = ()

    def sign(self, account: Account) -> None:
        """Writes down who asks, by the key's public id."""
        if self.caller is not None:
            account.key, account.tenant = self.caller.key, self.caller.tenant
            account.allowed = self.caller.models


_ANYBODY = Admitted()


@dataclass(slots=True)
class Admission:
    """The door. Where the charter asks for no keys it stands open, and nothing is counted."""

    services: GatewayServices
    access: Access | None = field(init=False)
    estimating: Estimating = field(init=False)
    laddering: Laddering = field(init=False)

    def __post_init__(self) -> None:
        is_asked = self.services.charter.access.keys == "required"
        if is_asked and self.services.access is None:
            raise AboveboardError(
                "the charter asks for keys, and nothing here knows them", where="access.keys"
            )
        self.access = self.services.access if is_asked else None
        self.estimating = Estimating(self.services)
        self.laddering = Laddering(self.services)

    async def enter(self, request: HttpRequest, scope: str) -> Caller | None:
        """Who asks; None where anybody may. Raises UnauthorizedError, ForbiddenError, AccessUnknownError."""
        if self.access is None:
            return None
        if self.access.keyring.is_stale:
            await self._refresh(self.access)
        caller = self.access.keyring.verify(key_text(request))
        if caller is None:
            raise UnauthorizedError
        if scope not in caller.scopes:
            raise ForbiddenError(f"this key lacks the scope `{scope}`", code="insufficient_scope")
        return caller

    def behind(self, scope: str, handler: Handler) -> Handler:
        """A handler for those alone whose key has a scope."""

        async def handled(request: HttpRequest) -> None:
            await self.enter(request, scope)
            await handler(request)

        return handled

    def check_model(self, caller: Caller | None, model: str) -> None:
        """Raises ForbiddenError for a model that the key is not for, whether or not there is one."""
        if caller is not None and not caller.may_ask(model):
            mine = ", ".join(sorted(caller.models))
            raise ForbiddenError(f"this key is for: {mine}", code="model_not_allowed")

    def ordered(self, orders: Orders, caller: Caller | None, person: str) -> Orders:
        """The orders, with whoever's answers the misuse ladder holds among what holds answers. Raises
        SlowedError, SuspendedError.
        """
        if self.laddering.check(caller, person):
            return replace(orders, hold=(*orders.hold, MISUSE))
        return orders

    async def admit(self, caller: Caller | None, call: Call, body: bytes, dialect: Dialect) -> Admitted:
        """Sets aside what the request may cost; raises LimitError, ForbiddenError, AccessUnknownError."""
        if caller is None or self.access is None:
            return _ANYBODY
        if "money" in caller.meters and not self.estimating.is_priced(call.model):
            raise ForbiddenError(
                "this key is limited in money, and a model that may answer has no price", code="no_price"
            )
        needs = self.estimating.most(caller, call, body, dialect.lengths)
        found = self.access.metering.reserve(caller, needs)
        if found is None:
            found = await self._reserve_slowly(self.access, caller, needs)
        headers = rate_headers(self.access.metering, caller, self.services.clock.now().timestamp())
        if isinstance(found, Refusal):
            raise LimitError(found, headers)
        return Admitted(caller, found, headers)

    def settle(self, admitted: Admitted, account: Account) -> None:
        """Counts what a request did cost, whatever became of it, and leaves it to the misuse ladder."""
        self.laddering.note(account)
        if admitted.reservation is not None and self.access is not None:
            spent = self.estimating.spent(account, admitted.reservation.held)
            self.access.metering.settle(admitted.reservation, spent)

    async def _refresh(self, access: Access) -> None:
        try:
            await asyncio.to_thread(access.keyring.refresh, even_if_fresh=False)
        except AccessError as error:
            raise AccessUnknownError from error

    async def _reserve_slowly(
        self, access: Access, caller: Caller, needs: tuple[int, int, int, int]
    ) -> Reservation | Refusal:
        try:
            return await asyncio.to_thread(access.metering.reserve_slowly, caller, needs)
        except AccessError as error:
            raise AccessUnknownError from error


def key_text(request: HttpRequest) -> str:
    """What stands where a key has to: as OpenAI's clients send it, or as Anthropic's do."""
    scheme, _, given = request.header(b"authorization").partition(" ")
    return given.strip() if scheme.lower() == "bearer" else request.header(b"x-api-key")
