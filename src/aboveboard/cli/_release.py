"""What one charter brings: its models, guards and promises, from when it is read until another takes over."""

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from aboveboard import __version__
from aboveboard.charter import Charter
from aboveboard.cli._house import House
from aboveboard.cli._listening import lets_anybody_ask
from aboveboard.cli._model_keys import check_model_keys
from aboveboard.cli._reporting import digest_of
from aboveboard.evidence import PromiseStatus, settle
from aboveboard.evidence.records import Deployment, Footprint
from aboveboard.stats import Verdict
from aboveboard.values import format_time, new_id

if TYPE_CHECKING:
    from aboveboard.access import Access
    from aboveboard.cases import Holds
    from aboveboard.cli._answer_memory import AnswerMemory
    from aboveboard.cli._webhooks import Teller
    from aboveboard.footprint import GridFactor
    from aboveboard.guards import Pipeline
    from aboveboard.misuse import Ladder
    from aboveboard.models import CircuitRule, Circuits, Model
    from aboveboard.monitoring import LiveView, Monitor, Prober


@dataclass
class Release:
    """A charter as it is served. A request sees one release from its first byte to its last."""

    house: House
    charter: Charter
    models: "Mapping[str, Model]"

    def statuses(self) -> Sequence[PromiseStatus]:
        """How the promises stand now."""
        digest = digest_of(self.charter.primary)
        return settle(self.charter, self.house.evidence.reader, datetime.now(UTC), digest)

    def fit(self) -> Collection[str]:
        """The models that `routing.auto` may choose: every promise is kept, by measurements of that model."""
        auto = self.charter.routing.auto
        return [name for name in auto.among if self._keeps_all(name)] if auto else ()

    def _keeps_all(self, name: str) -> bool:
        digest = self.models[name].info.digest
        found = settle(self.charter, self.house.evidence.reader, datetime.now(UTC), digest)
        return all(status.verdict is Verdict.KEPT for status in found)

    def footprint(self, *, cpu_seconds: float, seconds: float, tokens: int) -> Footprint:
        """What one answer cost, on the charter's grid."""
        from aboveboard.footprint import footprint_of

        return footprint_of(cpu_seconds, seconds, tokens, self.grid)

    @cached_property
    def grid(self) -> "GridFactor":
        """The carbon intensity of the charter's grid; raises UnknownGridError."""
        from aboveboard.footprint import grid_factor

        return grid_factor(self.charter.footprint.grid)

    @cached_property
    def pipeline(self) -> "Pipeline":
        """The charter's guards; raises AboveboardError for options that a guard does not take."""
        from aboveboard.guards import build_pipeline

        system, notice = self.charter.system, self.charter.disclosure.ai_notice
        return build_pipeline(self.charter.guards, system.context, system.jurisdictions, notice)

    @property
    def memory(self) -> "AnswerMemory | None":
        """The answers that may be given again; None unless the charter says so and keeps payloads."""
        from aboveboard.cli._answer_memory import AnswerMemory

        rule = self.charter.routing.cache
        if rule.exact is None or not self.charter.retention.get("payloads"):
            return None
        return AnswerMemory(self.house.evidence, self.house.answers, rule, time.time)

    @cached_property
    def circuits(self) -> "Circuits":
        """The breakers of the charter's models, all closed unless they go on from a release before."""
        from aboveboard.models import Circuits

        return Circuits(self._circuit_rule)

    def go_on_from(self, before: "Release") -> None:
        """Leaves models alone that were left alone before, where they are the same."""
        same = [name for name, model in self.models.items() if before.models.get(name) is model]
        self.circuits = before.circuits.followed(self._circuit_rule, same)

    @property
    def _circuit_rule(self) -> "CircuitRule":
        from aboveboard.models import CircuitRule

        rule = self.charter.routing.circuit
        window, rest = rule.window.total_seconds(), rule.rest.total_seconds()
        return CircuitRule(rule.share, rule.calls, window, rest)

    @cached_property
    def holds(self) -> "Holds":
        """The answers that wait for a person, under what this charter says of them."""
        from aboveboard.cli._oversight import holds_of

        holds = holds_of(self.charter, self.house.evidence, self.house.cases, self.statuses)
        return replace(holds, notify=self.teller.tell) if self.charter.webhooks else holds

    @cached_property
    def teller(self) -> "Teller":
        """Whom the charter has told when a person is needed; raises AboveboardError without their secrets."""
        from aboveboard.cli._webhooks import Teller, hooks_of

        return Teller(self.house.outbox, hooks_of(self.charter))

    @cached_property
    def monitor(self) -> "Monitor | None":
        """What watches live promises; None where the charter has nothing watched, or the model's weights are
        not known. Raises MonitoringStoreError.
        """
        from aboveboard.cli._live import CaseConsequences, monitor_of

        is_live = any("live" in promise.when for promise in self.charter.promises)
        digest = digest_of(self.charter.primary)
        if not (is_live or self.charter.monitoring.drift) or digest is None:
            return None
        house = self.house
        noticed = house.vitals.promises_changed
        told = CaseConsequences(house.cases, house.evidence, self.open_incident, noticed)
        return monitor_of(self.charter, digest, house.monitoring, told)

    @cached_property
    def prober(self) -> "Prober | None":
        """Who asks the monitor's probes."""
        from aboveboard.cli._live import ProbeCost
        from aboveboard.monitoring import Prober

        cost = ProbeCost(self.house.vitals.cpu, self.footprint)
        return Prober(self.monitor, self.models, cost) if self.monitor else None

    def live(self) -> "LiveView | None":
        """How everything stands that is watched live; None where nothing is."""
        return self.monitor.view() if self.monitor else None

    def open_incident(self, *, category: str, decision: str, data_subject: str) -> str:
        """Opens a case for a human, with the incident on the ledger, and has those told who want to know."""
        case = self.house.open_incident(category=category, decision=decision, data_subject=data_subject)
        if self.charter.webhooks:
            self.teller.tell(self.house.cases.get(case))
        return case

    @property
    def misuse(self) -> "Ladder | None":
        """Where keys and people stand who misused the gateway; None where the charter has no ladder."""
        return None if self.charter.misuse.ladder == "off" else self.house.misuse

    @property
    def access(self) -> "Access | None":
        """Who may ask; None where the charter lets anybody. Raises AboveboardError."""
        if self.charter.access.keys == "required":
            return self.house.access
        if self.house.must_ask:
            raise lets_anybody_ask(self.charter)
        return None

    def cannot_ask(self) -> str:
        """Why nothing should be sent here: who may come in cannot be read; empty when it can."""
        access = self.access
        return "the keys cannot be read" if access is not None and access.keyring.is_stale else ""

    @property
    def people(self) -> "Access | None":
        """Who may log in to the console; None where the charter asks nobody. Raises AboveboardError."""
        return self.house.access if self.charter.access.console == "required" else None

    def check(self) -> None:
        """Raises AboveboardError for whatever the charter asks that cannot be had."""
        check_model_keys(self.charter, self.charter.models)
        _ = self.grid, self.pipeline, self.access, self.people, self.memory, self.holds, self.misuse

    def deployment(self) -> Deployment:
        """What is about to be put into service: recorded before it is."""
        charter = self.charter
        return Deployment(
            subject=f"charter:{charter.digest}",
            actor=self.house.actor,
            stage="intent",
            charter_digest=charter.digest,
            models=tuple(model.id for model in charter.models),
            guards=tuple(guard.guard for guard in charter.guards),
            version=__version__,
        )


def outcome_of(intent: Deployment, result: str, *links: str) -> Deployment:
    """How the service that an intent began came to its end."""
    now = format_time(datetime.now(UTC))
    return replace(intent, id=new_id(), time=now, stage="outcome", result=result, links=(intent.id, *links))
