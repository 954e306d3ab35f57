"""An answer on its way out, checked as it grows."""

from collections.abc import Sequence

from aboveboard.guards._stage import Stage


class Notice:
    """What goes before the first text of an answer that is released, and before no other."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def before(self, released: str) -> str:
        """What is released, after the notice where this is the first."""
        if not (released and self._text):
            return released
        notice, self._text = self._text, ""
        return notice + released


class OutputStream:
    """One choice's text, or one tool call's arguments. Not shared between threads.

    `notice` is shared by all texts of one answer. Once `blocked`, nothing more comes out.
    """

    def __init__(self, stages: Sequence[Stage], notice: Notice | None = None) -> None:
        self._stages = tuple(stages)
        self._notice = notice
        self.blocked = False

    def feed(self, text: str) -> str:
        """What may be released now that `text` has come (often less than `text`, sometimes more)."""
        if self.blocked:
            return ""
        released = self._through(text, 0)
        return self._notice.before(released) if self._notice else released

    def finish(self) -> str:
        """The rest of the answer. Call it once, before the finish reason is sent."""
        return self.last("")

    def last(self, text: str) -> str:
        """`text`, which nothing follows, and the rest of the answer: instead of `feed` and `finish`."""
        for stage in self._stages:
            if self.blocked:  # what comes after the end of an answer stays where it is
                text = stage.feed(text) if text else ""
            else:
                text = stage.last(text) if text else stage.finish()
            self.blocked = self.blocked or stage.has_ended
        return self._notice.before(text) if self._notice else text

    def _through(self, text: str, place: int) -> str:
        """`text` led through the stages from `place` on."""
        for stage in self._stages[place:]:
            if not text:
                return ""
            text = stage.feed(text)
            if stage.has_ended:
                self.blocked = True
        return text
