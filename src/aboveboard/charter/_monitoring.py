"""The charter's `monitoring`: what is watched on live answers beside the promises, and what that may cost."""

from dataclasses import dataclass
from typing import Annotated

from aboveboard.charter._containers import ListOf
from aboveboard.charter._keys import Key
from aboveboard.charter._nodes import Node, ScalarNode, find, items_in, name_of
from aboveboard.charter._reading import Reading
from aboveboard.charter._record import Record
from aboveboard.charter._scalars import Choice, Number

SHARES = ("refusal", "blocked", "toxicity")
SIZES = ("length", "latency", "energy")


@dataclass(frozen=True, slots=True)
class ProbePlan:
    """Shadow requests in two variants, for live promises about equal treatment. Shown to nobody."""

    share: Annotated[float, Key(Number(0, 1), "The share of answers after which one is asked.")] = 0.05
    most_per_day: Annotated[
        int, Key(Number(0, 1_000_000, is_whole=True), "How many probes a day (UTC) at most; 0 for none.")
    ] = 200
    tokens: Annotated[int, Key(Number(1, 4096, is_whole=True), "How long each answer may be, in tokens.")] = (
        128
    )
    of: Annotated[
        str,
        Key(
            Choice(("requests", "traffic")),
            "`requests`: our own; `traffic`: the masked words of answered requests, with stand-in names"
            " (where payloads are kept).",
        ),
    ] = "requests"


@dataclass(frozen=True, slots=True)
class DriftRule:
    """A figure of the answers that is watched for a change."""

    quantity: Annotated[str, Key(Choice((*SHARES, *SIZES)), "What is watched.")]
    baseline: Annotated[
        float | None,
        Key(
            Number(0, 1e9),
            "What is normal: a share, or the median in tokens, milliseconds or Wh. Learnt where not given.",
        ),
    ] = None
    learn: Annotated[
        int, Key(Number(50, 10_000, is_whole=True), "From how many answers a baseline is learnt.")
    ] = 500
    run_length: Annotated[
        int,
        Key(
            Number(100, 1e9, is_whole=True),
            "How many answers there are at least, on average, before a false alarm.",
        ),
    ] = 10_000


@dataclass(frozen=True, slots=True)
class Monitoring:
    """What is watched while answers are given."""

    probes: Annotated[
        ProbePlan, Key(Record(ProbePlan, "a plan for probes"), "Of probes for live promises.")
    ] = ProbePlan()
    drift: Annotated[
        tuple[DriftRule, ...],
        Key(
            ListOf(Record(DriftRule, "a rule of drift"), identity="quantity"), "Figures watched for a change."
        ),
    ] = ()


def check_monitoring(root: Node, reading: Reading) -> None:
    """Notes a share's baseline that is no share."""
    for rule in items_in(find(root, "monitoring", "drift")):
        baseline, quantity = find(rule, "baseline"), find(rule, "quantity")
        if isinstance(baseline, ScalarNode) and name_of(quantity or rule) in SHARES and _above_one(baseline):
            reading.wrong(baseline, "a share is from 0 to 1", "write 0.05 for 5 %")


def _above_one(node: ScalarNode) -> bool:
    try:
        return float(node.text) > 1
    except ValueError:
        return False
