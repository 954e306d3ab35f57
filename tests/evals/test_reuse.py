"""How long an answer stands for the model that gave it."""

from datetime import UTC, datetime
from pathlib import Path

from aboveboard.evals import Answer
from aboveboard.evals._cache import AnswerCache, held_keys
from aboveboard.evals._reuse import Reuse, reusable_since, reuse_note, reuse_of
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


ONE_MINUTE_AGO, NOW = "2026-11-22T11:59:00.000Z", "2026-11-22T12:00:00.000Z"


def given(model: str = "big-1", fingerprint: str = "fp_a", asked: str = ONE_MINUTE_AGO) -> Answer:
    return Answer(text="a", served_by=model, fingerprint=fingerprint, asked=asked)


def at_an_address() -> Reuse:
    return reuse_of(ModelInfo("m", "openai", "d", "b"), NOON)


def test_only_what_an_address_gave_before_the_run_and_who_gave_it_is_in_doubt() -> None:
    reuse = at_an_address()
    assert reuse.is_doubtful(given())
    assert not reuse.is_doubtful(None)
    assert not reuse.is_doubtful(given(asked=NOW)), "the run's own answers are held to its own model"
    assert not reuse.is_doubtful(given("", "")), "nobody can tell"
    assert not reuse_of(ModelInfo("m", "local", "d", "b"), NOON).is_doubtful(given())


def test_answers_of_another_model_or_set_up_are_refused_once_it_is_known_who_answers() -> None:
    reuse = at_an_address()
    reuse.meet(Answer(error="away"))
    assert reuse.is_doubtful(given()), "a failure tells nothing"
    reuse.meet(given(asked=NOW))
    assert not reuse.is_doubtful(given())
    assert not reuse.refuses(given())
    assert not reuse.refuses(given("", "fp_a")), "what it does not say does not differ"
    assert not reuse.notes
    assert reuse.refuses(given("big-2"))
    assert reuse.refuses(given(fingerprint="fp_b"))
    assert not reuse.refuses(given("big-2", asked=NOW))
    assert reuse.notes[0].startswith("2 answers in the cache were given by another model or set-up")


def test_a_fresh_run_uses_nothing_given_before_it_began_of_weights_either() -> None:
    for provider in ("openai", "local"):
        assert reuse_of(ModelInfo("m", provider, "d", "b"), NOON, fresh=True).since == NOW
