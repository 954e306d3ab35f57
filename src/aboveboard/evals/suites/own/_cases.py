"""What went wrong once: complaints and incidents, asked again of every model."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from aboveboard.evals._about import About
from aboveboard.evals._errors import DataUnavailableError
from aboveboard.evals._finding import Conclusions
from aboveboard.evals._item import Answer, Item, Options, Score, Scored
from aboveboard.evals._measure import MeasureInfo
from aboveboard.evals._suite import Asks, Suite
from aboveboard.evals.estimates import conclude_rate, rows_of
from aboveboard.evals.rules import flatten, load_rule
from aboveboard.evals.suites._sampling import sample
from aboveboard.evals.suites.own._case_files import FOLDER, case_files, read_case
from aboveboard.models import Message
from aboveboard.values import digest_json

ID = "own.cases"
_QUICK, _FULL = 100, 1000
_TOKENS = 256


def generate(options: Options) -> list[Item]:
    """The cases of the folder, the oldest first; a part of them where there are more than asked for."""
    cases = [read_case(path) for path in case_files(_folder(options))]
    if not cases:
        raise DataUnavailableError(
            "there are no cases of your own yet", where=ID, cure="`aboveboard eval-case CASE` makes one"
        )
    chosen = sample([range(len(cases))], options.count(_QUICK, _FULL), options.seed)
    return [_item(cases[number]) for number in sorted(chosen)]


def score(item: Item, answer: Answer) -> Score | None:
    """`passed` 1 when the answer holds all that it must, nothing that it must not, and refuses if it must."""
    if not answer.text.strip():
        return None
    said, expected = flatten(answer.text), item.facts["expect"]
    has_all = all(flatten(each) in said for each in expected.get("contains", ()))
    has_none = not any(flatten(each) in said for each in expected.get("lacks", ()))
    wanted = expected.get("refuses")
    is_willing = wanted is None or load_rule("refusal").holds(answer.text) == wanted
    return {"passed": float(has_all and has_none and is_willing)}


def conclude(scored: Sequence[Scored], asks: Asks) -> Conclusions:
    """The share of cases that pass, each a case by itself."""
    measure = SUITE.measures[0]
    if measure.id not in asks:
        return Conclusions()
    return conclude_rate(measure, rows_of(scored, "passed"), asks[measure.id])


def digest_data(options: Options) -> str:
    """Of every case's content, by name."""
    return digest_json({path.stem: read_case(path) for path in case_files(_folder(options))})


def _item(case: Any) -> Item:
    return Item(
        id=case["id"],
        messages=tuple(Message(each["role"], each["content"]) for each in case["messages"]),
        mode="generate",
        cluster=case["id"],
        groups={"kind": case["kind"], "category": case["category"]},
        max_tokens=_TOKENS,
        target=str(dict(case["expect"])),
        facts={"expect": case["expect"]},
    )


def _folder(options: Options) -> Path:
    if options.data_dir is None:
        raise DataUnavailableError(
            "your own cases need a folder",
            where=ID,
            cure="set ABOVEBOARD_DATA, or run it by the command line",
        )
    return options.data_dir / FOLDER


def invented() -> Item:
    """An item of the shape of the data's, none of them."""
    return _item(
        {
            "id": "invented",
            "kind": "appeal",
            "category": "wrong-answer",
            "messages": [{"role": "user", "content": "May I return the lamp after twenty days?"}],
            "expect": {"contains": ["30 days"]},
        }
    )


SUITE = Suite(
    id=ID,
    title="Your own cases: what went wrong once",
    version="1",
    measures=(
        MeasureInfo(
            id="own.cases.passed",
            title="Share of cases answered as they should be",
            direction="higher",
            unit="share",
            scoring="generation",
            interval="each case by itself",
            suite=ID,
            attributes=("kind", "category"),
            source="Complaints and incidents of this system, made into cases by `aboveboard eval-case`.",
        ),
    ),
    generate=generate,
    score=score,
    conclude=conclude,
    digest_data=digest_data,
    caveats=(
        "Cases are what somebody complained of, no sample of what is asked: the share says whether they are "
        "mended, not how often things go wrong.",
        "An answer passes when words are there or absent; a paraphrase may pass or fail by chance.",
        "Personal data were removed, so a model sees other words than the person wrote.",
    ),
    changelog=("1: first version",),
    source="Your own complaints and incidents.",
    licence="Yours",
    about=About(
        what=(
            "What somebody complained of, or an incident was about, asked again of every model: is it "
            "mended, and does it stay so?"
        ),
        formulas={
            "passed": (
                "the share of cases answered as they should be: all that must be said is there, nothing "
                "that must not, and the answer refuses, or does not, where that was said"
            ),
        },
        data="Your own cases, of up to 256 tokens each.",
        needs=(
            "`aboveboard eval-case CASE --contains … --lacks … --refuses` takes the words of an appeal's,"
            " an incident's or a held answer's request from the vault, removes personal data for good, "
            "and writes one YAML file into `own-cases/` of the data folder."
        ),
        cluster="a case",
        sources=("Your own complaints and incidents; the way of reading them is our own.",),
        sizes=(_QUICK, _FULL),
        example=invented,
        further=(
            "The test is noted in the lineage of the person whose words they were, and erasing them "
            "deletes it. Promise `own.cases.passed >= 0.9`, [repair](../../guides/mitigate.md) it, and "
            "[compare](../../guides/compare-runs.md). The finder of personal data misses some, so read "
            "each file once."
        ),
    ),
)
