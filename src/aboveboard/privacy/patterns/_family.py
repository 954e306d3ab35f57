"""How one type of personal data is found, and what must be in a text for it to be there."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from aboveboard.privacy._span import PersonalData


@dataclass(frozen=True, slots=True)
class Finder:
    """How one type is found in a region, and what makes a region worth a try.

    A region needs `digits` digits, `length` characters and `mark`. `trigger` is a regular expression in what
    Python's `re` and Hyperscan share (no look-around, no back references, bounded repeats, ASCII classes; it
    minds case unless it begins with `(?i)`). Each finding has a match of it that ends in the finding's region
    (for one that is `inside`), or there or in the `CONTEXT` characters before it. Empty: the finder is tried
    on every region that has what it needs. `is_word`: nothing it finds holds a space. Several finders may
    share a type.
    """

    type: str
    find: Callable[[str, int, int], Iterable[PersonalData]]
    digits: int = 0
    length: int = 0
    mark: str = ""
    trigger: str = ""
    inside: bool = False
    is_word: bool = False

    def suits(self, text: str, digits: bytes, start: int, end: int) -> bool:
        """Whether the region has what this type needs; `digits` has a 9 where the text has a digit."""
        if end - start < self.length or (self.mark and text.find(self.mark, start, end) < 0):
            return False
        return not self.digits or digits.count(b"9", start, end) >= self.digits
