"""What an assessment will cost, told before it asks, and beside what it cost when it is done."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aboveboard.cli._output import print_table

if TYPE_CHECKING:
    from aboveboard.charter import Charter, ModelEntry
    from aboveboard.evals import AssessmentResult
    from aboveboard.evals.forecasting import Circumstances, Range, RunForecast
    from aboveboard.models import Model


def circumstances_of(
    charter: "Charter", entry: "ModelEntry", model: "Model", state: Path, *, fresh: bool
) -> "Circumstances":
    """What a forecast is made for: a model with its price, and the charter's grid."""
    from aboveboard.evals.forecasting import Circumstances
    from aboveboard.models import LikelihoodModel

    return Circumstances(
        info=model.info,
        state=state,
        price=entry.price,
        grid=charter.footprint.grid,
        tells_likelihoods=isinstance(model, LikelihoodModel),
        fresh=fresh,
    )


def print_forecast(forecast: "RunForecast") -> None:
    """A line a suite, then the whole with what each figure is known from, or why it is not known."""
    header = ["suite", "requests", "in the cache", "tokens read", "written", "time", "Wh"]
    print_table(
        header,
        [
            [
                each.suite,
                "–" if each.missing else f"{each.requests:,}",
                "–" if each.missing else f"{each.held:,}",
                _count(each.read),
                _count(each.written),
                _time(each.seconds),
                _small(each.energy_wh),
            ]
            for each in forecast.suites
        ],
    )
    click.echo()
    for name, told in _lines(forecast):
        click.echo(f"{name:<9} {told}")
    for each in forecast.suites:
        if each.missing or each.left_out:
            click.echo(click.style(f"{each.suite}: {each.missing or each.left_out}", fg="yellow"))


def _lines(forecast: "RunForecast") -> list[tuple[str, str]]:
    gaps = [("gaps", ", ".join(forecast.gaps))] if forecast.gaps else []
    return [
        ("requests", _requests(forecast)),
        ("tokens", _tokens(forecast) or _unknown(forecast, "tokens")),
        ("time", _time_told(forecast)),
        ("money", _money_told(forecast)),
        ("energy", _energy_told(forecast)),
        *gaps,
    ]


def _time_told(forecast: "RunForecast") -> str:
    bases = "; ".join(dict.fromkeys(each.basis.partition(" (")[0] for each in forecast.suites if each.basis))
    if forecast.seconds is not None:
        return _spread(forecast.seconds, _duration) + (f", from {bases}" if bases else "")
    partly = forecast.known_seconds
    rest = f"; the other suites take {_spread(partly, _duration)}, from {bases}" if bases else ""
    return _unknown(forecast, "seconds") + rest


def _money_told(forecast: "RunForecast") -> str:
    if forecast.money is None:
        return forecast.unknown["money"]
    return f"{_spread(forecast.money, _money)} {forecast.currency}"


def _energy_told(forecast: "RunForecast") -> str:
    if forecast.energy_wh is None:
        return _unknown(forecast, "energy")
    carbon = f"{_spread(forecast.carbon_g, _small)} g CO₂e ({forecast.grid})"
    return f"{_spread(forecast.energy_wh, _small)} Wh on this machine, {carbon}"


def _requests(forecast: "RunForecast") -> str:
    if not forecast.held:
        unseen = ", ".join(each.suite for each in forecast.suites if each.missing)
        return f"{forecast.requests:,}" + (f", not counting {unseen}" if unseen else "")
    whole = forecast.requests + forecast.held
    return f"{forecast.requests:,}; the cache saves {forecast.held:,} of {whole:,}"


def _tokens(forecast: "RunForecast") -> str:
    if forecast.read is None or forecast.written is None:
        return ""
    return f"{_spread(forecast.read, _whole)} read, {_spread(forecast.written, _whole)} written"


def _unknown(forecast: "RunForecast", name: str) -> str:
    return f"unknown: {forecast.unknown[name]}"


def line_of(forecast: "RunForecast") -> str:
    """The forecast in a line."""
    parts = [f"{_requests(forecast)} requests"] if not forecast.held else [f"requests: {_requests(forecast)}"]
    parts += [f"tokens {_tokens(forecast)}"] if forecast.read else []
    parts += [f"{_spread(forecast.seconds, _duration)}"] if forecast.seconds else ["time unknown"]
    parts += [f"{_spread(forecast.money, _money)} {forecast.currency}"] if forecast.money else []
    parts += [f"{_spread(forecast.energy_wh, _small)} Wh"] if forecast.energy_wh else []
    return "forecast: " + ", ".join(parts)


def cost_line(forecast: "RunForecast", result: "AssessmentResult") -> str:
    """What the run cost, each figure beside what was forecast."""
    spent = cost_as_json(result)
    parts = [f"{spent['requests']:,} requests ({forecast.requests:,})"]
    if spent["tokens_counted"]:
        parts.append(f"{spent['prompt_tokens']:,} tokens read ({_between(forecast.read, _whole)})")
        parts.append(f"{spent['completion_tokens']:,} written ({_between(forecast.written, _whole)})")
    parts.append(f"{_duration(spent['seconds'])} ({_between(forecast.seconds, _duration)})")
    if spent["energy_wh"] is not None:
        parts.append(f"{_small(spent['energy_wh'])} Wh ({_between(forecast.energy_wh, _small)})")
    return "it cost (and was forecast): " + ", ".join(parts)


def cost_as_json(result: "AssessmentResult") -> dict[str, Any]:
    """What a run cost, all suites together; tokens are those that answers told."""
    costs = result.costs
    energies = [each.energy_wh for each in costs if each.energy_wh is not None]
    return {
        "requests": sum(each.requests for each in costs),
        "prompt_tokens": sum(each.prompt_tokens for each in costs),
        "completion_tokens": sum(each.completion_tokens for each in costs),
        "tokens_counted": all(each.counted == each.requests for each in costs),
        "seconds": round(sum(each.seconds for each in costs), 3),
        "energy_wh": sum(energies) if len(energies) == len(costs) else None,
    }


def forecast_as_json(forecast: "RunForecast") -> dict[str, Any]:
    """The forecast as `aboveboard assess --forecast --json` prints it."""
    import msgspec

    told: dict[str, Any] = msgspec.to_builtins(forecast)
    return {"requests": forecast.requests, "from_cache": forecast.held, "gaps": forecast.gaps, **told}


def _spread(figure: "Range | None", form: Any) -> str:
    """`about 40 s (20 s to 80 s)`; a figure alone where it is certain."""
    if figure is None:
        return "unknown"
    low, high = form(figure.low), form(figure.high)
    if low == high:
        return str(low)
    if figure.expected == figure.high:
        return f"at most {high}"
    return f"about {form(figure.expected)} ({low} to {high})"


def _between(figure: "Range | None", form: Any) -> str:
    return "unknown" if figure is None else f"{form(figure.low)} to {form(figure.high)}"


def _count(figure: "Range | None") -> str:
    return "–" if figure is None else _whole(figure.expected)


def _time(figure: "Range | None") -> str:
    return "–" if figure is None else _duration(figure.expected)


def _whole(value: float) -> str:
    return f"{value:,.0f}"


def _small(value: "float | Range | None") -> str:
    amount = getattr(value, "expected", value)
    return "–" if amount is None else "0" if amount == 0 else f"{amount:.2g}"


def _money(value: float) -> str:
    return f"{value:,.2f}" if value >= 1 else f"{value:.2g}"


def _duration(seconds: float) -> str:
    from aboveboard.evals.pages import duration

    return duration(seconds)
