"""Answers are kept by content key, once, and survive being closed."""

import sqlite3
from pathlib import Path

import pytest

from aboveboard.evals import Answer, EvalError, empty_answers
from aboveboard.evals._cache import CACHE, AnswerCache


def test_an_answer_is_found_again(tmp_path: Path) -> None:
    answer = Answer(text="ü", logprobs={" Yes": -0.5}, prompt_tokens=3, seconds=0.25)
    with AnswerCache(tmp_path / "cache.db") as cache:
        cache.put("k", answer)
    with AnswerCache(tmp_path / "cache.db") as cache:
        assert cache.get("k") == answer
        assert cache.get("other") is None


def test_the_first_answer_stays(tmp_path: Path) -> None:
    with AnswerCache(tmp_path / "cache.db") as cache:
        cache.put("k", Answer(text="first"))
        cache.put("k", Answer(text="second"))
        assert cache.get("k") == Answer(text="first")
        assert len(cache) == 1


def test_an_unreadable_answer_counts_as_absent(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    AnswerCache(path).close()
    with sqlite3.connect(path) as raw:
        raw.execute("INSERT INTO answers VALUES ('k', '{\"odd\": 1}'), ('j', 'nothing')")
    raw.close()
    with AnswerCache(path) as cache:
        assert cache.get("k") is None
        assert cache.get("j") is None


def test_an_answer_that_was_altered_is_asked_again_and_then_kept(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    with AnswerCache(path) as cache:
        cache.put("k", Answer(text="the heron sleeps"))
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE answers SET answer = replace(answer, 'heron', 'raven')")
    raw.close()
    with AnswerCache(path) as cache:
        assert cache.get("k") is None
        assert cache.notes == ("1 damaged answers in the cache were asked again",)
        cache.put("k", Answer(text="the heron wakes"))
        assert cache.get("k") == Answer(text="the heron wakes")


def test_a_file_that_is_no_database_is_begun_anew_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    path.write_bytes(b"this is no database, but it is long enough to look at" * 100)
    with AnswerCache(path) as cache:
        assert "begun anew" in cache.notes[0]
        cache.put("k", Answer(text="kept"))
        assert cache.get("k") == Answer(text="kept")


def test_a_file_damaged_while_it_is_used_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    with AnswerCache(path) as cache:
        for number in range(2000):
            cache.put(str(number), Answer(text="the heron sleeps" * 20))
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xff" * (path.stat().st_size - 8192))
    with AnswerCache(path) as cache:
        found = [cache.get(str(number)) for number in range(2000)]
        assert None in found
        assert all(each in (None, Answer(text="the heron sleeps" * 20)) for each in found)
        cache.put("fresh", Answer(text="kept"))
        assert cache.get("fresh") == Answer(text="kept")
        assert cache.notes


def test_a_file_that_may_not_be_written_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "cache.db").mkdir()
    with pytest.raises(EvalError, match="may be deleted"):
        AnswerCache(tmp_path / "cache.db")


def test_only_the_owner_reads_it(tmp_path: Path) -> None:
    AnswerCache(tmp_path / "cache.db").close()
    assert (tmp_path / "cache.db").stat().st_mode & 0o777 == 0o600


def test_it_is_emptied_to_the_last_byte(tmp_path: Path) -> None:
    with AnswerCache(tmp_path / CACHE) as cache:
        for number in range(200):
            cache.put(str(number), Answer(text="the heron sleeps" * 50))
    assert b"heron" in (tmp_path / CACHE).read_bytes()
    assert [empty_answers(tmp_path) for _ in range(2)] == ["", ""]
    assert not any(b"heron" in each.read_bytes() for each in tmp_path.glob("cache.db*"))


def test_where_there_is_no_cache_nothing_remains(tmp_path: Path) -> None:
    assert empty_answers(tmp_path) == ""


def test_one_that_cannot_be_emptied_says_what_remains(tmp_path: Path) -> None:
    (tmp_path / CACHE).write_bytes(b"no database at all" * 100)
    assert "delete cache.db" in empty_answers(tmp_path)


def test_one_that_somebody_reads_says_that_it_is_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aboveboard.evals._cache._PATIENCE_SECONDS", 0.1)
    with AnswerCache(tmp_path / CACHE) as cache:
        cache.put("k", Answer(text="the heron sleeps"))
        assert empty_answers(tmp_path) == "", "open, and idle"
        cache.put("k", Answer(text="asked again"))
    reading = sqlite3.connect(tmp_path / CACHE, isolation_level=None)
    reading.execute("BEGIN")
    reading.execute("SELECT * FROM answers").fetchone()
    assert "when that has ended" in empty_answers(tmp_path)
    reading.close()
    assert empty_answers(tmp_path) == ""
