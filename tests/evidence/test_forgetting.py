"""Erasure follows what was made from a person, comes to one outcome, and bears being cut off anywhere."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aboveboard.errors import UnknownNameError
from aboveboard.evidence import Evidence, Expired, Purgers, verify_receipt
from aboveboard.evidence.records import Decision, Erasure, Review

ANNA, BOB = "person:anna", "person:bob"
MakeDecision = Callable[..., Decision]


def outcomes(evidence: Evidence) -> list[Erasure]:
    found = evidence.reader.find("erasure", newest_first=False)
    return [each for each in found if isinstance(each, Erasure) and each.stage == "outcome"]


def refuse(_: str) -> str:
    raise KeyboardInterrupt


class TestLineage:
    def test_a_kind_says_what_must_happen(self, evidence: Evidence) -> None:
        evidence.lineage.made_from("train-1", [ANNA], kind="shard")
        evidence.lineage.made_from("seven", ["shard:train-1"], kind="checkpoint", otherwise="retrain by May")
        outcome = evidence.erase(ANNA, "asked", "role:dpo")
        assert outcome.remaining[:2] == (
            "checkpoint:seven: retrain by May",
            "shard:train-1: take this person's rows out of it",
        )
        assert outcome.purged == ()

    def test_there_is_no_such_kind(self, evidence: Evidence) -> None:
        with pytest.raises(UnknownNameError, match="did you mean 'shard'"):
            evidence.lineage.made_from("x", [ANNA], kind="shards")

    def test_what_came_from_a_record_of_hers_came_from_her(
        self, evidence: Evidence, decision: MakeDecision
    ) -> None:
        hers, his = decision(data_subject=ANNA), decision(data_subject=BOB)
        for each, name in ((hers, "hers"), (his, "his")):
            evidence.recorder.record(each)
            evidence.lineage.made_from(name, [f"record:{each.id}"], kind="eval-case")
        outcome = evidence.erase(ANNA, "asked", "role:dpo")
        assert outcome.remaining[0] == "eval-case:hers: take it out of its suite"
        assert "his" not in str(outcome)
        assert [each.name for each in evidence.lineage.derived_from(BOB, [his.id])] == ["eval-case:his"]

    def test_what_is_shared_stays_known_of_the_other(self, evidence: Evidence) -> None:
        evidence.lineage.made_from("train-1", [ANNA, BOB], kind="shard")
        evidence.erase(ANNA, "asked", "role:dpo")
        assert [each.name for each in evidence.lineage.derived_from(BOB)] == ["shard:train-1"]
        assert evidence.lineage.derived_from(ANNA) == []

    def test_what_was_noted_of_a_kind_is_listed_and_of_no_other(self, evidence: Evidence) -> None:
        for name, kind in (("b", "run"), ("a:1/é", "run"), ("c", "cache"), ("d", "shard")):
            evidence.lineage.made_from(name, [ANNA], kind=kind)
        assert [each.name for each in evidence.lineage.of_kind("run")] == ["run:a:1/é", "run:b"]
        assert evidence.lineage.of_kind("eval-case") == []

    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(edges=st.lists(st.tuples(st.integers(0, 6), st.integers(1, 6)), max_size=14))
    def test_all_that_can_be_reached_is_reached_and_circles_end(
        self, tmp_path_factory: pytest.TempPathFactory, edges: list[tuple[int, int]]
    ) -> None:
        """Node 0 is the person; every other an artifact."""
        with Evidence.open(tmp_path_factory.mktemp("lineage") / "state") as evidence:
            for source, target in edges:
                parent = ANNA if source == 0 else f"shard:{source}"
                evidence.lineage.made_from(str(target), [parent], kind="shard")
            found = {each.name for each in evidence.lineage.derived_from(ANNA)}
        assert found == {f"shard:{node}" for node in _closure(edges)}


def _closure(edges: list[tuple[int, int]]) -> set[int]:
    reached = {0}
    for _ in range(len(edges) + 1):
        reached |= {target for source, target in edges if source in reached}
    return reached - {0} | {target for source, target in edges if source in reached}


class TestWhatNobodyOwns:
    def test_a_reviewers_reasons_about_her_answer_go_too(
        self, evidence: Evidence, decision: MakeDecision
    ) -> None:
        hers, his = decision(data_subject=ANNA), decision(data_subject=BOB)
        reviews = [
            Review(
                subject=f"decision:{each.id}", actor="role:r", case="c", outcome="granted", reason="her rent"
            )
            for each in (hers, his)
        ]
        for record in (hers, his, *reviews):
            evidence.recorder.record(record)
        assert evidence.erase(ANNA, "asked", "role:dpo").erased == 2
        assert [evidence.reader.is_erased(each.id) for each in reviews] == [True, False]
        assert verify_receipt(evidence.reader.receipt(reviews[0].id), evidence.vkey).disclosed is False


class TestCutOff:
    """An erasure that was begun is finished by whoever opens next, and says all that was done."""

    @pytest.fixture
    def begun(self, state: Path, decision: MakeDecision) -> Path:
        """An erasure that died while it purged the second of two artifacts."""
        stops = Purgers(named={"data": lambda _: "", "stops": refuse})
        with Evidence.open(state, purgers=stops) as evidence:
            evidence.recorder.record(decision(data_subject=ANNA), {"prompt": b"x"})
            evidence.lineage.made_from("a", [ANNA], kind="shard", purger="data")
            evidence.lineage.made_from("b", ["shard:a"], kind="cache", purger="stops")
            with pytest.raises(KeyboardInterrupt):
                evidence.erase(ANNA, "asked", "role:dpo")
            assert outcomes(evidence) == []
        return state

    def test_the_outcome_names_what_was_purged_before_it_died(self, begun: Path) -> None:
        works = Purgers(named={"data": lambda _: "", "stops": lambda _: ""})
        with Evidence.open(begun, purgers=works) as evidence:
            (outcome,) = outcomes(evidence)
            assert outcome.purged == ("cache:b", "shard:a")
            assert (outcome.erased, outcome.remaining[:-1]) == (2, ())
        with Evidence.open(begun, purgers=works) as evidence:
            assert len(outcomes(evidence)) == 1

    def test_it_waits_for_a_process_that_has_the_purger(self, begun: Path) -> None:
        with Evidence.open(begun) as evidence:
            assert outcomes(evidence) == []
            evidence.lineage.register("data", lambda _: "")
            evidence.lineage.register("stops", lambda _: "")
            evidence.finish()
            assert outcomes(evidence)[0].purged == ("cache:b", "shard:a")

    def test_while_it_waits_she_may_come_back(self, begun: Path, decision: MakeDecision) -> None:
        again = decision(data_subject=ANNA)
        with Evidence.open(begun) as evidence:
            evidence.recorder.record(again)
            evidence.lineage.made_from("new", [ANNA], kind="shard", purger="data")
        works = Purgers(named={"data": lambda _: "", "stops": lambda _: ""})
        with Evidence.open(begun, purgers=works) as evidence:
            assert outcomes(evidence)[0].purged == ("cache:b", "shard:a")
            assert evidence.reader.get(again.id) == again
            assert [each.name for each in evidence.lineage.derived_from(ANNA)] == ["shard:new"]

    def test_asked_again_it_is_finished_with_what_there_is(self, begun: Path) -> None:
        with Evidence.open(begun) as evidence:
            evidence.erase(ANNA, "asked again", "role:dpo")
            first, second = outcomes(evidence)
        assert first.remaining[:-1] == (
            "cache:b: empty it",
            "shard:a: take this person's rows out of it",
        )
        assert (second.erased, second.remaining[:-1]) == (0, ())

    def test_two_that_finish_it_at_once_come_to_one_outcome(self, begun: Path) -> None:
        works = Purgers(named={"data": lambda _: "", "stops": lambda _: ""})

        def finish(_: int) -> None:
            with Evidence.open(begun, purgers=works):
                pass

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(finish, range(4)))
        with Evidence.open(begun, purgers=works) as evidence:
            assert [each.purged for each in outcomes(evidence)] == [("cache:b", "shard:a")]


class TestWhatCannotBePurgedYet:
    """A purger that could not is asked again by whoever opens the state next, until it can."""

    @pytest.fixture
    def busy(self) -> list[str]:
        """What stands in the purger's way."""
        return ["an assessment is writing it"]

    @pytest.fixture
    def purgers(self, busy: list[str]) -> Purgers:
        return Purgers(named={"runs": lambda _: busy[0] if busy else ""})

    def test_it_is_tried_again_and_put_on_record_once(
        self, state: Path, dsn: str | None, busy: list[str], purgers: Purgers
    ) -> None:
        with Evidence.open(state, database=dsn, purgers=purgers) as evidence:
            evidence.lineage.made_from("1", [ANNA], kind="run", purger="runs")
            outcome = evidence.erase(ANNA, "asked", "role:dpo")
            assert outcome.remaining[0] == "run:1: an assessment is writing it"
        for _ in range(2):
            with Evidence.open(state, database=dsn, purgers=purgers) as evidence:
                assert len(outcomes(evidence)) == 1
        busy.clear()
        for _ in range(2):
            with Evidence.open(state, database=dsn, purgers=purgers) as evidence:
                first, second = outcomes(evidence)
        assert (first.purged, second.purged) == ((), ("run:1",))

    def test_a_program_without_the_purger_leaves_it(
        self, state: Path, dsn: str | None, busy: list[str], purgers: Purgers
    ) -> None:
        with Evidence.open(state, database=dsn, purgers=purgers) as evidence:
            evidence.lineage.made_from("1", [ANNA], kind="run", purger="runs")
            evidence.erase(ANNA, "asked", "role:dpo")
        busy.clear()
        with Evidence.open(state, database=dsn) as evidence:
            assert len(outcomes(evidence)) == 1
        with Evidence.open(state, database=dsn, purgers=purgers) as evidence:
            assert outcomes(evidence)[1].purged == ("run:1",)

    def test_it_is_noted_before_the_outcome_so_that_a_crash_loses_nothing(
        self, state: Path, busy: list[str], purgers: Purgers, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with Evidence.open(state, purgers=purgers) as evidence:
            evidence.lineage.made_from("1", [ANNA], kind="run", purger="runs")
            monkeypatch.setattr(evidence.lineage, "forget", refuse)
            with pytest.raises(KeyboardInterrupt):
                evidence.erase(ANNA, "asked", "role:dpo")
            assert len(outcomes(evidence)) == 1
        busy.clear()
        with Evidence.open(state, purgers=purgers) as evidence:
            assert outcomes(evidence)[1].purged == ("run:1",)

    def test_what_no_program_here_can_purge_is_for_somebody_to_do_and_does_not_wait(
        self, evidence: Evidence
    ) -> None:
        evidence.lineage.made_from("train-1", [ANNA], kind="shard", purger="another program's")
        evidence.erase(ANNA, "asked", "role:dpo")
        assert evidence.lineage.waiting() == []


class TestSweeping:
    def test_what_was_made_from_a_record_that_goes_goes_first(
        self, evidence: Evidence, decision: MakeDecision
    ) -> None:
        from datetime import UTC, datetime

        old = decision(time="2026-01-01T00:00:00.000Z")
        young = decision()
        for each in (old, young):
            evidence.recorder.record(each)
            evidence.lineage.made_from(
                each.id.lower(), [f"record:{each.id}"], kind="embedding", purger="index"
            )
        gone: list[str] = []

        def remove(name: str) -> str:
            gone.append(name)
            return ""

        evidence.lineage.register("index", remove)
        rule = Expired(datetime(2026, 6, 1, tzinfo=UTC), ("decision",), attachments_only=False)
        outcome = evidence.sweep(rule, "role:retention")
        assert outcome is not None
        assert gone == [f"embedding:{old.id.lower()}"] == list(outcome.purged)

    def test_named_records_go_and_no_others(self, evidence: Evidence, decision: MakeDecision) -> None:
        from datetime import UTC, datetime

        made = [decision() for _ in range(3)]
        for each in made:
            evidence.recorder.record(each)
        later = datetime(2100, 1, 1, tzinfo=UTC)
        some = Expired(later, attachments_only=False, records=(made[1].id,), label="incident/crisis")
        outcome: Any = evidence.sweep(some, "role:retention")
        assert outcome.reason.startswith("retention: incident/crisis before")
        assert [evidence.reader.is_erased(each.id) for each in made] == [False, True, False]
        assert evidence.sweep(Expired(later, attachments_only=False, records=()), "role:retention") is None
