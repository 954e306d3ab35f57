"""Long lists, a page at a time, asked for as OpenAI's API has it: `?limit=100&after=ID`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from aboveboard.gateway.fields import bad
from aboveboard.gateway.http import BadRequestError, HttpRequest

T = TypeVar("T")
MOST = 1000
_NAMES = ("limit", "after")


@dataclass(frozen=True, slots=True)
class Page:
    """At most so many of a list, those that come after the one of an id; empty: from its beginning."""

    most: int = 100
    after: str = ""

    @classmethod
    def asked(cls, request: HttpRequest) -> "Page":
        """What a request asks for; raises BadRequestError, also for any other parameter: who misspells
        `after` would get the first page for ever.
        """
        given = _given(bytes(request.scope.get("query_string", b"")))
        most = given.get("limit", "100")
        if not (most.isascii() and most.isdigit() and len(most) <= 4 and 1 <= int(most) <= MOST):
            raise bad("limit", f"a whole number, 1 to {MOST}")
        return cls(int(most), given.get("after", ""))

    def listed(self, found: Sequence[T], form: Callable[[T], Mapping[str, Any]]) -> Mapping[str, Any]:
        """The answer, of one more than are shown: that one says that there are more."""
        shown = found[: self.most]
        return {"object": "list", "data": [form(each) for each in shown], "has_more": len(found) > len(shown)}


def _given(query: bytes) -> Mapping[str, str]:
    try:
        pairs = parse_qsl(query.decode(), keep_blank_values=True, max_num_fields=8, errors="strict")
    except ValueError:
        raise BadRequestError("the query cannot be read", code="invalid_value") from None
    for name, _ in pairs:
        if name not in _NAMES or [each for each, _ in pairs].count(name) > 1:
            raise BadRequestError(f"parameters, each once: {', '.join(_NAMES)}", code="unknown_parameter")
    return dict(pairs)
