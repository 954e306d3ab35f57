"""JUnit XML against a schema of what its readers know."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.evals.exports import Case, junit_xml
from evals.exports.conftest import HOSTILE

etree: Any = pytest.importorskip("lxml.etree")
SCHEMA = etree.XMLSchema(etree.parse(str(Path(__file__).with_name("junit.xsd"))))

KEPT = Case("a", "x.y", "kept", "kept: 0.9")
BROKEN = Case("b", "x.y", "broken", "broken: 0.1", "record 01")
UNDECIDED = Case("c", "x.y", "undecided", "undecided: 0.5", "n of about 400")


def parsed(text: str) -> Any:
    tree = etree.fromstring(text.encode())
    SCHEMA.assertValid(tree)
    return tree


def test_a_broken_promise_is_a_failure_and_an_undecided_one_is_skipped() -> None:
    (suite,) = parsed(junit_xml("run", [KEPT, BROKEN, UNDECIDED], seconds=1.5))
    assert [suite.get(name) for name in ("tests", "failures", "skipped", "errors")] == ["3", "1", "1", "0"]
    kept, broken, undecided = suite
    assert [child.tag for case in (kept, broken, undecided) for child in case] == [
        "system-out",
        "failure",
        "skipped",
    ]
    assert broken[0].get("type") == "broken"
    assert broken[0].text == "record 01"


def test_an_undecided_promise_is_a_failure_where_that_is_asked() -> None:
    (suite,) = parsed(junit_xml("run", [UNDECIDED], undecided_fails=True))
    assert (suite.get("failures"), suite.get("skipped")) == ("1", "0")
    assert suite[0][0].get("type") == "undecided"


@given(st.text())
def test_whatever_is_said_the_document_is_well_formed(text: str) -> None:
    tree = parsed(junit_xml(text, [Case(text, text, "broken", text, text)]))
    assert len(tree[0]) == 1


def test_hostile_words_stay_words() -> None:
    (suite,) = parsed(junit_xml("run", [Case("a", "m", "broken", HOSTILE, HOSTILE)]))
    assert len(suite[0]) == 1
    assert "]]></failure>" in suite[0][0].text
