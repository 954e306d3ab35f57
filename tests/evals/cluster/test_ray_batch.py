"""A real Ray cluster on the loopback address: the same answers as in process, whatever dies meanwhile."""

import asyncio
import contextlib
import functools
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from aboveboard.evals import (
    Answer,
    EvalError,
    Item,
    Options,
    Services,
    assess,
    list_runs,
    plan_suite,
    read_items,
    verify_log,
)
from aboveboard.evals._batch import Answered
from aboveboard.evals._cache import AnswerCache
from aboveboard.evals._requests import Call, plan_calls
from aboveboard.evals._runner import Runner
from aboveboard.evals.cluster import Cluster, RayBatch, Recipe, _ray_batch
from aboveboard.evals.cluster._connection import connect
from aboveboard.models import LikelihoodRequest, Message, Model, ModelInfo
from samples.cluster import (
    Script,
    comparable,
    dies_at_opening,
    likely,
    lines,
    processes,
    read,
    scripted,
    with_digest,
    without_weights,
)

pytestmark = [pytest.mark.ray, pytest.mark.timeout(300)]
LIMIT = 48
TESTS = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def ray() -> Iterator[Any]:
    """One cluster of our own for the whole file: a start takes seconds. Its workers find `samples`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(TESTS))
        found, end = connect(Cluster(workers=4))
        yield found
        end()


@pytest.fixture(autouse=True)
def shared(ray: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_ray_batch, "connect", lambda _: (ray, lambda: None))


def batch_of(made: Callable[[], Model], info: ModelInfo | None = None, parallel: int = 1) -> RayBatch:
    return RayBatch(Recipe(made, info or made().info, parallel), Cluster(workers=2))


def run(made: Callable[[], Model], services: Services, batch: RayBatch | None = None) -> Any:
    """A suite of generated answers; with a batch, its workers are let go of at the end."""
    plan = plan_suite("privacy.leak", Options(limit=LIMIT))
    try:
        return asyncio.run(assess(plan, made(), services, batch=batch))
    finally:
        if batch is not None:
            batch.close()


def logged(services: Services, result: Any) -> list[dict[str, Any]]:
    folder = services.state / "runs" / result.run
    assert verify_log(folder / "items.jsonl")[0] == LIMIT
    return comparable(read_items(folder, 0, 9999))


def test_ray_gives_what_one_process_gives(tmp_path: Path) -> None:
    here, there = Services(state=tmp_path / "here"), Services(state=tmp_path / "there")
    made = functools.partial(scripted, Script(tmp_path))
    first, second = run(made, here), run(made, there, batch_of(made))
    assert logged(here, first) == logged(there, second)
    values = [
        [(m.measure, m.value, m.low, m.high, m.n, m.coverage) for m in r.measurements]
        for r in (first, second)
    ]
    assert values[0] == values[1]
    assert all(m.footprint is None for m in second.measurements)
    asked = lines(tmp_path / "asked")
    again = run(made, there, batch_of(made))
    assert again.status == "done"
    assert lines(tmp_path / "asked") == asked, "what the cache knows is asked of nobody"


def mixed() -> list[Item]:
    likelihoods = [
        Item(
            f"l{n}",
            (),
            "likelihood",
            "c",
            likelihood=LikelihoodRequest(f"{n % 5}:", {"a": f" {n}", "b": " x"}),
        )
        for n in range(30)
    ]
    tokens = [Item(f"t{n}", (Message("user", f"{n}?"),), "next-token", "c") for n in range(30)]
    return likelihoods + tokens


async def answers(folder: Path, batch: RayBatch | None) -> dict[str, Any]:
    found: dict[str, Any] = {}

    def deliver(call: Call, answer: Answer, _: bool) -> None:
        assert call.item.id not in found
        found[call.item.id] = (answer.text, answer.logprobs, answer.likelihoods, answer.error)

    with AnswerCache(folder / "cache.db") as cache:
        runner = Runner(likely(), cache, 1, batch=batch)
        assert await runner.run(plan_calls(mixed(), "m"), deliver)
        assert len(cache) == 60
    return found


async def test_likelihoods_and_next_tokens_are_the_same(tmp_path: Path) -> None:
    with batch_of(likely) as batch:
        there = await answers(tmp_path / "there", batch)
    assert there == await answers(tmp_path / "here", None)


def test_a_worker_killed_in_mid_chunk_costs_that_chunk_alone(tmp_path: Path) -> None:
    made = functools.partial(scripted, Script(tmp_path, dies_at="Aisha", times=2), 0.002)
    services = Services(state=tmp_path)
    result = run(made, services, batch_of(made, parallel=4))
    assert result.status == "done"
    entries = logged(services, result)
    assert len({one["id"] for one in entries}) == LIMIT
    assert not any(one["error"] for one in entries)
    assert lines(tmp_path / "died") == 2
    asked = read(tmp_path / "asked")
    assert len(set(asked)) == LIMIT
    assert LIMIT < len(asked) <= LIMIT + 2 * 8, "two chunks of eight were under way"


def test_a_chunk_that_kills_every_worker_ends_the_run_and_not_the_cluster(tmp_path: Path) -> None:
    made = functools.partial(scripted, Script(tmp_path, dies_at="Aisha", times=99))
    services = Services(state=tmp_path)
    with pytest.raises(EvalError, match="3 workers died over the same"):
        run(made, services, batch_of(made))
    assert lines(tmp_path / "died") == 3
    assert list_runs(tmp_path)[0].status == "failed"
    mended = functools.partial(scripted, Script(tmp_path))
    result = run(mended, services, batch_of(mended))
    assert result.run == list_runs(tmp_path)[0].id, "the run is taken up again"


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (functools.partial(with_digest, "sha256:there"), "another model: sha256:there"),
        (without_weights, "/nowhere/weights.gguf"),
    ],
)
def test_a_machine_that_has_not_the_model_is_named_with_the_reason(
    tmp_path: Path, made: Callable[[], Model], said: str
) -> None:
    here = functools.partial(with_digest, "sha256:here")
    with pytest.raises(EvalError, match=said) as caught:
        run(here, Services(state=tmp_path), batch_of(made, here().info))
    assert f"machine {socket.gethostname()}" in str(caught.value)


def test_workers_that_die_at_opening_the_model_end_the_run(tmp_path: Path) -> None:
    here = functools.partial(with_digest, "sha256:here")
    with pytest.raises(EvalError, match="die at opening the model"):
        run(here, Services(state=tmp_path), batch_of(dies_at_opening, here().info))


async def test_when_the_time_is_up_workers_finish_what_is_under_way_and_no_more(tmp_path: Path) -> None:
    made = functools.partial(scripted, Script(tmp_path), 0.01)
    calls = plan_calls([Item(f"{n}", (Message("user", f"{n}"),), "generate", "c") for n in range(200)], "m")
    found: list[Answered] = []

    def is_over() -> bool:
        return bool(found)

    with batch_of(made) as batch:
        async for pairs in batch.answers(calls, is_over):
            found += pairs
    assert 1 <= len(found) < 100
    assert len(found) == lines(tmp_path / "asked"), "what was asked is told"


def test_cancelling_keeps_the_answers_and_ends_the_workers(tmp_path: Path) -> None:
    made = functools.partial(scripted, Script(tmp_path), 0.05)
    services = Services(state=tmp_path)
    batch = batch_of(made)

    async def cancelled() -> None:
        plan = plan_suite("privacy.leak", Options(limit=LIMIT))
        task = asyncio.create_task(assess(plan, made(), services, batch=batch))
        while lines(tmp_path / "asked") < 12:  # noqa: ASYNC110  # other processes write it
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancelled())
    batch.close()
    before = list_runs(tmp_path)[0]
    assert before.status == "interrupted"
    assert 0 < before.done < LIMIT
    assert workers_left() == []
    result = run(made, services, batch_of(made))
    assert result.run == before.id
    assert lines(tmp_path / "asked") <= LIMIT + 4, "only what was under way is asked again"
    assert workers_left() == []


CLIENT = """
import asyncio, functools, sys
from pathlib import Path
from aboveboard.evals import Options, Services, assess, plan_suite
from aboveboard.evals.cluster import Cluster, RayBatch, Recipe
from samples.cluster import Script, scripted

folder = Path(sys.argv[2])
made = functools.partial(scripted, Script(folder))
with RayBatch(Recipe(made, made().info), Cluster(sys.argv[1], workers=2)) as batch:
    plan = plan_suite("privacy.leak", Options(limit=20))
    asyncio.run(assess(plan, made(), Services(state=folder), batch=batch))
"""


def test_a_cluster_that_is_there_already_is_joined_by_its_address(tmp_path: Path, ray: Any) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    cluster = ray.get_runtime_context().gcs_address
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "ray.util.client.server", "--address", cluster),
            *("--host", "127.0.0.1", "--port", str(port), "--mode", "legacy"),
        ],
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port, server)
        ran = subprocess.run(
            [sys.executable, "-c", CLIENT, f"ray://127.0.0.1:{port}", str(tmp_path)],
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        assert ran.stdout + ran.stderr == ""
    finally:
        server.terminate()
        server.wait(timeout=60)
    assert list_runs(tmp_path)[0].done == lines(tmp_path / "asked") == 20
    assert workers_left() == []


def wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    """Until the server listens: a client waits for it for less long than a busy machine may take."""
    end = time.monotonic() + 120
    while server.poll() is None and time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.1)
    raise AssertionError("no server")


def workers_left() -> list[str]:
    """Once they have had time to go."""
    for _ in range(300):
        found = [one for one in processes(os.environ["RAY_AUTH_TOKEN"]).values() if "ray::Worker" in one]
        if not found:
            break
        time.sleep(0.1)
    return found
