"""An explanation that somebody who writes no software can follow."""

import pytest

from aboveboard.charter import (
    Charter,
    Known,
    charter_template,
    contexts,
    explain,
    measure_phrase,
    parse_charter,
    profile,
)
from aboveboard.charter._words import duration_words, sentence_list
from aboveboard.values import parse_duration


def said(charter: Charter) -> str:
    return " ".join(explain(charter).split())


def test_it_says_what_for_and_what_not_for(full: Charter) -> None:
    text = said(full)
    assert text.startswith("Housing benefit helpdesk Answers questions about housing benefit")
    assert "It must not be used for: deciding entitlement or legal advice." in text
    assert "Used in: European Union, New York City and Norway." in text


def test_a_promise_is_sentences(full: Charter) -> None:
    text = said(full)
    assert "relative to the most chosen group (1 means equally often) must be at least 0.8." in text
    assert "For every gender, ethnicity and combination of gender and ethnicity, by itself." in text
    assert "Checked before each release, every month and all the time on live answers." in text
    assert "only when we are 90% sure" in text
    assert (
        "If broken, every answer waits for a person to release it, until the promise is kept again." in text
    )
    assert "Fairness lead (fairness-lead) answers" in text


def test_a_guard_is_said_to_find_what_it_finds(full: Charter) -> None:
    text = said(full)
    assert "looks for e-mail addresses, phone, card and account numbers, and ids in" in text
    assert "names, addresses" not in text


def test_a_guard_that_holds_is_said_to_have_the_answer_wait(full_text: str, known: Known) -> None:
    text = said(parse_charter(full_text.replace("action: block", "action: hold"), known))
    assert "has the answer wait for a person" in text
    assert "waits for the role fairness-lead. What nobody has decided about after 2 hours is not" in text
    assert "Address 1 of 1 is told, without a word of it, of: hold and hold-ended." in text


@pytest.mark.parametrize("context", contexts())
def test_no_default_claims_to_find_names_or_streets(context: str) -> None:
    reasons = [guard.reason for guard in profile(context).guards if guard.guard == "personal-data"]
    assert reasons and all("names" not in reason and "e-mail addresses" in reason for reason in reasons)


def test_it_says_where_each_promise_and_guard_comes_from(full: Charter) -> None:
    text = said(full)
    assert "(hiring-impact-ratio, written in this charter. Source: Our board.)" in text
    assert "(admits-being-ai, a default of the context." in text
    assert "If the check itself fails, the text passes unchecked (written in this charter)." in text


def test_it_says_evidence_never_compliant(full: Charter) -> None:
    text = said(full)
    assert "not a claim to comply" in text and "compliant" not in text


def test_an_empty_charter_is_told_as_such(full_text: str, known: Known) -> None:
    text = full_text.replace("{promises: [same-effort], guards: true}", "{promises: false, guards: false}")
    start, end = text.index("promises:\n  - id"), text.index("defaults:")
    told = said(parse_charter(text[:start] + text[end:], known))
    assert "No promise is made" in told and "Answers go out unchecked." in told


@pytest.mark.parametrize("context", contexts())
def test_no_code_word_is_left_in_the_sentences(context: str, known: Known) -> None:
    text = explain(parse_charter(charter_template(context), known))
    assert not any(measure in text for measure in known.measures)
    assert max(map(len, text.splitlines())) <= 90


def test_every_measure_of_the_release_has_words(known: Known) -> None:
    assert all("the measure" not in measure_phrase(measure) for measure in known.measures)
    assert measure_phrase("mine.own") == "the measure mine.own"


@pytest.mark.parametrize(
    ("text", "words"), [("3y", "3 years"), ("1d", "1 day"), ("36h", "36 hours"), ("90s", "90 seconds")]
)
def test_durations_in_words(text: str, words: str) -> None:
    assert duration_words(parse_duration(text)) == words


def test_lists_in_words() -> None:
    assert [sentence_list(items) for items in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
