"""Marks of secrets are told alike with and without Hyperscan."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aboveboard.privacy import find_secrets
from aboveboard.privacy.secrets import _marks
from aboveboard.privacy.secrets._marks import ASSIGNED_WORDS
from aboveboard.privacy.secrets._rules import RULES

pytest.importorskip(
    "hyperscan", reason="no wheel of Hyperscan for this platform: `find` does without, slower"
)

PIECES = st.one_of(
    st.sampled_from([rule.prefix for rule in RULES]),
    st.sampled_from([*ASSIGNED_WORDS, *map(str.upper, ASSIGNED_WORDS)]),
    st.sampled_from(
        ["api_key = ", "a1B2c3D4e5F6g7H8i9J0k1L2", "password: hunter22", "é", "谢", "İ", " ", ":", "@h"]
    ),
    st.text(max_size=8),
)
TEXTS = st.lists(PIECES, max_size=9).map("".join)


@settings(deadline=None)  # the first call compiles
@given(TEXTS)
def test_a_secret_is_found_with_and_without_hyperscan(text: str) -> None:
    found = find_secrets(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_marks, "_marks", lambda: None)
        assert find_secrets(text) == found


@settings(deadline=None)
@given(TEXTS)
def test_every_mark_stands_where_it_is_told(text: str) -> None:
    marks = [*(rule.prefix for rule in RULES), *ASSIGNED_WORDS]
    told = _marks.places_of_marks(text)
    lowered = text.encode("latin-1", "replace").lower().decode("latin-1")
    for number, mark in enumerate(marks):
        if number < len(RULES) and RULES[number].trigger:
            continue
        written = text if number < len(RULES) else lowered
        assert told.get(number, []) == [at for at in range(len(text)) if written.startswith(mark, at)], mark
