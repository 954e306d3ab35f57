"""One server for the gateway, the console and the ledger."""

import asyncio
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from aboveboard.charter import Charter
from aboveboard.cli._listening import Address, is_open, must_ask
from aboveboard.cli._output import print_json_line, say
from aboveboard.cli._settings import Settings
from aboveboard.values import format_time, new_id

if TYPE_CHECKING:
    from aboveboard.cli._release import Release
    from aboveboard.evidence import Evidence

_DRAIN_SECONDS = 20
_MOST_CONNECTIONS = 2048  # beyond it uvicorn answers 503; half-open ones count too
_SWITCH_SECONDS = 0.001  # the recorder's thread must not hold up answers for the default 5 ms
App = Callable[..., Any]


def serve(
    charter: Charter, settings: Settings, evidence: "Evidence", address: Address, listener: socket.socket
) -> None:
    """Serves until Ctrl-C, then lets running answers finish."""
    from aboveboard.cases import Cases
    from aboveboard.cli._house import House
    from aboveboard.cli._open_models import OpenModels
    from aboveboard.cli._release import Release
    from aboveboard.cli._wiring import wire

    with ExitStack() as closing, Cases.open(settings.cases) as cases:
        house = House(settings, evidence, cases, address.hosts)
        house.must_ask = must_ask(address, listener)
        closing.push(house.closing)
        release = Release(house, charter, OpenModels().take(charter))
        app, intent = wire(release), release.deployment()
        sys.setswitchinterval(_SWITCH_SECONDS)
        house.record(intent, {})
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # how service managers say Ctrl-C
        with suppress(KeyboardInterrupt):  # Ctrl-C is how a server ends; running answers have finished by now
            asyncio.run(_serve(app, release, listener, as_json=address.as_json))
        outcome = replace(intent, id=new_id(), time=format_time(datetime.now(UTC)), stage="outcome")
        house.record(replace(outcome, links=(intent.id,), result="stopped"), {})


async def _serve(app: App, release: "Release", listener: socket.socket, *, as_json: bool) -> None:
    import uvicorn

    from aboveboard.cli._retention import sweep_hourly

    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
    config.limit_concurrency = _MOST_CONNECTIONS
    config.timeout_graceful_shutdown = _DRAIN_SECONDS
    server = uvicorn.Server(config)
    listener.listen(config.backlog)  # so that who reads the announcement is not refused
    announce(listener, next(iter(release.models)), as_json=as_json)
    if is_open(listener):
        asks = "the console does not ask" if release.access else "neither gateway nor console asks"
        say(f"note: this address is open to others, and {asks} who they are")
    for status in await asyncio.to_thread(release.statuses):
        if status.refuses:
            say(f"the gateway refuses to answer: {status.promise.id} is broken, and the charter says so")
    sweeping = asyncio.create_task(
        sweep_hourly(release.charter, release.house.evidence, release.house.settings)
    )
    try:
        await server.serve(sockets=[listener])
    finally:
        sweeping.cancel()
        for model in release.models.values():
            await model.close()


def announce(listener: socket.socket, model: str, *, as_json: bool = False) -> None:
    """Says what to open, and gives a command that works."""
    host, port = listener.getsockname()[:2]
    base = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    if as_json:
        places = {
            "console": "/console",
            "transparency": "/transparency",
            "ledger": "/ledger/",
            "gateway": "/v1",
        }
        print_json_line({name: base + path for name, path in places.items()} | {"model": model})
    say(f"""
console       {base}/console
transparency  {base}/transparency
ledger        {base}/ledger/checkpoint
gateway       {base}/v1   (any OpenAI client)

try it:
  curl -i {base}/v1/chat/completions -H 'Content-Type: application/json' \\
    -d '{{"model": "{model}", "temperature": 0, "messages": [{{"role": "user",
         "content": "Repeat this line: Please write to ann@example.org today."}}]}}'

Ctrl-C stops it; nothing acknowledged is lost.""")
