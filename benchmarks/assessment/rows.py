"""The lines of the page's tables: a promise on both sides, and what lies between them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aboveboard.documents import number, span
from aboveboard.evals.comparing import Comparison, Difference
from aboveboard.evals.pages import FAMILIES
from aboveboard.evidence import PromiseStatus
from aboveboard.evidence.records import Measurement
from assessment.sides import Side

SIGNS = {"kept": "✓ kept", "broken": "✗ broken", "undecided": "? undecided"}


@dataclass(frozen=True)
class Row:
    """A promise as it stands for the raw model and, where it was asked there too, behind the gateway."""

    raw: PromiseStatus
    guarded: PromiseStatus | None
    measured: Measurement | None
    beyond: Measurement | None
    difference: Difference | None

    @property
    def family(self) -> str:
        return self.raw.promise.measure.partition(".")[0]

    @property
    def to_decide(self) -> list[str]:
        """What each undecided side lacks; once where both lack the same."""
        sides = (("raw", self.raw), ("guarded", self.guarded))
        told = {name: lacking(status) for name, status in sides if status and _is_open(status)}
        if len(told) == 2 and len(set(told.values())) == 1:
            return [f"raw and guarded: {told['raw']}"]
        return [f"{name}: {reason}" for name, reason in told.items()]


@dataclass(frozen=True)
class Family:
    """The promises of one family, in the charter's order."""

    title: str
    rows: Sequence[Row]
    not_compared: Sequence[str] = ()


def families(raw: Side, guarded: Side | None = None, compared: Comparison | None = None) -> list[Family]:
    """All promises of a side, by family."""
    others = {status.promise.id: status for status in guarded.statuses} if guarded else {}
    wholes = {each.side.measure: each for each in compared.wholes} if compared else {}
    rows = [
        Row(
            status,
            others.get(status.promise.id),
            raw.measurements.get(status.promise.measure),
            guarded.measurements.get(status.promise.measure) if guarded else None,
            wholes.get(status.promise.measure),
        )
        for status in raw.statuses
    ]
    reasons = [reason for suite in compared.suites for reason in suite.left_out] if compared else []
    found = [
        Family(
            title,
            [row for row in rows if row.family == name],
            [reason for reason in reasons if reason.startswith(f"{name}.")],
        )
        for name, title in FAMILIES.items()
    ]
    return [family for family in found if family.rows]


def verdict(status: PromiseStatus | None) -> str:
    return SIGNS[status.verdict.value] if status else "–"


def value(status: PromiseStatus | None) -> str:
    """`0.850 [0.691 … 1.000]`, or a dash where nothing was found."""
    if status is None or status.value is None:
        return "–"
    return f"{number(status.value)} [{span(status.low, status.high)}]"


def counted(status: PromiseStatus | None, measurement: Measurement | None) -> str:
    """`72 in 18`: scored answers that the figure rests on, independent cases among all that were scored."""
    if status is None or status.value is None or measurement is None:
        return "–"
    return f"{status.n:,} ({measurement.clusters:,})"


def coverage(measurement: Measurement | None) -> str:
    """`118 of 120, 2 unread`."""
    if measurement is None:
        return "–"
    found = measurement.coverage
    lost = {"unread": found.unparsed, "failed": found.failed}
    told = [f"{count} {name}" for name, count in lost.items() if count]
    return ", ".join([f"{found.scored:,} of {found.planned:,}", *told])


def difference(found: Difference | None) -> str:
    """`−0.20 [−0.31 … −0.09] better`."""
    if found is None:
        return "–"
    if found.outcome == "no item differs":
        return "no item differs"
    return f"{signed(found.side.difference)} [{signed(found.low)} … {signed(found.high)}] {found.outcome}"


def signed(figure: float) -> str:
    return ("−" if figure < 0 else "+") + number(abs(figure))


def lacking(status: PromiseStatus) -> str:
    """What would decide an undecided promise."""
    if status.samples_needed:
        return f"about {status.samples_needed:,} scored answers in place of {status.n:,}, if the value stays"
    return status.missing or "no number of answers, while the value stays where it is"


def _is_open(status: PromiseStatus) -> bool:
    return status.verdict.value == "undecided"


def outcomes(compared: Comparison, outcome: str) -> list[Difference]:
    return [each for each in compared.wholes if each.outcome == outcome]


def listed(names: Iterable[str]) -> str:
    """`a`, `b` and `c`; a dash for none."""
    found = [f"`{name}`" for name in names]
    if len(found) < 2:
        return found[0] if found else "none"
    return f"{', '.join(found[:-1])} and {found[-1]}"
