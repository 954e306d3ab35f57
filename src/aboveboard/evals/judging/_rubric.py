"""What a judge is asked of an answer: one question, and what yes and no mean."""

from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from aboveboard.errors import UnknownNameError
from aboveboard.evals._data import load_data
from aboveboard.evals.rules import Example, labelled
from aboveboard.values import digest_json


@dataclass(frozen=True, slots=True)
class Rubric:
    """One question about one answer. `rule` names the rule whose labelled examples validate a judge."""

    id: str
    version: str
    rule: str
    question: str
    when_yes: str
    when_no: str

    @property
    def digest(self) -> str:
        """What two judges share when they were asked the same."""
        return digest_json(asdict(self))

    @property
    def examples(self) -> tuple[Example, ...]:
        """Texts with the answer that a careful reader gives."""
        return labelled(self.rule)


def rubric_names() -> list[str]:
    """The rubrics that come with the project."""
    return list(_all())


def load_rubric(name: str) -> Rubric:
    """The rubric of that name; raises UnknownNameError."""
    known = _all()
    if name not in known:
        raise UnknownNameError("rubric", name, known)
    return known[name]


@cache
def _all() -> dict[str, Rubric]:
    data: dict[str, Any] = load_data("aboveboard.evals.judging", "rubrics.yaml")
    return {name: Rubric(name, **entry) for name, entry in data.items()}
