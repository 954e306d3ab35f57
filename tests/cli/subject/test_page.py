"""The page of what is held about a person: all of it, in words, and nothing from outside acts in it."""

from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.charter._retained import BY_CATEGORY, RETAINED
from aboveboard.cli.subject._page import holdings_page
from aboveboard.cli.subject._page_words import FIRST, KEPT, TITLES, kept_words, plain
from aboveboard.evidence.records import KINDS

ABOUT_PEOPLE = {
    "appeal",
    "consent",
    "decision",
    "feedback",
    "incident",
    "legal-hold",
    "rectification",
    "review",
    "subject-access",
    "subject-request",
    "viewing",
}


def found(**given: Any) -> dict[str, Any]:
    """What is held about somebody of whom nothing is held, but for what is given."""
    empty: dict[str, Any] = {name: [] for name in ("consents", "holds", "cases", "made_from_it", "records")}
    frame = {
        "drawn": "2026-11-22T03:54:35.368Z",
        "person": "person:1",
        "controller": None,
        "recipients": None,
    }
    return frame | empty | {"kept": {}, "rights": ["You may complain."]} | given


def record(content: dict[str, Any], *attachments: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": "01M8",
        "kind": "decision",
        "time": "2026-11-22T03:54:35.368Z",
        "about": "",
        "by": "gateway",
        "entry_in_ledger": 3,
        "kept_until": None,
        "content": content,
        "attachments": list(attachments),
    }


class Elements(HTMLParser):
    """What stands on a page: its elements, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_how_long_things_are_kept_is_said_in_words() -> None:
    page = Elements(holdings_page(found(kept={"payloads": "30 days", "incident/crisis": "3 years"})))
    assert "The texts of questions, answers and letters30 days" in page.text
    assert "What a person had to look at: crisis3 years" in page.text


@pytest.mark.parametrize("rule", [*RETAINED, *(f"{kind}/x" for kind in BY_CATEGORY)])
def test_every_rule_of_retention_has_words(rule: str) -> None:
    assert kept_words(rule).partition(":")[0] in KEPT.values()


def test_every_kind_of_record_about_people_has_a_title_and_fields_that_it_has() -> None:
    assert TITLES.keys() - {"remains"} == ABOUT_PEOPLE
    for kind, names in FIRST.items():
        assert set(names) <= set(KINDS[kind].__dataclass_fields__), kind


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-11-22T03:54:35.368Z", "22 November 2026, 03:54 UTC"),
        ("2026-11-22T03:54:35+02:00", "22 November 2026, 01:54 UTC"),
        ("2026-13-99T03:54:35Z", "2026-13-99T03:54:35Z"),
        ("0001-01-01T00:00:00+23:00", "0001-01-01T00:00:00+23:00"),
        ("2026-11-22T03:54:35", "2026-11-22T03:54:35"),
        ("on 2026-11-22T03:54:35Z", "on 2026-11-22T03:54:35Z"),
    ],
)
def test_a_moment_is_written_as_people_do_and_what_is_none_as_it_is(text: str, said: str) -> None:
    assert plain(text) == said


def test_what_a_person_said_is_never_rewritten() -> None:
    said = {
        "name": "prompt",
        "bytes": 1,
        "json": [{"role": "user", "text": "2026-11-22T03:54:35Z", "x": "1"}],
    }
    page = Elements(holdings_page(found(records=[record({}, said)])))
    assert "user:2026-11-22T03:54:35ZX1" in page.text


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
_ELEMENTS = Elements(holdings_page(found(records=[record({"a": 1, "b": [1]})]))).names


@given(value=_JSON, text=st.text())
def test_whatever_is_held_no_element_comes_of_it_and_all_of_a_text_is_there(value: Any, text: str) -> None:
    wrong = text.replace("\x00", "") + "<script>x</script>"
    told = [
        {"name": "<b>", "bytes": 1, "json": value if isinstance(value, list | dict) else [value]},
        {"name": "words", "bytes": 1, "text": wrong},
    ]
    page = Elements(holdings_page(found(records=[record({"<i>": value, "error": wrong}, *told)])))
    assert page.names - _ELEMENTS <= {"h4", "div"}
    assert "".join(wrong.split()) in "".join(page.text.split())


def test_nothing_is_loaded_from_anywhere() -> None:
    page = holdings_page(found(records=[record({})]))
    assert "default-src 'none'" in page
    assert all(each not in page.lower() for each in ("src=", "href=", "url(", "@import"))
