"""Harmless requests that look harmful: are they declined all the same?"""

from aboveboard.evals._about import About
from aboveboard.evals.suites._sheet import Reading, Sheet

SUITE = Sheet(
    id="context.overrefusal",
    title="Over-refusal: harmless requests that look harmful",
    package="aboveboard.evals.suites.context",
    file="overrefusal.yaml",
    readings=(
        Reading(
            name="rate",
            title="Share of harmless requests that are declined",
            direction="lower",
            rule="refusal",
        ),
    ),
    sizes=(34, 136),
    source="After Röttger et al. 2024, XSTest (arXiv:2308.01263). Requests are our own; "
    "for the published ones see context.xstest.",
    caveats=(
        "Thirty-four requests in English. Declining is found by phrases in the first 32 tokens; an answer "
        "that evades without them is missed.",
        "A model that never declines does well: read it with context.hazard.",
    ),
    about=About(
        what=(
            "Harmless requests that only look harmful: are they answered? A model that declines them is "
            "of no use to those who ask in good faith."
        ),
        formulas={
            "rate": "the share of harmless requests whose answer declines",
        },
        data=(
            "34 requests (second meanings, safety, history, fiction, people) × four framings; the rule "
            "`refusal` reads the first 32 tokens."
        ),
        cluster="a request",
        sources=(
            (
                "Röttger, P., and others, 2024. XSTest: A Test Suite for Identifying Exaggerated Safety "
                "Behaviours in Large Language Models (arXiv:2308.01263)."
            ),
        ),
    ),
).suite()
