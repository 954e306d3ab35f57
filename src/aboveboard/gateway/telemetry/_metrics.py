"""Counters and histograms in Prometheus' text format, small enough to read.

https://prometheus.io/docs/instrumenting/exposition_formats/ (version 0.0.4). Labels are bounded: endpoints,
outcomes and guards of the charter, never anything a client can make up; and each metric to `MOST_SERIES`.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

CONTENT_TYPE = b"text/plain; version=0.0.4; charset=utf-8"
SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)

MOST_SERIES = 500
OTHER = "other"

Labels = tuple[str, ...]
Reading = float | Mapping[Labels, float] | None


@dataclass(slots=True)
class Counter:
    """A number that only grows, one for each set of label values."""

    name: str
    help: str
    labels: Labels = ()
    values: dict[Labels, float] = field(default_factory=dict)

    def add(self, *labels: str, by: float = 1.0) -> None:
        """Counts. What would be one set of labels too many counts as `other`."""
        values = self.values
        if labels not in values and len(values) >= MOST_SERIES:
            labels = (OTHER,) * len(labels)
        values[labels] = values.get(labels, 0.0) + by

    def lines(self) -> Iterator[str]:
        yield from _heading(self.name, self.help, "counter")
        for labels, value in sorted(self.values.items()):
            yield f"{self.name}{_braces(self.labels, labels)} {_number(value)}"


@dataclass(slots=True)
class Histogram:
    """How many observations fell at or below each bound."""

    name: str
    help: str
    bounds: Sequence[float] = SECONDS
    counts: list[int] = field(default_factory=list)
    total: float = 0.0

    def __post_init__(self) -> None:
        self.counts = [0] * (len(self.bounds) + 1)

    def observe(self, value: float) -> None:
        self.counts[bisect_left(self.bounds, value)] += 1
        self.total += value

    def lines(self) -> Iterator[str]:
        yield from _heading(self.name, self.help, "histogram")
        running = 0
        for bound, count in zip((*self.bounds, float("inf")), self.counts, strict=True):
            running += count
            yield f'{self.name}_bucket{{le="{_number(bound)}"}} {running}'
        yield f"{self.name}_sum {_number(self.total)}"
        yield f"{self.name}_count {running}"


@dataclass(slots=True)
class Gauge:
    """A number asked for when the page is read, or one for each set of label values; left out while it is
    not known.
    """

    name: str
    help: str
    read: Callable[[], Reading]
    labels: Labels = ()

    def lines(self) -> Iterator[str]:
        found = self.read()
        values = found if isinstance(found, Mapping) else {} if found is None else {(): found}
        if values:
            yield from _heading(self.name, self.help, "gauge")
        for labels, value in sorted(values.items())[:MOST_SERIES]:
            yield f"{self.name}{_braces(self.labels, labels)} {_number(value)}"


@dataclass(slots=True)
class Metrics:
    """What the gateway counts."""

    requests: Counter = field(
        default_factory=lambda: Counter(
            "aboveboard_requests_total", "Requests by endpoint and outcome.", ("endpoint", "outcome")
        )
    )
    guard_actions: Counter = field(
        default_factory=lambda: Counter(
            "aboveboard_guard_actions_total",
            "Verdicts by guard, mode and action.",
            ("guard", "mode", "action"),
        )
    )
    guard_errors: Counter = field(
        default_factory=lambda: Counter(
            "aboveboard_guard_errors_total",
            "Guards that failed, by kind of failure.",
            ("guard", "mode", "error"),
        )
    )
    faults: Counter = field(
        default_factory=lambda: Counter(
            "aboveboard_faults_total", "Failures inside the gateway by where they happened.", ("where",)
        )
    )
    tokens: Counter = field(
        default_factory=lambda: Counter("aboveboard_tokens_total", "Tokens by direction.", ("direction",))
    )
    energy: Counter = field(
        default_factory=lambda: Counter(
            "aboveboard_energy_watt_hours_total", "Energy of answers in watt-hours by basis.", ("basis",)
        )
    )
    latency: Histogram = field(
        default_factory=lambda: Histogram("aboveboard_request_seconds", "Time from request to last byte.")
    )
    overhead: Histogram = field(
        default_factory=lambda: Histogram(
            "aboveboard_overhead_seconds", "The part not spent waiting for the model."
        )
    )
    first_text: Histogram = field(
        default_factory=lambda: Histogram("aboveboard_first_text_seconds", "Time to the first streamed text.")
    )

    reloads: Counter = field(
        default_factory=lambda: Counter(
            "aboveboard_charter_reloads_total", "Charters read while serving, by what became of them.",
            ("result",),
        )
    )  # fmt: skip

    def page(self, gauges: Iterable[Gauge] = ()) -> bytes:
        """The whole page, ending in a line feed."""
        parts: tuple[Counter | Histogram | Gauge, ...] = (
            self.requests, self.guard_actions, self.guard_errors, self.faults, self.tokens, self.energy,
            self.latency, self.overhead, self.first_text, self.reloads, *gauges,
        )  # fmt: skip
        return "".join(f"{line}\n" for part in parts for line in part.lines()).encode()


def _heading(name: str, text: str, kind: str) -> Iterator[str]:
    yield f"# HELP {name} {text}"
    yield f"# TYPE {name} {kind}"


def _braces(names: Labels, values: Labels) -> str:
    pairs = ",".join(f'{name}="{_escaped(value)}"' for name, value in zip(names, values, strict=True))
    return f"{{{pairs}}}" if pairs else ""


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _number(value: float) -> str:
    return "+Inf" if value == float("inf") else repr(int(value) if value == int(value) else value)
