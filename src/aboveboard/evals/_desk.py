"""Receives answers as they come: scores them, logs them, and says how far the run is."""

import time
from collections.abc import Sequence
from typing import Any

from aboveboard.evals._cost import Tally
from aboveboard.evals._item import Answer, Item, Score, Scored
from aboveboard.evals._item_log import ItemLog
from aboveboard.evals._requests import Call, describe_messages
from aboveboard.evals._services import Progress, Services
from aboveboard.evals._suite import Suite
from aboveboard.models import ModelInfo

_LOGGED_TOKENS = 8
"""Next tokens written into the log; the rest of the list is in the cache."""


class Desk:
    """Keeps the answers of the suite at hand and the counts of the whole run."""

    def __init__(self, info: ModelInfo, log: ItemLog, services: Services, total: int) -> None:
        self.reading = services.meter.start() if services.meter else None
        self.info = info
        self.log = log
        self.services = services
        self.total = total
        self.started = time.monotonic()
        self.done = self.failed = self.cached = self.tokens = self.suite_tokens = 0
        self.tally = Tally()
        self._fresh = 0
        self._suite: Suite | None = None
        self._items: Sequence[Item] = ()
        self._scored: dict[int, Scored] = {}

    def open(self, suite: Suite, items: Sequence[Item]) -> None:
        """Turns to another suite."""
        self._suite, self._items, self._scored, self.suite_tokens = suite, items, {}, 0
        self.tally = Tally()

    def answered(self) -> list[Scored]:
        """The answers of the present suite, in the order of its items, failures included."""
        return [self._scored[position] for position in sorted(self._scored)]

    def deliver(self, call: Call, answer: Answer, from_cache: bool) -> None:
        """Takes one answer for all the items it serves."""
        tokens = 0 if from_cache else answer.prompt_tokens + answer.completion_tokens
        self.tokens += tokens
        self.suite_tokens += tokens
        if not from_cache:
            self.tally.add(call.item, answer)
        for position in call.serves:
            self._take(position, call, answer, from_cache)
        self._tell()

    def _take(self, position: int, call: Call, answer: Answer, from_cache: bool) -> None:
        assert self._suite is not None, "deliver before open"
        item = self._items[position]
        score = None if answer.error else self._suite.score(item, answer)
        self._scored[position] = Scored(item, answer, score)
        self.done += 1
        self.failed += bool(answer.error)
        self.cached += from_cache
        self._fresh += not from_cache
        self._write(item, call, answer, score, from_cache)

    def _write(self, item: Item, call: Call, answer: Answer, score: Score | None, from_cache: bool) -> None:
        assert self._suite is not None, "deliver before open"
        name = f"{self._suite.id}/{item.id}"
        if name in self.log.known:
            return
        entry = _entry(item, answer) | {
            "id": name,
            "suite": self._suite.id,
            "key": call.key,
            "score": dict(score) if score is not None else None,
            "cached": from_cache,
            "model": self.info.id,
            "model_digest": self.info.digest,
            "backend": self.info.backend,
        }
        self.log.append(entry)

    def _tell(self) -> None:
        seconds = time.monotonic() - self.started
        left = self.total - self.done
        self.services.progress(
            Progress(
                suite=self._suite.id if self._suite else "",
                done=self.done,
                total=self.total,
                cached=self.cached,
                failed=self.failed,
                tokens=self.tokens,
                seconds=seconds,
                eta_seconds=seconds / self._fresh * left if self._fresh else None,
                energy_wh=self.reading.stop(tokens=self.tokens).energy_wh if self.reading else None,
            )
        )


def _entry(item: Item, answer: Answer) -> dict[str, Any]:
    best = sorted(answer.logprobs.items(), key=lambda pair: -pair[1])[:_LOGGED_TOKENS]
    return {
        "answer": answer.text,
        "cluster": item.cluster,
        "completion_tokens": answer.completion_tokens,
        "draw": item.draw,
        "error": answer.error,
        "fingerprint": answer.fingerprint,
        "groups": dict(item.groups),
        "likelihoods": {name: round(one.logprob, 6) for name, one in answer.likelihoods.items()},
        "logprobs": {token: round(value, 6) for token, value in best},
        "mode": item.mode,
        "prompt": describe_messages(item),
        "prompt_tokens": answer.prompt_tokens,
        "seconds": round(answer.seconds, 4),
        "served_by": answer.served_by,
        "target": item.target,
        "temperature": item.temperature,
    }
