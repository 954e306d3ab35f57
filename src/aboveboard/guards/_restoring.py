"""The last stage: values in the place of their stand-ins, also where a stand-in comes in pieces."""

from aboveboard.guards._guard import Restorer


class RestoringStage:
    """Restores; what it holds back is the restorer's to say."""

    def __init__(self, restorer: Restorer) -> None:
        self.has_ended = False
        self._restorer = restorer

    def feed(self, text: str) -> str:
        """What may go out now that `text` has come."""
        return self._restorer.feed(text)

    def last(self, text: str) -> str:
        """What is left of the answer, with `text`, its end."""
        return self.feed(text) + self.finish()

    def finish(self) -> str:
        """The rest, now that nothing follows."""
        return self._restorer.finish()
