"""Loading the charter with what this installation knows."""

import math
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from aboveboard.charter import Charter, Known, load_charter
from aboveboard.registry import PluginError, load_plugin, plugins

_GUARDS = "aboveboard.guards"
# What the units of the catalogue allow; any other unit, and any other scale, is not checked.
_BOUNDS = {
    "share": (0.0, 1.0),
    "difference of shares": (0.0, 1.0),
    "score, −1 to 1": (-1.0, 1.0),
    "difference on a scale of −1 to 1": (0.0, 2.0),
    "difference on a scale of 0 to 1": (0.0, 1.0),
    "share of the mean length": (0.0, math.inf),
    "Wh per 1,000 tokens": (0.0, math.inf),
    "g CO2e per 1,000 tokens": (0.0, math.inf),
    "ml per 1,000 tokens": (0.0, math.inf),
    "right answers per kJ": (0.0, math.inf),
    "per cent": (0.0, 100.0),
    "−1 to 1": (-1.0, 1.0),
    "0.5 (none) to 1": (0.0, 1.0),
    "squared error, 0 to 1": (0.0, 1.0),
    "0 to 1": (0.0, 1.0),
    "bits": (0.0, math.inf),
    "epsilon": (0.0, math.inf),
    "nats": (-math.inf, math.inf),
}


def known_names() -> Known:
    """Every measure, guard and provider that is installed, and what each of them can be asked."""
    from aboveboard.evals import catalogue
    from aboveboard.monitoring import live_measures

    measures = {**catalogue(), **live_measures()}
    return Known(
        measures=frozenset(measures),
        guards=frozenset(plugins(_GUARDS)),
        providers=frozenset(plugins("aboveboard.models")),
        guard_modes=_guard_modes(),
        guard_flaws=_guard_flaws(),
        attributes={name: info.attributes for name, info in measures.items()},
        bounds={name: limits for name, info in measures.items() if (limits := _limits(info.unit, name))},
        directions={name: info.direction for name, info in measures.items()},
    )


def _limits(unit: str, measure: str) -> tuple[float, float] | None:
    """An impact ratio compares with the group that fares best: at most 1; another ratio may be more."""
    if unit == "ratio" and measure.endswith("impact_ratio"):
        return (0.0, 1.0)
    return _BOUNDS.get(unit)


def _guard_modes() -> dict[str, tuple[str, ...]]:
    """The modes of every guard that can be loaded; one that cannot says so when it is to be built."""
    modes: dict[str, tuple[str, ...]] = {}
    for name in plugins(_GUARDS):
        try:
            modes[name] = tuple(load_plugin(_GUARDS, name).modes)
        except (PluginError, AttributeError):
            continue
    return modes


def _guard_flaws() -> dict[str, Callable[[Mapping[str, Any]], Iterable[Any]]]:
    """The guards that say themselves what is wrong with their options, so that a charter's line is named."""
    found = {}
    for name in plugins(_GUARDS):
        with suppress(PluginError):
            flaws = getattr(load_plugin(_GUARDS, name), "flaws", None)
            if flaws:
                found[name] = flaws
    return found


def open_charter(path: Path) -> Charter:
    """The charter at `path`; raises CharterError, which names every line that is wrong."""
    return load_charter(path, known_names())
