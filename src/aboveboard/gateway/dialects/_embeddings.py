"""`POST /v1/embeddings`: texts are guarded on the way in; the answer is checked to be nothing but numbers."""

import base64
import sys
from array import array
from collections.abc import Awaitable, Sequence
from itertools import chain
from typing import Any, cast

from aboveboard.gateway.dialects._call import Call, ModelRequest, beside, laid_open
from aboveboard.gateway.dialects._chat_answer import openai_error
from aboveboard.gateway.dialects._dialect import Dialect, Identity
from aboveboard.gateway.dialects._passing import garbage
from aboveboard.gateway.fields import (
    SAMPLING,
    AnyPlace,
    Place,
    bad,
    check_fields,
    check_present,
    integer,
    word,
)
from aboveboard.gateway.http import Limits
from aboveboard.guards import SegmentRole
from aboveboard.models import EmbeddingModel, EmbeddingRequest, EmbeddingResponse, Model, is_vector

_MOST_TEXTS = 2048  # OpenAI's limit
_OWN = frozenset({"model", "input", "encoding_format", "user", "stream"})
_WORDLESS = {
    **SAMPLING,
    "dimensions": integer(1, 1 << 16),
    "encoding_format": word("float", "base64"),
}
_UNREAD = frozenset({*_WORDLESS, "input"})
# A document or a query; nobody speaks, and nobody waits for words.
_ROLE: SegmentRole = "tool-result"


def read_embedding(body: dict[str, Any], limits: Limits) -> Call:
    """Checks a decoded body; raises BadRequestError, which names the field."""
    check_present(body, ("model", "input"))
    check_fields(body, _WORDLESS)
    if body.get("stream"):
        raise bad("stream", "left out: vectors are not streamed")
    places = chain(_texts(body), beside(body, _UNREAD))
    return Call(body, laid_open(places, limits, "input"), body.get("user") or "", _to_model)


def _texts(body: dict[str, Any]) -> list[AnyPlace]:
    given = body["input"]
    texts = given if isinstance(given, list) else [given]
    if not 0 < len(texts) <= _MOST_TEXTS or not all(isinstance(text, str) for text in texts):
        raise bad("input", f"a text or a list of 1 to {_MOST_TEXTS} texts: no guard can read token numbers")
    if isinstance(given, str):
        return [Place(_ROLE, body, "input")]
    return [Place(_ROLE, given, number) for number in range(len(texts))]


def _to_model(body: dict[str, Any], pseudonym: str) -> EmbeddingRequest:
    extra = {name: value for name, value in body.items() if name not in _OWN and value is not None}
    if pseudonym and body.get("user"):
        extra["user"] = pseudonym
    given = body["input"]
    return EmbeddingRequest((given,) if isinstance(given, str) else tuple(given), extra)


def _ask(model: Model, request: ModelRequest) -> Awaitable[EmbeddingResponse]:
    return cast(EmbeddingModel, model).embed(cast(EmbeddingRequest, request))


def vectors(identity: Identity, call: Call, response: EmbeddingResponse) -> dict[str, Any]:
    """The answer to send; raises UpstreamError unless it is one vector of finite numbers for each text."""
    given, asked = response.vectors, call.body["input"]
    if len(given) != (1 if isinstance(asked, str) else len(asked)) or not all(map(is_vector, given)):
        raise garbage()
    write = _base64 if call.body.get("encoding_format") == "base64" else list
    data = [
        {"object": "embedding", "index": number, "embedding": write(vector)}
        for number, vector in enumerate(given)
    ]
    tokens = response.usage.prompt_tokens
    usage = {"prompt_tokens": tokens, "total_tokens": tokens}
    return {"object": "list", "data": data, "model": identity.model, "usage": usage}


def _base64(vector: Sequence[float]) -> str:
    """32-bit floats, least significant byte first, as OpenAI's client unpacks them."""
    packed = array("f", vector)
    if sys.byteorder == "big":
        packed.byteswap()
    return base64.b64encode(packed.tobytes()).decode("ascii")


EMBEDDINGS = Dialect(path="/v1/embeddings", param="input", read=read_embedding, ask=_ask, error=openai_error)
