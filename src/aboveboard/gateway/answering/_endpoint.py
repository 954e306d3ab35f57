"""What answers in the name of a model, in every protocol: guards, model, guards, receipt."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aboveboard.evidence.records import Decision
from aboveboard.gateway._services import GatewayServices
from aboveboard.gateway.accounting import Accounting, escalate
from aboveboard.gateway.admission import Admission, pseudonym_of, subject_of
from aboveboard.gateway.answering._asking import WATCH_AFTER, Asking
from aboveboard.gateway.answering._caching import Remembering
from aboveboard.gateway.answering._holding import Finished, Holding
from aboveboard.gateway.answering._relaying import Relay
from aboveboard.gateway.answering._turn import Turn
from aboveboard.gateway.answering._wire import Wire
from aboveboard.gateway.dialects import Call, Dialect, WriterOf, finish_reason, vectors
from aboveboard.gateway.guarding import (
    Checks,
    StreamedAnswer,
    WholeAnswer,
    closing_headers,
    guarded_exchange,
    opening_headers,
    supportive,
    supportive_frames,
)
from aboveboard.gateway.http import (
    ApiError,
    BlockedError,
    Disconnected,
    DisconnectWatch,
    GuardTimeoutError,
    HttpRequest,
    InternalError,
    RefusedError,
    ShuttingDownError,
    UnrecordedError,
    decode_object,
    upstream_error,
)
from aboveboard.gateway.routing import Orders, Standing, check_known
from aboveboard.gateway.telemetry import Metrics, follow_trace, log_fault
from aboveboard.gateway.upstreams import Asked, OpenedStream
from aboveboard.models import ChatResponse, EmbeddingResponse, ModelError


@dataclass(slots=True)
class ModelEndpoint:
    """Serves one dialect."""

    dialect: Dialect
    services: GatewayServices
    metrics: Metrics
    standing: Standing
    accounting: Accounting
    checks: Checks
    admission: Admission
    remembering: Remembering = field(init=False)
    asking: Asking = field(init=False)
    relay: Relay = field(init=False)
    holding: Holding = field(init=False)

    def __post_init__(self) -> None:
        self.remembering = Remembering(self.services, self.metrics.faults)
        self.asking = Asking(self.dialect, self.services, self.remembering)
        self.relay = Relay(self.metrics, self.checks)
        self.holding = Holding(self.dialect, self.services, self._seal, self.metrics.faults)

    async def __call__(self, request: HttpRequest) -> None:
        """Answers one request; raises ApiError for one that is not worth a record, Disconnected for none."""
        services, admission = self.services, self.admission
        caller = await admission.enter(request, "answer")
        body = await request.json_body(services.limits)
        call = await self._reading(body)
        admission.check_model(caller, call.model)
        check_known(call.model, services)
        orders = await self.standing.orders()
        person = await pseudonym_of(subject_of(request) or call.user, services.pseudonym)
        ordered = admission.ordered(orders, caller, person)
        admitted = await admission.admit(caller, call, body, self.dialect)
        account = self.accounting.open(request.path, call)
        try:
            account.trace = follow_trace(request, services.vitals, call.model)
            admitted.sign(account)
            account.data_subject = person
            opening = [*opening_headers(account.id, services.charter, orders), *admitted.headers]
            guarded = guarded_exchange(services.pipeline, self.dialect.param)
            wire = Wire(request, opening, self.dialect)
            await self._run(Turn(call, account, guarded, wire, len(body)), ordered)
        finally:
            admission.settle(admitted, account)
            self.accounting.close(account)

    async def _reading(self, body: bytes) -> Call:
        limits, read = self.services.limits, self.dialect.read
        if len(body) <= limits.inline_bytes:
            return read(decode_object(body), limits)
        return await asyncio.to_thread(lambda: read(decode_object(body), limits))

    async def _run(self, turn: Turn, orders: Orders) -> None:
        try:
            await self._answer(turn, orders)
        except Disconnected:
            turn.account.error = "client_disconnected"
            with suppress(UnrecordedError):  # counted and logged; there is nobody left to be told
                await self._seal(turn)
        except UnrecordedError as error:
            await turn.wire.fail(error, ())
        except ApiError as error:
            await self._fail(turn, error)
        except ModelError as error:
            await self._fail(turn, upstream_error(error))
        except asyncio.CancelledError:
            if not self._is_cut_off(turn):
                raise
            await self._fail(turn, ShuttingDownError("the gateway is shutting down", code="shutting_down"))
        except Exception as error:  # noqa: BLE001 - begun or not, only the wire knows how to say so
            log_fault(error)
            self.metrics.faults.add("gateway")
            await self._break_off(turn)

    def _is_cut_off(self, turn: Turn) -> bool:
        """Whether the process ends, and there is still something to say and to record; takes back the
        cancellation then.
        """
        task, is_ending = asyncio.current_task(), self.services.vitals.is_draining
        if task is None or not is_ending or turn.account.is_sealed:
            return False
        task.uncancel()
        return True

    async def _answer(self, turn: Turn, orders: Orders) -> None:
        support = await self._check_input(turn)
        turn.account.checked = time.perf_counter() - turn.account.started
        turn.wire.opening.extend(turn.guarded.notices)
        if support is not None:
            await self._support(turn, support)  # needs no model: a person in need is not refused
            return
        turn.guarded.promises = orders.hold
        line = self.asking.choose(turn, orders)
        if self.dialect.writer and self.asking.is_streamed(turn):
            await self._stream(turn, line, self.dialect.writer)
        else:
            await self._whole(turn, line)

    async def _whole(self, turn: Turn, line: Sequence[Asked]) -> None:
        asked, response = await self.asking.whole(turn, line)
        identity = turn.identity(asked.name)
        if isinstance(response, EmbeddingResponse):
            completion, dropped = await asyncio.to_thread(vectors, identity, turn.call, response), set[str]()
        else:
            completion, dropped = await self._words(turn, response)
        write = self.dialect.whole
        body = write(identity, turn.call, completion) if write else completion
        if turn.guarded.is_held:
            await self.holding.hold(turn, Finished(identity, completion, dropped))
            return
        decision = await self._seal(turn)
        await turn.wire.whole(body, closing_headers(decision, dropped))
        await self.remembering.keep(turn)

    async def _words(self, turn: Turn, response: ChatResponse) -> tuple[dict[str, Any], set[str]]:
        """What may be sent of an answer in words, as a chat completion, and what was left out."""
        answer = WholeAnswer(turn.guarded, self.services.limits, turn.call.stops)
        turn.account.finish_reason = finish_reason(response.finish_reason)
        completion = await self._guard_whole(answer, response)
        turn.account.answers = answer.released
        return completion, answer.dropped

    async def _guard_whole(self, answer: WholeAnswer, response: ChatResponse) -> dict[str, Any]:
        if answer.measure(response) <= self.services.limits.inline_bytes:
            return await self.checks.run(answer.guard, response)
        return await asyncio.to_thread(answer.guard, response)

    async def _stream(self, turn: Turn, line: Sequence[Asked], writer_of: WriterOf) -> None:
        with DisconnectWatch(turn.wire.request.receive, WATCH_AFTER):
            asked, chunks = await self.asking.opened(turn, line)
            turn.wire.writer = writer = writer_of(turn.identity(asked.name), turn.call)
            answer = StreamedAnswer(writer, turn.guarded, self.services.limits)
            rest = await self._pass_on(turn, chunks, answer)
        if turn.guarded.is_held:
            await self.holding.hold(turn, Finished(writer.identity, answer.completion, answer.dropped))
            return
        decision = await self._seal(turn)
        await turn.wire.end(rest + answer.endings(), closing_headers(decision, answer.dropped))
        await self.remembering.keep(turn)

    async def _pass_on(self, turn: Turn, chunks: OpenedStream, answer: StreamedAnswer) -> bytes:
        """Sends a stream but for its last frames, which are returned: they wait for the record."""
        try:
            with chunks:
                await self.relay.pass_on(turn, chunks, answer)
                return await self.checks.run(answer.finish)
        finally:
            turn.account.answers, turn.account.finish_reason = answer.released, answer.finish_reason
            turn.account.usage = answer.usage or turn.account.usage

    async def _support(self, turn: Turn, text: str) -> None:
        """Answers a person in a crisis at once and in kind; a human is told."""
        account, identity = turn.account, turn.identity(turn.call.model)
        if self.dialect.whole is None or self.dialect.writer is None:
            raise turn.guarded.escalated()  # there is no saying anything in vectors
        account.answers, account.finish_reason = {0: {"text": text}}, "stop"
        closing = closing_headers(await self._seal(turn))
        if turn.call.is_streamed:
            writer = self.dialect.writer(identity, turn.call)
            await turn.wire.end(supportive_frames(writer, text), closing)
        else:
            await turn.wire.whole(self.dialect.whole(identity, turn.call, supportive(text)), closing)

    async def _fail(self, turn: Turn, error: ApiError) -> None:
        """Records what went wrong, then says so."""
        account = turn.account
        if not isinstance(error, BlockedError) or isinstance(error, GuardTimeoutError):
            account.error = error.code or "error"
        turn.guarded.refused |= isinstance(error, RefusedError)
        try:
            closing = closing_headers(await self._seal(turn))
        except UnrecordedError as unrecorded:
            error, closing = unrecorded, []
        await turn.wire.fail(error, closing)

    async def _break_off(self, turn: Turn) -> None:
        """Ends what a fault of ours broke; one that is on record already is not recorded again."""
        if turn.account.is_sealed:
            await turn.wire.fail(InternalError(), ())
        else:
            await self._fail(turn, InternalError())

    async def _seal(self, turn: Turn) -> Decision:
        account = turn.account
        account.guards, account.action = turn.guarded.outcomes, turn.guarded.action
        await escalate(account, self.services.open_incident, self.metrics.faults)
        self.remembering.attach(turn)
        return await self.accounting.seal(account)

    async def _check_input(self, turn: Turn) -> str | None:
        if turn.is_small(self.services.limits):
            return await self.checks.run(turn.guarded.check_input, turn.call)
        return await asyncio.to_thread(turn.guarded.check_input, turn.call)
