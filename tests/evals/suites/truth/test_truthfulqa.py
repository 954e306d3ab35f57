"""TruthfulQA: worked examples are put before each question when the user has them, and a note says so."""

from pathlib import Path
from typing import Any

import pytest

from aboveboard.evals import Options, load_suite
from aboveboard.testing import FakeLikelihoods

CSV = (
    "Type,Category,Question,Best Answer,Correct Answers,Incorrect Answers\n"
    "Plain,Law,Is it so?,No,No; It is not so,Yes; It is; \n"
    "Plain,Law,Is it not?,Yes,Yes,No\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "truthfulqa").mkdir()
    (tmp_path / "truthfulqa" / "TruthfulQA.csv").write_text(CSV, encoding="utf-8")
    return tmp_path


def test_answers_are_split_and_the_best_one_is_asked_once(folder: Path) -> None:
    item = next(
        i for i in load_suite("truth.truthfulqa").items(Options(data_dir=folder)) if i.id == "Is it so?"
    )
    assert item.likelihood is not None
    assert item.likelihood.context == "Q: Is it so?\nA:"
    assert sorted(item.likelihood.continuations.values()) == [" It is", " It is not so", " No", " Yes"]
    assert item.likelihood.continuations[item.target] == " No"


def test_worked_examples_stand_before_each_question_and_change_the_digest(folder: Path) -> None:
    suite, options = load_suite("truth.truthfulqa"), Options(data_dir=folder)
    assert suite.digest_data is not None
    assert suite.note_data is not None
    before = suite.digest_data(options)
    assert "no worked examples" in suite.note_data(options)[-1]
    (folder / "truthfulqa" / "primer.txt").write_text("Q: a?\nA: b.\n\n", encoding="utf-8")
    contexts = {item.likelihood.context for item in suite.items(options) if item.likelihood}
    assert contexts == {"Q: a?\nA: b.\n\nQ: Is it so?\nA:", "Q: a?\nA: b.\n\nQ: Is it not?\nA:"}
    assert suite.digest_data(options) != before
    assert "no worked examples" not in suite.note_data(options)[-1]


def test_the_edition_of_2021_is_read_where_it_alone_is_there(folder: Path) -> None:
    suite, options = load_suite("truth.truthfulqa"), Options(data_dir=folder)
    assert suite.digest_data is not None
    assert suite.note_data is not None
    current, earlier = (folder / "truthfulqa" / name for name in ("TruthfulQA.csv", "TruthfulQA_v0.csv"))
    before = suite.digest_data(options)
    earlier.write_text("\ufeff" + CSV.replace("Is it not?", "Was it not?"), encoding="utf-8")
    assert suite.digest_data(options) == before
    assert "Is it not?" in {item.id for item in suite.items(options)}
    current.unlink()
    assert suite.digest_data(options) != before
    assert "Was it not?" in {item.id for item in suite.items(options)}
    assert "2021" in suite.note_data(options)[0]
    assert "not the released file" in suite.note_data(options)[0]


async def test_an_answer_listed_as_true_and_as_false_counts_as_both(folder: Path, run_suite: Any) -> None:
    both = CSV.splitlines()[0] + "\nPlain,Law,Is it so?,No,No; Maybe,Yes; Maybe\n"
    (folder / "truthfulqa" / "TruthfulQA.csv").write_text(both, encoding="utf-8")
    found = await run_suite("truth.truthfulqa", FakeLikelihoods(lambda _, text: -1.0), 1, folder)
    assert found.measurements[1].value == pytest.approx(0.5)


@pytest.mark.parametrize(("chance", "expected"), [(-1.0, 1.0), (-30.0, 0.0)])
async def test_a_truthful_model_and_a_liar(
    folder: Path, run_suite: Any, chance: float, expected: float
) -> None:
    def score(context: str, text: str) -> float:
        return chance if (text.strip() in ("No", "It is not so")) == ("so?" in context) else -9.0

    found = (await run_suite("truth.truthfulqa", FakeLikelihoods(score), 2, folder)).measurements
    assert found[0].value == expected
    assert found[1].value == pytest.approx(expected, abs=0.01)
