"""`aboveboard assess --forecast`: what it would cost, with nothing asked; and at the end what it cost."""

from collections.abc import Callable
from pathlib import Path

from samples.commands import KEPT, Ran

Command = Callable[..., Ran]
Write = Callable[..., Path]
PRICED = KEPT.replace("role: primary,", "role: primary, price: {input: 2, output: 8, currency: EUR},")


def test_a_forecast_asks_nothing_writes_nothing_and_exits_with_0(
    command: Command, write: Write, folder: Path
) -> None:
    write(KEPT.replace("delay: 0", "failures: [error, error, error]"))
    ran = command("assess", "--forecast")
    assert ran.code == 0
    assert "transparency.disclosure" in ran.out
    assert [path.name for path in folder.iterdir()] == ["charter.yaml"]


def test_what_is_not_known_is_said_to_be_unknown_with_the_reason(command: Command, write: Write) -> None:
    write(KEPT)
    told = command("assess", "--forecast").out
    assert "time      unknown: this model was not timed here" in told
    assert "money     unknown: the charter gives no price" in told


def test_with_a_price_money_is_told_in_its_currency(command: Command, write: Write) -> None:
    write(PRICED)
    told = command("assess", "--forecast", "--json").json
    assert told["currency"] == "EUR"
    assert 0 < told["money"]["low"] < told["money"]["high"]
    assert told["requests"] == 30
    assert told["from_cache"] == 0


def test_after_a_run_the_cache_saves_all_of_it(command: Command, write: Write) -> None:
    write(KEPT)
    assert command("assess").code == 0
    ran = command("assess", "--forecast")
    assert "the cache saves 30 of 30" in ran.out


def test_a_run_tells_the_forecast_before_and_the_cost_after(command: Command, write: Write) -> None:
    write(KEPT)
    ran = command("assess")
    assert "forecast: 30 requests" in ran.err
    (line,) = [each for each in ran.out.splitlines() if each.startswith("it cost (and was forecast)")]
    assert "30 requests (30)" in line
    assert "tokens read" in line


def test_json_has_both(command: Command, write: Write) -> None:
    write(KEPT)
    told = command("assess", "--json").json
    assert told["cost"]["requests"] == told["forecast"]["requests"] == 30
    low, high = (told["forecast"]["read"][name] for name in ("low", "high"))
    assert low <= told["cost"]["prompt_tokens"] <= high
