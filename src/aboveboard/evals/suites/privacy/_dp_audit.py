"""Auditing a private training in one run: canaries put in or left out by coins, and guesses which."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aboveboard.evals._about import About
from aboveboard.evals._errors import SuiteDataError
from aboveboard.evals._finding import Ask, Conclusions, Finding, Gap
from aboveboard.evals._item import Answer, Item, Options, Score, Scored
from aboveboard.evals._measure import MeasureInfo
from aboveboard.evals._suite import Asks, Suite
from aboveboard.evals.suites._likely import logprobs_of
from aboveboard.evals.suites._published import OwnFiles, folder_of
from aboveboard.evals.suites._sampling import sample
from aboveboard.evals.suites.privacy._texts import read_lines
from aboveboard.models import whole_text
from aboveboard.stats import clopper_pearson, one_run_detectable, one_run_epsilon

ID = "privacy.dp_audit"
SHARES = (0.1, 0.3, 1.0)
"""The shares of the canaries that are guessed, half of them in and half out. Set here, before any result."""

UNKNOWN_ABOVE = 1e6
"""No audit bounds epsilon from above; this stands for infinity, which no record can hold."""

_QUICK, _FULL = 200, 2_000
_DELTA = 1e-5
_COIN = 0.9999
"""The confidence at which a share of canaries put in is held to be no fair coin's."""

_SOURCE = "Steinke, Nasr and Jagielski 2023, Privacy Auditing with One (1) Training Run (arXiv:2305.08846)."

DATA = OwnFiles(
    name="The audit of a private training",
    paths=("dp_audit/included.jsonl", "dp_audit/excluded.jsonl"),
    what="make canaries, toss a fair coin for each, train with those that fell heads, and put these into the "
    'one file and the others into the other, one a line: {"text": "…"}',
)


@dataclass(frozen=True, slots=True)
class Guesses:
    """How many of `canaries` were guessed at, and how many of the guesses were right."""

    made: int
    right: int
    canaries: int


def generate(options: Options) -> list[Item]:
    """The canaries, drawn by the seed from both files at once: which are drawn is not up to the coin."""
    rows = [
        (kind, place, row["text"])
        for kind, path in zip(("in", "out"), DATA.files(options), strict=True)
        for place, row in enumerate(read_lines(path, ("text",)))
    ]
    delta = delta_of(options)
    return [_item(row, delta) for row in sample([rows], options.count(_QUICK, _FULL), options.seed)]


def score(item: Item, answer: Answer) -> Score | None:
    """`logprob`, the mean log p of a token in nats, and whether the canary was `included`."""
    found = logprobs_of(item, answer)
    if found is None:
        return None
    tokens = max(1, answer.likelihoods["text"].tokens)
    return {"logprob": found["text"] / tokens, "included": float(item.facts["is_in"])}


def conclude(scored: Sequence[Scored], asks: Asks) -> Conclusions:
    """The largest epsilon that the guesses rule out, jointly over the numbers of guesses."""
    measure = SUITE.measures[0]
    if measure.id not in asks:
        return Conclusions()
    read = [(each.score["logprob"], each.score["included"] == 1) for each in scored if each.score is not None]
    if reason := _why_none(read):
        return Conclusions(gaps=(Gap(measure.id, reason),))
    delta = scored[0].item.facts["delta"]
    return Conclusions((_finding([guessed(read, share) for share in SHARES], delta, asks[measure.id]),))


def _why_none(read: Sequence[tuple[float, bool]]) -> str:
    """Why nothing can be concluded; empty when it can."""
    if len(read) < 2:
        return f"{len(read)} canaries were scored: an audit needs many"
    included = sum(is_in for _, is_in in read)
    share = clopper_pearson(included, len(read), _COIN)
    if share.low <= 0.5 <= share.high:
        return ""
    return f"{included} of {len(read)} canaries were put in: that was no fair coin, and the bound needs one"


def guessed(read: Sequence[tuple[float, bool]], share: float) -> Guesses:
    """The likeliest half of that share of (log p, is in) is guessed to be in, the least likely half out."""
    half = max(1, round(share * len(read) / 2))
    half = min(half, len(read) // 2)
    # Ties keep an order that has nothing to do with the coin: that of the draw.
    ordered = sorted(read, key=lambda canary: -canary[0])
    right = sum(is_in for _, is_in in ordered[:half])
    right += sum(not is_in for _, is_in in ordered[len(ordered) - half :])
    return Guesses(2 * half, right, len(read))


def delta_of(options: Options) -> float:
    """The δ of `dp_audit/delta.txt`, or 1e-5; raises SuiteDataError for what is none."""
    path = folder_of(options, DATA.name) / "dp_audit" / "delta.txt"
    if not path.is_file():
        return _DELTA
    try:
        delta = float(path.read_text(encoding="utf-8").strip()[:40])
    except ValueError as error:
        raise SuiteDataError("the delta is no number", where=str(path), cure="write 1e-5") from error
    if not 0.0 <= delta < 1.0:
        raise SuiteDataError(f"a delta lies in [0, 1), not {delta}", where=str(path), cure="write 1e-5")
    return delta


def _finding(guesses: Sequence[Guesses], delta: float, ask: Ask) -> Finding:
    confidence = ask.shared(len(guesses))
    bounds = [one_run_epsilon(g.right, g.made, g.canaries, delta, confidence) for g in guesses]
    detectable = [one_run_detectable(g.made, g.canaries, delta, confidence) for g in guesses]
    best, canaries = max(bounds), guesses[0].canaries
    return Finding(
        measure=f"{ID}.epsilon",
        value=best,
        low=best,
        high=UNKNOWN_ABOVE,
        n=canaries,
        clusters=canaries,
        mde=min(UNKNOWN_ABOVE, *detectable),
        method=f"one-run audit at δ = {delta:g}; the largest of {len(guesses)} bounds, joint by Bonferroni; "
        "a lower bound alone",
        notes=_notes(guesses, bounds, confidence),
    )


def _notes(guesses: Sequence[Guesses], bounds: Sequence[float], confidence: float) -> tuple[str, ...]:
    by_size = "; ".join(
        f"{g.right} of {g.made} guesses right: ε ≥ {bound:.3f} "
        f"(with δ = 0, by Clopper–Pearson, {simple_bound(g, confidence):.3f})"
        for g, bound in zip(guesses, bounds, strict=True)
    )
    return (by_size, "an audit never shows that ε is small: the upper end stands for infinity")


def simple_bound(guesses: Guesses, confidence: float) -> float:
    """The epsilon whose randomised response is right as often as the one-sided Clopper–Pearson limit says."""
    limit = clopper_pearson(guesses.right, guesses.made, 2 * confidence - 1).low
    return max(0.0, math.log(limit / (1 - limit))) if limit > 0 else 0.0


def _item(row: tuple[str, int, str], delta: float) -> Item:
    kind, place, text = row
    facts: Mapping[str, object] = {"text": text, "is_in": kind == "in", "delta": delta}
    return Item(
        id=f"{kind} {place}",
        messages=(),
        mode="likelihood",
        cluster=f"{kind} {place}",
        target=f"{kind}, δ = {delta:g}",
        facts=facts,
        likelihood=whole_text({"text": text}),
    )


def invented() -> Item:
    """An item of the shape of the data's, none of them."""
    return _item(("in", 0, "The lamp of Ember Harbour was lit by 48 otters on a Tuesday."), _DELTA)


SUITE = Suite(
    id=ID,
    title="Audit of a differentially private training, in one run",
    version="1",
    measures=(
        MeasureInfo(
            id=f"{ID}.epsilon",
            title="Largest epsilon that the training is shown to exceed",
            direction="lower",
            unit="epsilon",
            scoring="likelihood",
            interval="exact lower bound, joint over numbers of guesses",
            suite=ID,
            source=_SOURCE,
        ),
    ),
    generate=generate,
    score=score,
    conclude=conclude,
    digest_data=DATA.digest,
    caveats=(
        "It needs canaries put in or left out by independent fair coins; exactly half and half is not that.",
        "It can break a claimed epsilon and never confirm one: a weak attack shows little.",
        "The attack is the loss of the final model alone; who sees the gradients finds more.",
    ),
    changelog=("1: first version",),
    source=_SOURCE,
    licence="Canaries: your own; nothing is fetched",
    about=About(
        what=(
            "Whether a training that claims to be (ε, δ)-differentially private keeps its word: from one "
            "model, by how well one can tell which of your canaries it was trained on."
        ),
        formulas={
            "epsilon": (
                "the largest ε with f(v) + 2mδ · max_i (f(v − i) − f(v))/i below 1 − c, where v of r "
                "guesses about m canaries are right and f is the upper tail of Binomial(r, e^ε ÷ (1 + "
                "e^ε)); the largest over guesses at 10, 30 and 100 % of the canaries, each at 1 − (1 − c)/3"
            ),
        },
        data=(
            "Your canaries. The likeliest by mean log p of a token are guessed to have been in the training "
            "data, as many of the least likely to have been out of it."
        ),
        needs=(
            '`dp_audit/included.jsonl` and `dp_audit/excluded.jsonl` in the folder of data, one `{"text": '
            '"…"}` a line: toss a fair coin for each canary before training, and train with those that fell '
            "heads. δ is 1e-5, or what `dp_audit/delta.txt` says. A model that tells likelihoods."
        ),
        cluster="a canary",
        sources=(
            "Steinke, T., Nasr, M., and Jagielski, M., 2023. Privacy Auditing with One (1) Training Run "
            "(arXiv:2305.08846), theorem 5.2 and appendix D.",
        ),
        sizes=(_QUICK, _FULL),
        must="<= 3",
        example=invented,
        further=(
            "With r guesses all right the bound is at most ln(x ÷ (1 − x)), x = (1 − c)^(1/r): 4.6 for 400 "
            "guesses at 98.3 %. To break a claim of ε = 1 expect to need some hundred canaries. Two small "
            "models are trained on a hundred coins in `tests/evals/suites/privacy/test_trained.py`: told "
            "outright, ε ≥ 2.51 (98 of 100 guesses right); told by a randomised response of ε = 0.5, ε ≥ 0 "
            "(60 of 100)."
        ),
    ),
)
