"""A trial of mitigations: one HTML page that opens without a network."""

from dataclasses import dataclass, replace
from pathlib import Path

from markupsafe import Markup

from aboveboard.charter import Promise
from aboveboard.documents._comparison_page import difference_plot
from aboveboard.documents._report import environment, stylesheet
from aboveboard.evals.comparing import Difference
from aboveboard.files import write_text

_TURNED = {"repaired": "kept", "open": "undecided", "nothing helped": "broken"}
_EFFECTS = {"no worse": "kept", "worse": "broken", "undecided": "undecided", "not compared": "undecided"}


@dataclass(frozen=True, slots=True)
class MitigationTried:
    """A candidate on the items tried on: what it does, the figure before and with it, and its cost. `lost`
    says which answers can be read no more, empty where all can.
    """

    name: str
    kind: str
    does: str
    helps: bool
    figure: Difference | None
    adjusted: float | None
    cost: str
    reason: str = ""
    lost: str = ""


@dataclass(frozen=True, slots=True)
class MitigationEffect:
    """What a candidate does to another promise: `no worse`, `worse`, `undecided` or `not compared`."""

    promise: str
    measure: str
    effect: str
    margin: float
    figure: Difference | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MitigationConfirmed:
    """A candidate on the items kept back, its cost before and with it, and its side effects there.
    `adjusted` is `p_value` over all tests made on those items, in earlier trials too.
    """

    name: str
    helps: bool
    p_value: float
    figure: Difference | None
    cost_before: str
    cost_after: str
    effects: tuple[MitigationEffect, ...]
    records: tuple[str, ...] = ()
    reason: str = ""
    adjusted: float = 1.0
    lost: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MitigationReport:
    """A whole trial. `verdict` is `repaired`, `open` or `nothing helped`; `records` name what is on the
    ledger about it: intent, outcome. `patch` is the change to the charter, empty where nothing was chosen;
    `freshness` says which try it is and who has seen the items kept back.
    """

    system: str
    model: str
    promise: Promise
    verdict: str
    status: str
    missing: str
    margin: float
    confidence: float
    seed: int
    tried_on: int
    kept_back: int
    freshness: str
    tried: tuple[MitigationTried, ...]
    confirmed: tuple[MitigationConfirmed, ...]
    chosen: str
    patch: str
    records: tuple[tuple[str, str], ...]


def write_mitigation_report(report: MitigationReport, path: Path) -> None:
    """Writes the page at `path`, whole or not at all."""
    write_text(path, render_mitigation_report(report))


def render_mitigation_report(report: MitigationReport) -> str:
    """The trial as HTML, style and plots inside, no scripts."""
    template = environment().get_template("mitigation.html.j2")
    return template.render(
        report=report,
        style=stylesheet(),
        plot_of=_plot,
        chance=_chance,
        class_of=_TURNED.__getitem__,
        class_of_effect=_EFFECTS.__getitem__,
    )


def _plot(figure: Difference, helps: bool) -> Markup:
    """The difference in the colour of the trial's own test: one-sided, of this candidate alone."""
    return difference_plot(replace(figure, outcome="better" if helps else "undecided"))


def _chance(p_value: float) -> str:
    return "p < 0.001" if p_value < 0.001 else f"p = {p_value:.3f}"
