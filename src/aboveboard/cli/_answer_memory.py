"""Where answers that may be given again are: beside their records in the vault, found by a keyed hash."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aboveboard.charter import AnswerCache

if TYPE_CHECKING:
    from aboveboard.evidence import Evidence
    from aboveboard.gateway.caching import AnswerIndex

_ANSWER = "reusable"
_SHOWN = "answer"


@dataclass(frozen=True, slots=True)
class AnswerMemory:
    """Answers of one charter's time. `now` gives seconds since 1970. Every call may block."""

    evidence: "Evidence"
    index: "AnswerIndex"
    rule: AnswerCache
    now: Callable[[], float]

    def tag(self, text: str) -> bytes:
        """A keyed hash: nobody who reads the index can try what was asked."""
        return self.evidence.tag("answers", text)

    def find(self, tag: bytes) -> tuple[str, bytes] | None:
        """The decision that answered, and its answer as the model gave it; None when it is gone, or corrected
        since. Raises AnswerIndexError, StoreError.
        """
        from aboveboard.evidence import UnknownRecordError

        decision = self.index.find(tag, self.now())
        if decision is None:
            return None
        reader = self.evidence.reader
        try:
            is_whole = {_ANSWER, _SHOWN} <= set(reader.attachments(decision))
            data = reader.attachment(decision, _ANSWER) if is_whole else None
        except UnknownRecordError:
            data = None
        if data is None:
            self.index.forget([decision])
            return None
        return decision, data

    def keep(self, tag: bytes, decision: str) -> None:
        """Notes who answered; raises AnswerIndexError."""
        length = self.rule.exact
        if length is not None:
            self.index.keep(tag, decision, self.now() + length.total_seconds(), self.rule.most)
