"""What a finder returns."""

import msgspec

NAME_TYPES: tuple[str, ...] = ("person", "address", "place", "organisation")
"""What the tagger finds: said here, since its own modules load numpy."""


class PersonalData(msgspec.Struct, frozen=True, gc=False):
    """A span of a text (code points, end exclusive), the type of what it holds, and how sure that is
    (0…1). Made in a tenth of a microsecond: a page may hold hundreds.
    """

    start: int
    end: int
    type: str
    confidence: float = 1.0

    def at(self, start: int, end: int) -> "PersonalData":
        """The same finding at another span."""
        return PersonalData(start, end, self.type, self.confidence)

    def moved(self, by: int) -> "PersonalData":
        """The same finding so many characters further on (negative: further back)."""
        return self.at(self.start + by, self.end + by)
