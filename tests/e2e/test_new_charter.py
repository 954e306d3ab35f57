"""A running server takes up a new charter: told by a command, by a signal, or by the file itself."""

import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from aboveboard.evidence import Evidence
from aboveboard.evidence.records import Deployment
from samples.asking import chat, request, wait_until
from samples.commands import run_program
from samples.server import SCRIPTED, Server, running

OTHER = SCRIPTED.replace("Scripted helpdesk", "Other helpdesk")
WEAKER = OTHER + "retention: {payloads: 90d}\n"
BAD = SCRIPTED.replace("provider: fake", "provider: fakke")


def write(server: Server, text: str) -> None:
    """As an editor does: another file takes the name."""
    fresh = server.folder / "charter.new"
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(server.folder / "charter.yaml")


def charter_of(server: Server) -> str:
    return str(request(server.address, "/readyz").json["charter"])


def by_hang_up(server: Server) -> None:
    server.process.send_signal(signal.SIGHUP)


def by_itself(server: Server) -> None:
    """Nobody says anything."""


@pytest.mark.slow
@pytest.mark.parametrize(("tell", "every"), [(by_hang_up, "0"), (by_itself, "0.2")])
def test_a_new_charter_takes_over(scripted: Path, tell: Callable[[Server], None], every: str) -> None:
    with running(scripted, "--reload-every", every) as server:
        before = charter_of(server)
        write(server, OTHER)
        tell(server)
        after = wait_until(lambda: (now := charter_of(server)) != before and now)
        assert chat(server.address).charter == after


@pytest.mark.slow
def test_the_command_says_what_became_of_it(scripted: Path) -> None:
    with running(scripted, "--reload-every", "0") as server:
        before = charter_of(server)
        write(server, WEAKER)
        ran = run_program(scripted, "reload")
        assert (ran.code, charter_of(server) in ran.out) == (0, True)
        assert "weaker: retention.payloads" in ran.out
        write(server, BAD)
        ran = run_program(scripted, "reload", "--json")
        assert (ran.code, ran.json[0]["result"]) == (3, "refused")
        assert ran.json[0]["reason"].startswith("line 7: unknown provider 'fakke'")
        assert run_program(scripted, "reload").code == 3
        assert chat(server.address).charter == ran.json[0]["charter"] == charter_of(server)
    ran = run_program(scripted, "reload")
    assert (ran.code, "nobody serves from here" in ran.err) == (3, True)
    with Evidence.read(server.state) as reader:
        found = [
            each for each in reader.find("deployment", newest_first=False) if isinstance(each, Deployment)
        ]
    first, second, replaced, stopped = found
    assert [each.stage for each in found] == ["intent", "intent", "outcome", "outcome"]
    assert (second.previous, first.charter_digest) == (before, before)
    assert any("retention.payloads" in change for change in second.weaker)
    assert (replaced.result, replaced.links) == ("replaced", (first.id, second.id))
    assert (stopped.result, stopped.links) == ("stopped", (second.id,))
