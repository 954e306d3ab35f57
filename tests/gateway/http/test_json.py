"""JSON that means one thing to everybody."""

import pytest

from aboveboard.gateway.http._errors import BadRequestError
from aboveboard.gateway.http._json import decode_object, encode


def test_an_object_is_read() -> None:
    assert decode_object(b'{"a": [1, 2.5, "\xc3\xa9", null]}') == {"a": [1, 2.5, "é", None]}


def test_nesting_up_to_the_limit_is_read() -> None:
    assert decode_object(b'{"a":' + b"[" * 62 + b"]" * 62 + b"}")


def test_many_flat_brackets_are_not_mistaken_for_depth() -> None:
    assert len(decode_object(b'{"a":[' + b",".join([b"[]"] * 500) + b"]}")["a"]) == 500


def test_the_reason_is_given_in_words() -> None:
    with pytest.raises(BadRequestError, match="same name twice"):
        decode_object(b'{"a":1,"a":2}')
    with pytest.raises(BadRequestError, match="deep"):
        decode_object(b'{"a":' + b"[" * 70 + b"]" * 70 + b"}")


def test_encoding_is_compact_and_keeps_characters() -> None:
    assert encode({"a": "é"}) == '{"a":"é"}'.encode()
