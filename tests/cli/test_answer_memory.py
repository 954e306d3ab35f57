"""Answers that may be given again lie in the vault, and go with the person, their payloads, their time."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from aboveboard.charter import AnswerCache
from aboveboard.cli._answer_memory import AnswerMemory
from aboveboard.cli._purgers import purgers
from aboveboard.cli._settings import Settings
from aboveboard.evidence import Evidence, Expired
from aboveboard.evidence.records import Decision
from aboveboard.gateway.caching import AnswerIndex

WORDS = b'{"choices": [{"message": {"content": "the heron sleeps"}}]}'
TAG = b"t" * 32
NOW = time.time()


@pytest.fixture
def settings(tmp_path: Path, dsn: str | None) -> Settings:
    return Settings(tmp_path / "state", tmp_path / "charter.yaml", None, dsn)


@pytest.fixture
def evidence(settings: Settings) -> Iterator[Evidence]:
    settings.state.mkdir()
    with Evidence.open(settings.state, None, purgers(settings), settings.database) as opened:
        yield opened


@pytest.fixture
def memory(settings: Settings, evidence: Evidence) -> Iterator[AnswerMemory]:
    with AnswerIndex.open(settings.reuse) as index:
        yield AnswerMemory(evidence, index, AnswerCache(exact=timedelta(hours=1)), lambda: NOW)


def answered(evidence: Evidence, person: str) -> str:
    decision = Decision(
        subject="answer:x",
        actor="gateway",
        data_subject=person,
        endpoint="/v1/chat/completions",
        streamed=False,
        model="m",
        model_digest="d",
        provider="fake",
        charter_digest="c",
        system="s",
        accountable="a",
        guards=(),
        outcome="allow",
    )
    evidence.recorder.record(decision, {"answer": b"[]", "reusable": WORDS})
    return decision.id


def test_what_was_kept_is_found(memory: AnswerMemory, evidence: Evidence) -> None:
    decision = answered(evidence, evidence.pseudonym("anna"))
    memory.keep(TAG, decision)
    assert memory.find(TAG) == (decision, WORDS)


def test_it_is_gone_with_the_person(memory: AnswerMemory, evidence: Evidence, settings: Settings) -> None:
    anna, ben = evidence.pseudonym("anna"), evidence.pseudonym("ben")
    memory.keep(TAG, answered(evidence, anna))
    memory.keep(b"u" * 32, answered(evidence, ben))
    evidence.erase(anna, "asked", "role:privacy-officer")
    assert memory.index.find(TAG, 0.0) is None, "nothing is left that leads to what was erased"
    assert memory.find(TAG) is None
    assert memory.find(b"u" * 32) is not None


def test_it_is_gone_with_the_payloads(memory: AnswerMemory, evidence: Evidence) -> None:
    memory.keep(TAG, answered(evidence, ""))
    expired = Expired(datetime.now(UTC) + timedelta(minutes=1), (), True, label="payloads")
    evidence.sweep(expired, "role:retention")
    assert memory.find(TAG) is None


def test_it_is_gone_after_its_time(settings: Settings, evidence: Evidence, memory: AnswerMemory) -> None:
    memory.keep(TAG, answered(evidence, ""))
    later = AnswerMemory(evidence, memory.index, memory.rule, lambda: NOW + 3600.0)
    assert later.find(TAG) is None


def test_a_record_that_is_not_there_is_no_answer(memory: AnswerMemory) -> None:
    memory.keep(TAG, "01ARZ3NDEKTSV4RRFFQ69G5FAV")
    assert memory.find(TAG) is None


def test_no_word_of_it_lies_outside_the_vault(
    memory: AnswerMemory, evidence: Evidence, settings: Settings
) -> None:
    tag = memory.tag("what does the heron do?")
    memory.keep(tag, answered(evidence, ""))
    held = b"".join(path.read_bytes() for path in settings.state.rglob("*") if path.is_file())
    assert b"heron" not in held
    assert tag != memory.tag("what does the heron do")
