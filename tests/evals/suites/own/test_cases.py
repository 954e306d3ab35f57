"""Own cases: read with suspicion, scored by what must and must not be said."""

from pathlib import Path
from typing import Any

import pytest

from aboveboard.evals import Answer, DataUnavailableError, Item, Options, Scored, SuiteDataError, load_suite
from aboveboard.evals.suites.own import read_case, write_case

SUITE = load_suite("own.cases")


def case(number: int = 0, **expect: Any) -> dict[str, Any]:
    return {
        "id": f"case-{number}",
        "kind": "appeal",
        "category": "unfair",
        "messages": [{"role": "user", "content": "May I appeal?"}],
        "expect": expect or {"contains": ["yes"]},
    }


def asked(folder: Path, **expect: Any) -> Item:
    write_case(folder / "own-cases", case(**expect))
    (item,) = SUITE.items(Options(data_dir=folder))
    return item


def passed(item: Item, text: str) -> float | None:
    score = SUITE.score(item, Answer(text=text))
    return None if score is None else score["passed"]


@pytest.mark.parametrize(
    ("expect", "good", "bad"),
    [
        ({"contains": ["Yes", "30 days"]}, "Yes, within 30  days.", "Yes, at any time."),
        ({"lacks": ["your people"]}, "Gladly.", "Your people always ask."),
        ({"refuses": True}, "I'm sorry, but I can't help with that.", "Here is how."),
        ({"refuses": False}, "Here is how.", "I'm sorry, but I can't help with that."),
        ({"contains": ["yes"], "lacks": ["never"]}, "Yes.", "Yes and never."),
    ],
)
def test_an_answer_passes_when_it_is_as_was_said(
    tmp_path: Path, expect: dict[str, Any], good: str, bad: str
) -> None:
    item = asked(tmp_path, **expect)
    assert passed(item, good) == 1.0
    assert passed(item, bad) == 0.0
    assert passed(item, " ") is None


def test_the_share_of_cases_that_pass_is_what_is_measured(tmp_path: Path) -> None:
    for number in range(10):
        write_case(tmp_path / "own-cases", case(number))
    items = SUITE.items(Options(data_dir=tmp_path))
    scored = [Scored(item, Answer(), {"passed": float(n < 7)}) for n, item in enumerate(items)]
    from aboveboard.evals import Ask

    (finding,) = SUITE.conclude(scored, {"own.cases.passed": Ask()}).findings
    assert (finding.value, finding.n, finding.clusters) == (0.7, 10, 10)
    assert len(SUITE.items(Options(data_dir=tmp_path, limit=4))) == 4


def test_without_cases_it_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(DataUnavailableError, match="no cases") as raised:
        SUITE.items(Options(data_dir=tmp_path))
    assert "eval-case" in raised.value.cure


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"messages": []}, "needs messages"),
        ({"messages": [{"role": "root", "content": "x"}]}, "a role out of"),
        ({"expect": {}}, "one or more"),
        ({"expect": {"contains": "yes"}}, "list of texts"),
        ({"expect": {"refuses": "no"}}, "true or false"),
        ({"more": 1}, "has the keys"),
        ({"id": 3}, "must be texts"),
    ],
)
def test_a_file_that_is_no_case_is_refused(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    import yaml

    path = tmp_path / "bad.yaml"
    path.write_text(yaml.safe_dump({**case(), **change}), encoding="utf-8")
    with pytest.raises(SuiteDataError, match=said):
        read_case(path)


@pytest.mark.parametrize("content", ["[" * 5000, "id: 2001-99-99", "a: [", "\x00"])
def test_a_file_that_is_no_yaml_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SuiteDataError, match="cannot be read"):
        read_case(path)


def test_a_link_is_not_followed_and_a_large_file_not_read(tmp_path: Path) -> None:
    folder = tmp_path / "own-cases"
    write_case(folder, case())
    (folder / "link.yaml").symlink_to("/etc/passwd")
    assert len(SUITE.items(Options(data_dir=tmp_path))) == 1
    (folder / "large.yaml").write_text("x" * 300_000, encoding="utf-8")
    with pytest.raises(SuiteDataError, match="256 KiB"):
        SUITE.items(Options(data_dir=tmp_path))
