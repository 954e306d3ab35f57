"""What a receiver is told: ids, a category and a deadline. No words, and nobody's name."""

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a person has to look at, or has no more.

    `kind`: `hold`, `hold-ended`, `crisis`, `misuse` or `incident`; `case` its id; `outcome` what became of
    a hold; `link` the path of the page in the console. Times are RFC 3339.
    """

    kind: str
    case: str
    category: str
    role: str
    deadline: str
    time: str
    link: str
    outcome: str = ""

    @property
    def id(self) -> str:
        """The `webhook-id`: the same whenever the same is told, so that a receiver takes it once."""
        return f"msg_{self.case}_{self.kind}"

    @property
    def body(self) -> bytes:
        """The JSON that is sent (Standard Webhooks: `type`, `timestamp`, `data`)."""
        data = {
            "case": self.case,
            "category": self.category,
            "role": self.role,
            "deadline": self.deadline,
            "link": self.link,
            **({"outcome": self.outcome} if self.outcome else {}),
        }
        told = {"type": f"aboveboard.{self.kind}", "timestamp": self.time, "data": data}
        return json.dumps(told, separators=(",", ":")).encode()
