"""Writes the table of grid factors that `aboveboard.footprint` ships, from an installed codecarbon's data.

    python -m venv factors && factors/bin/pip install --no-deps codecarbon==3.3.2 pycountry
    factors/bin/python benchmarks/grid_factors.py > src/aboveboard/footprint/grid.json

Only facts carry over: code, name, grams per kilowatt-hour, year. codecarbon compiled them from Our World in
Data, whose electricity figures are Ember's and the Energy Institute's. The world's figure is ours: the mean
of all countries weighted by the electricity they made.

Litres are ours too: each kind of power station's share of the electricity made, times the fresh water that
such a station consumes (`GALLONS`).
"""

import json
import sys
from collections.abc import Iterable
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pycountry

SOURCE = "Our World in Data (Ember; Energy Institute), through codecarbon {release}"
OLDEST = 2015  # a factor of another decade's power stations is worse than none
LITRES_PER_GALLON = 3.785411784
GALLONS = {
    "coal_TWh": (250, 687, 779),
    "gas_TWh": (100, 205, 826),
    "oil_TWh": (100, 240, 826),
    "nuclear_TWh": (269, 672, 672),
    "hydroelectricity_TWh": (1425, 4491, 18000),
    "biofuel_TWh": (300, 553, 553),
    "other_renewable_exc_biofuel_TWh": (5, 251, 505),
    "solar_TWh": (1, 1, 26),
    "wind_TWh": (0, 0, 0),
}
"""Fresh water consumed at the station, gallons per MWh: low, likely, high (medians of Macknick et al. 2012,
Environ. Res. Lett. 7:045802). How a country cools is not known: likely is a cooling tower, low what is cooled
once through, high the greatest median of wet cooling without carbon capture (gas up to steam turbines, the
sun up to the figure of the review's first edition). Oil is not in that review: as gas in steam turbines,
cooled once through, within the range of gas. Hydropower is what reservoirs evaporate, all of it: the range
of estimates.
"""
WATER_SOURCE = "Macknick et al. 2012, by each country's mix of power stations in the same year"


def main() -> None:
    """Prints the table as JSON."""
    mix = read_mix()
    factors = {code: one for code, row in sorted(mix.items()) if (one := factor(row))}
    table = {
        "source": SOURCE.format(release=version("codecarbon")),
        "unit": "gCO2e/kWh, life cycle, of electricity made in the country",
        "water_source": WATER_SOURCE,
        "water_unit": "litres of fresh water consumed per kWh: low, likely, high",
        "factors": {"WORLD": world(mix), **factors},
    }
    json.dump(table, sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")


def read_mix() -> dict[str, dict[str, Any]]:
    """codecarbon's rows by ISO 3166 alpha-3 code."""
    spec = find_spec("codecarbon")
    assert spec and spec.origin, "install codecarbon first"
    path = Path(spec.origin).parent / "data/private_infra/global_energy_mix.json"
    rows: dict[str, dict[str, Any]] = json.loads(path.read_text())
    return rows


def factor(row: dict[str, Any]) -> dict[str, Any] | None:
    """One country's entry, or None when it is too old, absent or not a country of ISO 3166."""
    country = pycountry.countries.get(alpha_3=row["iso_code"])
    if country is None or row["year"] < OLDEST or not row["carbon_intensity"]:
        return None
    return {
        "alpha2": country.alpha_2,
        "name": row["country_name"],
        "g": round(row["carbon_intensity"], 1),
        "year": row["year"],
    } | litres([row])


def litres(rows: Iterable[dict[str, Any]]) -> dict[str, float]:
    """Litres of water consumed for a kilowatt-hour made by these countries together."""
    listed = list(rows)
    made = sum(row[kind] for row in listed for kind in GALLONS)
    names = ("l_low", "l", "l_high")
    spent = [
        sum(row[kind] * factors[place] for row in listed for kind, factors in GALLONS.items())
        for place in range(len(names))
    ]
    return {
        name: round(gallons / made * LITRES_PER_GALLON / 1000, 3)
        for name, gallons in zip(names, spent, strict=True)
    }


def world(mix: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The mean weighted by electricity made (of the countries listed, in the years listed)."""
    rows = [row for row in mix.values() if row["carbon_intensity"] and row["year"] >= OLDEST]
    made = sum(row["total_TWh"] for row in rows)
    grams = sum(row["carbon_intensity"] * row["total_TWh"] for row in rows) / made
    return {
        "alpha2": "",
        "name": "world average",
        "g": round(grams, 1),
        "year": max(row["year"] for row in rows),
    } | litres(rows)


if __name__ == "__main__":
    main()
