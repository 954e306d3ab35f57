"""What can take a person's data out of the places beside the vault, and what it says when it cannot."""

from pathlib import Path

import pytest

from aboveboard.cli._purgers import purgers
from aboveboard.cli._settings import Settings
from aboveboard.evals import Answer, is_in_use
from aboveboard.evals._cache import CACHE, AnswerCache
from aboveboard.evidence import Purgers


@pytest.fixture
def state(tmp_path: Path) -> Path:
    (tmp_path / "state").mkdir()
    return tmp_path / "state"


@pytest.fixture
def made(state: Path) -> Purgers:
    return purgers(Settings(state, state / "charter.yaml", None))


def test_a_folder_drawn_for_a_person_is_deleted_and_may_be_gone_already(state: Path, made: Purgers) -> None:
    folder = state / "subjects" / "01ABC-report"
    folder.mkdir(parents=True)
    (folder / "access.html").write_text("the heron", encoding="utf-8")
    assert [made.named["handed-out"]("export:01ABC-report") for _ in range(2)] == ["", ""]
    assert not folder.exists()


@pytest.mark.parametrize("name", ["export:../../etc", "export:", "export:a/b", "export:.", "export:.."])
def test_no_name_leads_out_of_its_place(state: Path, made: Purgers, name: str) -> None:
    (state.parent / "etc").mkdir()
    (state / "subjects").mkdir()
    assert "by hand" in made.named["handed-out"](name)
    assert (state.parent / "etc").exists()
    assert (state / "subjects").exists()


def test_a_link_is_not_followed(state: Path, made: Purgers, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (state / "subjects").mkdir()
    (state / "subjects" / "x").symlink_to(tmp_path / "elsewhere")
    assert "it is a link" in made.named["handed-out"]("export:x")
    assert (tmp_path / "elsewhere").exists()


def test_a_run_is_deleted_unless_it_is_being_written(state: Path, made: Purgers) -> None:
    import fcntl

    run = state / "runs" / "01RUN"
    run.mkdir(parents=True)
    log = run / "items.jsonl"
    log.write_text("{}\n", encoding="utf-8")
    with log.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert is_in_use(run)
        assert "it goes when that has ended" in made.named["runs"]("run:01RUN")
    assert made.named["runs"]("run:01RUN") == ""
    assert not run.exists()


def test_the_cache_of_answers_is_emptied(state: Path, made: Purgers) -> None:
    with AnswerCache(state / CACHE) as cache:
        cache.put("k", Answer(text="the heron sleeps"))
    assert made.named["answers"]("cache:answers") == ""
    with AnswerCache(state / CACHE) as cache:
        assert len(cache) == 0


def test_a_case_in_a_folder_of_data_that_is_not_there_now_is_told(tmp_path: Path) -> None:
    settings = Settings(tmp_path, tmp_path / "charter.yaml", tmp_path / "disk")
    left = purgers(settings).named["own-cases"]("eval-case:own.cases/01K9A7")
    assert "disk is not there" in left
    assert "own-cases/01K9A7.yaml" in left
