"""What a suite concludes: a value with its uncertainty, or why there is none."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from aboveboard.evidence.records import Slice


@dataclass(frozen=True, slots=True)
class Lost:
    """A value that was asked for and could not be had: what it would have repeated with, and its groups."""

    cluster: str
    groups: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked of a measure: a confidence, and the attributes it must hold over, jointly.

    `lost` are the items without a score. A suite whose values are made of several items names the lost
    values in their place, or none (`()`) where it cannot: they are then known to be lost, and no more.
    """

    confidence: float = 0.95
    over: tuple[str, ...] = ()
    lost: tuple[Lost, ...] = ()

    def losing(self, lost: Iterable[Lost]) -> "Ask":
        """The same about values that are made of several items: these are lost, if any item was."""
        return replace(self, lost=tuple(lost)) if self.lost else self

    def per_attribute(self, attributes: Sequence[str]) -> float:
        """The confidence of each of several attributes so that all hold at once (Bonferroni)."""
        return self.shared(len(attributes))

    def shared(self, parts: int) -> float:
        """The confidence of each of `parts` statements so that all hold at once (Bonferroni)."""
        return 1.0 - (1.0 - self.confidence) / max(1, parts)


@dataclass(frozen=True, slots=True)
class Finding:
    """A value of a measure. `notes` are what a reader must know before believing it; `fixed` is how far below
    and above the value the scorer's own error alone reaches. `least` and `most` are where the interval's ends
    lie when the lost values are taken at their worst; None where nothing was lost, or nobody can tell.
    """

    measure: str
    value: float
    low: float
    high: float
    n: int
    clusters: int
    mde: float
    method: str
    slices: tuple[Slice, ...] = ()
    notes: tuple[str, ...] = ()
    fixed: tuple[float, float] = (0.0, 0.0)
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A measure (or one attribute of it) that has no value, and why: it is undecided, never zero."""

    measure: str
    reason: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Conclusions:
    """All that a suite's scored items say."""

    findings: tuple[Finding, ...] = ()
    gaps: tuple[Gap, ...] = ()

    def __add__(self, other: "Conclusions") -> "Conclusions":
        return Conclusions(self.findings + other.findings, self.gaps + other.gaps)

    def each(self, change: Callable[[Finding], Finding]) -> "Conclusions":
        """The same with every finding changed."""
        return replace(self, findings=tuple(map(change, self.findings)))

    def noted(self, *notes: str) -> "Conclusions":
        """The same with notes added to every finding."""
        return self.each(lambda found: replace(found, notes=(*found.notes, *notes)))
