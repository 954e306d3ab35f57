"""Groups under each other with their intervals, as inline SVG: readable in print and by a screen reader."""

from collections.abc import Sequence

from markupsafe import Markup

from aboveboard.documents._plots import Scale
from aboveboard.evidence.records import Slice
from aboveboard.values import figure

_ROW = 20
_LABELS = 130
_WIDTH = 460
_MARGIN = 14
_TOP = 8
_AXIS = 18
_LONGEST = 20
_MOST = 40


def group_plot(slices: Sequence[Slice], by: str) -> Markup:
    """One row a group of the attribute `by`, the widest interval as wide as the plot; nothing without groups.

    At most forty groups are drawn. The words of the label are those of the table beside it.
    """
    groups = [each for each in slices if each.by == by and each.group][:_MOST]
    if not groups:
        return Markup("")
    low, high = min(each.low for each in groups), max(each.high for each in groups)
    room = 0.0 if low >= 0 and high <= 1 else 0.06 * ((high - low) or 1.0)
    scale = Scale(0.0, 1.0) if room == 0.0 else Scale(low - room, high + room)
    body = Markup("").join(_row(number, each, scale) for number, each in enumerate(groups))
    height = _TOP + _ROW * len(groups) + _AXIS
    return Markup(
        '<svg class="plot groups" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}</svg>'
    ).format(_WIDTH, height, _words(by, groups), body, _axis(scale, height))


def _row(number: int, part: Slice, scale: Scale) -> Markup:
    y = _TOP + _ROW * number + _ROW // 2
    name = part.group if len(part.group) <= _LONGEST else part.group[: _LONGEST - 1] + "…"
    return Markup(
        '<text x="{0}" y="{1}" text-anchor="end">{2}</text>'
        '<line class="interval" x1="{3}" x2="{4}" y1="{5}" y2="{5}"/>'
        '<circle class="value" cx="{6}" cy="{5}" r="4"/>'
    ).format(_LABELS - 6, y + 4, name, _x(scale, part.low), _x(scale, part.high), y, _x(scale, part.value))


def _axis(scale: Scale, height: int) -> Markup:
    y = height - _AXIS + 2
    return Markup(
        '<line class="axis" x1="{0}" x2="{1}" y1="{2}" y2="{2}"/>'
        '<text x="{0}" y="{3}" text-anchor="start">{4}</text>'
        '<text x="{1}" y="{3}" text-anchor="end">{5}</text>'
    ).format(_x(scale, scale.start), _x(scale, scale.end), y, y + 13, figure(scale.start), figure(scale.end))


def _x(scale: Scale, value: float) -> float:
    share = (min(max(value, scale.start), scale.end) - scale.start) / (scale.end - scale.start)
    return round(_LABELS + share * (_WIDTH - _LABELS - _MARGIN), 1)


def _words(by: str, groups: Sequence[Slice]) -> str:
    parts = [
        f"{each.group} {figure(each.value)}, {figure(each.low)} to {figure(each.high)}" for each in groups
    ]
    return f"by {by}: " + "; ".join(parts)
