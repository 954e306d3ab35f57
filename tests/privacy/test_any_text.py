"""What holds for any text in any script, whole or in pieces."""

from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from aboveboard.privacy import TYPES, Masking, find, find_secrets, restore

LINES = (Path(__file__).parent / "examples.txt").read_text().splitlines()
EXAMPLES = [line.split("\t")[1] for line in LINES]
GLUE = st.sampled_from(
    [
        " ",
        "  ",
        "\n",
        '"',
        "-",
        ".",
        ": ",
        ", ",
        "\u200b",
        "谢",
        "%40",
        "\\u0040",
        "&#64;",
        " at ",
        " dot ",
        "=",
    ]
)
SOME = "Mr. Dr Frau mujer de años years old born passport account no. 12 March 1980 of seventy-five BIC 4 1"
WORDS = st.sampled_from(SOME.split())
TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(st.one_of(st.sampled_from(EXAMPLES), GLUE, WORDS, st.text(max_size=6)), max_size=8).map("".join),
    st.lists(WORDS, max_size=12).map(" ".join),
    st.text(alphabet="0123456789 .-/+@:aA", max_size=60),
)


VALUE, KEY = "john.smith@example.com", "AKIA" + "Q3EGRV7XZ5T2MLNB"
PLANTED = st.tuples(TEXTS, TEXTS)
"""What stands before and behind something that is always found."""


@settings(deadline=None)
@example(("bob@x.org=?utf-8?B?YW5uYUB4Lm9yZw==?=(at)example.com and more", "")).via("two in one escape")
@given(PLANTED)
def test_findings_lie_within_the_text_and_never_overlap(around: tuple[str, str]) -> None:
    text = f"\n{VALUE}\n".join(around)
    found = find(text)
    assert (len(around[0]) + 1, "email") in [(item.start, item.type) for item in found]
    end = 0
    for item in found:
        assert end <= item.start < item.end <= len(text)
        assert 0 < item.confidence <= 1
        end = item.end


@settings(deadline=None)
@given(PLANTED)
def test_secrets_lie_within_the_text_and_never_overlap(around: tuple[str, str]) -> None:
    text = f"\n{KEY}\n".join(around)
    found = find_secrets(text)
    assert (len(around[0]) + 1, "aws-key") in [(item.start, item.type) for item in found]
    end = 0
    for item in found:
        assert end <= item.start < item.end <= len(text)
        end = item.end


@settings(deadline=None)
@given(PLANTED)
def test_what_is_masked_comes_back(around: tuple[str, str]) -> None:
    text, masking = f"\n{VALUE}\n".join(around), Masking()
    masked = masking.mask(text).text
    assert f"\n{VALUE}\n" not in masked
    assert restore(masked, masking.table) == text


@settings(deadline=None)
@given(TEXTS, TEXTS, st.integers(0, 80))
def test_what_is_asked_of_a_part_begins_in_it(before: str, after: str, more: int) -> None:
    text, start = f"{before}\n{VALUE}\n{after}", len(before) + 1
    end = start + len(VALUE) + more
    found = find(text, TYPES, start, end)
    assert found[0].start == start
    assert all(start <= item.start < end and item.end <= len(text) for item in found)
