"""Holds a run to one model: an endpoint may change it, or the set-up behind it, in the middle of a run."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from aboveboard.evals._item import Answer

CHANGED = "ModelChanged"
"""How the error of an answer begins that another model gave than the one that the run began with."""


@dataclass(slots=True)
class Constancy:
    """Knows the model of a run: the first that any of its answers names.

    An answer of another model is a failure: not scored, not kept, and asked for again next time. Another
    fingerprint of the same model is no failure (large endpoints have several at once), but it is counted.
    """

    model: str = ""
    others: Counter[str] = field(default_factory=Counter)

    def accepts(self, answer: Answer) -> bool:
        """Whether it is the run's model that answered, or nobody knows which did."""
        self.model = self.model or answer.served_by
        return answer.served_by in ("", self.model)

    def hold(self, answer: Answer) -> Answer:
        """The answer, or the failure that it is."""
        if answer.error or self.accepts(answer):
            return answer
        self.others[answer.served_by] += 1
        return replace(answer, error=f"{CHANGED}: answered by {answer.served_by!r}, not by {self.model!r}")

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know; nothing when all answers came from one model."""
        if not self.others:
            return ()
        told = ", ".join(f"{name!r} {count}" for name, count in sorted(self.others.items()))
        return (
            f"the endpoint changed its model in mid-run: this is about {self.model!r}; "
            f"not scored, because others answered: {told}",
        )


def changed_setups(fingerprints: Iterable[str]) -> int:
    """How many answers came under another fingerprint than most did; those without one count nowhere."""
    counts = Counter(each for each in fingerprints if each)
    return counts.total() - max(counts.values(), default=0)


def setup_note(fingerprints: Iterable[str]) -> tuple[str, ...]:
    """How the answers spread over fingerprints, where there are several."""
    counts = Counter(each for each in fingerprints if each)
    if len(counts) < 2:
        return ()
    told = ", ".join(f"{name} {count}" for name, count in counts.most_common(8))
    return (
        f"the endpoint answered under {len(counts)} set-ups (system_fingerprint: {told}): "
        "its configuration changed in mid-run",
    )
