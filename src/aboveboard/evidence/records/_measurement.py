"""A measured property of a model, with its uncertainty."""

from dataclasses import dataclass
from typing import ClassVar

from aboveboard.evidence.records._footprint_entry import Footprint
from aboveboard.evidence.records._record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """The same measure over a part of the items.

    `by` names the attribute (`gender`, `gender*ethnicity`); `group` one of its values (`female`), or is
    empty for the attribute's summary, which promises made `over` the attribute are settled by.
    `fixed_below`, `fixed_above`, `least` and `most` are as in a Measurement.
    """

    by: str
    group: str
    value: float
    low: float
    high: float
    n: int
    fixed_below: float = 0.0
    fixed_above: float = 0.0
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What became of the planned items; unparsed and failed ones are never scored.

    `changed` of the scored ones were answered under another set-up of the endpoint (`system_fingerprint`)
    than most were.
    """

    planned: int
    scored: int
    unparsed: int = 0
    failed: int = 0
    changed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement(Record):
    """One value of one measure on one model: enough to judge it and to repeat it.

    `low` and `high` bound the value at `confidence` by `method`; `mde` is the smallest difference that
    this many items would find with 80 % power. `n` counts scored items in `clusters` independent clusters.
    `log_digest` is the digest of the last line of the run's per-item log when this was computed (each line
    holds that of the line before); `notes` are what a reader must know before believing the value.
    `fixed_below` and `fixed_above` are the parts of the interval on either side of the value that come from
    the scorer's own error: more items do not shrink them. `least` and `most` are where the interval's ends
    lie when the answers that could not be scored are all taken at their worst, and at their best (Horowitz
    and Manski 2000, JASA 95:77); None where none was lost, or where that cannot be told.
    """

    kind: ClassVar[str] = "measurement"

    measure: str
    unit: str
    value: float
    low: float
    high: float
    confidence: float
    method: str
    n: int
    clusters: int
    mde: float
    coverage: Coverage
    slices: tuple[Slice, ...] = ()
    suite: str
    suite_version: str
    run: str
    model: str
    model_digest: str
    backend: str
    data_digest: str
    charter_digest: str = ""
    seed: int = 0
    footprint: Footprint | None = None
    log_digest: str = ""
    notes: tuple[str, ...] = ()
    fixed_below: float = 0.0
    fixed_above: float = 0.0
    least: float | None = None
    most: float | None = None
