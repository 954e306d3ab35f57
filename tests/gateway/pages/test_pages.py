"""The endpoints that are not answers."""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest

import aboveboard.gateway

MakeRig = Callable[..., Any]


async def test_models_are_listed_the_primary_first(make_rig: MakeRig, scripted: Any) -> None:
    rig = make_rig(models={"m": scripted(), "org/spare": scripted()})
    listed = (await rig.get("/v1/models")).json
    assert (listed["object"], [one["id"] for one in listed["data"]]) == ("list", ["m", "org/spare"])
    assert (await rig.get("/v1/models/org/spare")).json["id"] == "org/spare"
    assert (await rig.get("/v1/models/none")).error["code"] == "model_not_found"


async def test_health_is_the_process_and_readiness_the_promises(make_rig: MakeRig) -> None:
    rig = make_rig()
    assert (await rig.get("/healthz")).json == {"status": "ok", "version": "test"}
    assert (await rig.get("/readyz")).json == {
        "status": "ready",
        "broken": [],
        "charter": rig.services.charter.digest,
    }


async def test_metrics_count_what_happened(make_rig: MakeRig) -> None:
    rig = make_rig(ledger_size=lambda: 7)
    await rig.chat("hi")
    await rig.chat("hi", stream=True)
    await rig.post(b"not json")
    await rig.get("/nowhere")
    page = await rig.metrics()
    for line in (
        'aboveboard_requests_total{endpoint="/v1/chat/completions",outcome="allow"} 2',
        'aboveboard_requests_total{endpoint="/v1/chat/completions",outcome="invalid_json"} 1',
        'aboveboard_requests_total{endpoint="other",outcome="unknown_endpoint"} 1',
        'aboveboard_tokens_total{direction="completion"} 14',
        'aboveboard_energy_watt_hours_total{basis="estimated"} 0.0246',
        "aboveboard_request_seconds_count 2",
        "aboveboard_overhead_seconds_count 2",
        "aboveboard_first_text_seconds_count 1",
        "aboveboard_ledger_size 7",
    ):
        assert line in page.splitlines()


async def test_head_is_answered_where_get_is(make_rig: MakeRig) -> None:
    answer = await make_rig().send("HEAD", "/healthz", [{"type": "http.request"}], {})
    assert answer.status == 200


async def test_a_fault_in_an_endpoint_says_nothing_about_it(make_rig: MakeRig) -> None:
    class Broken:
        def receipt(self, record_id: str) -> Any:
            raise RuntimeError("/secret/path")

    answer = await make_rig(reader=Broken()).get("/v1/receipts/01ARZ3NDEKTSV4RRFFQ69G5FAV")
    assert (answer.status, answer.error["code"]) == (500, "internal_error")
    assert "secret" not in answer.body.decode()


def bundle_of(kind: str, *, erased: bool = False) -> dict[str, Any]:
    statement = {"predicate": {"kind": kind, "schema": 1}}
    payload = base64.b64encode(json.dumps(statement).encode()).decode()
    opening = None if erased else {"record": {"kind": kind}, "salt": "", "position": 0}
    return {"erased": erased, "opening": opening, "envelope": {"payload": payload}}


@pytest.mark.parametrize("erased", [False, True])
@pytest.mark.parametrize(("kind", "status"), [("decision", 200), ("measurement", 404), ("incident", 404)])
async def test_only_the_receipts_of_answers_are_given_to_whoever_asks(
    make_rig: MakeRig, kind: str, status: int, erased: bool
) -> None:
    class OneRecord:
        def receipt(self, record_id: str) -> Any:
            return bundle_of(kind, erased=erased)

    answer = await make_rig(reader=OneRecord()).get("/v1/receipts/01ARZ3NDEKTSV4RRFFQ69G5FAV")
    assert answer.status == status
    if status == 404:
        assert answer.error["code"] == "receipt_not_found"


async def test_no_receipt_header_when_the_charter_wants_none(make_rig: MakeRig, charter_with: Any) -> None:
    rig = make_rig(charter=charter_with("disclosure: {provenance: none}"))
    answer = await rig.chat("hi")
    assert "x-aboveboard-receipt" not in answer.headers
    assert rig.recorder.last.outcome == "allow"


def test_the_face_is_complete_and_sorted() -> None:
    face = aboveboard.gateway.__all__
    assert face == sorted(face)
    assert all(hasattr(aboveboard.gateway, name) for name in face)
