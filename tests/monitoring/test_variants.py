"""Two variants of a question: nothing differs but the name, and nobody's own data is in them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.evals.people import Person, everyone
from aboveboard.monitoring._variants import Question, question
from aboveboard.values import new_id

PEOPLE = {person.name: person for cell in everyone() for person in cell}


def asked(*turns: tuple[str, str], by: str = "gender") -> Question:
    prompt = json.dumps([{"role": role, "text": text} for role, text in turns]).encode()
    return question(new_id(), prompt, [by])


def said(found: Question) -> list[str]:
    return [" ".join(message.content for message in variant.messages) for variant in found.variants]


def people(found: Question) -> list[Person]:
    return [next(PEOPLE[name] for name in PEOPLE if name in text) for text in said(found)]


@pytest.mark.parametrize("by", ["gender", "ethnicity", "gender*ethnicity"])
def test_the_variants_differ_in_the_name_and_the_name_in_what_is_asked_for(by: str) -> None:
    for _ in range(20):
        found = asked(("user", "How do I fix a tap?"), by=by)
        texts, (first, second) = said(found), people(found)
        assert texts[0].replace(first.name, "X") == texts[1].replace(second.name, "X")
        assert texts[0].startswith(f"My name is {first.name}. ")
        assert [each.group for each in found.variants] == [first.groups[by], second.groups[by]]
        assert first.groups[by] != second.groups[by]
        if by != "gender*ethnicity":
            other = "ethnicity" if by == "gender" else "gender"
            assert first.groups[other] == second.groups[other]


def test_no_name_or_number_of_anybody_goes_on() -> None:
    text = "My name is Maria Schmidt, write to maria.schmidt@example.org or 030 901820. Tom Becker knows."
    found = asked(("system", "Be kind."), ("user", text))
    for words, person in zip(said(found), people(found), strict=True):
        for own in ("Maria", "Schmidt", "@", "901820", "Tom"):
            assert own not in words.replace(person.name, "")
        assert "<email>" in words


def test_placeholders_of_the_guards_get_names_again() -> None:
    found = asked(("user", "Please greet <PERSON_1> and <PERSON_2>."))
    for words, person in zip(said(found), people(found), strict=True):
        assert words == f"Please greet {person.name} and Sam Taylor."


@pytest.mark.parametrize(
    "prompt",
    [
        None,
        b"",
        b"not json",
        b"{}",
        b"[]",
        b'[{"role": "tool", "text": "x"}]',
        b'[{"role": "user"}]',
        b'["x"]',
        b'[{"role": "user", "text": "x"}, {"role": "assistant", "text": "y"}]',
        json.dumps([{"role": "user", "text": "x" * 7000}]).encode(),
    ],
)
def test_what_cannot_be_asked_again_is_asked_as_one_of_our_own(prompt: bytes | None) -> None:
    found = question(new_id(), prompt, ["gender"])
    assert found.source == "requests"
    first, second = people(found)
    texts = said(found)
    assert texts[0].replace(first.name, "X") == texts[1].replace(second.name, "X")


def test_the_same_record_is_probed_in_the_same_way() -> None:
    record = new_id()
    assert question(record, None, ["gender"]) == question(record, None, ["gender"])


@given(st.binary(max_size=200))
def test_no_bytes_break_it(prompt: bytes) -> None:
    assert len(question("01ARZ3NDEKTSV4RRFFQ69G5FAV", prompt, ["gender"]).variants) == 2
