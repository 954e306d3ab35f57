"""What an operator is: a value, its type and the session in, the stand-in out."""

from dataclasses import dataclass, field
from enum import Enum
from typing import ClassVar, Protocol, runtime_checkable

from aboveboard.privacy.operators._errors import PrivacyKeyError
from aboveboard.privacy.operators._key import Key


class Bond(Enum):
    """What still ties a stand-in to the value, from the closest tie to none."""

    PLAIN = "the value stands there still"
    TABLE = "whoever has the table can put the value back"
    KEY = "whoever has the key can put the value back"
    LINKED = "whoever has the key, or what was left, can link or test values"
    NONE = "nothing is kept that leads back"


@dataclass(slots=True)
class Session:
    """What operators share while texts that belong together are masked. Not shared between threads.

    `table` leads from stand-ins to values (all but those that the key alone restores), `known` back. `scope`
    is within what pseudonyms agree, `locale` (`de_DE`) what made-up values look like, when the policy names
    one.
    """

    key: Key | None = None
    scope: str = ""
    locale: str | None = None
    table: dict[str, str] = field(default_factory=dict, repr=False)
    known: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)
    numbers: dict[str, int] = field(default_factory=dict)

    def next_number(self, name: str, highest: int) -> int:
        """1, 2, 3… for each name. Behind `highest`, which a table from outside may have reached, 1 again."""
        number = self.numbers.get(name, 0)
        self.numbers[name] = number = number + 1 if number < highest else 1
        return number

    def need_key(self, operator: str) -> Key:
        """The key. Raises PrivacyKeyError where there is none: nothing is ever derived from nothing."""
        if self.key is None:
            cure = (
                "make one with `aboveboard privacy key FILE` and give it: `--key FILE`, in Python "
                "`Key.read(path)` (or `Key.generate()` for one run)"
            )
            raise PrivacyKeyError(f"`{operator}` needs a key", cure=cure)
        return self.key


@runtime_checkable
class Operator(Protocol):
    """Puts a stand-in in the place of a value. Frozen; its fields are the options a policy may give it."""

    name: ClassVar[str]
    needs_key: ClassVar[bool]

    @property
    def bond(self) -> Bond:
        """What ties its stand-ins to values."""
        ...

    @property
    def is_restorable(self) -> bool:
        """Whether a value in a text can be put back exactly as it stood."""
        ...

    def replace(self, value: str, type_: str, session: Session) -> str:
        """The stand-in for a value (any text) of a type. Raises OperatorError for a missing key or extra."""
        ...
