"""What holds for any text in any script, whole or in pieces."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from aboveboard.privacy import (
    LONGEST_CONTEXT,
    PATTERN_TYPES,
    Masker,
    find,
    find_secrets,
    settled_personal_data,
)
from aboveboard.values import normalise

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


@settings(deadline=None)
@given(TEXTS)
def test_findings_lie_within_the_text_and_never_overlap(text: str) -> None:
    end = 0
    for item in find(text):
        assert end <= item.start < item.end <= len(text)
        assert 0 < item.confidence <= 1
        end = item.end


@settings(deadline=None)
@given(TEXTS)
def test_secrets_lie_within_the_text_and_never_overlap(text: str) -> None:
    end = 0
    for item in find_secrets(text):
        assert end <= item.start < item.end <= len(text)
        end = item.end


@settings(deadline=None)
@given(TEXTS)
def test_what_is_masked_comes_back(text: str) -> None:
    masker = Masker()
    assert masker.restore(masker.mask(text)) == text


def in_pieces(text: str, types: tuple[str, ...]) -> list[tuple[int, int, str]]:
    """What is found when the text comes one character at a time and what is settled is judged at once."""
    found, done, before = [], 0, ""
    for upto in range(1, len(text) + 1):
        end = settled_personal_data(text[done:upto], types) if upto < len(text) else upto - done
        piece = text[done : done + end]
        found += [
            (item.start - len(before) + done, item.end - len(before) + done, item.type)
            for item in find(before + piece, types, start=len(before))
            if end
        ]
        before, done = (before + normalise(piece).text)[-LONGEST_CONTEXT:], done + end
    return found


@settings(deadline=None, max_examples=150)
@given(TEXTS)
def test_a_text_cut_where_it_is_settled_gives_the_same_findings(text: str) -> None:
    assert in_pieces(text, PATTERN_TYPES) == [
        (item.start, item.end, item.type) for item in find(text, PATTERN_TYPES)
    ]
