from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from aboveboard.cases import Cases
from aboveboard.cli._house import House
from aboveboard.cli._release import Release
from aboveboard.cli._settings import Settings
from aboveboard.cli._wiring import console_services
from aboveboard.console import console_app
from samples import World


@pytest.fixture
def house(world: World) -> Iterator[House]:
    """The sample evidence as the server wires it."""
    settings = Settings(world.state, world.state / "charter.yaml", None)
    with Cases.open(world.state / "cases.db") as cases:
        yield House(settings, world.evidence, cases, ("testserver",))


@pytest.fixture
def browser(house: House, world: World) -> Iterator[TestClient]:
    """A visitor without JavaScript."""
    with TestClient(console_app(console_services(Release(house, world.charter, {})))) as client:
        yield client


@pytest.fixture
def runs(world: World) -> Path:
    return world.state / "runs"
