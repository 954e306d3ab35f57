"""What looks into texts in another process, and fails there when it is told to."""

import os

from aboveboard.privacy import PersonalData
from aboveboard.privacy.files import FileError


class Failing:
    """Finds nothing; a text says that the process is to end, or to raise."""

    def __call__(self, text: str) -> list[PersonalData]:
        if text == "die":
            os._exit(9)
        if text == "raise":
            raise FileError("said by the worker")
        return []
