"""When two requests are the same: of one person, tenant, charter and model, word for word when guarded."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from aboveboard.gateway.caching._wording import normal_form
from aboveboard.gateway.dialects import ModelRequest
from aboveboard.models import ChatRequest, CompletionRequest
from aboveboard.values import CanonicalJsonError, canonical_json

# Who asks stands in the tag by itself, and how an answer is sent does not change it.
_BESIDE = frozenset({"user", "safety_identifier", "stream_options", "store"})
_INSTRUCTING = frozenset({"system", "developer"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Within what an answer may be given again: never beyond any of these. Empty: nobody's in particular.

    `key` is the public id of the key that asked: who holds another neither chooses nor learns what was said.
    """

    tenant: str
    key: str = ""
    data_subject: str
    charter: str
    model: str
    model_digest: str


def is_repeatable(request: ModelRequest, *, always: bool) -> bool:
    """Whether an answer in words may be given again: the request asks for the same one, or nobody minds."""
    if not isinstance(request, ChatRequest | CompletionRequest):
        return False
    return always or request.temperature == 0 or request.seed is not None


def wording(request: ModelRequest) -> str | None:
    """The question of a request in its normal form; None where more was said than that and instructions."""
    if not isinstance(request, ChatRequest) or (request.native and request.native.only):
        return None
    if not request.messages:
        return None
    *before, asked = request.messages
    if asked.role != "user" or asked.extra or any(turn.role not in _INSTRUCTING for turn in before):
        return None
    return normal_form(asked.content)


def sameness(scope: Scope, request: ModelRequest, asked: str | None = None) -> str | None:
    """A text that two requests share exactly when they are the same in a scope, whichever protocol they came
    in; None for one that JSON cannot hold. It holds the request's words: hash it under a key.

    With `asked`, their last messages need only have that wording.
    """
    said = dict(_said(request))
    if asked is not None:
        said["messages"], said["asked"] = said["messages"][:-1], asked
    try:
        return canonical_json({"scope": asdict(scope), "request": said}).decode()
    except (CanonicalJsonError, UnicodeError, TypeError):
        return None


def _said(request: ModelRequest) -> Mapping[str, Any]:
    extra = {name: value for name, value in request.extra.items() if name not in _BESIDE}
    said: dict[str, Any] = {"kind": type(request).__name__, "extra": extra}
    if isinstance(request, ChatRequest):
        said["messages"] = [[turn.role, turn.content, dict(turn.extra)] for turn in request.messages]
        if request.native and request.native.only:
            said["native"] = {"dialect": request.native.dialect, "body": dict(request.native.body)}
    if isinstance(request, CompletionRequest):
        said["prompts"] = list(request.prompts)
    if isinstance(request, ChatRequest | CompletionRequest):
        said["settings"] = [request.max_tokens, request.temperature, request.seed, list(request.stop)]
    return said
