"""How long an answer stands for the model that gave it."""

from datetime import UTC, datetime
from pathlib import Path

from aboveboard.evals import Answer
from aboveboard.evals._cache import AnswerCache, held_keys
from aboveboard.evals._reuse import reusable_since, reuse_note
from aboveboard.models import ModelInfo

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_the_answers_of_weights_stand_for_ever_and_those_of_an_address_for_an_hour() -> None:
    assert reusable_since(ModelInfo("m", "local", "d", "b")) == ""
    assert reusable_since(ModelInfo("m", "openai", "d", "b"), NOON) == "2026-11-22T11:00:00.000Z"


def test_an_answer_given_too_early_is_absent_and_makes_room_for_the_next(tmp_path: Path) -> None:
    with AnswerCache(tmp_path / "cache.db") as cache:
        cache.put("old", Answer(text="a", asked="2026-11-22T10:59:59.999Z"))
        cache.put("unknown", Answer(text="a"))
        cache.put("new", Answer(text="a", asked="2026-11-22T11:00:00.000Z"))
        since = reusable_since(ModelInfo("m", "openai", "d", "b"), NOON)
        assert held_keys(tmp_path / "cache.db", ["old", "unknown", "new"], since) == {"new"}
        assert held_keys(tmp_path / "cache.db", ["old", "unknown", "new"]) == {"old", "unknown", "new"}
        assert cache.get("new", since) is not None
        assert cache.get("old", since) is cache.get("unknown", since) is None
        cache.put("old", Answer(text="b", asked="2026-11-22T12:00:00.000Z"))
        assert cache.get("old", since) == Answer(text="b", asked="2026-11-22T12:00:00.000Z")
        assert not cache.notes, "that it is old is no damage"


def test_a_reader_is_told_how_many_answers_are_older_than_the_run() -> None:
    began = "2026-11-22T12:00:00.000Z"
    fresh, old = Answer(asked="2026-11-22T12:00:01.000Z"), Answer(asked="2026-11-22T11:30:00.000Z")
    assert reuse_note([fresh, fresh], began) == ()
    assert reuse_note([fresh, old], began)[0].startswith("1 of 2 answers were given before this run")
