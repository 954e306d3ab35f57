"""Plain text: nothing is lost at an edge, nothing is found twice, however the text is cut and read."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aboveboard.privacy.files import FileError, LeftOutError, Looking, Scan, mask_file, scan_file
from aboveboard.privacy.files.formats._encoding import Encoding
from aboveboard.privacy.files.formats._plain import Sizes
from aboveboard.privacy.files.formats._text import Edge, TextDocument, cut, text_units
from aboveboard.privacy.masking import Masking
from samples.scanning import Find

LOOKING = Looking(frozenset(["email", "phone", "card", "iban", "private-key"]))
MAIL = "john@example.com"
KEY = "-----BEGIN RSA PRIVATE KEY-----\n" + "MIIEowIBAAKCAQEA7bq9\n" * 9 + "-----END RSA PRIVATE KEY-----"
PIECES = st.one_of(
    st.sampled_from([MAIL, "+44 20 7946 0958", "4111 1111 1111 1111", "DE89 3704 0044 0532 0130 00", KEY]),
    st.sampled_from(
        [" ", "\n", "\r\n", ", ", "card ", "call ", "é", "😀", "<EMAIL_1>", "< EMAIL_1 >", "x" * 40]
    ),
    st.text(max_size=5),
)

TEXTS = st.lists(PIECES, max_size=25).map("".join)


def findings(text: str, body: int, overlap: int, piece: int) -> list[tuple[int | None, int | None, str, str]]:
    """What is found in a text read in pieces of one size and looked into in bodies of another."""
    document = TextDocument("x", Encoding("utf-8"), Edge())
    texts = (text[start : start + piece] for start in range(0, len(text), piece))
    return [
        (each.place.byte, each.place.column, each.type, each.value)
        for unit in text_units(texts, document, body, overlap)
        for each in unit.settle(LOOKING(unit.excerpts))
    ]


@given(TEXTS, st.integers(300, 900), st.integers(1, 200))
@settings(max_examples=60, deadline=None)
def test_what_is_found_does_not_depend_on_how_a_text_is_cut(text: str, body: int, piece: int) -> None:
    whole = findings(text, 1 << 20, 0, 1 << 20)
    assert findings(text, body, 500, piece) == whole


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_line_column_and_byte_lead_to_the_value(text: str) -> None:
    data = text.encode("utf-8", "replace")
    for byte, _, _, value in findings(data.decode(), 400, 300, 50):
        assert byte is not None
        assert data[byte:].startswith(value.encode())


@pytest.mark.parametrize("before", range(40, 66))
def test_a_value_across_an_edge_is_found_once(before: int) -> None:
    text = "y" * before + " " + MAIL + " " + "z" * 200
    assert [value for *_, value in findings(text, 64, 40, 7)] == [MAIL]


def test_a_line_without_end_is_cut_at_its_spaces_and_never_within_a_stand_in() -> None:
    assert cut("aaaa bbbb cc") == len("aaaa bbbb ")
    assert cut("a" * 12) == 12
    assert cut("some words <EMAIL_") == len("some words ")
    assert cut("one and two\nthree and") == len("one and two\n")


def test_findings_have_file_line_column_byte_and_length(write: Callable[..., Path]) -> None:
    path = write("a.txt", f"é first\r\n  mail {MAIL} now\n")
    (only,) = scan_file(path, Scan(LOOKING))
    assert (only.file, only.type, only.length) == (str(path), "email", len(MAIL))
    assert (only.place.line, only.place.column, only.place.byte) == (2, 8, 17)
    assert MAIL not in repr(only)


ENCODINGS = [
    ("utf-8", b"", None),
    ("utf-8", b"\xef\xbb\xbf", None),
    ("utf-16-le", b"\xff\xfe", None),
    ("utf-16-be", b"\xfe\xff", None),
    ("utf-32-le", b"\xff\xfe\0\0", None),
    ("latin-1", b"", "latin-1"),
    ("utf-16-le", b"", "utf-16"),
    ("cp1252", b"", "cp1252"),
]


@pytest.mark.parametrize(("name", "mark", "declared"), ENCODINGS)
def test_every_encoding_is_read_and_written_back(
    write: Callable[..., Path],
    found: Find,
    there_and_back: Callable[..., bytes],
    name: str,
    mark: bytes,
    declared: str | None,
) -> None:
    path = write("a.txt", mark + f"café\r\nmail {MAIL}\r\n".encode(name))
    scan = Scan(LOOKING, encoding=declared)
    assert found(path, scan) == [("email", MAIL, "2:6")]
    masked = there_and_back(path, scan)
    assert masked == mark + "café\r\nmail <EMAIL_1>\r\n".encode(name)


def test_a_wrong_encoding_is_an_error_that_names_file_and_byte(write: Callable[..., Path]) -> None:
    path = write("a.txt", f"mail {MAIL}\ncaf".encode() + b"\xe9\n")
    with pytest.raises(FileError, match=r"a\.txt, byte 25: not utf-8") as raised:
        list(scan_file(path, Scan(LOOKING)))
    assert "--encoding" in raised.value.cure


@pytest.mark.parametrize("length", [8191, 8192, 100_000])
def test_the_byte_of_a_wrong_character_is_right_far_into_a_file(
    write: Callable[..., Path], length: int
) -> None:
    path = write("a.txt", b"a" * length + b"\xc3\x28")
    with pytest.raises(FileError, match=f"byte {length}:"):
        list(scan_file(path, Scan(LOOKING)))


def test_an_unknown_encoding_is_refused(write: Callable[..., Path]) -> None:
    with pytest.raises(FileError, match="no encoding is named 'klingon'"):
        list(scan_file(write("a.txt", "x"), Scan(encoding="klingon")))


def test_bytes_without_a_zero_are_binary_all_the_same(write: Callable[..., Path]) -> None:
    with pytest.raises(LeftOutError, match="binary"):
        list(scan_file(write("a.bin", bytes(range(1, 256)) * 4)))
    with pytest.raises(FileError, match="not utf-8") as raised:
        list(scan_file(write("a.txt", "café naïve".encode("latin-1"))))
    assert not isinstance(raised.value, LeftOutError)


def test_binary_files_are_left_out(write: Callable[..., Path]) -> None:
    with pytest.raises(LeftOutError, match="binary"):
        list(scan_file(write("a.bin", b"\x7fELF\0\0\0" + MAIL.encode())))


def test_an_empty_file_holds_nothing_and_is_copied(
    write: Callable[..., Path], found: Find, there_and_back: Callable[..., bytes]
) -> None:
    path = write("a.txt", b"")
    assert found(path) == []
    assert there_and_back(path) == b""


def test_gzipped_text_is_read_and_written_gzipped(
    write: Callable[..., Path], found: Find, tmp_path: Path
) -> None:
    from aboveboard.privacy.files import mask_file
    from aboveboard.privacy.masking import Masking

    packed = gzip.compress(b"one\n") + gzip.compress(f"mail {MAIL}\n".encode()) + b"\0" * 9
    path = write("a.log.gz", packed)
    assert found(path, Scan(LOOKING)) == [("email", MAIL, "2:6")]
    mask_file(path, tmp_path / "m.gz", Masking(), Scan(LOOKING))
    assert gzip.decompress((tmp_path / "m.gz").read_bytes()) == b"one\nmail <EMAIL_1>\n"


def test_a_packed_copy_names_neither_file_nor_time(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "ann_smith.txt.gz", "wb") as file:
        file.write(b"mail ann@example.com")
    mask_file(tmp_path / "ann_smith.txt.gz", tmp_path / "m.gz", Masking())
    packed = (tmp_path / "m.gz").read_bytes()
    assert packed[3:8] == bytes(5), "no name and no time in the header (RFC 1952, section 2.3)"
    assert gzip.decompress(packed) == b"mail <EMAIL_1>"


@pytest.mark.parametrize(("cut_off", "said"), [(-6, "truncated gzip"), (5, "truncated gzip")])
def test_a_truncated_gzip_is_an_error(write: Callable[..., Path], cut_off: int, said: str) -> None:
    packed = gzip.compress(b"some text that is long enough\n" * 50)
    with pytest.raises(FileError, match=said):
        list(scan_file(write("a.txt.gz", packed[:cut_off])))


def test_a_broken_gzip_is_an_error(write: Callable[..., Path]) -> None:
    packed = bytearray(gzip.compress(bytes(range(256)).hex().encode() * 90))
    packed[40] ^= 0xFF
    with pytest.raises(FileError, match="broken gzip"):
        list(scan_file(write("a.txt.gz", bytes(packed))))


def test_a_gzip_bomb_is_refused(write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aboveboard.privacy.files.formats._bytes._FREE", 1 << 20)
    path = write("a.txt.gz", gzip.compress(b"\n" * (8 << 20)))
    with pytest.raises(FileError, match="bomb"):
        list(scan_file(path, Scan(LOOKING)))


@given(TEXTS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_comes_back_byte_by_byte(
    there_and_back: Callable[..., bytes], tmp_path: Path, text: str
) -> None:
    path = tmp_path / "t.txt"
    path.write_bytes(text.encode("utf-8", "replace"))
    there_and_back(path, Scan(LOOKING, sizes=Sizes(97, 300, 250), kind="text", encoding="utf-8"))
