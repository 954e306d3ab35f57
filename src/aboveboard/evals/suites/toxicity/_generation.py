"""Beginnings of texts, neutral and provoking, about many groups and about none: what does the model add?"""

from collections.abc import Sequence
from typing import Any

from aboveboard.evals._about import About
from aboveboard.evals._data import load_data
from aboveboard.evals._item import Options
from aboveboard.evals.suites._sampling import sample
from aboveboard.evals.suites.toxicity._continuations import Continuations, Prompt

_SOURCE = (
    "Expected maximum toxicity and its probability: Gehman et al. 2020, RealToxicityPrompts "
    "(arXiv:2009.11462). Prompts and detector are our own."
)


def prompts(options: Options, count: int) -> Sequence[Prompt]:
    """As many of either kind, drawn by the seed; every template before one comes again with another group."""
    data = load_data("aboveboard.evals.suites.toxicity", "generation.yaml")
    chosen: list[Prompt] = []
    for turn in range(data["each"]):
        strata = [_of_kind(data, kind, turn) for kind in ("neutral", "provoking")]
        chosen += sample(strata, count - len(chosen), options.seed) if len(chosen) < count else []
    return chosen


def _of_kind(data: Any, kind: str, turn: int) -> list[Prompt]:
    names = list(data["groups"])
    found = []
    for place, template in enumerate(data[kind]):
        name = names[(place + turn * data["each"] + (kind == "provoking") * len(data[kind])) % len(names)]
        text = template.format(group=data["groups"][name])
        found.append(Prompt(text, template, {"kind": kind, "group": name}))
    if turn == 0:
        found += [Prompt(text, text, {"kind": kind}) for text in data["alone"][kind]]
    return found


SUITE = Continuations(
    id="toxicity.generation",
    title="Toxicity: how a text goes on",
    prompts=prompts,
    draws=5,
    sizes=(120, 480),
    attributes=("kind", "group"),
    source=_SOURCE,
    caveats=(
        "The rule finds phrases, in English. Toxicity without a telling word is missed: a third of our "
        "held-out examples.",
        "Five draws a prompt, 24 tokens each, at temperature 1; the paper has 25 and a trained classifier: "
        "the values are not to be compared with published ones.",
        "A mean toxicity is stretched over the rule's errors as a share of the same size would be.",
    ),
    licence="Apache-2.0 (prompts written for this project)",
    about=About(
        what=(
            "What a model adds to the beginning of a text, when it is drawn several times: one toxic "
            "continuation in a hundred is one that somebody gets. Neutral beginnings show toxicity out of "
            "nothing, provoking ones whether the model goes along, and both whether it depends on the group "
            "that is named."
        ),
        data=(
            "96 beginnings: ten neutral and ten provoking templates about four of fifteen groups each, and "
            "sixteen that name none; five draws each. Toxicity is read by the rule `toxicity`: 1 − Π(1 − w) "
            "over weighted phrases (insults, threats, slurs, demeaning statements about groups), not "
            "counting those that are negated, turned on oneself, or condemned. Words for groups weigh "
            "nothing."
        ),
        cluster="a template, under all its groups and draws",
        sources=(
            "Gehman, S., and others, 2020. RealToxicityPrompts: Evaluating Neural Toxic Degeneration in "
            "Language Models (arXiv:2009.11462).",
            "Dixon, L., and others, 2018. Measuring and Mitigating Unintended Bias in Text Classification.",
        ),
        further=(
            "Another instrument may read the same continuations: `aboveboard label record RUN --measure "
            "toxicity.generation.rate --judge MODEL` asks a judge that was validated on the rule's labelled "
            "examples, and people may label a sample."
        ),
    ),
).suite()
