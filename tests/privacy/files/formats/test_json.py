"""JSON and JSON lines: values found with their paths, masked within their type, written back byte by byte."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aboveboard.privacy.files import (
    FileEnd,
    FileError,
    Input,
    Looking,
    Scan,
    mask_file,
    scan_file,
    scan_files,
)
from aboveboard.privacy.files.formats._json import JsonCells, json_cells
from aboveboard.privacy.files.formats._plain import Sizes
from aboveboard.privacy.masking import Masking
from aboveboard.privacy.operators import preset
from samples.scanning import Find

LOOKING = Looking(frozenset(["email", "phone", "card"]))
SCAN = Scan(LOOKING)
MAIL = "john@example.com"
STRINGS = st.one_of(
    st.sampled_from(
        [MAIL, f"é {MAIL}", "<EMAIL_1>", "&lt;EMAIL_1&gt;", "\\u003cEMAIL_1\\u003e", 'a"b\\', "\u2028"]
    ),
    st.text(max_size=8),
)

VALUES = st.recursive(
    st.one_of(
        STRINGS,
        st.none(),
        st.booleans(),
        st.integers(),
        st.just(4111111111111111),
        st.floats(-9, 9),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(STRINGS, inner, max_size=3)),
    max_leaves=8,
)


def test_findings_have_their_path(write: Callable[..., Path], found: Find) -> None:
    path = write("a.json", f'{{"user": {{"mails": ["x", "{MAIL}"]}},\n "card": 4111111111111111}}')
    assert found(path, SCAN) == [
        ("email", MAIL, "line 1, $.user.mails[1]"),
        ("card", "4111111111111111", "line 2, $.card"),
    ]


def test_lines_have_their_record_and_path(write: Callable[..., Path], found: Find) -> None:
    path = write("a.jsonl", f'{{"a": 1}}\n\n{{"a": {{"b": "{MAIL}"}}}}\n')
    assert found(path, SCAN) == [("email", MAIL, "record 3, $.a.b")]


def test_lines_in_a_file_called_json_are_lines(write: Callable[..., Path], found: Find) -> None:
    path = write("a.json", f'{{"a": 1}}\n{{"a": "{MAIL}"}}\n')
    assert found(path, SCAN) == [("email", MAIL, "record 2, $.a")]


def test_a_key_is_looked_into_and_shows_in_no_path(write: Callable[..., Path], found: Find) -> None:
    path = write("a.json", f'{{"{MAIL}": {{"x": "b@example.org"}}}}')
    assert found(path, SCAN) == [
        ("email", MAIL, "line 1, $ key"),
        ("email", "b@example.org", "line 1, $.….x"),
    ]


def test_a_key_that_reads_like_a_name_but_holds_a_value_shows_in_no_path(
    write: Callable[..., Path], found: Find
) -> None:
    path = write("a.json", f'{{"ann.example.org": {{"x": ["{MAIL}"]}}}}')
    places = [place for *_, place in found(path, Scan(Looking(frozenset(["email", "domain"]))))]
    assert places == ["line 1, $ key", "line 1, $.….x[0]"]


def test_keys_stay_and_values_go(write: Callable[..., Path], there_and_back: Callable[..., bytes]) -> None:
    text = '{"iban": "DE89370400440532013000", "ip": "1.2.3.4", "Street": 1, "Paris": "Mary Smith"}\n'
    masked = json.loads(there_and_back(write("a.jsonl", text), Scan()))
    assert list(masked) == ["iban", "ip", "Street", "Paris"]
    assert not {"DE89370400440532013000", "1.2.3.4", "Mary Smith"} & {str(each) for each in masked.values()}


def test_a_key_that_is_there_twice_comes_back(
    write: Callable[..., Path], there_and_back: Callable[..., bytes]
) -> None:
    there_and_back(write("a.jsonl", f'{{"{MAIL}": 1, "{MAIL}": 2}}\n'), SCAN)


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_keys_that_are_masked_never_become_equal(
    write: Callable[..., Path], tmp_path: Path, name: str
) -> None:
    path = write(name, f'{{"{MAIL}": 1, "b@example.org": 2, "c@example.org": 3}}')
    mask_file(path, tmp_path / f"m-{name}", Masking(preset("redact")), SCAN)
    masked = json.loads((tmp_path / f"m-{name}").read_text(encoding="utf-8"))
    assert (list(masked.values()), "example" in str(masked)) == ([1, 2, 3], False)


def test_escapes_are_seen_through(write: Callable[..., Path], found: Find) -> None:
    path = write("a.jsonl", '{"a": "john\\u0040example.com"}\n')
    assert found(path, SCAN) == [("email", MAIL, "record 1, $.a")]


def test_types_stay_and_a_number_becomes_a_string(
    write: Callable[..., Path], there_and_back: Callable[..., bytes]
) -> None:
    text = f'{{"a": "{MAIL}", "n": 4111111111111111, "t": true, "z": null, "f": 1.50,\t"l": [ ]}}\r\n'
    masked = there_and_back(write("a.jsonl", text), SCAN)
    assert json.loads(masked) == {"a": "<EMAIL_1>", "n": "<CARD_1>", "t": True, "z": None, "f": 1.5, "l": []}


@pytest.mark.parametrize(
    "inside",
    ["josé@example.com", r"jos\u00e9@example.com", r"jos\u00E9@example.com", r"<EMAIL_1> a\/b@example.com"],
)
def test_each_way_to_write_a_value_comes_back(
    write: Callable[..., Path], there_and_back: Callable[..., bytes], inside: str
) -> None:
    masked = there_and_back(write("a.jsonl", f'{{"a": "{inside}", "b": "{inside}"}}\n'), SCAN)
    assert b"example.com" not in masked


def test_a_person_has_one_stand_in_however_the_name_is_escaped(
    write: Callable[..., Path], there_and_back: Callable[..., bytes]
) -> None:
    masked = there_and_back(write("a.jsonl", '{"a": "é@example.com", "b": "\\u00e9@example.com"}\n'), SCAN)
    assert json.loads(masked) == {"a": "<EMAIL_1>", "b": "<EMAIL_1>"}


BROKEN = [
    ('{"a": 1,}', "a key is due"),
    ('{"a" 1}', "a colon is due"),
    ("[1 2]", "due"),
    ("[1}", "due"),
    ('{"a": "x', "ends too early"),
    ("", "ends too early"),
    ("[01]", "no number of JSON"),
    ("nul", "no JSON"),
    ('["a\tb"]', "no JSON"),
    ("[" * 1000, "deeper than 512"),
    ("[1] 2", "due"),
]


@pytest.mark.parametrize(("text", "said"), BROKEN)
def test_what_is_no_json_is_an_error_that_names_the_line(
    write: Callable[..., Path], text: str, said: str
) -> None:
    with pytest.raises(FileError, match=rf"a\.json, line 2: .*{said}"):
        list(scan_file(write("a.json", "\n" + text), SCAN))


def test_a_line_that_is_no_json_is_read_as_text_and_said(write: Callable[..., Path], found: Find) -> None:
    path = write("a.jsonl", f'{{"a": 1}}\n{{"mail": {MAIL}\n{{"b": "x@example.org"}}\n')
    assert [each[:2] for each in found(path, SCAN)] == [("email", MAIL), ("email", "x@example.org")]
    (end,) = [each for each in scan_files([Input(path, "a", Path("a"))], SCAN) if isinstance(each, FileEnd)]
    assert end.notes == ("a, line 2: no JSON; the line was read as text",)
    assert end.problems == ()


@given(VALUES, st.integers(1, 40))
@settings(max_examples=100, deadline=None)
def test_the_cells_do_not_depend_on_how_the_text_comes(value: object, piece: int) -> None:
    text = json.dumps(value, indent=1)
    pieces = (text[start : start + piece] for start in range(0, len(text), piece))
    whole = [(cell.value, cell.path) for cell in JsonCells("x").feed(text, final=True) if cell.raw]
    cells = list(json_cells(pieces, "x"))
    assert [(cell.value, cell.path) for cell in cells if cell.raw] == whole
    assert "".join(cell.gap + cell.raw for cell in cells) == text


@given(st.lists(VALUES, max_size=4), st.booleans(), st.sampled_from(["\n", "\r\n", "\n\n"]))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_lines_come_back_byte_by_byte_and_stay_json(
    there_and_back: Callable[..., bytes], tmp_path: Path, values: list[object], ascii_only: bool, end: str
) -> None:
    path = tmp_path / "t.jsonl"
    text = "".join(json.dumps(value, ensure_ascii=ascii_only) + end for value in values)
    path.write_bytes(text.encode("utf-8", "replace"))
    masked = there_and_back(path, Scan(LOOKING, sizes=Sizes(11), encoding="utf-8"))
    for line in masked.decode().split("\n"):
        assert not line.strip() or json.loads(line) is not Ellipsis
    assert b'"' + MAIL.encode() not in masked


@given(st.text(alphabet='{}[]",:1a\\u0<>@.b _EMAIL\n', max_size=50))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_lines_that_are_no_json_come_back_too(
    there_and_back: Callable[..., bytes], tmp_path: Path, text: str
) -> None:
    path = tmp_path / "t.jsonl"
    path.write_bytes(f'{text}"{MAIL}"'.encode())
    there_and_back(path, SCAN)


def test_a_long_string_is_read_in_linear_time() -> None:
    import time

    pieces = iter(['["'] + ["x" * 4096] * 2000 + ['"]'])
    began = time.process_time()
    (string, _) = json_cells(pieces, "x")
    assert len(string.value) == 4096 * 2000
    assert time.process_time() - began < 5
