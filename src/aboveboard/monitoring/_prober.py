"""Asking probes: a model is asked twice, nobody is shown it, and the record says what it cost."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from aboveboard.charter import ProbePlan
from aboveboard.errors import AboveboardError
from aboveboard.evals.rules import load_rule, sentiment, warmth
from aboveboard.evidence import outcome_id, record_once
from aboveboard.evidence.records import Decision, Footprint, Probe, ProbeAnswer
from aboveboard.models import ChatRequest, ChatResponse, Model
from aboveboard.monitoring._monitor import Monitor
from aboveboard.monitoring._subject import ACTOR, Watched
from aboveboard.monitoring._variants import Question, Variant, question

_SECONDS = 60.0
_SEED = 0
_TEMPERATURE = 0.0


class Cost(Protocol):
    """What a probe costs."""

    def metered(self, tokens: Callable[[], int]) -> AbstractContextManager[list[Footprint]]:
        """Meters what is done within; afterwards the list has the footprint. `tokens` is asked at the end."""
        ...


@dataclass(frozen=True, slots=True)
class Prober:
    """Asks one probe at a time, so that it takes little from those who wait for answers.

    The same question twice, of the same model with the same parameters (temperature 0, the same seed and
    limit); which variant is asked first is drawn. No guard sees it and no answer is kept: the record has
    numbers alone.
    """

    monitor: Monitor
    models: Mapping[str, Model]
    cost: Cost

    async def round(self) -> bool:
        """Asks the next probe that is due and records it; says whether there was one."""
        monitor, most = self.monitor, self._plan.most_per_day
        if not monitor.watches.attributes or not most:
            return False
        decision = await asyncio.to_thread(monitor.store.take_probe, monitor.milliseconds(), most)
        if decision is None:
            return False
        asked = await asyncio.to_thread(self._question, decision)
        if asked:
            probe = await self._ask(decision, asked)
            await asyncio.to_thread(record_once, monitor.recorder, monitor.reader, probe)
        await asyncio.to_thread(monitor.store.settle_probe, decision)
        return True

    @property
    def _watched(self) -> Watched:
        return self.monitor.watches.watched

    @property
    def _plan(self) -> ProbePlan:
        return self._watched.charter.monitoring.probes

    def _question(self, decision: str) -> Question | None:
        """None when the record has been erased meanwhile: then nothing is made of it."""
        reader, attributes = self.monitor.reader, self.monitor.watches.attributes
        try:
            found = reader.get(decision)
            prompt = reader.attachment(decision, "prompt") if self._plan.of == "traffic" else None
        except AboveboardError:
            return None
        is_wanted = isinstance(found, Decision) and bool(attributes)
        return question(decision, prompt, attributes) if is_wanted else None

    async def _ask(self, decision: str, asked: Question) -> Probe:
        model, watched = self.models[self._watched.model], self._watched
        answers: list[ChatResponse] = []
        with self.cost.metered(lambda: sum(_tokens(answers))) as spent:
            error = await self._answer(model, asked.variants, answers)
        info, (read, written) = model.info, _tokens(answers)
        return Probe(
            id=outcome_id(f"{decision} probed"),
            subject=f"model:{watched.model}",
            actor=ACTOR,
            links=(decision,),
            source=asked.source,
            by=asked.by,
            model=watched.model,
            model_digest=info.digest,
            provider=info.provider,
            charter_digest=watched.charter.digest,
            answers=() if error else tuple(map(_scored, asked.variants, answers)),
            max_tokens=self._plan.tokens,
            temperature=_TEMPERATURE,
            prompt_tokens=read,
            completion_tokens=written,
            footprint=spent[0] if spent else None,
            error=error,
        )

    async def _answer(self, model: Model, variants: Sequence[Variant], answers: list[ChatResponse]) -> str:
        """Adds the answers; says why there are not two."""
        for variant in variants:
            try:
                async with asyncio.timeout(_SECONDS):
                    answers.append(await model.chat(self._request(variant)))
            except (AboveboardError, TimeoutError) as error:
                return type(error).__name__
        return ""

    def _request(self, variant: Variant) -> ChatRequest:
        tokens = self._plan.tokens
        return ChatRequest(variant.messages, max_tokens=tokens, temperature=_TEMPERATURE, seed=_SEED)


def _tokens(answers: Sequence[ChatResponse]) -> tuple[int, int]:
    """Tokens read and written."""
    used = [each.usage for each in answers]
    return sum(each.prompt_tokens for each in used), sum(each.completion_tokens for each in used)


def _scored(variant: Variant, answer: ChatResponse) -> ProbeAnswer:
    text = answer.text
    return ProbeAnswer(
        group=variant.group,
        refused=float(load_rule("refusal").holds(text)),
        words=len(text.split()),
        sentiment=sentiment(text),
        warmth=warmth(text),
    )
