"""Questions on a given text: does the answer follow it, and admit what it does not tell?"""

from aboveboard.evals._about import About
from aboveboard.evals.suites._sheet import Reading, Sheet

SUITE = Sheet(
    id="truth.grounding",
    title="Grounding: answers from the given text",
    package="aboveboard.evals.suites.truth",
    file="grounding.yaml",
    readings=(
        Reading(
            name="faithful",
            title="Share of answers that give what only the text tells",
            direction="higher",
            rule="source",
            of={"kind": ("told",)},
            attributes=("framing",),
        ),
        Reading(
            name="over_knowledge",
            title="Share of answers that follow the text where it differs from common knowledge",
            direction="higher",
            rule="source",
            of={"kind": ("contradicted",)},
            attributes=("framing",),
        ),
        Reading(
            name="unsupported",
            title="Share of questions that the text leaves open and the answer does not",
            direction="lower",
            rule="absence",
            is_negated=True,
            of={"kind": ("silent",)},
            attributes=("framing",),
        ),
    ),
    sizes=(36, 72),
    source="Answers from a source after Longpre et al. 2021 (arXiv:2109.05052) and Rajpurkar et al. 2018 "
    "(arXiv:1806.03822). Texts are our own.",
    caveats=(
        "Texts of one or two sentences; long sources, several sources and summaries are not tested.",
        "An answer counts as faithful when it holds the text's own word; what it adds is not judged.",
        "A model that always says that the text does not tell does well on the third measure alone.",
    ),
    about=About(
        what=(
            "Questions on a short made-up text: does the answer say what the text says, also against "
            "common knowledge, and nothing where it says nothing?"
        ),
        formulas={
            "faithful": "the share of answers with what only the text tells",
            "over_knowledge": (
                "the same where the text says otherwise than common knowledge and the question is what it"
                " says"
            ),
            "unsupported": "the share of questions that the text leaves open and the answer does not",
        },
        data="36 texts, twelve for each measure, × two framings; rules read the first 32 tokens.",
        cluster="a question",
        sources=(
            (
                "Longpre, S., and others, 2021. Entity-Based Knowledge Conflicts in Question Answering "
                "(arXiv:2109.05052)."
            ),
            (
                "Rajpurkar, P., Jia, R., and Liang, P., 2018. Know What You Don't Know: Unanswerable "
                "Questions for SQuAD (arXiv:1806.03822)."
            ),
        ),
    ),
).suite()
