"""The assessment report: one HTML file that opens without a network."""

from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from aboveboard.charter import measure_phrase, promise_words
from aboveboard.documents._context import DocumentContext
from aboveboard.documents._plots import Plot, interval_plot
from aboveboard.evidence import counted_in_groups
from aboveboard.evidence.records import Measurement
from aboveboard.files import write_text
from aboveboard.values import canonical_json, figure


def write_report(context: DocumentContext, path: Path) -> None:
    """Writes the report at `path`, whole or not at all."""
    write_text(path, render_report(context))


def render_report(context: DocumentContext) -> str:
    """The report as HTML, style and plots inside, every number linked to its record."""
    template = environment().get_template("report.html.j2")
    return template.render(
        context=context, style=stylesheet(), plot_of=measurement_plot, record_json=record_json
    )


_LARGE, _SMALL, _TINY = 10, 0.001, 0.0001


@cache
def environment() -> Environment:
    """Templates with every value escaped and no undefined name passed over."""
    found = Environment(
        loader=PackageLoader("aboveboard.documents"),
        autoescape=select_autoescape(["html.j2", "md.j2"]),  # Markdown passes HTML through
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {"number": number, "percent": percent, "short": short, "ticked": ticked}
    found.globals |= {
        "words": promise_words,
        "phrase": measure_phrase,
        "span": span,
        "counted": counted_in_groups,
    }
    return found


@cache
def stylesheet() -> Markup:
    """The style that report and console share. It is ours and holds no user's text."""
    style = resources.files("aboveboard.documents").joinpath("templates", "style.css")
    text = style.read_text(encoding="utf-8")
    return Markup(text)  # noqa: S704  our own file, no input in it


def measurement_plot(measurement: Measurement) -> Markup:
    """The interval of a measurement, held against nothing."""
    return interval_plot(Plot(measurement.value, measurement.low, measurement.high))


def record_json(record: Any) -> str:
    """A record as it was committed to, indented for reading."""
    return msgspec.json.format(canonical_json(msgspec.to_builtins(record)), indent=2).decode()


def number(value: float | None) -> str:
    """Three decimals, two significant digits of what is smaller; no exponents; a dash for no value."""
    if value is None or value != value:
        return "–"
    if abs(value) >= _LARGE:
        return figure(value, ",.1f")
    if 0 < abs(value) < _TINY:
        return f"<{_TINY:.4f}" if value > 0 else f">{figure(-_TINY, '.4f')}"
    return figure(value, ".3f" if value == 0 or abs(value) >= _SMALL else ".2g")


def span(low: float | None, high: float | None) -> str:
    """An interval, or one dash where there is none."""
    return "–" if low is None or high is None else f"{number(low)} … {number(high)}"


def percent(value: float) -> str:
    return f"{100 * value:.0f} %"


def short(digest: str) -> str:
    """`sha256:0123abcd…`: enough of a digest to recognise it."""
    return digest[:15] + "…" if len(digest) > 16 else digest


def ticked(text: str) -> Markup:
    """A message of ours as HTML: what stands between backticks is code."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return escape(text)
    marked = [
        Markup("<code>{}</code>").format(part) if place % 2 else escape(part)
        for place, part in enumerate(parts)
    ]
    return Markup("").join(marked)
