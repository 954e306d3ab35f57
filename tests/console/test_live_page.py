"""The page of what is watched live."""

from dataclasses import replace

from starlette.testclient import TestClient

from aboveboard.charter import DriftRule, Monitoring, Promise
from aboveboard.cli._house import House
from aboveboard.cli._release import Release
from aboveboard.cli._wiring import console_services
from aboveboard.console import console_app
from aboveboard.values import parse_bound
from samples import MODEL_DIGEST, World
from samples.live import decision, probe

EVIL = "<script>alert(1)</script>"


def page(house: House, world: World, of: Release) -> str:
    with TestClient(console_app(console_services(of))) as client:
        return client.get("/console/live").text


def live(world: World, house: House) -> Release:
    promises = [
        Promise("same-help", measure, parse_bound("<= 0.05"), "accountable", "stop", when=("live",))
        for measure in ("bias.counterfactual.refusal_gap",)
    ]
    promises.append(
        Promise("by-tenant", "live.blocked_gap", parse_bound("<= 0.05"), "accountable", when=("live",))
    )
    promises.append(
        Promise("no-leaks", "privacy.leak.rate", parse_bound("<= 0.05"), "accountable", when=("live",))
    )
    watching = Monitoring(drift=(DriftRule("length"),))
    return Release(house, replace(world.charter, promises=tuple(promises), monitoring=watching), {})


def test_a_charter_that_has_nothing_watched_says_how_to(house: House, world: World) -> None:
    shown = page(house, world, Release(house, world.charter, {}))
    assert "Nothing is watched" in shown


def test_it_shows_alarms_first_and_escapes_what_others_named(house: House, world: World) -> None:
    release = live(world, house)
    assert release.monitor is not None
    release.monitor.round()
    for _ in range(40):
        world.evidence.recorder.record(probe(female=1.0, model_digest=MODEL_DIGEST))
        world.evidence.recorder.record(decision(model_digest=MODEL_DIGEST, tenant=EVIL))
    release.monitor.catch_up()
    with TestClient(console_app(console_services(release))) as client:
        for path in ("/console", "/transparency", "/console/ledger"):
            assert client.get(path).status_code == 200
        assert "between female and male" in client.get("/console").text
        (alarm,) = world.evidence.reader.find("alarm")
        assert client.get(f"/console/records/{alarm.id}").status_code == 200
    shown = page(house, world, release)
    assert "Alarm: same-help" in shown
    assert shown.index("same-help") < shown.index("by-tenant")
    assert "live answers do not tell privacy.leak.rate" in shown
    assert "more to learn" in shown
    assert EVIL not in shown
    assert "&lt;script&gt;" in shown
