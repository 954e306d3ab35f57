"""Access, export, correction, holds, requests: each answered in time, on record, about one person alone."""

import json
import re
import stat
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from aboveboard.cases import Cases
from aboveboard.evidence import Evidence, Expired
from aboveboard.values import new_id
from samples import CHARTER, World, sample_charter, sample_decision
from samples.commands import Ran
from samples.searching import files_of, found_in

Command = Callable[..., Ran]
ANN, BOB = "the heron of ann <script>", "the otter of bob"


@pytest.fixture
def answered(world: World, folder: Path) -> dict[str, str]:
    """One answer to each of two people, the texts kept, and a shard made of both; the records by name."""
    (folder / "charter.yaml").write_text(CHARTER, encoding="utf-8")
    ids = {}
    for name, text in (("ann", ANN), ("bob", BOB)):
        person = world.evidence.pseudonym(name)
        decision = replace(sample_decision(sample_charter()), id=new_id(), data_subject=person)
        prompt = json.dumps([{"role": "user", "text": text}]).encode()
        world.evidence.recorder.record(decision, {"prompt": prompt, "key": bytes(range(128, 160))})
        world.evidence.lineage.made_from("train-1", [person], kind="shard")
        ids[name] = decision.id
    world.evidence.lineage.made_from(
        "seven", ["shard:train-1"], kind="checkpoint", otherwise="retrain by May"
    )
    world.evidence.lineage.made_from("train-1", ["checkpoint:seven"], kind="shard")
    world.evidence.close()
    (folder / ".aboveboard").symlink_to(world.state)
    return ids


def drawn(folder: Path) -> Any:
    (path,) = folder.glob(".aboveboard/subjects/*/access.json")
    return json.loads(path.read_text(encoding="utf-8"))


class TestAccess:
    def test_everything_of_the_person_is_in_it_and_nothing_of_another(
        self, command: Command, answered: dict[str, str], folder: Path
    ) -> None:
        assert command("subject", "access", "ann").code == 0
        found = drawn(folder)
        assert answered["ann"] in {each["id"] for each in found["records"]}
        text = json.dumps(found)
        assert "heron of ann" in text
        assert BOB not in text
        assert answered["bob"] not in text
        assert '"ann"' not in text, "the person is named by the pseudonym"
        answer = next(each for each in found["records"] if each["id"] == answered["ann"])
        kept = {each["name"]: each for each in answer["attachments"]}
        assert kept["prompt"]["json"] == [{"role": "user", "text": ANN}]
        assert kept["key"]["base64"]
        assert kept["prompt"]["kept_until"] < answer["kept_until"]
        assert found["controller"]["accountable"] == "Head of service"
        assert found["recipients"] == [
            {"model": "small", "provider": "fake", "where": "on the operator's own machine"}
        ]
        assert [each["category"] for each in found["cases"]] == ["access"]

    def test_the_page_shows_it_and_what_was_said_cannot_act_in_it(
        self, command: Command, answered: dict[str, str], folder: Path
    ) -> None:
        command("subject", "access", "ann", "--output", "handed")
        page = (folder / "handed/access.html").read_text(encoding="utf-8")
        assert "heron of ann &lt;script&gt;" in page
        assert "<script" not in page
        assert "checkpoint:seven" in page

    def test_only_their_owner_can_read_the_files(
        self, command: Command, answered: dict[str, str], folder: Path
    ) -> None:
        command("subject", "access", "ann")
        command("subject", "export", "ann", "--output", "out.zip")
        files = [folder / "out.zip", folder / "out.receipt.json"]
        files += [each for each in (folder / ".aboveboard/subjects").rglob("*") if each.is_file()]
        assert len(files) == 6
        assert {stat.S_IMODE(each.stat().st_mode) for each in files} == {0o600}

    def test_the_receipt_beside_it_verifies_and_names_the_files(
        self, command: Command, answered: dict[str, str], folder: Path
    ) -> None:
        command("subject", "access", "ann", "--output", "handed")
        ran = command("verify", "handed/receipt.json")
        assert ran.code == 0
        digest = sha256((folder / "handed/access.json").read_bytes()).hexdigest()
        assert f"access.json, sha256:{digest}" in ran.out

    def test_a_place_that_is_taken_is_left_alone(
        self, command: Command, answered: dict[str, str], folder: Path
    ) -> None:
        (folder / "mine").mkdir()
        (folder / "mine/letter").write_text("dear", encoding="utf-8")
        assert command("subject", "access", "ann", "--output", "mine").code == 3
        assert command("subject", "access", "ann", "--output", ".aboveboard/x").code == 3
        assert (folder / "mine/letter").exists()
        assert command("subject", "requests", "--json").json == [], "nothing was begun"


class TestExport:
    def test_the_manifest_has_the_digest_of_every_file(
        self, command: Command, answered: dict[str, str], folder: Path
    ) -> None:
        assert command("subject", "export", "ann", "--output", "out.zip").code == 0
        with zipfile.ZipFile(folder / "out.zip") as packed:
            content = {name: packed.read(name) for name in packed.namelist()}
        manifest = json.loads(content.pop("manifest.json"))
        assert {each["path"]: each["digest"] for each in manifest["files"]} == {
            name: f"sha256:{sha256(data).hexdigest()}" for name, data in content.items()
        }
        prompt = f"attachments/{answered['ann']}/prompt"
        assert json.loads(content[prompt])[0]["text"] == ANN
        assert not any(answered["bob"] in name for name in content)


class TestRequests:
    def test_an_open_one_is_listed_with_its_days_and_answered_by_the_act(
        self, command: Command, answered: dict[str, str]
    ) -> None:
        came = (datetime.now(UTC) - timedelta(days=5)).strftime("%Y-%m-%d")
        command("subject", "request", "ann", "--right", "access", "--received", came)
        listed = command("subject", "requests", "--json")
        assert (listed.code, len(listed.json)) == (0, 1)
        assert 20 <= listed.json[0]["days left"] <= 26
        command("subject", "access", "ann")
        assert command("subject", "requests", "--json").json == []
        (done,) = command("subject", "requests", "--all", "--json").json
        assert (done["case"], done["status"]) == (listed.json[0]["case"], "fulfilled")

    def test_an_overdue_one_is_exit_code_one(self, command: Command, answered: dict[str, str]) -> None:
        command("subject", "request", "ann", "--right", "objection", "--received", "2026-01-15")
        ran = command("subject", "requests")
        assert ran.code == 1
        assert re.search(r"objection +open +2026-01-15 +2026-02-15 +-\d+", ran.out)

    def test_one_that_is_yet_to_come_is_refused(self, command: Command, answered: dict[str, str]) -> None:
        ran = command("subject", "request", "ann", "--right", "access", "--received", "2099-01-01")
        assert (ran.code, "yet to come" in ran.err) == (3, True)
        assert command("subject", "requests", "--json").json == []

    def test_it_can_be_extended_or_refused_with_a_reason(
        self, command: Command, answered: dict[str, str], folder: Path
    ) -> None:
        case = command("subject", "request", "ann", "--right", "access", "--json").json
        assert command("subject", "extend", case["case"], "--reason", "forty systems").code == 0
        (listed,) = command("subject", "requests", "--json").json
        assert listed["due"] > case["due"]
        assert command("subject", "refuse", case["case"], "--reason", "asked each day").code == 0
        assert command("subject", "requests", "--json").json == []
        with Evidence.read(folder / ".aboveboard") as reader:
            assert [each.kind for each in reader.find("review")] == ["review"]
            assert reader.count("subject-request") == 2

    def test_whose_they_are_is_said_where_it_is_asked(
        self, command: Command, answered: dict[str, str], folder: Path
    ) -> None:
        command("subject", "request", "ann", "--right", "access")
        assert "subject" not in command("subject", "requests", "--json").json[0]
        (row,) = command("subject", "requests", "--show-subject", "--json").json
        with Evidence.read(folder / ".aboveboard") as reader:
            assert row["subject"] == reader.get(answered["ann"]).data_subject

    def test_the_request_to_erase_is_answered_although_its_record_is_gone(
        self, command: Command, answered: dict[str, str]
    ) -> None:
        command("subject", "request", "ann", "--right", "access")
        command("subject", "erase", "ann", "--reason", "asked", "--yes")
        done = command("subject", "requests", "--all", "--json").json
        assert {each["right"]: each["status"] for each in done} == {
            "erasure": "fulfilled",
            "access": "erased",
        }

    def test_one_whose_record_was_only_swept_is_not_called_erased(
        self, command: Command, answered: dict[str, str], folder: Path
    ) -> None:
        case = command("subject", "request", "ann", "--right", "access", "--json").json["case"]
        with Evidence.open(folder / ".aboveboard") as evidence:
            soon = datetime.now(UTC) + timedelta(days=1)
            evidence.sweep(Expired(soon, ("subject-request",), attachments_only=False), "role:retention")
        (waiting,) = command("subject", "requests", "--json").json
        assert (waiting["case"], waiting["status"]) == (case, "open")

    def test_nobody_calls_a_person_erased_who_is_not(
        self, command: Command, answered: dict[str, str]
    ) -> None:
        case = command("subject", "request", "ann", "--right", "access", "--json").json["case"]
        ran = command("subject", "decide", case, "--outcome", "erased", "--reason", "tidier")
        assert (ran.code, "not erased" in ran.err) == (3, True)


class TestHolds:
    def test_a_held_person_is_not_erased_and_the_request_waits(
        self, command: Command, answered: dict[str, str], folder: Path
    ) -> None:
        command("subject", "hold", "ann", "--reason", "a court case", "--until", "2099-12-31")
        ran = command("subject", "erase", "ann", "--reason", "asked", "--yes")
        assert ran.code == 3
        assert "a court case" in ran.err
        assert "2099-12-31" in ran.err
        (waiting,) = command("subject", "requests", "--json").json
        assert waiting["right"] == "erasure"
        command("subject", "release", "ann", "--reason", "settled")
        assert command("subject", "erase", "ann", "--reason", "asked", "--yes").code == 0
        (done,) = command("subject", "requests", "--all", "--json").json
        assert (done["case"], done["status"]) == (waiting["case"], "fulfilled")

    def test_a_hold_that_is_over_is_none(self, command: Command, answered: dict[str, str]) -> None:
        ran = command("subject", "hold", "ann", "--reason", "x", "--until", "2020-01-01")
        assert (ran.code, "that day is over" in ran.err) == (3, True)


class TestRectify:
    def test_the_right_value_takes_the_wrong_ones_place_in_the_report(
        self, command: Command, answered: dict[str, str], folder: Path
    ) -> None:
        (folder / "right").write_text("the swan of ann", encoding="utf-8")
        wrong = ("--record", answered["ann"], "--part", "prompt", "--correction", "right", "--reason", "swan")
        command("subject", "export", "ann")
        outcome = command("subject", "rectify", "ann", *wrong, "--receipt", "r.json", "--json").json
        assert outcome["notify"] == ["checkpoint:seven", "shard:train-1"]
        assert command("verify", "r.json").code == 0
        command("subject", "access", "ann")
        text = json.dumps(drawn(folder))
        assert "the swan of ann" in text
        assert ANN not in text

    def test_what_is_held_only_in_part_is_shown_and_can_be_corrected(
        self, command: Command, answered: dict[str, str], folder: Path
    ) -> None:
        (folder / "right").write_text("the swan of ann", encoding="utf-8")
        wrong = ("--record", answered["ann"], "--correction", "right", "--reason", "swan")
        assert command("subject", "rectify", "ann", *wrong).code == 0
        command("subject", "access", "ann", "--output", "first")
        assert "the heron of ann" in (folder / "first" / "access.json").read_text(encoding="utf-8")
        assert command("subject", "rectify", "ann", *wrong, "--part", "prompt").code == 0
        command("subject", "access", "ann", "--output", "second")
        assert "the heron of ann" not in (folder / "second" / "access.json").read_text(encoding="utf-8")
        ran = command("subject", "rectify", "bob", *wrong, "--part", "key")
        assert (ran.code, "not this person's" in ran.err) == (3, True)

    def test_nobody_corrects_what_is_anothers(
        self, command: Command, answered: dict[str, str], folder: Path
    ) -> None:
        (folder / "right").write_text("x", encoding="utf-8")
        ran = command(
            "subject", "rectify", "ann", "--record", answered["bob"], "--correction", "right", "--reason", "x"
        )
        assert (ran.code, "not this person's" in ran.err) == (3, True)


class TestLineage:
    def test_the_tree_is_printed_and_a_circle_ends(self, command: Command, answered: dict[str, str]) -> None:
        lines = command("subject", "lineage", "ann").out.splitlines()
        assert lines == [
            "records with their texts (1 decision) — on erasure: destroyed",
            "shard:train-1 — on erasure: take this person's rows out of it",
            "  checkpoint:seven — on erasure: retrain by May",
            "    shard:train-1 (see above)",
        ]

    def test_an_erasure_empties_what_is_here_and_names_the_rest(
        self, command: Command, answered: dict[str, str], folder: Path
    ) -> None:
        command("subject", "access", "ann")
        command("subject", "access", "ann", "--output", "handed")
        outcome = command("subject", "erase", "ann", "--reason", "asked", "--yes", "--json").json
        purged = [each.partition(":")[0] for each in outcome["purged"]]
        assert purged == ["export", "cases", "reuse", "misuse"]
        assert not list((folder / ".aboveboard/subjects").iterdir())
        assert "checkpoint:seven: retrain by May" in outcome["remaining"]
        assert any("written outside of the state directory" in each for each in outcome["remaining"])
        assert "handed" not in json.dumps(outcome), "a path may name the person"


class TestNames:
    def test_what_is_named_after_her_is_shown_once_and_kept_nowhere(
        self, command: Command, answered: dict[str, str], folder: Path
    ) -> None:
        with Evidence.open(folder / ".aboveboard") as evidence:
            evidence.lineage.made_from("letters-of-Ann.json", ["shard:train-1"], kind="synthetic")
        ran = command("subject", "erase", "ann", "--reason", "asked", "--yes", "--receipt", "r.json")
        assert ran.code == 0, ran.err
        assert re.search(
            r"synthetic:letters-of-erased-\w{12}\.json was synthetic:letters-of-Ann.json", ran.err
        )
        assert found_in(files_of(folder / ".aboveboard"), ["letters-of-ann"]) == []
        told = command("verify", "r.json").out
        assert "letters-of-erased-" in told
        assert "letters-of-ann" not in told.casefold()

    def test_all_spellings_of_a_name_are_one_person(self, command: Command, answered: dict[str, str]) -> None:
        command("subject", "hold", "Zoë", "--reason", "court", "--until", "2099-12-31")
        ran = command("subject", "erase", " Zoe\u0308 ", "--reason", "asked", "--yes")
        assert (ran.code, "legal hold" in ran.err) == (3, True)

    @pytest.mark.parametrize("reason", ["asked by Zoe\u0308", "ZOË's wish", "mail of zo%C3%AB"])
    def test_a_reason_in_another_spelling_names_the_person_too(
        self, command: Command, answered: dict[str, str], reason: str
    ) -> None:
        ran = command("subject", "erase", "Zoë", "--reason", reason, "--yes")
        assert (ran.code, "names the person" in ran.err) == (3, True)


class TestFeedback:
    @pytest.fixture
    def told(self, command: Command, answered: dict[str, str], folder: Path) -> str:
        """Feedback of Ann's on her answer; the case."""
        (folder / "words").write_text("the heron was kind", encoding="utf-8")
        about = ("--topic", "tone", "--words", "words", "--answer", answered["ann"])
        ran = command("subject", "feedback", "ann", *about)
        assert ran.code == 0
        return ran.err.split()[1]

    def test_it_is_a_case_due_in_thirty_days_and_its_words_are_the_persons(
        self, command: Command, told: str, folder: Path
    ) -> None:
        with Cases.open(folder / ".aboveboard/cases.db") as cases:
            case = cases.get(told)
        assert (case.kind, case.category, case.status) == ("feedback", "tone", "open")
        assert case.days_left(datetime.now(UTC)) == 29
        command("subject", "access", "ann")
        found = drawn(folder)
        (record,) = [each for each in found["records"] if each["kind"] == "feedback"]
        assert record["attachments"][0]["text"] == "the heron was kind"
        assert told in {each["id"] for each in found["cases"]}

    def test_it_is_decided_once_with_the_reason_on_record(self, command: Command, told: str) -> None:
        decided = ("subject", "decide", told, "--reason", "passed on")
        wrong = command(*decided, "--outcome", "granted")
        assert (wrong.code, "acted-on" in wrong.err or "noted" in wrong.err) == (3, True)
        assert command(*decided, "--outcome", "noted").code == 0
        again = command(*decided, "--outcome", "noted")
        assert (again.code, "is decided already" in again.err) == (3, True)

    def test_it_goes_with_the_person(self, command: Command, told: str, folder: Path) -> None:
        command("subject", "erase", "ann", "--reason", "asked", "--yes")
        with Cases.open(folder / ".aboveboard/cases.db") as cases:
            case = cases.get(told)
        assert (case.category, case.decision) == ("erased", "")
        assert (case.status, case.outcome) == ("decided", "erased")
        with Evidence.read(folder / ".aboveboard") as reader:
            assert reader.is_erased(case.record)

    def test_a_topic_is_no_request(self, command: Command, answered: dict[str, str], folder: Path) -> None:
        told = ("--topic", "erasure", "--words", "charter.yaml")
        case = command("subject", "feedback", "ann", *told).err.split()[1]
        assert command("subject", "erase", "ann", "--reason", "asked", "--yes").code == 0
        with Cases.open(folder / ".aboveboard/cases.db") as cases:
            assert cases.get(case).outcome == "erased"

    def test_an_answer_that_there_is_not(self, command: Command, answered: dict[str, str]) -> None:
        ran = command(
            "subject", "feedback", "ann", "--topic", "tone", "--words", "charter.yaml", "--answer", "x"
        )
        assert (ran.code, "no record" in ran.err) == (3, True)


class TestDecide:
    def test_a_request_that_no_command_answers_can_be_fulfilled(
        self, command: Command, answered: dict[str, str]
    ) -> None:
        case = command("subject", "request", "ann", "--right", "restriction", "--json").json["case"]
        done = ("subject", "decide", case, "--outcome", "fulfilled", "--reason", "taken off the list")
        assert command(*done).code == 0
        (row,) = command("subject", "requests", "--all", "--json").json
        assert row["status"] == "fulfilled"
