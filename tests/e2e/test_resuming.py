"""No answer is asked for twice, whatever happened to the process: counted where the questions arrive."""

import asyncio
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from aboveboard.testing import FakeUpstream
from samples.commands import Ran, run_program
from samples.server import PROGRAM, SCRIPTED


class Counting(FakeUpstream):
    """Answers after a moment, so that there is a middle to be killed in."""

    async def _chat(self, request: "object") -> "object":  # type: ignore[override]
        await asyncio.sleep(0.02)
        return await super()._chat(request)  # type: ignore[arg-type]


@pytest.fixture
def upstream() -> Iterator[FakeUpstream]:
    """An endpoint on a thread of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    counting = Counting()
    asyncio.run_coroutine_threadsafe(counting.__aenter__(), loop).result(10)
    yield counting
    asyncio.run_coroutine_threadsafe(counting.__aexit__(None, None, None), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)
    loop.close()


def asked(upstream: FakeUpstream) -> Counter[str]:
    return Counter(str(sorted(body.items(), key=str)) for body in upstream.requests)


def killed_at(count: int, folder: Path, upstream: FakeUpstream, how: signal.Signals) -> int:
    """Runs an assessment until so many questions have arrived, and stops it."""
    process = subprocess.Popen(
        [PROGRAM, "assess"], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    end = time.monotonic() + 60
    while len(upstream.requests) < count and process.poll() is None:
        assert time.monotonic() < end
        time.sleep(0.005)
    process.send_signal(how)
    return process.wait(timeout=30)


@pytest.mark.slow
def test_killed_three_times_it_asks_again_only_what_was_under_way(
    tmp_path: Path, upstream: FakeUpstream
) -> None:
    text = SCRIPTED.replace("provider: fake", f"provider: openai, base_url: '{upstream.base_url}'")
    (tmp_path / "charter.yaml").write_text(text, encoding="utf-8")
    assert killed_at(40, tmp_path, upstream, signal.SIGKILL) == -9
    assert killed_at(120, tmp_path, upstream, signal.SIGINT) == 130
    assert killed_at(180, tmp_path, upstream, signal.SIGKILL) == -9
    last: Ran = run_program(tmp_path, "assess", "--json")
    assert last.code in (1, 2), last.err
    again = sum(count - 1 for count in asked(upstream).values())
    under_way = 3 * 8  # eight at once, when each of three processes died
    assert again <= under_way, f"{again} answers were asked for again"
    before = len(upstream.requests)
    assert run_program(tmp_path, "assess", "--json").code == last.code
    metered = upstream.requests[before:]
    assert len(metered) <= 8 + 1, "only what is metered, and one to learn who answers now, is asked anew"
