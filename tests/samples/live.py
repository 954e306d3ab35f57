"""Evidence to watch: real stores in a folder, decisions and probes as a gateway records them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aboveboard.charter import Charter, Known, parse_charter
from aboveboard.database import locate
from aboveboard.evals import catalogue
from aboveboard.evidence import Evidence, every
from aboveboard.evidence.records import Alarm, Decision, Probe, ProbeAnswer, Record
from aboveboard.monitoring import Monitor, MonitoringStore, Ruling, live_measures, watches_of

MODEL = "sha256:" + "1" * 64
CHARTER = """
charter: 1
system: {{name: Helpdesk, purpose: Answers questions., context: general}}
roles: {{accountable: {{title: Head of service, contact: head@example.org}}}}
models: [{{id: m, provider: fake}}]
defaults: {{promises: false, guards: false}}
promises: {promises}
monitoring: {monitoring}
"""
SAME_HELP = """
  - {id: same-help, measure: bias.counterfactual.refusal_gap, over: [gender], must: "<= 0.05",
     when: [live], owner: accountable, if_broken: stop}
"""


def charter(promises: str = SAME_HELP, monitoring: str = "{}") -> Charter:
    """A charter with these promises."""
    measures = {**catalogue(), **live_measures()}
    known = Known(frozenset(measures), frozenset(), frozenset({"fake"}))
    return parse_charter(CHARTER.format(promises=promises, monitoring=monitoring), known)


def decision(**fields: object) -> Decision:
    """An answered request."""
    given = {
        "subject": "answer:x",
        "actor": "gateway",
        "endpoint": "/v1/chat/completions",
        "streamed": False,
        "model": "m",
        "model_digest": MODEL,
        "provider": "fake",
        "charter_digest": "",
        "system": "Helpdesk",
        "accountable": "Head of service",
        "guards": (),
        "outcome": "allow",
        "completion_tokens": 20,
        "latency_ms": 80.0,
    }
    return Decision(**{**given, **fields})  # type: ignore[arg-type]  # the fields are those of the class


def answered(group: str, refused: float = 0.0, words: int = 20) -> ProbeAnswer:
    """An answer to one variant."""
    return ProbeAnswer(group=group, refused=refused, words=words, sentiment=0.0, warmth=0.5)


def probe(female: float = 0.0, male: float = 0.0, **fields: object) -> Probe:
    """A probe over gender with these refusals."""
    given = {
        "subject": "model:m",
        "actor": "monitor",
        "source": "requests",
        "by": "gender",
        "model": "m",
        "model_digest": MODEL,
        "provider": "fake",
        "charter_digest": "",
        "answers": (answered("male", male), answered("female", female)),
    }
    return Probe(**{**given, **fields})  # type: ignore[arg-type]  # the fields are those of the class


@dataclass
class Told:
    """Notes the alarms that it is told of, each once, and has the rulings that a test makes."""

    alarms: list[Alarm] = field(default_factory=list)
    rulings: dict[str, Ruling] = field(default_factory=dict)

    def raised(self, alarm: Alarm) -> None:
        self.alarms.append(alarm)

    def ruling(self, alarm: Alarm) -> Ruling | None:
        return self.rulings.get(alarm.id)


@dataclass
class Scene:
    """A state directory, or a database, with what is open over it."""

    evidence: Evidence
    store: MonitoringStore
    told: Told = field(default_factory=Told)

    def monitor(self, of: Charter | None = None) -> Monitor:
        """A monitor as a process that has just started has it."""
        watches = watches_of(of or charter(), MODEL)
        return Monitor(watches, self.store, self.evidence.reader, self.evidence.recorder, self.told)

    def record(self, records: Sequence[Record]) -> None:
        for future in [self.evidence.recorder.submit(each) for each in records]:
            future.result()

    def alarms(self) -> list[Alarm]:
        return [each for each in every(self.evidence.reader, "alarm") if isinstance(each, Alarm)]


@contextmanager
def opened(state: Path, database: str | None = None) -> Iterator[Scene]:
    """Everything open over a state directory."""
    state.mkdir(exist_ok=True, mode=0o700)
    with (
        Evidence.open(state, database=database) as evidence,
        MonitoringStore.open(locate(state, "monitoring", database)) as store,
    ):
        yield Scene(evidence, store)
