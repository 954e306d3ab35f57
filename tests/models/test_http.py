"""What an endpoint answers is read as JSON of whole characters, however odd, or refused."""

import pytest

from aboveboard.models import ModelGarbageError
from aboveboard.models._http import parse_json, refusal


@pytest.mark.parametrize("content", [rb'{"a":["x\ud800y",{"\udc00":1}]}', r'{"a":["x\ud800y",{"\udc00":1}]}'])
def test_half_a_surrogate_pair_becomes_what_can_be_told(content: bytes | str) -> None:
    assert parse_json(content, "here") == {"a": ["x�y", {"�": 1}]}


def test_a_whole_pair_stays_a_character() -> None:
    assert parse_json(rb'["\ud83d\ude00", "\ud83d"]', "here") == ["😀", "�"]


@pytest.mark.parametrize("content", [b"", b"[", b'"\xff"', b"[" * 100_000, b'["\\ud800",' + b"[" * 900])
def test_what_is_no_json_is_refused(content: bytes) -> None:
    with pytest.raises(ModelGarbageError):
        parse_json(content, "here")


def test_an_endpoints_word_for_its_error_is_short_and_printable() -> None:
    error = refusal(500, {"type": "\x1b[2J" + "x" * 10_000}, "here", {})
    cut = f"[2J{'x' * 96}"
    assert error.what == f"the endpoint refused the request with status 500 ({cut})"
