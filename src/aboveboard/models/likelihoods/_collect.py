"""Puts the answers to requests together from the pieces they were made into."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from aboveboard.models._errors import ModelRefusedError
from aboveboard.models._likelihood import (
    Detail,
    Likelihood,
    LikelihoodAnswer,
    LikelihoodRequest,
    LikelihoodResult,
)
from aboveboard.models.likelihoods._encoding import Encoded, Piece
from aboveboard.models.likelihoods._rows import Row

_Key = tuple[bool, Piece]


class Collection:
    """Knows which requests wait for which piece; requests that were refused wait for none."""

    def __init__(self, requests: Sequence[LikelihoodRequest], encoded: Sequence[Encoded]) -> None:
        self._requests = requests
        self._waiting: dict[_Key, list[tuple[int, str]]] = defaultdict(list)
        self._found: dict[int, dict[str, Likelihood]] = {}
        self._pieces: dict[int, dict[str, Piece]] = {}
        for place, one in enumerate(encoded):
            if not isinstance(one, ModelRefusedError):
                self._add(place, dict(one))

    def pieces(self) -> dict[Detail, list[Piece]]:
        """The distinct pieces; those whose moments are wanted apart, for they cost more."""
        wanted: dict[Detail, list[Piece]] = {"sum": [], "moments": []}
        for moments, piece in self._waiting:
            wanted["moments" if moments else "sum"].append(piece)
        return wanted

    def take(
        self, row: Row, found: Sequence[Likelihood] | ModelRefusedError, *, moments: bool
    ) -> Iterator[LikelihoodResult]:
        """The requests that are answered now, or fail now, that this row has been read."""
        for number, scored in enumerate(row.scored):
            for place, name in self._waiting.pop((moments, scored.piece)):
                if place not in self._found:
                    continue  # it has failed by another of its continuations
                if isinstance(found, ModelRefusedError):
                    del self._found[place]
                    yield place, found
                else:
                    yield from self._put(place, name, found[number])

    def _add(self, place: int, pieces: dict[str, Piece]) -> None:
        self._found[place], self._pieces[place] = {}, pieces
        for name, piece in pieces.items():
            self._waiting[self._requests[place].detail == "moments", piece].append((place, name))

    def _put(self, place: int, name: str, likelihood: Likelihood) -> Iterator[LikelihoodResult]:
        request, pieces = self._requests[place], self._pieces[place]
        self._found[place][name] = _trimmed(likelihood, request.detail)
        if len(self._found[place]) < len(request.continuations):
            return
        ordered = {one: self._found[place][one] for one in request.continuations}
        yield place, LikelihoodAnswer(ordered, tokens_of(pieces.values()))


def tokens_of(pieces: Iterable[Piece]) -> int:
    """Tokens of a request: its context once, and what is scored."""
    pieces = list(pieces)
    return max(piece.start for piece in pieces) + sum(piece.scored for piece in pieces)


def _trimmed(likelihood: Likelihood, detail: Detail) -> Likelihood:
    if detail == "sum":
        return replace(likelihood, token_logprobs=(), token_moments=())
    return likelihood if detail == "moments" else replace(likelihood, token_moments=())
