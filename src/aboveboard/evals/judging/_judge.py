"""A judge: a model with a rubric, asked in several wordings, whose cost and energy count like any model's."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from aboveboard.evals._cache import CACHE, AnswerCache
from aboveboard.evals._errors import EvalError
from aboveboard.evals._item import Answer, Item
from aboveboard.evals._requests import Call, plan_calls
from aboveboard.evals._reuse import reuse_of
from aboveboard.evals._runner import Runner
from aboveboard.evals._services import Progress, Services
from aboveboard.evals.judging._prompts import (
    LETTERS,
    VARIANTS,
    YES_NO,
    Case,
    Pair,
    Scoring,
    case_item,
    pair_item,
)
from aboveboard.evals.judging._reading import READ_BY, Said, read, scoring_of
from aboveboard.evals.judging._rubric import Rubric
from aboveboard.evidence.records import Footprint
from aboveboard.models import Model


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a judge said of one case in each wording: yes, no, or None where it said neither, or failed.

    `masses` are how much probability Yes and No held together, where the next token was read.
    """

    votes: tuple[bool | None, ...]
    masses: tuple[float, ...] = ()

    @property
    def verdict(self) -> bool | None:
        """What most of the votes say; None without a majority: such a case counts nowhere."""
        yes, no = self.votes.count(True), self.votes.count(False)
        return None if yes == no else yes > no


@dataclass(frozen=True, slots=True)
class Preference:
    """Which of two answers a judge preferred, asked in both orders; None where it could not be read."""

    shown: str | None
    swapped: str | None

    @property
    def verdict(self) -> str:
        """`first` or `second` when both orders agree on it, else `tie`: the place decided, not the answer."""
        return self.shown if self.shown and self.shown == self.swapped else "tie"


@dataclass(frozen=True, slots=True)
class Cost:
    """What judging cost: calls made, tokens, and the energy where a meter was given."""

    calls: int
    tokens: int
    footprint: Footprint | None


@dataclass(frozen=True, slots=True)
class Judge:
    """Asks a model. `wordings` from 1 to 4: a judge that changes its mind with the wording is not sure.

    How it is read (`scoring`) is a part of it: `open_judge` finds out what the model offers.
    """

    model: Model
    rubric: Rubric
    services: Services
    wordings: int = 2
    scoring: Scoring = "generate"

    @property
    def name(self) -> str:
        """What identifies the instrument in a result: model, rubric, version, wordings, scoring."""
        info = self.model.info
        rubric = f"rubric {self.rubric.id} v{self.rubric.version}"
        return f"{info.id} ({info.digest[:19]}…), {rubric}, {self.wordings} wordings, {READ_BY[self.scoring]}"

    async def judge(self, cases: Sequence[Case]) -> tuple[list[Judgement], Cost]:
        """A judgement of each case. Raises ModelUnusableError when the judge fails again and again."""
        if not 1 <= self.wordings <= VARIANTS:
            raise EvalError(f"a judge is asked in 1 to {VARIANTS} wordings, not {self.wordings}")
        items = [
            case_item(self.rubric, case, number, variant, self.scoring)
            for number, case in enumerate(cases)
            for variant in range(self.wordings)
        ]
        answers, cost = await ask_all(self.model, items, self.services, "texts")
        size = self.wordings
        asked = [answers[at : at + size] for at in range(0, len(answers), size)]
        return [_judgement([read(each, YES_NO, self.scoring) for each in one]) for one in asked], cost

    async def prefer(self, question: str, pairs: Sequence[Pair]) -> tuple[list[Preference], Cost]:
        """Which answer of each pair it prefers, read as it is read."""
        return await prefer(self.model, question, pairs, self.services, self.scoring)


async def open_judge(model: Model, rubric: Rubric, services: Services, wordings: int = 2) -> Judge:
    """A judge that is read in the way its model allows, which one request finds out; raises ModelError."""
    first = case_item(rubric, Case(rubric.examples[0].text), 0)
    return Judge(model, rubric, services, wordings, await scoring_of(model, first))


def _judgement(readings: Sequence[Said]) -> Judgement:
    yes = {"Yes": True, "No": False}
    votes = tuple(yes.get(each.choice) for each in readings)
    return Judgement(votes, tuple(each.mass for each in readings if each.mass is not None))


async def prefer(
    model: Model,
    question: str,
    pairs: Sequence[Pair],
    services: Services,
    scoring: Scoring = "generate",
) -> tuple[list[Preference], Cost]:
    """Which answer of each pair a model prefers, each pair shown in both orders (Zheng et al. 2023,
    arXiv:2306.05685, on the bias of judges for a place)."""
    items = [
        pair_item(question, shown, 2 * number + place, scoring)
        for number, pair in enumerate(pairs)
        for place, shown in enumerate((pair, pair.swapped))
    ]
    answers, cost = await ask_all(model, items, services, "pairs")
    letters = [read(answer, LETTERS, scoring).choice for answer in answers]
    names = {"A": ("first", "second"), "B": ("second", "first"), "": (None, None)}
    return [
        Preference(names[shown][0], names[swapped][1])
        for shown, swapped in zip(letters[::2], letters[1::2], strict=True)
    ], cost


async def ask_all(
    model: Model, items: Sequence[Item], services: Services, what: str
) -> tuple[list[Answer], Cost]:
    """The answer to each item, kept in the cache of answers like those of a run, and what they cost."""
    count = _Count(what, len(items), services)
    reading = services.meter.start() if services.meter else None
    with AnswerCache(services.state / CACHE) as cache:
        parallel = services.parallel(model.info)
        reuse = reuse_of(model.info, datetime.now(UTC), fresh=services.fresh)
        runner = Runner(model, cache, parallel, services.stop, reuse=reuse)
        await runner.run(plan_calls(items, model.info.digest), count.deliver)
    footprint = reading.stop(tokens=count.tokens) if reading else None
    none = Answer(error="not asked: the time allowed ran out")
    found = [count.found.get(place, none) for place in range(len(items))]
    return found, Cost(count.made, count.tokens, footprint)


@dataclass(slots=True)
class _Count:
    """What has been answered so far, told to whoever watches."""

    what: str
    total: int
    services: Services
    found: dict[int, Answer] = field(default_factory=dict)
    made: int = 0
    cached: int = 0
    tokens: int = 0
    failed: int = 0
    begun: float = field(default_factory=time.monotonic)

    def deliver(self, call: Call, answer: Answer, from_cache: bool) -> None:
        """Takes one call's answer."""
        self.found.update(dict.fromkeys(call.serves, answer))
        if from_cache:
            self.cached += len(call.serves)
        else:
            self.made += 1
            self.tokens += answer.prompt_tokens + answer.completion_tokens
        self.failed += len(call.serves) if answer.error else 0
        self._tell()

    def _tell(self) -> None:
        done, seconds = len(self.found), time.monotonic() - self.begun
        self.services.progress(
            Progress(
                suite=self.what,
                done=done,
                total=self.total,
                cached=self.cached,
                failed=self.failed,
                tokens=self.tokens,
                seconds=seconds,
                eta_seconds=seconds / done * (self.total - done),
            )
        )
