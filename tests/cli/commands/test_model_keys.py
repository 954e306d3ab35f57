"""A model whose key is not set: said before anything is sent, with variable, line and cure."""

from collections.abc import Callable
from pathlib import Path

import pytest

from aboveboard.charter import load_charter, place_of_model
from aboveboard.cli._charters import known_names
from samples.commands import ADMITS, KEPT, Ran, assert_clear_error

Command = Callable[..., Ran]
Write = Callable[..., Path]
SCRIPTED = f'provider: fake, role: primary, options: {{reply: "{ADMITS}", delay: 0}}'
ENDPOINT = "provider: openai, role: primary, base_url: 'http://127.0.0.1:9/v1', api_key_env: ABSENT_KEY"
KEYED = KEPT.replace(SCRIPTED, ENDPOINT)


@pytest.fixture(autouse=True)
def _unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ABSENT_KEY", raising=False)


@pytest.mark.parametrize(
    "arguments",
    [
        ("assess",),
        ("up", "--port", "0"),
        ("serve", "--port", "0"),
        ("label", "judge", "smollm2-135m"),
        ("mitigate", "says-it-is-ai"),
    ],
)
def test_nothing_is_asked_and_the_error_names_variable_line_and_cure(
    command: Command, write: Write, folder: Path, arguments: tuple[str, ...]
) -> None:
    write(KEYED)
    ran = command(*arguments)
    assert_clear_error(ran, "ABSENT_KEY is not set", "charter.yaml:7:", "leave `api_key_env` out")
    assert not list((folder / ".aboveboard").glob("runs/*"))


def test_with_the_key_it_is_asked(command: Command, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ABSENT_KEY", "sk-1")
    write(KEYED.replace("ABSENT_KEY", "ABSENT_KEY, options: {retries: 0}"))
    ran = command("assess", "--limit", "1")
    assert "ABSENT_KEY" not in ran.err
    assert "the model failed" in ran.err, "nobody is there, and it was tried"


def test_what_asks_nothing_needs_no_key(command: Command, write: Write) -> None:
    write(KEYED)
    assert "ABSENT_KEY" not in command("assess", "--forecast").err


def test_a_place_in_a_charter_is_that_of_the_value_or_the_file(write: Write) -> None:
    path = write(KEYED)
    charter = load_charter(path, known_names())
    line = KEYED.splitlines()[6]
    assert place_of_model(charter, "smollm2-135m", "api_key_env") == (
        f"{path}:7:{line.index('ABSENT_KEY') + 1}"
    )
    assert place_of_model(charter, "smollm2-135m", "price") == str(path)
    path.write_text("[")
    assert place_of_model(charter, "smollm2-135m", "api_key_env") == str(path)
