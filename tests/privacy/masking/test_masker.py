"""Values out, stand-ins in, and back again."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.privacy import Masker, PersonalData, unfinished_from

MAIL = "john@example.com"
LOOKALIKES = [
    "<EMAIL_1>",
    "< email_1 >",
    "&lt;EMAIL_1&gt;",
    "<EMAIL\\_1>",
    "\\u003cCARD_1\\u003e",
    "<LITERAL_1>",
    "<EMAIL_2>",
]
PIECES = st.one_of(
    st.sampled_from(
        [MAIL, "a@b.org", "4111 1111 1111 1111", "<", ">", "_1", "EMAIL", "&lt;", " ", '"', "\\", *LOOKALIKES]
    ),
    st.text(max_size=8),
)
TEXTS = st.lists(PIECES, max_size=10).map("".join)


def test_the_same_value_has_the_same_placeholder_and_another_its_own() -> None:
    assert Masker().mask(f"{MAIL} a@b.org {MAIL}") == "<EMAIL_1> <EMAIL_2> <EMAIL_1>"


def test_a_placeholder_means_the_same_in_every_text_of_the_exchange() -> None:
    masker = Masker()
    masker.mask(MAIL)
    assert masker.mask(f"again {MAIL}") == "again <EMAIL_1>"


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_restoring_what_was_masked_gives_the_text_back(texts: list[str]) -> None:
    masker = Masker()
    masked = [masker.mask(text) for text in texts]
    assert [masker.restore(text) for text in masked] == texts


@given(TEXTS)
def test_no_value_is_left_in_a_masked_text(text: str) -> None:
    assert f" {MAIL} " not in Masker().mask(f"{text} {MAIL} ")


@pytest.mark.parametrize(
    "written", ["<EMAIL_1>", "<email_1>", "< EMAIL_1 >", "<EMAIL 1>", "<EMAIL\\_1>", "&lt;EMAIL_1&gt;"]
)
def test_small_changes_a_model_makes_are_understood(written: str) -> None:
    masker = Masker()
    masker.mask(MAIL)
    assert masker.restore(f"to {written}.") == f"to {MAIL}."


@pytest.mark.parametrize("written", ["EMAIL_1", "<EMAIL_2>", "<EMAIL>", "<EMAIL_1", "<EMAIL_1_2>"])
def test_what_may_mean_something_else_is_left_alone(written: str) -> None:
    masker = Masker()
    masker.mask(MAIL)
    assert masker.restore(written) == written


def test_values_restored_into_json_are_escaped() -> None:
    masker = Masker()
    value = 'say "hi" \\ to\nme'
    stand_in = masker.placeholder_of(value, "note")
    assert json.loads(masker.restore_json_fragment(json.dumps({"a": stand_in}))) == {"a": value}


def test_a_bare_number_in_json_becomes_a_string() -> None:
    masker = Masker()
    text = '{"card": 4111111111111111}'
    from aboveboard.privacy import find

    assert json.loads(masker.mask_spans(text, find(text), is_json=True)) == {"card": "<CARD_1>"}


def test_its_representation_shows_no_value() -> None:
    masker = Masker()
    masker.mask(MAIL)
    assert MAIL not in repr(masker)


@given(TEXTS)
def test_a_placeholder_is_never_let_go_in_part(text: str) -> None:
    masker = Masker()
    masker.mask(f"{MAIL} 4111 1111 1111 1111 a@b.org")
    out, pending = "", ""
    for character in text:
        pending += character
        end = unfinished_from(pending)
        out, pending = out + masker.restore(pending[:end]), pending[end:]
    assert out + masker.restore(pending) == masker.restore(text)


def test_brackets_do_not_disclose_a_value_that_is_not_for_the_reader() -> None:
    text = "<SSN 536904399>"
    masker = Masker()
    masked = masker.mask_spans(text, [PersonalData(5, 14, "ssn")], discloses=False)
    assert "536904399" not in masker.unmasker().restore(masked)
    assert masker.restore(masked) == text
