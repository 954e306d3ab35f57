"""Where a context ends and its continuation begins, told on tokenizers small enough to follow by hand."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.models import LikelihoodRequest, ModelContextError, ModelRefusedError, letters, whole_text
from aboveboard.models.likelihoods import Limits, Piece, encode
from aboveboard.models.likelihoods._encoding import moved

LIMITS = Limits(first=0, longest=50)


def words(texts: Sequence[str]) -> list[list[int]]:
    """Words with the space before them are tokens, as in most vocabularies; a code for each."""
    return [[1 + sum(map(ord, word)) for word in re.findall(r" ?[^ ]+| +", text)] for text in texts]


def pairs(texts: Sequence[str]) -> list[list[int]]:
    """Two characters a token: a context of odd length does not end where a token does."""
    return [[1 + sum(map(ord, text[at : at + 2])) for at in range(0, len(text), 2)] for text in texts]


def only(request: LikelihoodRequest, limits: Limits = LIMITS) -> object:
    (found,) = encode([request], words, limits)
    return found


def test_the_tokens_after_those_of_the_context_are_scored() -> None:
    (tokens,) = words(["Q: where A: Peru"])
    assert only(LikelihoodRequest("Q: where A:", {"x": " Peru"})) == {"x": Piece(tuple(tokens), 3)}


def test_white_space_at_the_end_of_the_context_belongs_to_the_continuation() -> None:
    ends_in_space = LikelihoodRequest("Q: where A: ", {"x": "Peru"})
    assert only(ends_in_space) == only(LikelihoodRequest("Q: where A:", {"x": " Peru"}))


def test_a_token_that_crosses_the_border_counts_for_the_context() -> None:
    (found,) = encode([LikelihoodRequest("abc", {"x": "de"})], pairs, LIMITS)
    (tokens,) = pairs(["abcde"])
    assert found == {"x": Piece(tuple(tokens), 2)}


def test_a_whole_text_comes_after_the_first_token() -> None:
    (tokens,) = words(["one two"])
    assert only(whole_text({"x": "one two"})) == {"x": Piece((0, *tokens), 1)}


def test_a_tokenizer_that_begins_texts_itself_gets_no_second_first_token() -> None:
    def begun(texts: Sequence[str]) -> list[list[int]]:
        return [[0, *tokens] for tokens in words(texts)]

    (found,) = encode([whole_text({"x": "one"})], begun, LIMITS)
    (tokens,) = words(["one"])
    assert found == {"x": Piece((0, *tokens), 1)}


def test_a_context_of_white_space_alone_is_no_context() -> None:
    assert only(LikelihoodRequest(" ", {"x": "one"})) == only(whole_text({"x": " one"}))


@pytest.mark.parametrize("request_", [LikelihoodRequest("one", {"x": ""}), whole_text({"x": ""})])
def test_a_continuation_without_a_token_is_refused(request_: LikelihoodRequest) -> None:
    found = only(request_)
    assert isinstance(found, ModelRefusedError)
    assert "'x' has no token" in found.what


def test_a_letter_of_two_tokens_is_refused_and_names_itself() -> None:
    found = only(LikelihoodRequest("Answer:", {"A": " A", "B": " B b"}, form="letter"))
    assert isinstance(found, ModelRefusedError)
    assert "letter 'B' is 2 tokens" in found.what
    assert isinstance(only(letters("Answer:", ("A", "B"))), dict)


def test_what_is_longer_than_the_model_reads_is_refused_and_not_cut() -> None:
    request_ = LikelihoodRequest("a b c", {"x": " d"})
    assert isinstance(only(request_, Limits(0, 3)), dict)  # the last token is looked up, not read
    assert isinstance(only(request_, Limits(0, 2)), ModelContextError)


def test_every_text_is_encoded_once() -> None:
    asked: list[str] = []

    def noting(texts: Sequence[str]) -> list[list[int]]:
        asked.extend(texts)
        return words(texts)

    request_ = LikelihoodRequest("Q A:", {"x": " one", "y": " two"})
    encode([request_, request_], noting, LIMITS)
    assert sorted(asked) == ["Q A:", "Q A: one", "Q A: two"]


@given(st.text(), st.text())
def test_moving_white_space_changes_no_text(context: str, continuation: str) -> None:
    bare, rest = moved(context, continuation)
    assert bare + rest == context + continuation
    assert bare == bare.rstrip()
