"""Guards that hold nothing back: they read the answer once it is out."""

from aboveboard.guards._stage import Watch, ends_answer

READ_AT_MOST = 1 << 16
"""This many code points of an answer are read."""


class ObservingStage:
    """Lets everything through; at the end the guard may add a text (its verdict's annotation `append`)."""

    def __init__(self, watch: Watch) -> None:
        self.has_ended = False
        self._watch = watch
        self._seen: list[str] = []
        self._room = READ_AT_MOST

    def feed(self, text: str) -> str:
        """`text`."""
        if self._room > 0:
            self._seen.append(text[: self._room])
            self._room -= len(text)
        return text

    def last(self, text: str) -> str:
        """What is left of the answer, with `text`, its end."""
        return self.feed(text) + self.finish()

    def finish(self) -> str:
        """What is added to the answer."""
        verdict = self._watch.verdict("".join(self._seen))
        self._seen.clear()
        self.has_ended = ends_answer(verdict)
        return verdict.annotations.get("append", "")
