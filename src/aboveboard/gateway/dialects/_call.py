"""A request as the endpoint sees it, whatever protocol it came in."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeAlias

from aboveboard.gateway.fields import AnyPlace, bad, fields_within, texts_within
from aboveboard.gateway.http import BadRequestError, Limits
from aboveboard.guards import Segment
from aboveboard.models import ChatRequest, CompletionRequest, EmbeddingRequest

ModelRequest: TypeAlias = ChatRequest | CompletionRequest | EmbeddingRequest
Translate = Callable[[dict[str, Any], str], ModelRequest]
"""From a guarded body, and the pseudonym of who asks (maybe empty), to a model's request."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request. `body` is ours alone: guards' texts are written back into it.

    `user` is the end user's name as the client knows it; it goes no further than the pseudonym's making.
    """

    body: dict[str, Any]
    places: Sequence[AnyPlace]
    user: str
    translate: Translate

    @property
    def model(self) -> str:
        return str(self.body["model"])

    @property
    def stops(self) -> Sequence[str]:
        """What ends an answer, where the protocol says which of them did."""
        given = self.body.get("stop_sequences")
        return given if isinstance(given, list) else ()

    @property
    def is_streamed(self) -> bool:
        return bool(self.body.get("stream"))

    @property
    def segments(self) -> list[Segment]:
        return [place.segment for place in self.places]

    def rewrite(self, segments: Sequence[Segment]) -> None:
        """Puts the guards' texts where the client's were; raises BadRequestError for a name they changed."""
        for place, segment in zip(self.places, segments, strict=True):
            place.rewrite(segment.text)

    def to_model(self, pseudonym: str) -> ModelRequest:
        """The model's request; the end user is known to it by pseudonym only."""
        return self.translate(self.body, pseudonym)


def laid_open(places: Iterable[AnyPlace], limits: Limits, param: str) -> list[AnyPlace]:
    """All places of a request; raises BadRequestError for more than the limit."""
    found = list(islice(places, limits.places + 1))
    if len(found) > limits.places:
        raise BadRequestError(
            f"the request holds more than {limits.places} separate texts", code="too_many_texts", param=param
        )
    return found


def beside(
    body: dict[str, Any], unread: Collection[str], instructions: Collection[str] = ()
) -> Iterator[AnyPlace]:
    """All texts outside the conversation: schemas, titles, stop words, documents, and what nobody knows.

    `unread` are checked to hold none, or read elsewhere; `instructions` are what the operator's program tells
    the model about its tools and the answer's form.
    """
    for name in [name for name in body if name not in unread]:
        if name in instructions:
            yield from texts_within(body, name, "system", name)
        else:
            # Nobody's turn: a draft or a document must not pass for what was said in the conversation.
            yield from fields_within(body, (name,), "tool-result", "body")


def check_length(body: Mapping[str, Any], name: str, what: str, most: int) -> None:
    """Raises BadRequestError unless a list has something in it, and no more than the limit."""
    if not 0 < len(body[name]) <= most:
        raise bad(name, f"a list of 1 to {most} {what}")


def wants_usage(body: Mapping[str, Any]) -> bool:
    """Whether the client of an OpenAI stream asked for a last chunk with the usage."""
    return bool((body.get("stream_options") or {}).get("include_usage"))
