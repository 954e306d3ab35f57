"""One request and its answer, as the guards see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast, get_args

from aboveboard.evidence.records import GuardOutcome
from aboveboard.guards._guard import GuardContext, IncrementalGuard, Restorer, RestoringGuard
from aboveboard.guards._incremental import IncrementalStage
from aboveboard.guards._observing import ObservingStage
from aboveboard.guards._piecewise import SentenceStage, WindowStage
from aboveboard.guards._restoring import RestoringStage
from aboveboard.guards._stage import Stage, Watch
from aboveboard.guards._stream import Notice, OutputStream
from aboveboard.guards._tally import Tally
from aboveboard.guards._trial import ConfiguredGuard, Trial, allowance, check, out_of_time
from aboveboard.guards._verdict import Action, Mode, Segment, SegmentRole, Verdict

_ROLES = frozenset(get_args(SegmentRole))
_UNKNOWN = Trial(Verdict(Action.BLOCK), "garbage", 0.0)


@dataclass(frozen=True, slots=True)
class Setting:
    """What all exchanges of a pipeline share."""

    guards: tuple[ConfiguredGuard, ...]
    context: str = "general"
    jurisdictions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """What the input guards made of a request.

    `segments` go to the model, in the order given, unless `action` is BLOCK, or `supportive_text` is set:
    then that text (support, or what an AnsweringGuard states) is the answer and no model is asked. HOLD asks
    the model, for a person to see what it says before anybody else does.
    `annotations` are what the guards want said (`ai-notice`).
    """

    segments: tuple[Segment, ...]
    tally: Tally = field(repr=False)
    action: Action
    supportive_text: str | None = None
    annotations: Mapping[str, str] = field(default_factory=dict)

    @property
    def outcomes(self) -> list[GuardOutcome]:
        """What each guard did so far."""
        return self.tally.outcomes()


class Exchange:
    """Begins with `check_input`, then one `output` stream a choice or tool call. Not shared between
    threads.
    """

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._tally = Tally()
        self._annotations: dict[str, str] = {}
        self._notices: dict[int, Notice] = {}
        self._memories: dict[int, dict[str, Any]] = {}
        self._supportive: str | None = None
        self._stated: str | None = None
        self._is_first = True

    @property
    def outcomes(self) -> list[GuardOutcome]:
        """Every guard's outcome so far, in both directions."""
        return self._tally.outcomes()

    @property
    def action(self) -> Action:
        """The strongest action so far; an escalation that came with an answer stands before all.

        No model is asked then, so nothing stronger would protect anyone, and a person in need is not refused.
        """
        return self._tally.action if self._supportive is None else Action.ESCALATE

    @property
    def is_held(self) -> bool:
        """Whether a person has to see the answer first, and nothing stronger was said."""
        return self._tally.action is Action.HOLD and self._supportive is None

    @property
    def annotations(self) -> Mapping[str, str]:
        """What the guards want said beside the answer."""
        return self._annotations

    def check_input(self, segments: Sequence[Segment]) -> Checked:
        """Leads every segment through the input guards in their order. Never raises.

        A guard that has used up the time for all the text fails (`timeout`), and is asked no more.
        """
        if not all(map(_is_segment, segments)):
            self._tally.add("pipeline", "input", _UNKNOWN)
            return Checked((), self._tally, self.action)
        self._is_first = _is_first_answer(segments)
        checked = list(segments)
        for configured in self._setting.guards:
            if "input" in configured.modes:
                self._check_all(configured, checked)
        return Checked(tuple(checked), self._tally, self.action, self._answer, self._annotations)

    @property
    def _answer(self) -> str | None:
        """What is said in the model's place: support, else a stated answer, unless one is held or blocked."""
        if self._supportive is None and self._tally.action < Action.HOLD:
            return self._stated
        return self._supportive

    def _check_all(self, configured: ConfiguredGuard, segments: list[Segment]) -> None:
        context = self._context(configured, "input")
        answered = _being_answered(segments)
        left = allowance(configured, sum(len(segment.text) for segment in segments))
        for place, segment in enumerate(segments):
            context.latest = place in answered
            trial = check(configured, segment, context) if left >= 0 else out_of_time(configured)
            left -= trial.spent
            self._tally.add(configured.name, "input", trial)
            segments[place] = self._after(configured, trial.verdict, segment)
            if trial.error == "timeout" and left < 0:
                return
        if not answered and getattr(configured.guard, "announces", False):
            self._announce(configured, context)

    def _announce(self, configured: ConfiguredGuard, context: GuardContext) -> None:
        """A message without a text (an image alone) is a message: who announces something still does."""
        context.latest = True
        trial = check(configured, Segment("user", ""), context)
        self._tally.add(configured.name, "input", trial)
        self._annotations.update(trial.verdict.annotations)

    def _after(self, configured: ConfiguredGuard, verdict: Verdict, segment: Segment) -> Segment:
        """The segment as the next guard sees it."""
        if verdict.annotations:
            self._annotations.update(verdict.annotations)
        if verdict.text is None:
            return segment
        if getattr(configured.guard, "answers", False):
            self._stated = self._stated or verdict.text
        elif verdict.action is Action.ESCALATE:
            self._supportive = self._supportive or verdict.text
        else:
            return Segment(segment.role, verdict.text)
        return segment

    def output(self, choice: int = 0, role: SegmentRole = "assistant") -> OutputStream:
        """A new stream for a choice's text, its reasoning, or the arguments (JSON text) of one of its tool
        calls.
        """
        stages: list[Stage] = [
            stage for configured in self._setting.guards for stage in self._stages(configured, role)
        ]
        stages += map(RestoringStage, self._restorers(is_json=role == "tool-call"))
        return OutputStream(stages, self._notice(choice) if role == "assistant" else None)

    def _notice(self, choice: int) -> Notice:
        """A choice is an answer of its own, however many texts it has."""
        return self._notices.setdefault(choice, Notice(self._annotations.get("prepend", "")))

    def _stages(self, configured: ConfiguredGuard, role: SegmentRole) -> list[Stage]:
        modes: tuple[Mode, ...] = ("output", "terminal")
        return [self._stage(configured, mode, role) for mode in modes if mode in configured.modes]

    def _stage(self, configured: ConfiguredGuard, mode: Mode, role: SegmentRole) -> Stage:
        watch = Watch(configured, self._context(configured, mode), self._tally, role)
        guard = configured.guard
        if mode == "terminal":
            return SentenceStage(watch)
        if getattr(guard, "observes", False):
            return ObservingStage(watch)
        if hasattr(guard, "settled"):
            return IncrementalStage(watch, cast(IncrementalGuard, guard))
        return WindowStage(watch, guard.window)

    def _restorers(self, *, is_json: bool) -> list[Restorer]:
        """What puts values back: the guard that masked last first, since its stand-ins lie uppermost."""
        found = []
        for configured in reversed(self._setting.guards):
            if hasattr(configured.guard, "restorer") and "input" in configured.modes:
                restorer = self._restorer(configured, is_json=is_json)
                if restorer is not None:
                    found.append(restorer)
        return found

    def _restorer(self, configured: ConfiguredGuard, *, is_json: bool) -> Restorer | None:
        guard = cast(RestoringGuard, configured.guard)
        try:
            return guard.restorer(self._context(configured, "output"), is_json=is_json)
        except Exception:  # noqa: BLE001 - a plug-in may raise anything; unrestored stand-ins disclose nothing
            self._tally.add(configured.name, "output", Trial(Verdict(), "exception", 0.0))
            return None

    def _context(self, configured: ConfiguredGuard, mode: Mode) -> GuardContext:
        """A context of the guard's own: its memory lasts as long as the exchange, and no other guard sees
        it.
        """
        memory = self._memories.setdefault(id(configured), {})
        setting = self._setting
        return GuardContext(mode, setting.context, setting.jurisdictions, memory, first=self._is_first)


def _is_segment(segment: object) -> bool:
    return isinstance(segment, Segment) and segment.role in _ROLES and isinstance(segment.text, str)


def _being_answered(segments: Sequence[Segment]) -> set[int]:
    """The places of the message that is being answered: the last turn of the user's, with all its parts.

    An empty text ends no turn, and what stands after it of the assistant's own is part of the answer.
    """
    turn: set[int] = set()
    is_over = False
    for place, segment in enumerate(segments):
        if segment.role == "assistant":
            is_over = is_over or bool(segment.text.strip())
        elif segment.role == "user":
            if is_over and segment.text.strip():
                turn, is_over = set(), False
            turn.add(place)
    return turn


def _is_first_answer(segments: Sequence[Segment]) -> bool:
    """Whether the assistant has said nothing yet: words after the user's last begin or predict the answer."""
    last = max((place for place, segment in enumerate(segments) if segment.role == "user"), default=0)
    return not any(segment.role == "assistant" for segment in segments[:last])
