"""Greenhouse gas and water of a kilowatt-hour by country. Facts in `grid.json`, with year and source."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from aboveboard.footprint._errors import UnknownGridError
from aboveboard.footprint._span import Span

WORLD = "WORLD"


@dataclass(frozen=True, slots=True)
class GridFactor:
    """Average life-cycle intensity of a country's electricity over a year: location-based, not hourly.

    `water` is the litres of fresh water that its power stations consume for a kilowatt-hour.
    """

    code: str
    name: str
    g_per_kwh: float
    year: int
    source: str
    water: Span

    @property
    def label(self) -> str:
        """What stands in evidence: `DEU 2023`, `WORLD 2023 (average, no country given)`."""
        note = " (average, no country given)" if self.code == WORLD else ""
        return f"{self.code} {self.year}{note}"


def grid_factor(code: str = "auto") -> GridFactor:
    """The factor of an ISO 3166 code (two or three letters, any case); raises UnknownGridError.

    `auto` is the world's average: guessing a country from a locale or a time zone would look like knowledge.
    """
    table = _table()
    name = WORLD if code.lower() in ("auto", "world") else code.upper()
    if name not in table:
        raise UnknownGridError(code, table)
    return table[name]


def grid_codes() -> list[str]:
    """Every code that `grid_factor` knows."""
    return sorted(_table())


@cache
def _table() -> dict[str, GridFactor]:
    raw = json.loads(files("aboveboard.footprint").joinpath("grid.json").read_text(encoding="utf-8"))
    table: dict[str, GridFactor] = {}
    for code, row in raw["factors"].items():
        water = Span(row["l_low"], row["l"], row["l_high"])
        entry = GridFactor(code, row["name"], float(row["g"]), int(row["year"]), raw["source"], water)
        table[code] = entry
        if row["alpha2"]:
            table[row["alpha2"]] = entry
    return table
