"""Two runs compared: one HTML page that opens without a network."""

from collections import Counter
from pathlib import Path

from markupsafe import Markup

from aboveboard.charter import measure_phrase
from aboveboard.documents._plots import Plot, interval_plot
from aboveboard.documents._report import environment, stylesheet
from aboveboard.evals import load_suite
from aboveboard.evals.comparing import Comparison, Difference, SuiteComparison
from aboveboard.files import write_text
from aboveboard.values import Bound

_CLASSES = {"better": "kept", "worse": "broken", "undecided": "undecided", "no item differs": "undecided"}
_SIGNS = {"better": "✓", "worse": "✗", "undecided": "?", "no item differs": "="}
_BEST = {"higher": "More is better", "lower": "Less is better", "zero": "0 is best", "parity": "1 is best"}


def write_comparison(comparison: Comparison, path: Path) -> None:
    """Writes the page at `path`, whole or not at all."""
    write_text(path, render_comparison(comparison))


def render_comparison(comparison: Comparison) -> str:
    """The comparison as HTML, style and plots inside, no scripts. Answers of items are shown as text."""
    template = environment().get_template("compare.html.j2")
    return template.render(
        comparison=comparison,
        style=stylesheet(),
        plot_of=difference_plot,
        class_of=_CLASSES.__getitem__,
        sign_of=_SIGNS,
        said=_said,
        tally=Counter(each.outcome for each in comparison.wholes),
    )


def _said(suite: SuiteComparison, measure: str) -> str:
    """What a measure is, in words, and which way is better."""
    phrase = measure_phrase(measure)
    best = next(
        (_BEST[each.direction] for each in load_suite(suite.suite).measures if each.id == measure), ""
    )
    return f"{phrase[0].upper()}{phrase[1:]}. {best}."


def difference_plot(figure: Difference) -> Markup:
    """The difference with its interval; the side that is better is shaded from 0 on.

    Of a measure that is best at a value, it is drawn how much farther from that value the second is.
    """
    grows = figure.side.difference >= 0
    is_plain = abs(abs(figure.harm) - abs(figure.side.difference)) < 1e-12 and figure.side.difference != 0
    verdict = _CLASSES[figure.outcome]
    if not is_plain:
        return interval_plot(Plot(figure.harm, figure.harm_low, figure.harm_high, Bound("<=", 0.0), verdict))
    wants_high = grows == (figure.harm < 0)
    bound = Bound(">=" if wants_high else "<=", 0.0)
    return interval_plot(Plot(figure.side.difference, figure.low, figure.high, bound, verdict))
