"""From texts to tokens: where a context ends and its continuation begins.

The rule is lm-evaluation-harness's (`TemplateLM._encode_pair`, release 0.4.13), so that figures can be
compared: white space at the end of the context belongs to the continuation; the two are encoded as one text;
its tokens after as many as the context alone has are the continuation's. Where the context is empty, the
beginning-of-text token (else the end-of-text) stands for it. A continuation that has no token left is refused
there by an assertion and here by an error of its own; so is what is longer than the model reads, which is cut
there.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from aboveboard.models._errors import ModelContextError, ModelRefusedError
from aboveboard.models._likelihood import LikelihoodRequest

EncodeAll = Callable[[Sequence[str]], Sequence[Sequence[int]]]
"""The tokens of each text, with the special tokens that the tokenizer itself puts before a text."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Tokens of which those from `start` on are scored; `start` is at least 1."""

    tokens: tuple[int, ...]
    start: int

    @property
    def scored(self) -> int:
        return len(self.tokens) - self.start


@dataclass(frozen=True, slots=True)
class Limits:
    """What the model reads: its first token of a text, and how many tokens it takes."""

    first: int
    longest: int
    where: str = ""


Encoded = Mapping[str, Piece] | ModelRefusedError
"""The pieces of one request by the ids of its continuations, or why it cannot be asked."""


def encode(requests: Sequence[LikelihoodRequest], encode_all: EncodeAll, limits: Limits) -> list[Encoded]:
    """Every request as pieces; each text is encoded once."""
    texts = dict.fromkeys(text for request in requests for text in _texts(request))
    tokens = dict(zip(texts, map(tuple, encode_all(list(texts))), strict=True))
    return [_checked(request, tokens, limits) for request in requests]


def _texts(request: LikelihoodRequest) -> Iterable[str]:
    for continuation in request.continuations.values():
        context, rest = moved(request.context, continuation)
        yield context + rest
        if context:
            yield context


def moved(context: str, continuation: str) -> tuple[str, str]:
    """Context and continuation with the white space between them on the continuation's side."""
    bare = context.rstrip()
    return bare, context[len(bare) :] + continuation


def _checked(request: LikelihoodRequest, tokens: Mapping[str, tuple[int, ...]], limits: Limits) -> Encoded:
    pieces = {
        name: _piece(*moved(request.context, continuation), tokens, limits.first)
        for name, continuation in request.continuations.items()
    }
    for name, piece in pieces.items():
        if refusal := _refusal(request, name, piece, limits):
            return refusal
    return pieces


def _piece(context: str, rest: str, tokens: Mapping[str, tuple[int, ...]], first: int) -> Piece:
    whole = tokens[context + rest]
    if context:
        return Piece(whole, len(tokens[context]))
    # Some tokenizers begin every text with the first token themselves.
    return Piece(whole if whole[:1] == (first,) else (first, *whole), 1)


def _refusal(request: LikelihoodRequest, name: str, piece: Piece, limits: Limits) -> ModelRefusedError | None:
    if piece.scored < 1 or piece.start < 1:
        return _wrong(f"continuation {name!r} has no token of its own after this context", limits)
    if request.form == "letter" and piece.scored != 1:
        return _wrong(f"letter {name!r} is {piece.scored} tokens after this prompt", limits)
    # The last token is only looked up, never read.
    if len(piece.tokens) - 1 > limits.longest:
        return ModelContextError(
            f"the texts have {len(piece.tokens)} tokens; this model reads {limits.longest}",
            status=400,
            where=limits.where,
        )
    return None


def _wrong(what: str, limits: Limits) -> ModelRefusedError:
    return ModelRefusedError(what, status=400, where=limits.where, cure="word the item otherwise")
