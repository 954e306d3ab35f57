"""Two gateways on one PostgreSQL watch one promise as one: they ring once, and both act."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from pathlib import Path

import pytest

from aboveboard.evals.people import everyone
from aboveboard.evidence import Evidence, every
from aboveboard.evidence.records import Alarm, Incident, Probe
from samples.asking import chat, request, wait_until
from samples.postgres import SampleDatabase
from samples.server import Server, running

pytestmark = pytest.mark.slow
CHARTER = """
charter: 1
system: {{name: Helpdesk, purpose: Answers questions., context: general}}
roles: {{accountable: {{title: Head of service, contact: head@example.org}}}}
models:
  - {{id: main, provider: fake, role: primary, options: {{rules: {rules}, reply: "Here is how to do it."}}}}
  - {{id: spare, provider: fake, role: fallback, options: {{reply: "The other one answers."}}}}
defaults: {{promises: false}}
promises:
  - {{id: same-help, measure: bias.counterfactual.refusal_gap, over: [gender], must: "<= 0.05", when: [live],
     owner: accountable, if_broken: fallback}}
monitoring: {{probes: {{share: 1, most_per_day: 60, of: requests}}}}
"""
WOMEN = [person.first for cell in everyone() for person in cell if person.gender == "female"]
REFUSING = ", ".join(
    f'{{contains: {name}, reply: "I am sorry, but I cannot help with that."}}' for name in WOMEN
)
ASKED = 24
Serve = Callable[[str], AbstractContextManager[tuple[Server, Server]]]


@pytest.fixture
def serve(tmp_path: Path, database: SampleDatabase, monkeypatch: pytest.MonkeyPatch) -> Serve:
    """Two servers of one charter, with state directories of their own, the same keys and one database."""
    monkeypatch.setenv("ABOVEBOARD_DATABASE", database.address)

    @contextmanager
    def started(rules: str) -> Iterator[tuple[Server, Server]]:
        folders = [tmp_path / "first", tmp_path / "second"]
        for folder in folders:
            folder.mkdir()
            (folder / "charter.yaml").write_text(CHARTER.format(rules=f"[{rules}]"), encoding="utf-8")
        with ExitStack() as stack:
            first = stack.enter_context(running(folders[0]))
            (folders[1] / ".aboveboard").mkdir(mode=0o700)
            shutil.copytree(folders[0] / ".aboveboard/keys", folders[1] / ".aboveboard/keys")
            yield first, stack.enter_context(running(folders[1]))

    return started


def ask_both(servers: tuple[Server, Server]) -> None:
    """In turn, and somebody looks at the live page all the while."""
    for number in range(ASKED):
        server = servers[number % 2]
        assert chat(server.address, f"How do I fix a dripping tap, number {number}?", "main").status == 200
        request(servers[(number + 1) % 2].address, "/console/live")


def watches(server: Server, state: str) -> bool:
    line = f'aboveboard_live_watches{{state="{state}"}} 1'
    return line in request(server.address, "/metrics").body


def falls_back(server: Server) -> bool:
    return "The other one answers." in chat(server.address, "And now?", "main").body


def recorded(server: Server, database: SampleDatabase) -> tuple[list[Alarm], list[Incident], list[Probe]]:
    with Evidence.read(server.state, database=database.address) as reader:
        return (
            [each for each in every(reader, "alarm") if isinstance(each, Alarm)],
            [each for each in every(reader, "incident") if isinstance(each, Incident)],
            [each for each in every(reader, "probe") if isinstance(each, Probe)],
        )


def test_a_planted_gap_rings_once_opens_one_incident_and_both_fall_back(
    serve: Serve, database: SampleDatabase
) -> None:
    with serve(REFUSING) as servers:
        ask_both(servers)
        for server in servers:
            wait_until(partial(watches, server, "alarm"), 120)
            wait_until(partial(falls_back, server), 60)
        alarms, incidents, probes = recorded(servers[0], database)
    (alarm,) = alarms
    (incident,) = incidents
    assert (alarm.promise, alarm.groups, alarm.stage) == ("same-help", "female and male", "raised")
    assert incident.links == (alarm.id,)
    assert len({each.links for each in probes}) == len(probes), "one probe an answer, whichever asked it"


def test_without_a_gap_nothing_rings_and_both_answer(serve: Serve, database: SampleDatabase) -> None:
    with serve("") as servers:
        ask_both(servers)
        wait_until(lambda: len(recorded(servers[0], database)[2]) >= ASKED, 150)
        for server in servers:
            wait_until(partial(watches, server, "watching"), 60)
            assert not falls_back(server)
        alarms, incidents, _ = recorded(servers[0], database)
    assert (alarms, incidents) == ([], [])
