"""What besides its errors tells whether a judge can be relied on: agreement, leaning, place, certainty."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from aboveboard.evals.judging._judge import Judgement, Preference
from aboveboard.stats import (
    Estimate,
    StatsError,
    cohen_kappa,
    krippendorff_alpha,
    paired_difference,
    proportion,
)


@dataclass(frozen=True, slots=True)
class Level:
    """Of `n` texts that got this share of yes votes, `positives` are labelled yes."""

    votes: float
    n: int
    positives: int


@dataclass(frozen=True, slots=True)
class Reliability:
    """A judge's votes against labels and against themselves; None where a figure cannot be told.

    `kappa` is Cohen's, of verdict and label where there is a verdict; `alpha` Krippendorff's of the same,
    where texts without a verdict count as not labelled by the judge. `leaning` is the share of yes votes
    where Yes is named first less that where No is. Of `pairs` of a text labelled yes and one labelled no,
    asked about in both orders, the place decided `placed`, and the judge chose the right one in `chosen`.
    `brier` is the mean squared difference of the share of yes votes and the label: a coin has 0.25. `levels`
    has the same in parts.
    """

    kappa: Estimate | None
    alpha: Estimate | None
    leaning: Estimate | None
    pairs: int
    placed: int
    chosen: int
    brier: float
    levels: tuple[Level, ...]

    @property
    def line(self) -> str:
        """One line for a result's notes."""
        parts = [
            f"kappa with the labels {estimate_words(self.kappa)}",
            f"alpha with them {estimate_words(self.alpha)}",
            f"yes more often where Yes is named first by {estimate_words(self.leaning)}",
            f"in pairs the place decided {_share(self.placed, self.pairs)}, the right one was chosen "
            f"{_share(self.chosen, self.pairs)}",
            f"Brier {self.brier:.2f} (a coin 0.25)",
            "labelled yes by share of yes votes: "
            + ", ".join(f"{each.votes:.2f}: {each.positives}/{each.n}" for each in self.levels),
        ]
        return "; ".join(parts)


def reliability(
    labels: Sequence[bool], judged: Sequence[Judgement], preferred: Sequence[Preference]
) -> Reliability:
    """How votes stand to labels; the first of each pair preferred is the one labelled yes."""
    verdicts = [each.verdict for each in judged]
    read = [(label, verdict) for label, verdict in zip(labels, verdicts, strict=True) if verdict is not None]
    shares = [_votes(each) for each in judged]
    squares = [(share - label) ** 2 for share, label in zip(shares, labels, strict=True)]
    return Reliability(
        kappa=_kappa(read),
        alpha=agreement([[label, verdict] for label, verdict in zip(labels, verdicts, strict=True)]),
        leaning=_leaning(judged),
        pairs=len(preferred),
        placed=sum(each.verdict == "tie" for each in preferred),
        chosen=sum(each.verdict == "first" for each in preferred),
        brier=sum(squares) / len(squares),
        levels=_levels(shares, labels),
    )


def _votes(judged: Judgement) -> float:
    """The share of yes votes; a vote that could not be read is half of one."""
    return sum(0.5 if vote is None else float(vote) for vote in judged.votes) / len(judged.votes)


def _levels(shares: Sequence[float], labels: Sequence[bool]) -> tuple[Level, ...]:
    counts = Counter(shares)
    positives = Counter(share for share, label in zip(shares, labels, strict=True) if label)
    return tuple(Level(share, counts[share], positives[share]) for share in sorted(counts))


def _leaning(judged: Sequence[Judgement]) -> Estimate | None:
    """Even wordings name Yes first, odd ones No (`case_item`)."""
    pairs = [(each.votes[0::2], each.votes[1::2]) for each in judged]
    known = [
        (_yes(first), _yes(second))
        for first, second in pairs
        if second and len(first) == len(second) and None not in (*first, *second)
    ]
    try:
        return paired_difference(
            [first for first, _ in known], [second for _, second in known], limits=(0.0, 1.0)
        )
    except StatsError:
        return None


def _yes(votes: Sequence[bool | None]) -> float:
    return votes.count(True) / len(votes)


def _kappa(read: Sequence[tuple[bool, bool]]) -> Estimate | None:
    try:
        return cohen_kappa([label for label, _ in read], [verdict for _, verdict in read])
    except StatsError:
        return None


def agreement(ratings: Sequence[Sequence[bool | None]]) -> Estimate | None:
    """Krippendorff's alpha of the ratings of each text; None where it cannot be told."""
    try:
        return krippendorff_alpha(ratings)
    except StatsError:
        return None


def estimate_words(found: Estimate | None) -> str:
    """`0.81 [0.70, 0.92]`, or that it is unknown."""
    return f"{found.value:.2f} [{found.low:.2f}, {found.high:.2f}]" if found else "unknown"


def _share(count: int, total: int) -> str:
    if not total:
        return "unknown"
    found = proportion(count, total)
    return f"{count}/{total} [{found.low:.2f}, {found.high:.2f}]"
