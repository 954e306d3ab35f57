"""What each endpoint takes and gives: by the path and method that the gateway finds it by."""

from collections.abc import Sequence
from dataclasses import dataclass

from aboveboard.gateway.openapi._schema import TEXT, Schema, a_list, an_object, maybe, text, whole

_LIMITS = an_object({"limits": a_list(TEXT)}, [])


@dataclass(frozen=True, slots=True)
class Operation:
    """One of an endpoint's. `answer` names a schema, or a media type other than JSON; `part` comes after the
    id; `scope` is what a key needs where keys are required; `also` other statuses it has. What `is_paged`
    takes `limit` and `after`.
    """

    path: str
    method: str
    summary: str
    answer: str
    status: int = 200
    part: str = ""
    scope: str = ""
    body: Schema | None = None
    also: Sequence[int] = ()
    is_model: bool = False
    is_paged: bool = False

    @property
    def shown(self) -> str:
        """The path as the document has it."""
        below = self.path + "{id}" if self.path.endswith("/") else self.path
        return f"{below}/{self.part}" if self.part else below


def _model(path: str, summary: str, answer: str) -> Operation:
    return Operation(path, "POST", summary, answer, scope="answer", is_model=True)


_TENANT, _KEY = "/v1/admin/tenants", "/v1/admin/keys"
_NEW_KEY = an_object(
    {
        "tenant": TEXT,
        "label": TEXT,
        "scopes": maybe(a_list(TEXT)),
        "models": maybe(a_list(TEXT)),
        "expires": TEXT,
        "limits": maybe(a_list(TEXT)),
    },
    ["tenant", "label"],
)
_OVERLAP = an_object({"overlap_seconds": whole(0, 10**9)}, [])

_ALL = (
    _model("/v1/chat/completions", "An answer, whole or streamed.", "ChatCompletion"),
    _model("/v1/completions", "An answer of a model that goes on with a text.", "Completion"),
    _model("/v1/responses", "An answer in OpenAI's newer form; no state is kept.", "Response"),
    _model("/v1/embeddings", "Vectors of texts.", "Embeddings"),
    _model("/v1/messages", "An answer in Anthropic's form, version 2023-06-01.", "Message"),
    Operation("/v1/models", "GET", "The models that may be asked.", "ModelList", scope="answer"),
    Operation("/v1/models/", "GET", "One of them.", "Model", scope="answer", also=(404,)),
    Operation("/v1/receipts/", "GET", "The proof bundle of an answer.", "Receipt", scope="read", also=(404,)),
    Operation(
        "/v1/holds/", "GET", "What became of a held answer.", "Hold", scope="answer", also=(202, 404, 410)
    ),
    Operation(
        "/v1/appeals",
        "POST",
        "Says why one should not be on the misuse ladder.",
        "Appeal",
        201,
        scope="answer",
        body=an_object({"words": text(1, 4000)}),
        also=(404, 409, 503),
    ),
    Operation("/healthz", "GET", "The process is alive.", "Health"),
    Operation("/readyz", "GET", "Whether it may serve, and why not.", "Readiness", also=(503,)),
    Operation("/metrics", "GET", "Figures for Prometheus.", "text/plain", scope="metrics"),
    Operation("/openapi.json", "GET", "This document.", "Document"),
    Operation(_TENANT, "GET", "Tenants, a page.", "TenantList", scope="admin", also=(404,), is_paged=True),
    Operation(
        _TENANT,
        "POST",
        "Makes a tenant.",
        "Tenant",
        201,
        scope="admin",
        body=an_object({"name": text(1, 200)}),
        also=(409,),
    ),
    Operation(f"{_TENANT}/", "GET", "One tenant.", "Tenant", scope="admin", also=(404,)),
    Operation(
        f"{_TENANT}/",
        "PUT",
        "These limits in the place of all it has.",
        "Tenant",
        part="limits",
        scope="admin",
        body=_LIMITS,
        also=(404, 409),
    ),
    Operation(
        _KEY,
        "GET",
        "Keys, a page, without their secrets.",
        "KeyList",
        scope="admin",
        also=(404,),
        is_paged=True,
    ),
    Operation(_KEY, "POST", "Makes a key.", "NewKey", 201, scope="admin", body=_NEW_KEY, also=(404, 409)),
    Operation(f"{_KEY}/", "GET", "One key.", "Key", scope="admin", also=(404,)),
    Operation(f"{_KEY}/", "DELETE", "Revokes it.", "Key", scope="admin", also=(404, 409)),
    Operation(
        f"{_KEY}/",
        "PUT",
        "These limits in the place of all it has.",
        "Key",
        part="limits",
        scope="admin",
        body=_LIMITS,
        also=(404, 409),
    ),
    Operation(
        f"{_KEY}/",
        "POST",
        "Another secret; the old one goes on for a while.",
        "NewKey",
        part="rotate",
        scope="admin",
        body=_OVERLAP,
        also=(404, 409),
    ),
    Operation(f"{_KEY}/", "GET", "What it has spent.", "KeyUsage", part="usage", scope="admin", also=(404,)),
)


def operations(path: str, method: str) -> Sequence[Operation]:
    """Those of one endpoint and method; raises LookupError where there is none: it would be undocumented."""
    found = [each for each in _ALL if (each.path, each.method) == (path, method)]
    if not found:
        raise LookupError(f"the OpenAPI document says nothing of {method} {path}: see openapi/_operations.py")
    return found
