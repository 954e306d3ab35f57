"""Where an assessment is answered: what may be asked for, and what never leaves this process."""

import importlib.util
import pickle
import sys
from types import ModuleType

import pytest

from aboveboard.charter import ModelEntry
from aboveboard.cli._batches import Place, open_batch, open_there
from aboveboard.errors import AboveboardError
from aboveboard.evals.cluster import RayBatch
from aboveboard.models import ModelInfo

INFO = ModelInfo("m", "fake", "sha256:x", "fake 1")
FAKE = ModelEntry(id="m", provider="fake")


@pytest.fixture
def no_ray(monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "ray" else found(name))


@pytest.fixture
def some_ray(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ray's presence, and nothing of it: no test here starts it."""
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: found("json") if name == "ray" else found(name)
    )


def test_here_needs_nothing() -> None:
    assert open_batch(FAKE, INFO, Place()) is None


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Place("rai"), "here, ray or ray://HOST:PORT"),
        (Place("ray://"), "here, ray or ray://HOST:PORT"),
        (Place("ray://me:secret@host:1"), "here, ray or ray://HOST:PORT"),
        (Place("http://host:1"), "here, ray or ray://HOST:PORT"),
        (Place("here", 3), "--batch ray"),
    ],
)
def test_a_place_that_is_none_is_refused(place: Place, said: str) -> None:
    with pytest.raises(AboveboardError, match=said):
        open_batch(FAKE, INFO, place)


@pytest.mark.usefixtures("no_ray")
def test_without_ray_the_cure_is_the_command_that_installs_it() -> None:
    with pytest.raises(AboveboardError, match=r'pip install "aboveboard\[ray\]"'):
        open_batch(FAKE, INFO, Place("ray"))


@pytest.mark.usefixtures("some_ray")
def test_making_a_batch_starts_nothing() -> None:
    before: ModuleType | None = sys.modules.get("ray")
    batch = open_batch(FAKE, INFO, Place("ray://host:10001", 2))
    assert isinstance(batch, RayBatch)
    batch.close()
    assert sys.modules.get("ray") is before


@pytest.mark.usefixtures("some_ray")
def test_an_entry_that_holds_a_key_is_not_sent_anywhere() -> None:
    for option in ("api_key", "headers"):
        entry = ModelEntry(id="m", provider="openai", base_url="http://127.0.0.1:9/v1", options={option: "x"})
        with pytest.raises(AboveboardError, match="api_key_env"):
            open_batch(entry, INFO, Place("ray"))


@pytest.mark.usefixtures("some_ray")
def test_a_key_of_the_environment_is_in_nothing_that_travels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIG_KEY", "sk-very-secret")
    entry = ModelEntry(
        id="m", provider="openai", base_url="http://127.0.0.1:9/v1", api_key_env="BIG_KEY", options={}
    )
    batch = open_batch(entry, INFO, Place("ray"))
    assert batch is not None
    travels = pickle.dumps(batch.recipe)
    assert b"BIG_KEY" in travels
    assert b"sk-very-secret" not in travels


def test_a_machine_without_the_key_says_which_variable_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BIG_KEY", raising=False)
    entry = ModelEntry(id="m", provider="openai", base_url="http://127.0.0.1:9/v1", api_key_env="BIG_KEY")
    with pytest.raises(AboveboardError, match="BIG_KEY is not set"):
        open_there(entry)
