"""The document itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aboveboard.gateway.http import Limits
from aboveboard.gateway.openapi._answers import answers
from aboveboard.gateway.openapi._operations import Operation, operations
from aboveboard.gateway.openapi._requests import requests
from aboveboard.gateway.openapi._schema import Schema, ref, whole

_JSON = "application/json"
# Some tools hold a schema against the stream, others against each event: this is neither's.
_EVENTS: Schema = {"description": "Server-sent events; the data of each is a JSON object, or `[DONE]`."}
_ERRORS = {
    202: "A person has to look at it first; `url` and `Location` say where to ask for it.",
    400: "The request makes no sense, a guard or the model refused it, or it could not be read at all.",
    401: "No key that is valid now.",
    403: "The key is not for this, or key or person are suspended; then it says how to appeal.",
    404: "There is no such thing.",
    408: "The body took longer than it may.",
    409: "It goes against what is there.",
    410: "It has been erased.",
    413: "The body is over the limit.",
    415: "The body is not JSON, or compressed.",
    421: "The Host is not one of ours.",
    429: "A rate or a budget is used up, here or at the model, or key or person are slowed.",
    500: "A fault of the gateway's.",
    502: "The model failed.",
    503: "The charter says not to serve now, or what has to be written or read cannot be.",
    504: "The model could not be reached, or did not answer in time.",
}
_OF_BODIES = (400, 408, 413, 415)
_OF_MODELS = (202, 403, 404, 429, 502, 503, 504)
_HEADERS = {
    "X-Aboveboard-Receipt": "The id of the decision's record.",
    "X-Aboveboard-Charter": "The digest of the charter in force.",
    "X-Aboveboard-Decision": "The strongest action of a guard.",
    "X-Aboveboard-Model": "The model that answered.",
    "X-Aboveboard-Overhead-Ms": "The time not spent waiting for the model.",
}


@dataclass(frozen=True, slots=True)
class Route:
    """An endpoint: its path, which ends in a slash where an id follows, and its methods."""

    path: str
    methods: Sequence[str]


def document(routes: Iterable[Route], version: str, limits: Limits, *, has_keys: bool) -> dict[str, Any]:
    """The OpenAPI 3.1 document of a gateway that has these endpoints. `has_keys`: it asks for keys.

    Raises LookupError for an endpoint that nothing is said of here.
    """
    writer = _Writer(requests(limits), has_keys)
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        for method in route.methods:
            for operation in operations(route.path, method):
                paths.setdefault(operation.shown, {})[method.lower()] = writer.write(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Aboveboard gateway",
            "version": version or "0",
            "summary": "Models behind guards; each answer has a receipt.",
        },
        "paths": paths,
        "components": {"schemas": {**answers(), "Document": {"type": "object"}}, **_keys(has_keys)},
    }


def _keys(has_keys: bool) -> Mapping[str, Any]:
    if not has_keys:
        return {}
    return {
        "securitySchemes": {
            "bearer": {"type": "http", "scheme": "bearer"},
            "key": {"type": "apiKey", "in": "header", "name": "x-api-key"},
        }
    }


@dataclass(frozen=True, slots=True)
class _Writer:
    requests: Mapping[str, Schema]
    has_keys: bool

    def write(self, operation: Operation) -> dict[str, Any]:
        """One operation object (OpenAPI 3.1, section 4.8.10)."""
        body = self.requests[operation.path] if operation.is_model else operation.body
        written: dict[str, Any] = {"summary": operation.summary, "responses": self._answers(operation, body)}
        if body is not None:
            written["requestBody"] = {"required": True, "content": {_JSON: {"schema": body}}}
        parameters = self._parameters(operation)
        if parameters:
            written["parameters"] = parameters
        if self.has_keys and operation.scope:
            written["security"] = [{"bearer": []}, {"key": []}]
            written["description"] = f"Needs a key of the scope `{operation.scope}`."
        return written

    def _parameters(self, operation: Operation) -> list[Any]:
        text = {"type": "string"}
        found = []
        if operation.path.endswith("/"):
            found.append({"name": "id", "in": "path", "required": True, "schema": {**text, "minLength": 1}})
        if operation.is_model:
            said = "The person behind the request; only a keyed pseudonym is kept."
            name = "X-Aboveboard-Subject"
            found.append({"name": name, "in": "header", "description": said, "schema": text})
        if operation.is_paged:
            said = "The id of the last one of the page before."
            found.append({"name": "limit", "in": "query", "schema": {**whole(1, 1000), "default": 100}})
            found.append({"name": "after", "in": "query", "description": said, "schema": text})
        if operation.path.startswith("/v1/models"):
            found.append({"name": "anthropic-version", "in": "header", "schema": text})
        return found

    def _answers(self, operation: Operation, body: Schema | None) -> dict[str, Any]:
        good = {"description": operation.summary, "content": _content(operation)}
        if operation.is_model:
            good["headers"] = {
                name: {"description": said, "schema": {"type": "string"}} for name, said in _HEADERS.items()
            }
        failed = sorted(self._failures(operation, body))
        return {str(operation.status): good} | {
            str(status): {"description": _ERRORS[status], "content": _failure(operation, status)}
            for status in failed
        }

    def _failures(self, operation: Operation, body: Schema | None) -> set[int]:
        found = {400, 421, 500, *operation.also}
        if body is not None:
            found |= set(_OF_BODIES)
        if operation.is_model:
            found |= set(_OF_MODELS)
        if operation.scope and self.has_keys:
            found |= {401, 403, 503}
        return found - {operation.status}


def _content(operation: Operation) -> dict[str, Any]:
    if "/" in operation.answer:
        return {operation.answer: {"schema": {"type": "string"}}}
    content: dict[str, Any] = {_JSON: {"schema": ref(operation.answer)}}
    if operation.is_model and operation.answer != "Embeddings":
        content["text/event-stream"] = {"schema": _EVENTS}
    return content


def _failure(operation: Operation, status: int) -> dict[str, Any]:
    """The body of any other status. A stream that is held says so in its last frame; what cannot be read as
    HTTP is answered by the server itself, in plain text.
    """
    kind = {202: "Hold", 503: operation.answer if operation.path == "/readyz" else ""}.get(status)
    name = kind or ("AnthropicError" if operation.path == "/v1/messages" else "Error")
    content: dict[str, Any] = {_JSON: {"schema": ref(name)}}
    if status == 202 and operation.is_model and operation.answer != "Embeddings":
        content["text/event-stream"] = {"schema": _EVENTS}
    if status == 400:
        content["text/plain"] = {"schema": {"type": "string"}}
    return content
