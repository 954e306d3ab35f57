"""A model's `mitigation`: what is done, without training, so that promises are kept."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aboveboard.charter._containers import ListOf
from aboveboard.charter._keys import Key
from aboveboard.charter._record import Record
from aboveboard.charter._scalars import Choice, Number, Text

_BLIND = ("names", "gender")
_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class WorkedExample:
    """A question with the answer it should get."""

    user: Annotated[str, Key(Text(longest=_LONGEST), "What somebody writes.")]
    assistant: Annotated[str, Key(Text(longest=_LONGEST), "What the answer should be.")]


@dataclass(frozen=True, slots=True)
class Mitigation:
    """What a model is told, shown and not shown, and what becomes of its answers."""

    BLIND: ClassVar[tuple[str, ...]] = _BLIND

    instruction: Annotated[
        str, Key(Text(longest=_LONGEST), "Said to the model in the system message of every request.")
    ] = ""
    examples: Annotated[
        tuple[WorkedExample, ...],
        Key(
            ListOf(Record(WorkedExample, "a worked example"), identity=None),
            "Turns it sees before the first message.",
        ),
    ] = ()
    blind: Annotated[
        tuple[str, ...],
        Key(ListOf(Choice(_BLIND)), "What it is not shown: people's `names`, words that tell `gender`."),
    ] = ()
    votes: Annotated[
        int,
        Key(Number(1, 25, is_whole=True), "How many answers are drawn, of which the most typical is given."),
    ] = 1
    opening: Annotated[str, Key(Text(), "What every answer begins with.")] = ""
    closing: Annotated[str, Key(Text(), "What every answer ends with.")] = ""

    def __str__(self) -> str:
        parts = {
            "an instruction": self.instruction,
            "worked examples": self.examples,
            f"no {' and no '.join(self.blind)} shown": self.blind,
            f"the most typical of {self.votes} answers": self.votes > 1,
            "an opening": self.opening,
            "a closing": self.closing,
        }
        return ", ".join(words for words, is_there in parts.items() if is_there) or "nothing"
