"""Server-sent events come out the same however the bytes are cut."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.models import ModelGarbageError
from aboveboard.models._sse import SseReader

EVENTS = ('{"a": "é👍"}', "two\nlines", "[DONE]")
STREAM = (
    ': hi\r\n\r\nevent: x\r\ndata: {"a": "é👍"}\r\n\r\nid: 7\ndata: two\ndata:lines\n\ndata: [DONE]\r\r'
).encode()


def read(pieces: list[bytes], limit: int = 1000) -> list[str]:
    reader = SseReader("test", limit)
    return [data for piece in pieces for data in reader.feed(piece)]


@pytest.mark.parametrize("at", range(len(STREAM) + 1))
def test_a_cut_anywhere_changes_nothing(at: int) -> None:
    assert read([STREAM[:at], STREAM[at:], b"\n"]) == list(EVENTS)


def test_single_bytes_are_enough() -> None:
    assert read([bytes([byte]) for byte in STREAM] + [b"\n"]) == list(EVENTS)


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), min_size=1), max_size=5),
    st.data(),
)
def test_what_is_written_is_read(texts: list[str], data: st.DataObject) -> None:
    stream = "".join(f"data: {text}\n\n" for text in texts).encode()
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=6)))
    pieces = [stream[a:b] for a, b in zip([0, *cuts], [*cuts, len(stream)], strict=True)]
    assert read(pieces) == texts


def test_an_event_without_data_is_none() -> None:
    assert read([b"event: ping\n\n: comment\n\n\n\n"]) == []


def test_an_endless_line_is_refused() -> None:
    with pytest.raises(ModelGarbageError, match="above 100 characters"):
        read([b"data: " + b"x" * 60, b"x" * 60], limit=100)


def test_a_long_line_in_many_small_pieces_takes_linear_time() -> None:
    reader, began = SseReader("test", 1 << 20), time.perf_counter()
    assert not [data for _ in range(16_000) for data in reader.feed(b"x" * 64)]
    assert time.perf_counter() - began < 3  # put together at each piece it took 20 s and more


def test_an_endless_event_is_refused() -> None:
    with pytest.raises(ModelGarbageError, match="above 100 characters"):
        read([b"data: " + b"x" * 60 + b"\n"] * 2, limit=100)


def test_bytes_that_are_not_utf8_are_refused() -> None:
    with pytest.raises(ModelGarbageError, match="UTF-8"):
        read([b"data: \xff\xfe\n\n"])
