"""Answers are put together in whatever order pieces are read; what fails, fails its own request alone."""

from aboveboard.models import (
    Detail,
    Likelihood,
    LikelihoodAnswer,
    LikelihoodRequest,
    LikelihoodResult,
    ModelRefusedError,
)
from aboveboard.models.likelihoods import Options, Piece, Row, plan_rows
from aboveboard.models.likelihoods._collect import Collection

FULL = Likelihood(-3.0, 1, False, (-3.0,), ((-2.0, 1.0),))
SHARED, OWN, OTHER = Piece((0, 1, 2), 2), Piece((0, 1, 3), 2), Piece((0, 4), 1)


def request(detail: Detail = "sum", *names: str) -> LikelihoodRequest:
    return LikelihoodRequest("", dict.fromkeys(names, "text"), detail=detail)


def rows(*pieces: Piece) -> list[Row]:
    return plan_rows(pieces, Options(tokens=1, share=False))


def taken(collection: Collection, row: Row, *, moments: bool = False) -> list[LikelihoodResult]:
    return list(collection.take(row, [FULL for _ in row.scored], moments=moments))


def test_a_request_is_answered_when_its_last_piece_is_read_and_in_its_own_order() -> None:
    collection = Collection([request("sum", "b", "a")], [{"b": OWN, "a": SHARED}])
    first, second = rows(SHARED, OWN)
    assert taken(collection, first) == []
    ((place, answer),) = taken(collection, second)
    assert place == 0
    assert isinstance(answer, LikelihoodAnswer)
    assert list(answer.likelihoods) == ["b", "a"]
    assert answer.prompt_tokens == 2 + 1 + 1


def test_a_piece_that_two_requests_share_is_asked_once_and_answers_both() -> None:
    collection = Collection([request("sum", "x"), request("tokens", "y")], [{"x": SHARED}, {"y": SHARED}])
    assert collection.pieces()["sum"] == [SHARED]
    (row,) = rows(SHARED)
    (first, second) = taken(collection, row)
    assert isinstance(first[1], LikelihoodAnswer)
    assert isinstance(second[1], LikelihoodAnswer)
    assert first[1].likelihoods["x"].token_logprobs == ()
    assert second[1].likelihoods["y"].token_logprobs == (-3.0,)
    assert second[1].likelihoods["y"].token_moments == ()


def test_moments_are_read_apart() -> None:
    collection = Collection([request("sum", "x"), request("moments", "x")], [{"x": SHARED}, {"x": SHARED}])
    assert collection.pieces() == {"sum": [SHARED], "moments": [SHARED]}
    (row,) = rows(SHARED)
    ((place, answer),) = taken(collection, row, moments=True)
    assert place == 1
    assert isinstance(answer, LikelihoodAnswer)
    assert answer.likelihoods["x"] == FULL


def test_a_request_fails_once_even_if_two_of_its_pieces_do() -> None:
    refusal = ModelRefusedError("too large", status=413)
    collection = Collection(
        [request("sum", "x", "y"), request("sum", "z")], [{"x": SHARED, "y": OWN}, {"z": OTHER}]
    )
    first, second, third = rows(SHARED, OWN, OTHER)
    assert list(collection.take(first, refusal, moments=False)) == [(0, refusal)]
    assert list(collection.take(second, refusal, moments=False)) == []
    assert len(taken(collection, third)) == 1


def test_a_request_that_could_not_be_encoded_waits_for_nothing() -> None:
    collection = Collection([request("sum", "x")], [ModelRefusedError("no token", status=400)])
    assert collection.pieces() == {"sum": [], "moments": []}
