# ruff: noqa: SIM905 - words read better in one line
"""Words of running text: what is surely no name, what two sources call a name, and what is left out."""

import pytest
from tagger.opentext._labels import UNKNOWN, labelled
from tagger.opentext._lexicon import Words
from tagger.opentext._teachers import OTHER, Mark

FORMS = frozenset("the a said to of menu open file river bank write Haus Bild der das ein grace".split())
NAMES = frozenset("ada lovelace grace hopper haus".split())
PLACES = frozenset("leeds paris".split())


def words(language: str) -> Words:
    return Words(language, FORMS, frozenset(("the", "der", "das")), NAMES, PLACES)


def kinds(text: str, *marks: list[Mark], language: str = "en", is_manual: bool = False) -> list[str]:
    found = labelled(text, marks, words(language), is_manual=is_manual)
    return [f"{text[start:end]}: {kind}" for start, end, kind in found]


def marked(text: str, part: str, kind: str) -> list[Mark]:
    start = text.index(part)
    return [(start, start + len(part), kind)]


def test_a_word_that_a_dictionary_knows_and_no_teacher_marks_is_no_name() -> None:
    assert kinds("The Menu said to write", [], []) == []


def test_two_teachers_that_agree_make_a_name() -> None:
    text = "the file of Ada Lovelace said"
    mark = marked(text, "Ada Lovelace", "person")
    assert kinds(text, mark, mark) == ["Ada Lovelace: person"]


def test_two_teachers_that_do_not_agree_make_it_unknown() -> None:
    text = "the file of Ada Lovelace said"
    two = marked(text, "Ada Lovelace", "person"), marked(text, "Ada Lovelace", "place")
    assert kinds(text, *two) == [f"Ada Lovelace: {UNKNOWN}"]


def test_a_teacher_and_a_list_make_a_name_and_a_teacher_alone_does_not() -> None:
    text = "said to Leeds the menu of Glorp"
    mark = [*marked(text, "Leeds", "place"), *marked(text, "Glorp", "place")]
    assert kinds(text, mark, language="fr") == ["Leeds: place", f"Glorp: {UNKNOWN}"]


def test_a_name_that_teachers_miss_is_unknown() -> None:
    assert kinds("write to Ada of the menu", [], []) == [f"Ada: {UNKNOWN}"]


def test_a_german_noun_is_no_name_after_its_article() -> None:
    assert kinds("der Grace said und Grace", [], language="de") == [f"Grace: {UNKNOWN}"]


def test_in_a_manual_a_known_word_names_nothing_whatever_a_teacher_says() -> None:
    text = "open the Menu of River"
    mark = marked(text, "Menu", "organisation")
    assert kinds(text, mark, mark) == [f"Menu: {UNKNOWN}"] or kinds(text, mark, [])
    assert kinds(text, mark, mark, is_manual=True) == []


def test_what_stands_beside_an_unknown_name_is_unknown_too() -> None:
    text = "the Banco de Glorp said to write"
    mark = marked(text, "Glorp", OTHER)
    assert f"Banco de Glorp: {UNKNOWN}" in kinds(text, mark, language="es")


def test_a_text_that_is_mostly_unknown_is_left_out_whole() -> None:
    assert kinds("Glorp Zib Ada", [], language="es") == [f"Glorp Zib Ada: {UNKNOWN}"]


def test_a_signature_in_german_is_a_person() -> None:
    text = "das Bild der menu\n -- Ada Zibell"
    assert kinds(text, marked(text, "Ada Zibell", OTHER), language="de") == ["Ada Zibell: person"]


@pytest.mark.parametrize("text", ["", "1234 !!", "@anonymous said"])
def test_texts_without_words_have_no_spans(text: str) -> None:
    assert kinds(text, [], []) == []
