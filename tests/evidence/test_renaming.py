"""What is named after a person is found at their erasure, and neither the files nor the receipt name them."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from aboveboard.evidence import ArtifactNameError, Evidence, Purgers
from aboveboard.evidence._artifacts import KINDS
from aboveboard.evidence._forgetting import Forgetting
from aboveboard.evidence._lineage import Lineage
from aboveboard.evidence.records import Decision, Erasure
from samples.postgres import SampleDatabase
from samples.searching import files_of, found_in

MakeDecision = Callable[..., Decision]
NAME = "customer-17"


def outcomes(evidence: Evidence) -> list[Erasure]:
    found = evidence.reader.find("erasure", newest_first=False)
    return [each for each in found if isinstance(each, Erasure) and each.stage == "outcome"]


def die(*_: object) -> None:
    raise KeyboardInterrupt


def note_letters(evidence: Evidence) -> str:
    """A shard of a customer's data, and what was made of it under their name; their pseudonym."""
    person, made_from = evidence.pseudonym(NAME), evidence.lineage.made_from
    shard = made_from("train-1", [person], kind="shard")
    letters = made_from("letters-of-Customer-17", [shard.name], kind="synthetic")
    made_from("cache/customer%2D17.json", [letters.name], kind="cache", otherwise="rm customer-17.json")
    made_from("v7", [letters.name], kind="checkpoint")
    made_from("chart", ["run:never-noted/customer-17"], kind="cache")
    return person


class TestErasure:
    def test_no_file_and_no_receipt_holds_the_name(self, evidence: Evidence, state: Path) -> None:
        person = note_letters(evidence)
        named = evidence.named_after(person, NAME)
        outcome = evidence.erase(person, "asked", "role:dpo", name=NAME)
        assert len(named) == 3
        todo = dict(
            each.split(": ", 1)
            for each in outcome.remaining
            if not each.startswith(("PostgreSQL", "backups"))
        )
        assert set(todo) == {
            "checkpoint:v7",
            "shard:train-1",
            named["synthetic:letters-of-Customer-17"],
            named["cache:cache/customer%2D17.json"],
        }
        assert todo[named["cache:cache/customer%2D17.json"]] == "rm ….json"
        assert named["synthetic:letters-of-Customer-17"].startswith("synthetic:letters-of-erased-")
        assert found_in(files_of(state), [NAME]) == []
        assert evidence.lineage.sources(b"renamed:") == []

    def test_what_came_from_it_is_followed_for_others_under_the_new_name(self, evidence: Evidence) -> None:
        person = note_letters(evidence)
        evidence.lineage.made_from("letters-of-Customer-17", ["person:bob"], kind="synthetic")
        named = evidence.named_after(person, NAME)
        evidence.erase(person, "asked", "role:dpo", name=NAME)
        found = [each.name for each in evidence.lineage.derived_from("person:bob")]
        assert found == sorted(
            ["checkpoint:v7", *(named[each] for each in named if not each.startswith("run:"))]
        )

    def test_a_dump_and_the_servers_files_do_not_hold_it_either(
        self, database: SampleDatabase, tmp_path: Path
    ) -> None:
        with Evidence.open(tmp_path / "state", database=database.address) as evidence:
            person = note_letters(evidence)
            database.execute("ANALYZE")
            before = [(Path("dump"), database.dump()), *database.tables()]
            assert {each.rpartition(" in ")[2] for each in found_in(before, [NAME])} >= {"dump"}
            evidence.erase(person, "asked", "role:dpo", name=NAME)
            assert found_in([(Path("dump"), database.dump()), *database.tables()], [NAME]) == []

    def test_nor_do_pages_that_rows_were_moved_out_of(self, tmp_path: Path) -> None:
        """SQLite moves neighbours when rows come and go, and what they leave behind is not zeroed at once."""
        state, chance = tmp_path / "state", random.Random(2027)
        names = [f"{chance.randbytes(4).hex()}-{number}" for number in range(500)]
        with Evidence.open(state) as evidence:
            person = evidence.pseudonym(NAME)
            evidence.lineage.made_from("train-1", [person], kind="shard")
            for number, name in enumerate(names):
                held = f"{name}-{NAME}" if number % 3 == 0 else name
                evidence.lineage.made_from(held, ["shard:train-1"], kind="cache")
            evidence.erase(person, "asked", "role:dpo", name=NAME)
            assert found_in(files_of(state), [NAME]) == []

    def test_a_thing_purged_under_its_name_keeps_it_until_then(self, state: Path, dsn: str | None) -> None:
        busy, asked = ["in use"], list[str]()

        def purge(artifact: str) -> str:
            asked.append(artifact)
            return busy[0] if busy else ""

        purgers = Purgers(named={"runs": purge})
        with Evidence.open(state, database=dsn, purgers=purgers) as evidence:
            person = evidence.pseudonym(NAME)
            evidence.lineage.made_from("train-1", [person], kind="shard")
            evidence.lineage.made_from(f"of-{NAME}", ["shard:train-1"], kind="run", purger="runs")
            new = evidence.named_after(person, NAME)[f"run:of-{NAME}"]
            outcome = evidence.erase(person, "asked", "role:dpo", name=NAME)
            assert f"{new}: in use" in outcome.remaining
        busy.clear()
        with Evidence.open(state, database=dsn, purgers=purgers) as evidence:
            assert outcomes(evidence)[1].purged == (new,)
            assert evidence.lineage.waiting() == []
        assert set(asked) == {f"run:of-{NAME}"}
        assert found_in(files_of(state), [NAME]) == []

    def test_anothers_number_and_a_short_name_elsewhere_are_left_alone(self, evidence: Evidence) -> None:
        for number, name in enumerate(("3", "ann")):
            person = evidence.pseudonym(name)
            evidence.lineage.made_from(f"{number}", [person], kind="shard")
            evidence.lineage.made_from(f"{name}-2027", ["person:bob"], kind="shard")
            evidence.lineage.made_from(f"x/{name}", [f"shard:{number}"], kind="cache")
        assert evidence.named_after(evidence.pseudonym("3"), "3") == {}
        assert list(evidence.named_after(evidence.pseudonym("ann"), "ann")) == ["cache:x/ann"]

    def test_what_others_data_are_purged_from_stays_within_their_purgers_reach(
        self, evidence: Evidence
    ) -> None:
        asked = list[str]()

        def purge(artifact: str) -> str:
            asked.append(artifact)
            return ""

        evidence.lineage.register("folders", purge)
        evidence.lineage.made_from("1-tutorial", ["person:bob"], kind="export", purger="folders")
        person = evidence.pseudonym("tutorial")
        evidence.erase(person, "asked", "role:dpo", name="tutorial")
        outcome = evidence.erase("person:bob", "asked", "role:dpo", name="Bob")
        assert (asked, outcome.purged) == (["export:1-tutorial"], ("export:1-tutorial",))

    def test_one_that_is_named_by_the_pseudonym_is_renamed_too(self, evidence: Evidence) -> None:
        person = evidence.pseudonym(NAME)
        evidence.lineage.made_from("train-1", [person], kind="shard")
        evidence.lineage.made_from(f"of-{person}", ["shard:train-1"], kind="cache")
        outcome = evidence.erase(person, "asked", "role:dpo")
        assert not any(person.removeprefix("person:") in each for each in outcome.remaining)
        assert len(evidence.lineage.of_kind("cache")) == 1


class TestCutOff:
    """Who finishes an erasure does not know what the person was called, and renames all the same."""

    @pytest.mark.parametrize(
        ("where", "what"),
        [(Forgetting, "_destroy"), (Forgetting, "_conclude"), (Lineage, "forget"), (Forgetting, "_rename")],
    )
    def test_the_next_to_open_the_state_goes_on(
        self, state: Path, monkeypatch: pytest.MonkeyPatch, where: type, what: str
    ) -> None:
        with Evidence.open(state) as evidence:
            person = note_letters(evidence)
            with monkeypatch.context() as patch:
                patch.setattr(where, what, die)
                with pytest.raises(KeyboardInterrupt):
                    evidence.erase(person, "asked", "role:dpo", name=NAME)
        with Evidence.open(state) as evidence:
            (outcome,) = outcomes(evidence)
            assert "customer-17" not in " ".join(outcome.remaining).casefold()
            assert len(outcome.remaining) == 5
            assert found_in(files_of(state), [NAME]) == []
            assert evidence.lineage.sources(b"renamed:") == []

    def test_before_the_intent_nothing_is_renamed(
        self, evidence: Evidence, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        person = note_letters(evidence)
        with monkeypatch.context() as patch:
            patch.setattr(evidence.recorder, "record", die)
            with pytest.raises(KeyboardInterrupt):
                evidence.erase(person, "asked", "role:dpo", name=NAME)
        evidence.finish()
        assert len(evidence.named_after(person, NAME)) == 3


class TestNoting:
    @pytest.mark.parametrize("name", [NAME, f"letters-of-{NAME}", f"{NAME}.json", "of-customer%2D17"])
    def test_nothing_is_named_after_one_whose_data_it_holds(self, evidence: Evidence, name: str) -> None:
        with pytest.raises(ArtifactNameError, match="named after a person"):
            evidence.lineage.made_from(name, [evidence.pseudonym(NAME)], kind="shard")
        assert evidence.lineage.of_kind("shard") == []

    def test_nor_do_its_instructions_name_them(self, evidence: Evidence) -> None:
        with pytest.raises(ArtifactNameError):
            evidence.lineage.made_from(
                "1", [evidence.pseudonym(NAME)], kind="shard", otherwise=f"rm {NAME}.json"
            )

    @pytest.mark.parametrize("kind", KINDS)
    def test_instructions_of_our_own_name_nobody(self, evidence: Evidence, kind: str) -> None:
        for word in (*KINDS[kind].split(), kind, "report"):
            evidence.lineage.made_from("1-report", [evidence.pseudonym(word)], kind=kind)
        assert len(evidence.lineage.of_kind(kind)) == 1

    @pytest.mark.parametrize("name", ["a\0b", "a\ud800b", "x" * 1025, "a-" * 100_000])
    def test_a_name_that_no_database_takes_is_refused(self, evidence: Evidence, name: str) -> None:
        with pytest.raises(ArtifactNameError, match="cannot be kept"):
            evidence.lineage.made_from(name, ["person:x"], kind="shard")

    def test_a_number_that_somebody_is_called_by_is_no_name(self, evidence: Evidence) -> None:
        evidence.lineage.made_from("train-3", [evidence.pseudonym("3")], kind="shard")
        assert len(evidence.lineage.of_kind("shard")) == 1


def test_what_a_purger_says_of_a_place_is_not_kept(evidence: Evidence, decision: MakeDecision) -> None:
    def fail(artifact: str) -> str:
        raise PermissionError(13, "Permission denied", f"/data/{NAME}")

    evidence.lineage.register("data", fail)
    evidence.lineage.made_from("1", ["person:x"], kind="shard", purger="data")
    outcome = evidence.erase("person:x", "asked", "role:dpo")
    assert outcome.remaining[0] == "shard:1: data failed: Permission denied"
