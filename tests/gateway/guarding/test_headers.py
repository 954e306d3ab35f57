"""Headers hold what happened and cannot be broken out of."""

from hypothesis import given
from hypothesis import strategies as st

from aboveboard.gateway.guarding._headers import header
from aboveboard.gateway.http._sse import comment


@given(st.text(max_size=40), st.text(max_size=60))
def test_no_name_or_value_can_start_a_line_of_its_own(name: str, text: str) -> None:
    key, value = header(name, text)
    assert key.startswith(b"x-aboveboard-")
    assert all(0x20 <= byte <= 0x7E for byte in key + value)
    assert b":" not in key


def test_late_headers_are_comment_lines() -> None:
    assert comment([header("decision", "mask"), header("dropped", "a\nb")]) == (
        b": x-aboveboard-decision: mask\n: x-aboveboard-dropped: a?b\n\n"
    )


def test_no_late_header_is_no_line() -> None:
    assert comment([]) == b""
