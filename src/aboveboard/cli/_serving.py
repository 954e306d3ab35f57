"""One server for the gateway, the console and the ledger."""

import asyncio
import gc
import logging
import signal
import socket
import sys
from collections.abc import Coroutine
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from aboveboard.charter import Charter
from aboveboard.cli._listening import Address, is_open, must_ask
from aboveboard.cli._operation import Operation
from aboveboard.cli._output import print_json_line, say
from aboveboard.cli._settings import Settings
from aboveboard.cli.running import Ending, Presence, Reloads, set_up_logs, watch, watched

if TYPE_CHECKING:
    from aboveboard.cli._release import Release
    from aboveboard.evidence import Evidence

_log = logging.getLogger(__name__)

_SWITCH_SECONDS = 0.001  # the recorder's thread must not hold up answers for the default 5 ms


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be served, where, and how."""

    charter: Charter
    settings: Settings
    address: Address
    operation: Operation


def serve(plan: Plan, evidence: "Evidence", listener: socket.socket) -> int:
    """Serves until told to end, then lets running answers finish; the exit code of the process."""
    from aboveboard.cases import Cases
    from aboveboard.cli._house import House
    from aboveboard.cli._open_models import OpenModels
    from aboveboard.cli._release import Release, outcome_of
    from aboveboard.cli._wiring import wire

    set_up_logs(plan.operation.log_format)
    with ExitStack() as closing, Cases.open(plan.settings.cases) as cases:
        house = House(plan.settings, evidence, cases, plan.address.hosts)
        house.must_ask = must_ask(plan.address, listener)
        closing.push(house.closing)
        models = OpenModels()
        watching = watched(house.vitals, logs_requests=plan.operation.logs_requests)
        closing.enter_context(watching)
        release = Release(house, plan.charter, models.take(plan.charter))
        reloads = Reloads(release, release.deployment(), models, wire)
        house.record(reloads.intent, {})
        code = _run(_serve(plan, reloads, listener))
        house.record(outcome_of(reloads.intent, "stopped"), {})
    return code


def _run(serving: Coroutine[Any, Any, int]) -> int:
    import uvicorn

    sys.setswitchinterval(_SWITCH_SECONDS)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # until the loop takes it
    with (
        suppress(KeyboardInterrupt),
        asyncio.Runner(loop_factory=uvicorn.Config("").get_loop_factory()) as runner,
    ):
        return runner.run(serving)
    return 0


async def _serve(plan: Plan, reloads: Reloads, listener: socket.socket) -> int:
    from aboveboard.cli.running._server import server_of

    release, patience = reloads.release, plan.operation.patience
    server = server_of(reloads.switch, patience.limit)
    ending = Ending(server, reloads.switch, release.house.vitals, patience)
    ending.listen()
    listener.listen(server.config.backlog)  # so that who reads the announcement is not refused
    with Presence(plan.settings.state, base_of(listener), release.charter.digest) as presence:
        beside = _Beside(plan, reloads, presence)
        beside.begin()
        announce(listener, release, plan)
        _spare_the_collector()
        await _warn(release, listener)
        try:
            await server.serve(sockets=[listener])
            await ending.settled()
        finally:
            await beside.end()
            await reloads.close()
    return ending.code


def _spare_the_collector() -> None:
    """What is there now stays, and answers leave few circles behind: to look for garbage after every 700 new
    objects, through all of it, was a twelfth of the event loop's work.
    """
    gc.freeze()
    gc.set_threshold(5_000, 20, 20)


class _Beside:
    """What goes on beside the answers: charters are watched for, and nothing is kept for too long."""

    def __init__(self, plan: Plan, reloads: Reloads, presence: Presence) -> None:
        self._plan = plan
        self._reloads = reloads
        self._presence = presence
        self._tasks: set[asyncio.Task[Any]] = set()

    def begin(self) -> None:
        from aboveboard.cli._retention import sweep_hourly
        from aboveboard.cli.running._looking_after import keep_deadlines, keep_ladder, keep_telling
        from aboveboard.cli.running._watching_live import keep_watching

        house, settings = self._reloads.release.house, self._plan.settings
        self._start(sweep_hourly(lambda: self._reloads.release.charter, house.evidence, settings))
        self._start(keep_deadlines(lambda: self._reloads.release))
        self._start(keep_telling(lambda: self._reloads.release))
        self._start(keep_watching(lambda: self._reloads.release))
        self._start(keep_ladder(lambda: self._reloads.release))
        if self._plan.operation.reload_every:
            self._start(watch(settings.charter, self._plan.operation.reload_every, self._reload))
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGUSR1, lambda: self._start(self._reload()))
        if not sys.stdin or not sys.stdin.isatty():  # there, it says that the terminal has gone
            loop.add_signal_handler(signal.SIGHUP, lambda: self._start(self._reload()))

    async def end(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start(self, work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _reload(self) -> None:
        attempt = await self._reloads.reload(self._plan.settings.charter)
        self._presence.tried(**asdict(attempt))


async def _warn(release: "Release", listener: socket.socket) -> None:
    """Says what whoever started this should know."""
    silent = [name for name, asks in (("gateway", release.access), ("console", release.people)) if not asks]
    if is_open(listener) and silent:
        names = " and ".join(silent)
        _log.warning("this address is open to others, and nobody is asked who they are by %s", names)
    for status in await asyncio.to_thread(release.statuses):
        if status.refuses:
            promise = status.promise.id
            _log.warning("the gateway refuses to answer: %s is broken, and the charter says so", promise)


def base_of(listener: socket.socket) -> str:
    """The address to open."""
    host, port = listener.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def announce(listener: socket.socket, release: "Release", plan: Plan) -> None:
    """Says what to open, and gives a command that works (KEY in it is the reader's to fill in)."""
    base, model = base_of(listener), next(iter(release.models))
    key = "" if release.access is None else " -H 'Authorization: Bearer KEY'"
    if plan.address.as_json:
        places = {
            "console": "/console",
            "transparency": "/transparency",
            "ledger": "/ledger/",
            "gateway": "/v1",
        }
        print_json_line({name: base + path for name, path in places.items()} | {"model": model})
    if plan.operation.log_format == "json":
        _log.info("serving", extra={"fields": {"address": base, "model": model}})
        return
    say(f"""
console       {base}/console
transparency  {base}/transparency
ledger        {base}/ledger/checkpoint
gateway       {base}/v1   (any OpenAI client)

try it:
  curl -i {base}/v1/chat/completions{key} -H 'Content-Type: application/json' \\
    -d '{{"model": "{model}", "temperature": 0, "messages": [{{"role": "user",
         "content": "Repeat this line: Please write to ann@example.org today."}}]}}'

Ctrl-C stops it; nothing acknowledged is lost.""")
