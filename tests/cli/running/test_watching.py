"""A changed file is noticed once, when it is whole."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from aboveboard.cli.running import watch

LOOK = 0.02


def said_in(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


@asynccontextmanager
async def watched(path: Path) -> AsyncIterator[list[str]]:
    """What was in the file at each call."""
    seen: list[str] = []

    async def changed() -> None:
        seen.append(said_in(path))

    task = asyncio.create_task(watch(path, LOOK, changed))
    await asyncio.sleep(2 * LOOK)
    yield seen
    for _ in range(500):
        if seen:
            break
        await asyncio.sleep(LOOK)
    await asyncio.sleep(4 * LOOK)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "charter.yaml"
    found.write_text("one", encoding="utf-8")
    return found


def over_it(path: Path) -> None:
    path.write_text("two!", encoding="utf-8")


def in_its_place(path: Path) -> None:
    path.with_suffix(".new").write_text("two!", encoding="utf-8")
    path.with_suffix(".new").replace(path)


def gone_for_a_while(path: Path) -> None:
    path.unlink()
    asyncio.get_running_loop().call_later(3 * LOOK, over_it, path)


@pytest.mark.parametrize("changing", [over_it, in_its_place, gone_for_a_while])
async def test_new_content_is_told_once(path: Path, changing: Callable[[Path], None]) -> None:
    async with watched(path) as seen:
        changing(path)
    assert seen == ["two!"]


async def test_a_link_that_leads_elsewhere_is_new_content(path: Path, tmp_path: Path) -> None:
    """So a mounted ConfigMap changes."""
    link, other = tmp_path / "link", tmp_path / "other"
    other.write_text("two!", encoding="utf-8")
    link.symlink_to(path)
    async with watched(link) as seen:
        fresh = tmp_path / "fresh"
        fresh.symlink_to(other)
        fresh.replace(link)
    assert seen == ["two!"]


async def test_a_new_time_alone_is_no_change(path: Path) -> None:
    async with watched(path) as seen:
        os.utime(path, (1, 1))
        await asyncio.sleep(8 * LOOK)
        over_it(path)
    assert seen == ["two!"], "only the other content was told"


async def test_a_file_that_is_being_written_is_not_read_halfway(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each look finds more than the one before, until two find the same."""
    looks = iter([b"one", b"ha", b"half", b"half a", b"whole", b"whole"])
    left = [6]

    def look(_: Path) -> bytes:
        left[0] -= 1
        return next(looks)

    monkeypatch.setattr("aboveboard.cli.running._watching._digest", look)
    async with watched(path) as seen:
        over_it(path)
    assert (seen, left) == (["two!"], [0])
