"""Each request becomes a durable decision before its last frame."""

import asyncio
import logging
import time
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, TypedDict

from aboveboard.errors import AboveboardError
from aboveboard.evidence.records import Decision, Footprint, ModelAttempt
from aboveboard.footprint import CpuShares
from aboveboard.gateway._services import GatewayServices
from aboveboard.gateway.accounting._account import Account
from aboveboard.gateway.accounting._keeping import KeptTexts, keep
from aboveboard.gateway.dialects import Call
from aboveboard.gateway.guarding import has_masked_input, reads_answers
from aboveboard.gateway.http import UnrecordedError
from aboveboard.gateway.telemetry import Answered, Metrics
from aboveboard.gateway.upstreams import Trail
from aboveboard.values import format_time, new_id

_log = logging.getLogger(__name__)


class _Spent(TypedDict):
    """What a decision says of its cost."""

    prompt_tokens: int
    completion_tokens: int
    latency_ms: float
    overhead_ms: float
    footprint: Footprint | None


class _AnsweredBy(TypedDict):
    """What a decision says of the model, and of the answer that is given again."""

    model: str
    model_digest: str
    provider: str
    requested: str
    reason: str
    attempts: tuple[ModelAttempt, ...]
    reuses: str
    reworded: bool
    links: tuple[str, ...]


@dataclass(slots=True)
class Accounting:
    """Opens an account for a request and turns it into a durable decision."""

    services: GatewayServices
    metrics: Metrics
    cpu: CpuShares = field(init=False)
    answers_are_read: bool = field(init=False)

    def __post_init__(self) -> None:
        self.cpu = self.services.vitals.cpu
        self.answers_are_read = reads_answers(self.services.pipeline)

    def open(self, endpoint: str, call: Call) -> Account:
        """A new account, its receipt id fixed, its share of the CPU running. Must be closed."""
        return Account(
            endpoint=endpoint,
            started=time.perf_counter(),
            cpu=self.cpu.enter(),
            id=new_id(),
            time=format_time(self.services.clock.now()),
            streamed=call.is_streamed,
            trail=Trail(requested=call.model),
        )

    def close(self, account: Account) -> None:
        """Ends the request's share of the CPU, if no record has."""
        if not account.is_sealed:
            self.cpu.leave(account.cpu)

    async def seal(self, account: Account) -> Decision:
        """Records the decision and waits until it is durable; raises UnrecordedError when it cannot be."""
        texts = await self._kept(account)
        account.is_sealed = True
        decision = self._decision(account, texts)
        account.energy_wh = decision.footprint.energy_wh if decision.footprint else 0.0
        self._count(decision)
        attachments = texts.attachments if self.services.keeps_payloads or account.held else {}
        attachments |= account.attached
        if account.held:
            attachments["held"] = account.held
        try:
            await durable(self.services.recorder.submit(decision, attachments))
        except (AboveboardError, OSError, RuntimeError) as error:
            self.metrics.faults.add("recorder")
            self.services.vitals.failed_to_record()
            _log.error("a decision was not recorded: %s", type(error).__name__)
            raise UnrecordedError from error
        self.services.vitals.unrecorded = None
        self._tell(account, decision)
        return decision

    def _tell(self, account: Account, decision: Decision) -> None:
        """Hands what may be known of the request to whoever watches; nobody waits for them."""
        observe = self.services.vitals.observe
        if observe is None:
            return
        recorded, decided = time.perf_counter() - account.started, decision.latency_ms / 1000
        checked = min(decided, account.checked or decided)
        observe(
            Answered(
                decision=decision,
                checked=checked,
                waited=max(0.0, min(account.waited, decided - checked)),
                first_text=account.first_text,
                decided=decided,
                recorded=recorded,
                ended=time.time_ns(),
                trace=account.trace,
            )
        )

    def _decision(self, account: Account, texts: KeptTexts) -> Decision:
        charter = self.services.charter
        return Decision(
            id=account.id,
            time=account.time,
            subject=f"answer:{account.id}",
            actor="gateway",
            data_subject=account.data_subject,
            endpoint=account.endpoint,
            streamed=account.streamed,
            charter_digest=charter.digest,
            system=charter.system.name,
            accountable=_accountable(self.services),
            guards=tuple(account.guards),
            outcome=account.action.label,
            key=account.key,
            tenant=account.tenant,
            human=account.human,
            finish_reason=account.finish_reason,
            request_digest=texts.request_digest,
            answer_digest=texts.answer_digest,
            error=account.error,
            **_answered_by(account),
            **self._spent(account),
        )

    def _spent(self, account: Account) -> _Spent:
        """Ends the request's share of the CPU."""
        usage, seconds = account.usage, time.perf_counter() - account.started
        return {
            "prompt_tokens": usage.prompt_tokens,
            "completion_tokens": usage.completion_tokens,
            "latency_ms": round(1000 * seconds, 3),
            "overhead_ms": round(1000 * max(0.0, seconds - account.waited), 3),
            "footprint": self.services.footprint(
                cpu_seconds=self.cpu.leave(account.cpu),
                seconds=seconds,
                tokens=usage.prompt_tokens + usage.completion_tokens + account.trail.wasted_tokens,
            ),
        }

    async def _kept(self, account: Account) -> KeptTexts:
        """The texts in their masked form; beside the event loop when masking could keep others waiting."""
        pipeline = self.services.pipeline
        must_mask = not self.answers_are_read or has_masked_input(account.guards)
        if not must_mask or not account.answers:
            return keep(account.prompt, account.answers, None)
        if pipeline.is_inline and account.size <= self.services.limits.inline_bytes:
            return keep(account.prompt, account.answers, pipeline)
        return await asyncio.to_thread(keep, account.prompt, account.answers, pipeline)

    def _count(self, decision: Decision) -> None:
        metrics = self.metrics
        metrics.requests.add(decision.endpoint, decision.error or decision.outcome)
        for outcome in decision.guards:
            metrics.guard_actions.add(outcome.guard, outcome.mode, outcome.action)
            if outcome.error:
                metrics.guard_errors.add(outcome.guard, outcome.mode, outcome.error)
        metrics.tokens.add("prompt", by=decision.prompt_tokens)
        metrics.tokens.add("completion", by=decision.completion_tokens)
        metrics.latency.observe(decision.latency_ms / 1000)
        metrics.overhead.observe(decision.overhead_ms / 1000)
        if decision.footprint:
            metrics.energy.add(decision.footprint.basis.value, by=decision.footprint.energy_wh)


def _answered_by(account: Account) -> _AnsweredBy:
    info, trail = account.model.info if account.model else None, account.trail
    return {
        "model": info.id if info else "",
        "model_digest": info.digest if info else "",
        "provider": info.provider if info else "",
        "requested": trail.requested,
        "reason": trail.reason,
        "attempts": trail.worth_telling,
        "reuses": account.reused,
        "reworded": account.reuse is not None and account.reuse.is_reworded,
        "links": (account.reused,) if account.reused else (),
    }


def _accountable(services: GatewayServices) -> str:
    role = services.charter.roles.get("accountable")
    return role.title if role else ""


async def durable(future: Future[Any]) -> Any:
    """Waits for a recorder's future without being able to cancel it.

    `asyncio.wrap_future` would pass a disconnected client's cancellation on to the append.
    """
    if future.done():
        return future.result()
    loop = asyncio.get_running_loop()
    woken = loop.create_future()
    future.add_done_callback(lambda _: loop.call_soon_threadsafe(_wake, woken))
    await woken
    return future.result()


def _wake(woken: asyncio.Future[None]) -> None:
    if not woken.done():
        woken.set_result(None)
