"""What can go wrong between a request and a model's answer.

ModelError                  any of the below; `retryable` says whether the same request may succeed later
├── ModelOptionError        an option of the provider is unknown, missing or of the wrong type
├── ModelMissingError       weights or runtime are not installed, or are no model
├── ModelTimeoutError       no answer in time, or no connection
├── ModelRefusedError       the endpoint answered with an error status
│   ├── ModelContextError   the request is longer than the model's context
│   └── ModelUnsupportedError  the model does not offer what a field of the request asks for
└── ModelGarbageError       the answer is not what the protocol says: HTML, cut short, too large
"""

from collections.abc import Mapping

from aboveboard.errors import AboveboardError

_RETRYABLE_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504, 529})


class ModelError(AboveboardError):
    """A model that did not answer."""

    @property
    def retryable(self) -> bool:
        return False


class ModelOptionError(ModelError):
    """The charter's entry for this model cannot be used as it stands."""


class ModelMissingError(ModelError):
    """Something has to be installed first; the cure is the command."""


class ModelTimeoutError(ModelError):
    """The endpoint is slow or away."""

    @property
    def retryable(self) -> bool:
        return True


class ModelGarbageError(ModelError):
    """An answer that cannot be read. Retryable: a proxy's error page often goes away."""

    @property
    def retryable(self) -> bool:
        return True


class ModelRefusedError(ModelError):
    """An error status.

    `type` and `code` are the endpoint's own. `detail` is its message; it may repeat the prompt, so it is not
    part of the error's text: show it to the caller, never log it. `headers` are in lower case.
    """

    def __init__(
        self,
        what: str,
        *,
        status: int,
        where: str = "",
        cure: str = "",
        detail: "RefusalDetail | None" = None,
    ) -> None:
        super().__init__(what, where=where, cure=cure)
        self.status = status
        self.type = detail.type if detail else ""
        self.code = detail.code if detail else ""
        self.detail = detail.message if detail else ""
        self.headers: Mapping[str, str] = detail.headers if detail else {}

    @property
    def retryable(self) -> bool:
        return self.status in _RETRYABLE_STATUS


class ModelContextError(ModelRefusedError):
    """The request does not fit; a shorter one may."""


class ModelUnsupportedError(ModelRefusedError):
    """A field that this model cannot honour. `field` is its name: it is refused, never left out silently."""

    def __init__(self, field: str, *, where: str = "") -> None:
        cure = "leave it out, or use another model"
        super().__init__(f"this model does not offer {field!r}", status=400, where=where, cure=cure)
        self.field = field


class RefusalDetail:
    """What the endpoint said about its refusal."""

    __slots__ = ("code", "headers", "message", "type")

    def __init__(self, type_: str, code: str, message: str, headers: Mapping[str, str]) -> None:
        self.type = type_[:100]
        self.code = code[:100]
        self.message = message[:2000]
        self.headers = headers
