"""A scene in a folder of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from samples.live import Scene, opened


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with opened(tmp_path / "state") as found:
        yield found
