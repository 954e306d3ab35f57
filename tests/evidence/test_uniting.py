"""All spellings of a name are one person, also where an earlier version kept them as two."""

import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from aboveboard.evidence import Evidence, consents, has_consent, purpose_subject, verify_receipt
from aboveboard.evidence._owners import pseudonym_for
from aboveboard.evidence.records import Consent, Decision
from aboveboard.values import format_time
from samples.traces import traces_of

MakeDecision = Callable[..., Decision]
ZOE, PARTED = "Zoë", "Zoe\u0308"


def kept_as(evidence: Evidence, name: str) -> str:
    """The pseudonym that versions before this one gave a name, just as it came."""
    return pseudonym_for(evidence._store.master, name)


def test_a_name_composed_or_not_with_space_around_it_or_not_is_one_person(evidence: Evidence) -> None:
    assert len({evidence.pseudonym(each) for each in (ZOE, PARTED, f" {ZOE}", f"{PARTED}\t")}) == 1
    assert evidence.pseudonym("Zoé") != evidence.pseudonym(ZOE)
    assert evidence.pseudonym("zoë") != evidence.pseudonym(ZOE), "an account's name may differ by case"


def test_nobody_is_called_nothing(evidence: Evidence) -> None:
    assert evidence.pseudonym("") == evidence.pseudonym(" \n") == ""


def test_names_of_plain_letters_keep_the_pseudonym_they_had(evidence: Evidence) -> None:
    assert evidence.pseudonym("customer-17") == kept_as(evidence, "customer-17")
    assert evidence.pseudonym(ZOE) == kept_as(evidence, ZOE)


@pytest.mark.parametrize("asked", [ZOE, PARTED])
def test_who_was_kept_under_another_spelling_is_found(
    evidence: Evidence, decision: MakeDecision, asked: str
) -> None:
    both = [decision(data_subject=kept_as(evidence, each)) for each in (ZOE, PARTED)]
    for each in both:
        evidence.recorder.record(each, {"prompt": each.id.encode(), "answer": b"x" * 3000})
    before = [evidence.reader.receipt(each.id) for each in both]
    person = evidence.pseudonym(asked)
    found = evidence.reader.find("decision", data_subject=person)
    assert {each.id for each in found} == {each.id for each in both}
    assert {each.data_subject for each in found} == {person}
    assert evidence.reader.attachment(both[1].id, "prompt") == both[1].id.encode()
    for earlier, each in zip(before, both, strict=True):
        now = evidence.reader.receipt(each.id)
        assert (now["envelope"], now["opening"]) == (earlier["envelope"], earlier["opening"])
        assert verify_receipt(now, evidence.vkey).disclosed
    assert evidence.erase(person, "asked", "role:dpo").erased == 6
    assert not any(evidence.reader.is_known(kept_as(evidence, each)) for each in (ZOE, PARTED))


def test_what_was_made_from_their_data_is_theirs_too(evidence: Evidence) -> None:
    evidence.lineage.made_from("train-1", [kept_as(evidence, PARTED)], kind="shard")
    person = evidence.pseudonym(ZOE)
    assert [each.name for each in evidence.lineage.derived_from(person)] == ["shard:train-1"]
    assert evidence.lineage.derived_from(kept_as(evidence, PARTED)) == []


def test_a_consent_given_under_the_other_spelling_holds(evidence: Evidence) -> None:
    given = Consent(
        subject=purpose_subject("letter"),
        actor="role:dpo",
        data_subject=kept_as(evidence, PARTED),
        stage="given",
        purpose="letter",
        effective=format_time(datetime.now(UTC)),
    )
    evidence.recorder.record(given)
    assert has_consent(evidence.reader, evidence.pseudonym(ZOE), "letter")
    assert len(consents(evidence.reader, evidence.pseudonym(PARTED))) == 1


def test_another_process_writes_on_with_the_right_key(
    state: Path, dsn: str | None, decision: MakeDecision
) -> None:
    with Evidence.open(state, database=dsn) as one, Evidence.open(state, database=dsn) as other:
        old = decision(data_subject=kept_as(one, PARTED))
        other.recorder.record(old)
        new = decision(data_subject=one.pseudonym(ZOE))
        other.recorder.record(new)
        late = decision(data_subject=kept_as(other, PARTED))
        other.recorder.record(late)  # an old version beside a new one
        person = other.pseudonym(ZOE)
        found = {each.id for each in one.reader.find(data_subject=person)}
        assert found == {old.id, new.id, late.id}


def test_nothing_of_the_other_key_is_left(state: Path, decision: MakeDecision) -> None:
    with Evidence.open(state) as evidence:
        before = kept_as(evidence, unicodedata.normalize("NFD", ZOE))
        evidence.recorder.record(decision(data_subject=before), {"prompt": b"my name is Zoe" * 50})
        wanted = traces_of(evidence, before)
        evidence.pseudonym(ZOE)
    content = b"".join(path.read_bytes() for path in state.rglob("*") if path.is_file())
    assert not any(trace in content for trace in wanted)
