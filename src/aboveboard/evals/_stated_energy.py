"""What an answer that came over HTTP says it cost: our gateway tells the energy of each in a header."""

import math
from collections.abc import Mapping

from aboveboard.values import Basis

_HEADER = "x-aboveboard-energy-wh"


def stated_energy(headers: Mapping[str, str]) -> tuple[float, Basis] | None:
    """Watt-hours and their basis, from `0.0123;estimated`; None where the headers tell of none."""
    number, _, basis = headers.get(_HEADER, "").partition(";")
    try:
        energy, known = float(number), Basis(basis)
    except ValueError:
        return None
    return (energy, known) if math.isfinite(energy) and energy >= 0 else None
