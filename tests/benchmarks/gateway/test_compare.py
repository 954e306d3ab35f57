"""What is measured is what was asked: failures count as such, and every system is asked the same."""

import argparse
import asyncio
import json
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import yaml

Module = Callable[[str], Any]
REFUSAL = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 2\r\n\r\n{}"
CUT = b"HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\n{}"


def loaded(load: Any, answer: bytes) -> Any:
    """The load, after it has asked an endpoint that always gives this answer and closes."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()
        writer.close()

    async def ask() -> None:
        async with await asyncio.start_server(handle, "127.0.0.1", load.port):
            await load.run()

    asyncio.run(ask())
    return load


@pytest.fixture
def load(benchmark_module: Module) -> Any:
    port = benchmark_module("processes").free_port()
    return benchmark_module("load").Load(port, "sk-a", connections=2, seconds=0.2, streamed=False)


def test_an_error_status_is_a_failure(load: Any) -> None:
    assert loaded(load, REFUSAL).errors >= len(load.latencies) > 0


def test_an_answer_that_is_cut_is_a_failure(load: Any) -> None:
    assert loaded(load, CUT).errors > 0
    assert load.latencies == []


def test_a_request_carries_the_key_and_asks_for_a_stream_if_wanted(load: Any) -> None:
    head, _, body = load.request().partition(b"\r\n\r\n")
    assert b"Authorization: Bearer sk-a" in head
    assert json.loads(body)["stream"] is False
    load.streamed = True
    assert json.loads(load.request().partition(b"\r\n\r\n")[2])["stream"] is True


def test_upstream_and_relay_answer_every_request(
    benchmark_module: Module, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    compare = benchmark_module("compare")
    options = argparse.Namespace(pairs=1, seconds=0.3)
    with ExitStack() as stack:
        systems = compare.start(stack, ["relay"], tmp_path)
        found = {streamed: compare.measure(systems, options, 2, streamed) for streamed in (False, True)}
        compare.show_memory(systems)
    assert [*found[True]] == ["direct", "relay"]
    for figures in (each for one in found.values() for each in one.values()):
        assert figures[0].errors == 0
        assert figures[0].rate > 0
        assert figures[0].first <= figures[0].p50 <= figures[0].p99
    compare.show(found[True], "64-chunk stream")
    assert "| relay |" in capsys.readouterr().out


def test_a_system_that_does_not_start_says_what_it_wrote(benchmark_module: Module, tmp_path: Path) -> None:
    processes = benchmark_module("processes")
    command = [sys.executable, "-c", "raise SystemExit('no such rail')"]
    output = tmp_path / "out"
    with (
        pytest.raises(SystemExit, match="no such rail"),
        processes.running(command, processes.free_port(), {}, output),
    ):
        pytest.fail("it runs")


def test_every_system_stands_before_the_same_upstream(benchmark_module: Module, tmp_path: Path) -> None:
    systems = benchmark_module("systems")
    for name, system in systems.SYSTEMS.items():
        place = systems.Place(18001, 18002, tmp_path / name)
        command = " ".join(str(part) for part in system.command(Path("/bin"), place))
        written = [path.read_text() for path in tmp_path.glob(f"{name}/**/*") if path.is_file()]
        assert "18001" in command
        assert "18002" in " ".join([command, *written, *system.environment(place).values()]), name
        for text in written:
            yaml.safe_load(text)
