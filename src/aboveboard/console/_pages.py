"""Rendering: one template, one context, one response with strict headers."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from aboveboard.charter import promise_words
from aboveboard.console._visitor import VISITOR
from aboveboard.documents import group_plot, measurement_plot, number, percent, record_json, short, span
from aboveboard.evidence import counted_in_groups
from aboveboard.evidence.records import Measurement, Record
from aboveboard.values import parse_time

_LABEL_WIDTH = 34

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # without one, browsers say of a form that it comes from nowhere
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@cache
def environment() -> Environment:
    """Templates with every value escaped and no undefined name passed over."""
    found = Environment(
        loader=ChoiceLoader([PackageLoader("aboveboard.console")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {
        "number": number,
        "percent": percent,
        "short": short,
        "as_json": record_json,
        "moment": moment,
        "label": label,
    }
    found.globals["plot_of"] = measurement_plot
    found.globals["groups_of"] = group_plot
    found.globals |= {"words": promise_words, "span": span, "counted": counted_in_groups}
    found.globals["signs"] = {"kept": "✓", "broken": "✗", "undecided": "?"}
    return found


def moment(text: str) -> str:
    """`21 Nov 2026, 21:30 UTC` from RFC 3339."""
    return parse_time(text).strftime("%-d %b %Y, %H:%M UTC")


def label(record: Record) -> str:
    """What a record is about, in a few words that fit a table."""
    text = record.measure if isinstance(record, Measurement) else record.subject
    return text if len(text) <= _LABEL_WIDTH else text[: _LABEL_WIDTH - 1] + "…"


def page(template: str, title: str, context: Mapping[str, Any], status: int = 200) -> HTMLResponse:
    """The page of a template; the names it uses are in `context`."""
    html = environment().get_template(template).render(title=title, visitor=VISITOR.get(), **context)
    return HTMLResponse(html, status_code=status, headers=HEADERS)


def problem(status: int, what: str, cure: str = "") -> HTMLResponse:
    """A page that says what is wrong and what to do."""
    return page("problem.html.j2", what, {"what": what, "cure": cure}, status)
