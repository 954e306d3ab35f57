"""Guards that say how much of a text is settled: that much is judged at once, the rest is held."""

import re
from collections.abc import Sequence

from aboveboard.guards._guard import IncrementalGuard
from aboveboard.guards._stage import HELD_AT_MOST, Watch, ends_answer, released
from aboveboard.guards._trial import Trial, failed
from aboveboard.guards._verdict import Finding, Verdict
from aboveboard.privacy.streams import LONGEST_CONTEXT, decode_json, ends_in_string, kept, settled_json

_MOST_BEFORE = 2 * LONGEST_CONTEXT
_BETWEEN_VALUES = ' ,:[]{}"\n\t'
_WORD_END = re.compile(r"[\s\"{}|\u2e80-\u9fff\uac00-\ud7af]")


class IncrementalStage:
    """A stage around an IncrementalGuard, whose `settled` must depend on nothing but its arguments (and, when
    it has a `settler`, on what the exchange's input left in the memory).
    """

    def __init__(self, watch: Watch, guard: IncrementalGuard) -> None:
        self.has_ended = False
        self._watch = watch
        # What only the exchange can tell (a prompt that must not be said) is the settler's to know.
        settler = getattr(guard, "settler", None)
        self._settled = settler(watch.context) if settler else guard.settled
        self._pending = ""
        self._swallows = False
        self._is_json = watch.role == "tool-call"

    def feed(self, text: str) -> str:
        """What may go out now that `text` has come."""
        if self.has_ended:
            return ""
        self._pending += self._swallowed(text) if self._swallows else text
        out = ""
        is_long = True
        while is_long and self._pending and not self.has_ended:
            is_long = len(self._pending) >= HELD_AT_MOST
            out += self._step()
        return out

    def last(self, text: str) -> str:
        """What is left of the answer, with `text`, its end: where all of it fits, it is judged in one."""
        if self._is_json or self._swallows or len(self._pending) + len(text) > HELD_AT_MOST:
            return self.feed(text) + self.finish()
        self._pending += text
        return self.finish()

    def finish(self) -> str:
        """The rest, now that nothing follows."""
        return "" if self.has_ended or not self._pending else self._judge(len(self._pending))

    def _step(self) -> str:
        window = self._pending[:HELD_AT_MOST]
        end = self._settled_in(window)
        if end:
            return self._judge(end)
        return self._cut() if len(window) == HELD_AT_MOST and not self.has_ended else ""

    def _settled_in(self, window: str) -> int:
        try:
            end = settled_json(window, self._behind) if self._is_json else self._behind(window)
            return min(max(0, end), len(window))
        except Exception:  # noqa: BLE001 - a guard may raise anything
            return self._fail(window)

    def _behind(self, text: str) -> int:
        """How much is settled of a text that is read behind what stood before it."""
        before = self._watch.context.before
        return self._settled(before + text, len(before)) - len(before)

    def _fail(self, window: str) -> int:
        """`settled` raised: ends the answer, or lets this piece be judged as it is."""
        verdict = failed(self._watch.configured)
        self._watch.tally.add(
            self._watch.configured.name, self._watch.context.mode, Trial(verdict, "exception", 0.0)
        )
        self.has_ended = ends_answer(verdict)
        return 0 if self.has_ended else len(window)

    def _judge(self, end: int) -> str:
        verdict, piece = self._judged(end)
        return released(verdict, piece)

    def _judged(self, end: int) -> tuple[Verdict, str]:
        piece, context = self._pending[:end], self._watch.context
        context.after = self._readable(self._pending[end:HELD_AT_MOST])
        self._pending = self._pending[end:]
        verdict = self._watch.verdict(piece)
        self._remember(piece)
        self.has_ended = ends_answer(verdict)
        return verdict, piece

    def _readable(self, text: str) -> str:
        return decode_json(text).text if self._is_json else text

    def _remember(self, piece: str) -> None:
        """What the next piece is read after."""
        context = self._watch.context
        if self._is_json:
            context.in_string = ends_in_string(piece, context.in_string)
        before = context.before + self._readable(piece)
        context.before = before if len(before) < _MOST_BEFORE else kept(before)
        context.after, context.torn = "", False

    def _cut(self) -> str:
        """A word too long to hold: half of it is judged, at a place where no finding is cut in two. One that
        spans it all has its rest dropped.
        """
        window = self._pending[:HELD_AT_MOST]
        findings = self._watch.first_look(window).findings
        end = _outside(findings, self._whole_values(window, _outside(findings, HELD_AT_MOST // 2)))
        end = end or max(finding.end for finding in findings if finding.start == 0)
        verdict, piece = self._judged(end)
        self._watch.context.torn = True
        self._swallows = end == HELD_AT_MOST and _reaches(verdict, end)
        if self._swallows:
            self._pending = self._swallowed(self._pending)
        return released(verdict, piece)

    def _whole_values(self, window: str, end: int) -> int:
        """The end of a piece moved before an escape or a bare number of JSON that lies across it, which could
        not be put in quotation marks once its beginning is out.
        """
        if not self._is_json:
            return end
        end = settled_json(window[:end], len)
        if ends_in_string(window[:end], self._watch.context.in_string):
            return end
        return max(window.rfind(mark, 0, end) for mark in _BETWEEN_VALUES) + 1 or end

    def _swallowed(self, text: str) -> str:
        """What is left of a text after the rest of the word that is being dropped."""
        end = _WORD_END.search(text)
        self._swallows = end is None
        return text[end.start() :] if end else ""


def _outside(findings: Sequence[Finding], cut: int) -> int:
    """The place nearest at or below a cut that lies in no finding."""
    for finding in sorted(findings, key=lambda finding: -finding.start):
        cut = finding.start if finding.start < cut < finding.end else cut
    return cut


def _reaches(verdict: Verdict, end: int) -> bool:
    return verdict.text is not None and any(finding.end == end for finding in verdict.findings)
