"""A receipt proves what it says, offline, and nothing in it can be changed unnoticed."""

import copy
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aboveboard.errors import AboveboardError
from aboveboard.evidence import Evidence, ReceiptError, verify_receipt
from aboveboard.evidence.records import Decision, Erasure, GuardOutcome
from aboveboard.ledger import NoteSigner, generate_cosigner

MakeDecision = Callable[..., Decision]


@pytest.fixture
def record(decision: MakeDecision) -> Decision:
    return decision(data_subject="person:anna")


@pytest.fixture
def bundle(evidence: Evidence, record: Decision, decision: MakeDecision) -> dict[str, Any]:
    """The receipt of the third of five records, with an attachment."""
    for each in (decision(), decision(), record, decision(), decision()):
        evidence.recorder.record(each, {"prompt": b"hello"})
    return evidence.reader.receipt(record.id)


def test_a_receipt_says_in_plain_words_what_it_proves(
    bundle: dict[str, Any], evidence: Evidence, record: Decision
) -> None:
    verified = verify_receipt(bundle, evidence.vkey)
    assert verified.record == replace(record, data_subject="")
    assert (verified.index, verified.size, verified.pinned, verified.disclosed) == (2, 5, True, True)
    text = "\n".join(verified.lines)
    for said in (
        "Accountable: accountable, for Housing benefit helpdesk",
        f"Model: smollm2-135m (local), {record.model_digest}",
        f"Charter: {record.charter_digest}",
        "Guard: personal-data on input: mask; found 2 email",
        "Guard: crisis on input: block; it failed (timeout)",
        "Footprint: 0.01 Wh, 0.002 g CO2e (estimated by cpu-time; grid FR)",
        "Human involvement: no person took part",
        "Log: entry 2 of the 5 in aboveboard.local/",
        "unwitnessed",
        "as stated by the operator",
        "provenance, not reasoning",
    ):
        assert said in text


def test_a_receipt_does_not_show_whose_it_is(bundle: dict[str, Any]) -> None:
    assert not re.search(r"\banna\b", json.dumps(bundle))


def test_an_unmeasured_footprint_is_never_a_zero(evidence: Evidence, decision: MakeDecision) -> None:
    evidence.recorder.record(bare := decision(footprint=None, guards=()))
    lines = verify_receipt(evidence.reader.receipt(bare.id)).lines
    assert "Footprint: unmeasured" in lines
    assert "Guards: none ran" in lines


@pytest.mark.parametrize("dump", [lambda b: json.dumps(b), lambda b: json.dumps(b, indent=2).encode(), dict])
def test_a_receipt_may_come_as_value_text_or_bytes_however_it_is_laid_out(
    bundle: dict[str, Any], dump: Callable[[Any], Any]
) -> None:
    assert verify_receipt(dump(bundle)).index == 2


def test_without_a_key_from_elsewhere_it_says_what_that_means(bundle: dict[str, Any]) -> None:
    verified = verify_receipt(bundle)
    assert not verified.pinned
    assert any("not who made it" in line for line in verified.lines)


def test_the_key_of_another_log_is_refused(bundle: dict[str, Any], tmp_path: Path) -> None:
    with Evidence.open(tmp_path / "other") as other, pytest.raises(ReceiptError, match="another log"):
        verify_receipt(bundle, other.vkey)


def test_a_receipt_forged_on_another_log_fails_against_the_pinned_key(
    bundle: dict[str, Any], evidence: Evidence, record: Decision, tmp_path: Path
) -> None:
    with Evidence.open(tmp_path / "other") as other:
        other.recorder.record(replace(record, accountable="nobody"))
        forged = other.reader.receipt(record.id)
    assert verify_receipt(forged).record is not None
    with pytest.raises(ReceiptError):
        verify_receipt(forged, evidence.vkey)
    with pytest.raises(ReceiptError):
        verify_receipt(forged | {"vkey": evidence.vkey}, evidence.vkey)


def test_an_erased_record_keeps_its_proof(
    bundle: dict[str, Any], evidence: Evidence, record: Decision
) -> None:
    evidence.erase("person:anna", "asked", "role:privacy-officer")
    erased = evidence.reader.receipt(record.id)
    verified = verify_receipt(erased, evidence.vkey)
    assert (verified.disclosed, verified.record, verified.kind, verified.index) == (
        False,
        None,
        "decision",
        2,
    )
    assert verify_receipt(bundle, evidence.vkey).record is not None  # the old copy stays true


def test_a_receipt_without_content_names_the_entry_and_not_the_record(
    bundle: dict[str, Any], evidence: Evidence, record: Decision
) -> None:
    evidence.erase("person:anna", "asked", "role:privacy-officer")
    receipt = evidence.reader.receipt(record.id)
    verified = verify_receipt(receipt, evidence.vkey)
    assert "Record: a decision, entry 2 of the log" in verified.lines
    assert verified.id is None
    assert record.id not in json.dumps(receipt)


def test_whoever_leaves_out_the_content_cannot_make_it_look_erased(bundle: dict[str, Any]) -> None:
    verified = verify_receipt(bundle | {"id": None, "opening": None})
    (said,) = [line for line in verified.lines if line.startswith("Content: ")]
    assert said.startswith("Content: not disclosed in this file. It may have been erased or left out")
    assert _refused(bundle | {"id": None, "opening": None, "erased": True})


def test_an_id_that_nothing_proves_is_refused(bundle: dict[str, Any], record: Decision) -> None:
    with pytest.raises(ReceiptError, match="another id"):
        verify_receipt(bundle | {"opening": None})
    with pytest.raises(ReceiptError, match="another id"):
        verify_receipt(bundle | {"id": record.id[::-1]})
    with pytest.raises(ReceiptError, match="another id"):
        verify_receipt(bundle | {"id": None})


def test_how_far_to_trust_a_receipt_is_said_before_its_content(bundle: dict[str, Any]) -> None:
    names = [line.split(":")[0] for line in verify_receipt(bundle).lines]
    assert names[:4] == ["Witnesses", "Key", "Log", "Record"]


@pytest.mark.parametrize(
    "hidden", ["\n", "\r", "\x1b[2K", "\x85", "\u2028", "\u202e", "\u2066", "\u200b", "\x00"]
)
def test_no_text_of_a_record_forges_a_line_or_turns_one(
    evidence: Evidence, decision: MakeDecision, hidden: str
) -> None:
    forged = f"x{hidden}Key: the one you gave"
    guard = GuardOutcome(guard=forged, mode=forged, action=forged, counts={forged: 1}, error=forged)
    record = decision(
        subject=forged,
        actor=forged,
        accountable=forged,
        model=forged,
        outcome=forged,
        human=forged,
        guards=(guard,),
    )
    evidence.recorder.record(record)
    lines = verify_receipt(evidence.reader.receipt(record.id)).lines
    assert all(line.isprintable() for line in lines)
    assert not any(line.startswith("Key: the one you gave") for line in lines)


def test_what_remains_of_an_erasure_does_not_pass_for_a_line_of_ours(evidence: Evidence) -> None:
    record = Erasure(
        subject="vault",
        actor="a",
        stage="outcome",
        erased_subject="x",
        reason="r",
        remaining=("Key: the one you gave",),
    )
    evidence.recorder.record(record)
    lines = verify_receipt(evidence.reader.receipt(record.id)).lines
    assert "Remaining: Key: the one you gave" in lines


@pytest.mark.parametrize("hidden", ["\n", "\x1b[2K", "\u202e"])
def test_what_a_refusal_quotes_is_made_visible(
    bundle: dict[str, Any], evidence: Evidence, hidden: str
) -> None:
    for forged in (bundle | {f"a{hidden}b": 1}, bundle | {"vkey": f"a{hidden}b+0+0"}):
        with pytest.raises(ReceiptError) as raised:
            verify_receipt(forged, evidence.vkey)
        assert hidden not in f"{raised.value.what}{raised.value.where}{raised.value.cure}"


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every field and element, at any depth."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in items:
        yield (*path, name)
        yield from _places(inner, (*path, name))


def _refused(bundle: Any) -> bool:
    """Whether a bundle is refused, with an error fit to be shown; anything else raised is a bug."""
    try:
        verify_receipt(bundle)
    except AboveboardError as error:
        return bool(error.what)
    return False


_OTHERS: list[Any] = [None, True, False, 0, 1, -1, 1.5, "", "x", [], {}, [[]], {"a": 1}, "0" * 64, 10**400]


def test_every_field_of_a_receipt_is_covered(bundle: dict[str, Any]) -> None:
    """Each field and element at any depth: removed, or replaced by each of several values, fails."""
    for path in _places(bundle):
        for other in [*_OTHERS, "removed"]:
            changed = copy.deepcopy(bundle)
            holder = changed
            for name in path[:-1]:
                holder = holder[name]
            if _same(holder[path[-1]], other):
                continue
            if other == "removed":
                del holder[path[-1]]
            else:
                holder[path[-1]] = other
            assert _refused(changed), (path, other)


def _same(value: Any, other: Any) -> bool:
    """Whether they are one JSON value: 0.0 is 0, and true is not 1."""
    return value == other and isinstance(value, bool) == isinstance(other, bool)


def test_every_field_of_an_erased_receipt_is_covered(
    evidence: Evidence, bundle: dict[str, Any], record: Decision
) -> None:
    evidence.erase("person:anna", "asked", "role:privacy-officer")
    test_every_field_of_a_receipt_is_covered(evidence.reader.receipt(record.id))


def test_a_field_added_anywhere_fails(bundle: dict[str, Any]) -> None:
    for path in [(), *_places(bundle)]:
        changed = copy.deepcopy(bundle)
        holder = changed
        for name in path:
            holder = holder[name]
        if isinstance(holder, dict):
            holder["added"] = 1
            assert _refused(changed), path


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_single_changed_byte_fails(bundle: dict[str, Any], data: st.DataObject) -> None:
    """Any byte of the compact JSON text replaced by any other fails, unless the text still means the same
    value.
    """
    text = bytearray(json.dumps(bundle, separators=(",", ":"), ensure_ascii=False).encode())
    at = data.draw(st.integers(0, len(text) - 1))
    text[at] = data.draw(st.integers(0, 255).filter(lambda byte: byte != text[at]))
    assert _refused(bytes(text)) or _value(text) == bundle


def _value(text: bytearray) -> Any:
    try:
        return json.loads(bytes(text))
    except ValueError:
        return None


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_changed_character_of_the_proof_or_the_keys_fails(
    bundle: dict[str, Any], data: st.DataObject
) -> None:
    field = data.draw(st.sampled_from(["proof", "vkey", "attestation_key"]))
    text = bundle[field]
    at = data.draw(st.integers(0, len(text) - 1))
    how = data.draw(st.sampled_from(["replace", "insert", "delete"]))
    character = data.draw(st.characters(max_codepoint=255).filter(lambda one: one != text[at]))
    middle = {"replace": character, "insert": character + text[at], "delete": ""}[how]
    changed = text[:at] + middle + text[at + 1 :]
    assert changed == text or _refused(bundle | {field: changed})


@pytest.mark.parametrize("blank", ["\r", " ", "\n"])
def test_blanks_around_the_key_are_refused_since_nothing_signs_them(
    bundle: dict[str, Any], blank: str
) -> None:
    with pytest.raises(ReceiptError, match="blanks"):
        verify_receipt(bundle | {"vkey": blank + bundle["vkey"]})


def test_an_extra_line_in_the_proof_is_refused_since_nothing_signs_it(bundle: dict[str, Any]) -> None:
    head, rest = bundle["proof"].split("\n", 1)
    with pytest.raises(ReceiptError, match="extra"):
        verify_receipt(bundle | {"proof": f"{head}\nextra QUFB\n{rest}"})


def _cosigned(bundle: dict[str, Any], cosigners: list[NoteSigner]) -> dict[str, Any]:
    text = bundle["proof"].split("\n\n")[1] + "\n"
    lines = "".join(each.sign(text.encode()).decode() for each in cosigners)
    return bundle | {"proof": bundle["proof"] + lines}


def test_two_witnesses_that_are_trusted_make_it_witnessed(bundle: dict[str, Any]) -> None:
    cosigners = [generate_cosigner(name) for name in ("witness.example/a", "witness.example/b")]
    trusted = [each.vkey for each in cosigners]
    both = verify_receipt(_cosigned(bundle, cosigners), witnesses=trusted)
    assert (both.standing, both.witnesses) == ("witnessed", ("witness.example/a", "witness.example/b"))
    assert any("witness.example/a, witness.example/b" in line for line in both.lines)
    assert verify_receipt(_cosigned(bundle, cosigners[:1]), witnesses=trusted).standing == "unwitnessed"
    assert verify_receipt(_cosigned(bundle, cosigners)).standing == "unwitnessed"


def test_a_trusted_witness_whose_signature_is_wrong_fails_it(bundle: dict[str, Any]) -> None:
    cosigner = generate_cosigner("witness.example/a")
    proof = bundle["proof"] + cosigner.sign(b"another text\n").decode()
    with pytest.raises(ReceiptError):
        verify_receipt(bundle | {"proof": proof}, witnesses=[cosigner.vkey])


def test_what_was_verified_can_be_written_as_json(bundle: dict[str, Any], record: Decision) -> None:
    written = json.loads(msgspec.json.encode(verify_receipt(bundle)))
    assert written["record"]["model"] == record.model


def test_the_proof_of_another_record_is_refused(bundle: dict[str, Any], evidence: Evidence) -> None:
    other = evidence.reader.receipt(evidence.reader.find()[0].id)
    for field in ("proof", "envelope", "opening", "id"):
        assert _refused(bundle | {field: other[field]})
    assert _refused(bundle | {"proof": other["proof"], "envelope": other["envelope"]})


def test_the_opening_of_an_attachment_does_not_pass_for_the_record(
    evidence: Evidence, bundle: dict[str, Any]
) -> None:
    assert _refused(bundle | {"opening": bundle["opening"] | {"position": 1}})


@pytest.mark.parametrize(
    "junk",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"x"',
        b"\xff",
        b"[" * 200_000,
        b'{"format":1,"format":2}',
        "NaN",
        b"{}",
        {},
        {"id": 1},
    ],
)
def test_what_is_no_receipt_is_refused_in_one_sentence(junk: Any) -> None:
    with pytest.raises(ReceiptError, match="not a receipt"):
        verify_receipt(junk)


def test_a_repeated_field_is_refused(bundle: dict[str, Any]) -> None:
    text = json.dumps(bundle)
    with pytest.raises(ReceiptError, match="twice"):
        verify_receipt(text[:-1] + f', "id": "{bundle["id"]}"}}')


def test_a_version_from_the_future_is_named(bundle: dict[str, Any]) -> None:
    with pytest.raises(ReceiptError, match="version 3"):
        verify_receipt(bundle | {"version": 3})


def test_the_entry_in_the_log_holds_nothing_of_the_record(
    evidence: Evidence, bundle: dict[str, Any], record: Decision
) -> None:
    import base64

    entry = evidence.reader.ledger.entry(2)
    statement = json.loads(base64.b64decode(json.loads(entry)["payload"]))
    assert statement["predicate"] == {"kind": "decision", "schema": 1}
    assert record.id not in json.dumps(statement)
    assert [set(each) for each in statement["subject"]] == [{"name", "digest"}] * 2
    assert set(statement) == {"_type", "predicate", "predicateType", "subject"}
