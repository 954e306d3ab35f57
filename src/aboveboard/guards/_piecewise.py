"""Guards that only know whole pieces: every guard that says nothing about streams, and terminal ones."""

import re

from aboveboard.guards._stage import HELD_AT_MOST, Watch, ends_answer, released
from aboveboard.guards._verdict import Verdict

_WORD_END = re.compile(r"[\s\u2e80-\u9fff\uac00-\ud7af]")
_SENTENCE_END = re.compile(r"[.!?…][\"')\]]*\s|\n|[。！？]")
_SURPLUS = 64


class WindowStage:
    """Shows a guard overlapping pieces, so that a finding of up to `window` code points lies whole in one of
    them.

    A piece is the first `2·window + 64` code points, up to the next word's end. All but its last `window` (or
    a finding that reaches into them) goes out; those begin the next piece. Holds back one piece at most.
    """

    def __init__(self, watch: Watch, window: int) -> None:
        self.has_ended = False
        self._watch = watch
        self._window = max(0, window)
        self._least = min(2 * self._window + _SURPLUS if window else 1, HELD_AT_MOST)
        self._pending = ""

    def feed(self, text: str) -> str:
        """What may go out now that `text` has come."""
        if self.has_ended:
            return ""
        self._pending += text
        out = ""
        while not self.has_ended and (end := self._piece_end()):
            out += self._judge(end)
        return out

    def last(self, text: str) -> str:
        """What is left of the answer, with `text`, its end."""
        return self.feed(text) + self.finish()

    def finish(self) -> str:
        """The rest, now that nothing follows."""
        if self.has_ended or not self._pending:
            return ""
        piece, self._pending = self._pending, ""
        return self._released(self._watch.verdict(piece), piece)

    def _piece_end(self) -> int:
        """Where the next piece ends, 0 when it has not all come."""
        match = _WORD_END.search(self._pending, self._least - 1, HELD_AT_MOST)
        if match:
            return match.end()
        return HELD_AT_MOST if len(self._pending) >= HELD_AT_MOST else 0

    def _judge(self, end: int) -> str:
        piece = self._pending[:end]
        verdict = self._watch.verdict(piece)
        cut = end - self._window
        for finding in sorted(verdict.findings, key=lambda finding: -finding.start):
            cut = finding.start if finding.start < cut < finding.end else cut
        if cut <= 0 or ends_answer(verdict):
            cut = end
        self._pending = self._pending[cut:]
        if verdict.text is not None and cut < end:
            piece = piece[:cut]
            verdict = self._watch.verdict(piece)
        return self._released(verdict, piece[:cut])

    def _released(self, verdict: Verdict, piece: str) -> str:
        self.has_ended = ends_answer(verdict)
        return released(verdict, piece)


class SentenceStage(WindowStage):
    """Shows a guard whole sentences (a line's end ends one too), and lets each go once it is judged."""

    def __init__(self, watch: Watch) -> None:
        super().__init__(watch, 0)

    def _piece_end(self) -> int:
        match = _SENTENCE_END.search(self._pending, 0, HELD_AT_MOST)
        if match:
            return match.end()
        return HELD_AT_MOST if len(self._pending) >= HELD_AT_MOST else 0
