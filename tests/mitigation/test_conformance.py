"""A mitigated model keeps what every model promises."""

from collections.abc import AsyncIterator

import pytest

from aboveboard.charter import Mitigation
from aboveboard.mitigation import mitigated
from aboveboard.models import Model, open_model
from aboveboard.testing import ModelConformance


class TestTold(ModelConformance):
    """Told and shown more than was asked."""

    @pytest.fixture
    async def model(self) -> AsyncIterator[Model]:
        opened = mitigated(open_model("scripted", "fake", {}), Mitigation(instruction="Be fair."))
        yield opened
        await opened.close()


class TestBlind(ModelConformance):
    """Shown no names: its streams come whole."""

    test_a_stream_comes_in_pieces = None  # type: ignore[assignment]  # it waits for the whole answer

    @pytest.fixture
    async def model(self) -> AsyncIterator[Model]:
        opened = mitigated(open_model("scripted", "fake", {}), Mitigation(blind=("names",)))
        yield opened
        await opened.close()
