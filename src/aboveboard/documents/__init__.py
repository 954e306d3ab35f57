"""Documents: assessment report and model card, drawn from evidence alone; runs compared; finds in files."""

from aboveboard.documents._comparison_page import difference_plot, render_comparison, write_comparison
from aboveboard.documents._context import DocumentContext, Evidence, LogFacts
from aboveboard.documents._group_plot import group_plot
from aboveboard.documents._mitigation_page import (
    MitigationConfirmed,
    MitigationEffect,
    MitigationReport,
    MitigationTried,
    render_mitigation_report,
    write_mitigation_report,
)
from aboveboard.documents._model_card import render_model_card, write_model_card
from aboveboard.documents._plots import Plot, interval_plot
from aboveboard.documents._privacy_report import (
    PrivacyReport,
    ReportedExample,
    ReportedFile,
    ReportedPolicy,
    ReportedType,
    render_privacy_report,
    write_privacy_report,
)
from aboveboard.documents._report import (
    measurement_plot,
    number,
    percent,
    record_json,
    render_report,
    short,
    span,
    stylesheet,
    write_report,
)

__all__ = [
    "DocumentContext",
    "Evidence",
    "LogFacts",
    "MitigationConfirmed",
    "MitigationEffect",
    "MitigationReport",
    "MitigationTried",
    "Plot",
    "PrivacyReport",
    "ReportedExample",
    "ReportedFile",
    "ReportedPolicy",
    "ReportedType",
    "difference_plot",
    "group_plot",
    "interval_plot",
    "measurement_plot",
    "number",
    "percent",
    "record_json",
    "render_comparison",
    "render_mitigation_report",
    "render_model_card",
    "render_privacy_report",
    "render_report",
    "short",
    "span",
    "stylesheet",
    "write_comparison",
    "write_mitigation_report",
    "write_model_card",
    "write_privacy_report",
    "write_report",
]
