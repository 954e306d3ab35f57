"""Which model answers, given the one asked for and how the promises stand."""

from collections.abc import Collection, Sequence

from aboveboard.gateway._services import GatewayServices
from aboveboard.gateway.dialects import ModelRequest
from aboveboard.gateway.http import BadRequestError, NotFoundError, RefusedError
from aboveboard.gateway.routing._standing import Orders
from aboveboard.models import (
    ChatRequest,
    CompletingModel,
    CompletionRequest,
    EmbeddingModel,
    EmbeddingRequest,
    Model,
    speaks,
)

_REFUSING = ("hold", "stop")


def check_known(asked: str, services: GatewayServices) -> None:
    """Raises NotFoundError for a model that the charter does not have."""
    if asked not in services.models and asked != services.chosen_name:
        known = ", ".join(services.known)
        raise NotFoundError(
            f"no such model; this gateway has: {known}", code="model_not_found", param="model"
        )


def check_serving(orders: Orders, services: GatewayServices) -> None:
    """Raises RefusedError when broken promises say that nobody answers."""
    if not orders.is_known and any(each.if_broken in _REFUSING for each in services.charter.promises):
        raise RefusedError("it is not known yet whether the promises are kept", code="status_unknown")
    if orders.stop:
        raise _refused("stop serving", orders.stop, "promise_broken")


def route(asked: str, orders: Orders, services: GatewayServices) -> str:
    """The id of the model that answers; raises RefusedError when broken promises say: nobody."""
    check_serving(orders, services)
    if orders.fallback:
        if services.fallback is None:
            raise _refused("use a fallback model, of which there is none", orders.fallback, "no_fallback")
        return services.fallback
    return asked


def substitutes(
    line: Sequence[str], orders: Orders, allowed: Collection[str], services: GatewayServices
) -> list[str]:
    """The ids of the models that are asked, in order, after those of a line.

    A model that broken promises have put aside does not come back as another's substitute, nor does one that
    the key is not for (`allowed`; empty: all).
    """
    aside = {*line, services.charter.primary.id} if orders.fallback else {*line}
    names = (name for name in services.charter.routing.fallback if name not in aside)
    return [name for name in names if name in services.models and (not allowed or name in allowed)]


def is_offered(model: Model, asked: ModelRequest) -> bool:
    """Whether the model can answer such a request."""
    try:
        check_offered(model, asked)
    except BadRequestError:
        return False
    return True


def check_offered(model: Model, asked: ModelRequest) -> None:
    """Raises BadRequestError for what the model that answers does not offer, or could not be told of."""
    if isinstance(asked, CompletionRequest) and not isinstance(model, CompletingModel):
        raise _not_offered("completions; ask it in /v1/chat/completions", "model")
    if isinstance(asked, EmbeddingRequest) and not isinstance(model, EmbeddingModel):
        raise _not_offered("embeddings", "model")
    native = asked.native if isinstance(asked, ChatRequest) else None
    if native and native.only and not speaks(model, native.dialect):
        raise _not_offered(
            f"what {native.only[0]} asks for; leave it out, or ask another model", native.only[0]
        )


def _not_offered(what: str, param: str) -> BadRequestError:
    return BadRequestError(f"the model does not offer {what}", code="unsupported_parameter", param=param)


def _refused(order: str, promises: tuple[str, ...], code: str) -> RefusedError:
    return RefusedError(f"the charter says to {order} while broken: {', '.join(promises)}", code=code)
