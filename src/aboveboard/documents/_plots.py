"""Interval plots as inline SVG: readable in print, in the dark, and by a screen reader."""

from dataclasses import dataclass

from markupsafe import Markup

from aboveboard.values import Bound, figure

_WIDTH = 320
_HEIGHT = 46
_MARGIN = 14
_AXIS_Y = 17
_PAD = 0.06


@dataclass(frozen=True, slots=True)
class Plot:
    """What to draw: a value with its interval, and the bound it is held against (if any)."""

    value: float
    low: float
    high: float
    bound: Bound | None = None
    verdict: str = "undecided"


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps values to pixels between the margins."""

    start: float
    end: float

    def x(self, value: float) -> float:
        share = (min(max(value, self.start), self.end) - self.start) / (self.end - self.start)
        return round(_MARGIN + share * (_WIDTH - 2 * _MARGIN), 1)


def interval_plot(plot: Plot) -> Markup:
    """An SVG of 320 × 46 units: the kept side shaded, the threshold dashed, the interval, the value."""
    scale = scale_of(plot)
    parts = [*_kept_side(plot.bound, scale), _axis(scale), *_ticks(scale, plot.bound), _interval(plot, scale)]
    body = Markup("").join(parts)
    return Markup('<svg class="plot {}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        plot.verdict, _WIDTH, _HEIGHT, _description(plot), body
    )


def scale_of(plot: Plot) -> Scale:
    """0 to 1 where everything fits, else just wide enough for interval and threshold."""
    points = [plot.value, plot.low, plot.high] + ([plot.bound.threshold] if plot.bound else [])
    low, high = min(points), max(points)
    if low >= 0 and high <= 1:
        return Scale(0.0, 1.0)
    room = _PAD * ((high - low) or abs(high)) or 1.0  # of the smallest numbers nothing would be left
    return Scale(0.0 if low >= 0 else low - room, high + room)


def _kept_side(bound: Bound | None, scale: Scale) -> list[Markup]:
    if bound is None:
        return []
    threshold = scale.x(bound.threshold)
    left, right = (threshold, _WIDTH - _MARGIN) if bound.wants_high else (_MARGIN, threshold)
    shade = Markup('<rect class="good" x="{}" y="4" width="{}" height="26"/>').format(
        left, max(0.0, right - left)
    )
    line = Markup('<line class="bound" x1="{0}" x2="{0}" y1="4" y2="30"/>').format(threshold)
    return [shade, line]


def _axis(scale: Scale) -> Markup:
    return Markup('<line class="axis" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(
        scale.x(scale.start), scale.x(scale.end), _AXIS_Y, _AXIS_Y
    )


def _ticks(scale: Scale, bound: Bound | None) -> list[Markup]:
    marks = [(scale.start, "start"), (scale.end, "end")]
    if bound is not None and 0.1 <= (bound.threshold - scale.start) / (scale.end - scale.start) <= 0.9:
        marks.append((bound.threshold, "middle"))
    return [
        Markup('<text x="{}" y="42" text-anchor="{}">{}</text>').format(scale.x(value), anchor, figure(value))
        for value, anchor in marks
    ]


def _interval(plot: Plot, scale: Scale) -> Markup:
    low, high, value = scale.x(plot.low), scale.x(plot.high), scale.x(plot.value)
    return Markup(
        '<line class="interval" x1="{0}" x2="{1}" y1="{2}" y2="{2}"/>'
        '<line class="interval" x1="{0}" x2="{0}" y1="10" y2="24"/>'
        '<line class="interval" x1="{1}" x2="{1}" y1="10" y2="24"/>'
        '<circle class="value" cx="{3}" cy="{2}" r="5"/>'
    ).format(low, high, _AXIS_Y, value)


def _description(plot: Plot) -> str:
    held = f", must be {plot.bound}" if plot.bound else ""
    low, high = figure(plot.low), figure(plot.high)
    return f"{figure(plot.value)}, interval {low} to {high}{held}: {plot.verdict}"
