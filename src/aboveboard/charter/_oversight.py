"""The charter's `oversight` and `webhooks`: who looks at what is held, by when, and who is told of it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from aboveboard.charter._containers import ListOf
from aboveboard.charter._keys import Key
from aboveboard.charter._record import Record
from aboveboard.charter._scalars import Choice, Duration, Number, Text, Word

ON_TIMEOUT = ("release", "withhold")  # weakest first
EVENTS = ("hold", "hold-ended", "crisis", "incident", "misuse")


@dataclass(frozen=True, slots=True)
class HoldPlan:
    """What becomes of an answer that is held."""

    role: Annotated[
        str,
        Key(Word("role", frozenset({"reviewer"})), "The role that decides: `reviewer`, or one of `roles`."),
    ] = "reviewer"
    deadline: Annotated[timedelta, Key(Duration(), "How long an answer may wait.")] = timedelta(hours=4)
    on_timeout: Annotated[
        str,
        Key(
            Choice(ON_TIMEOUT),
            "When nobody decides in time: it is not given, or given unseen. What a broken promise holds is"
            " never given unseen.",
        ),
    ] = "withhold"
    most: Annotated[
        int,
        Key(
            Number(1, 1_000_000, is_whole=True),
            "How many answers may wait; what would be one more is refused, and nobody sees it.",
        ),
    ] = 10_000


@dataclass(frozen=True, slots=True)
class Oversight:
    """What people look at before anybody else does."""

    hold: Annotated[HoldPlan, Key(Record(HoldPlan, "a plan for held answers"), "Of held answers.")] = (
        HoldPlan()
    )


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that is told when a person has to look at something. It is told ids, never words."""

    url: Annotated[
        str,
        Key(
            Text(
                "an http:// or https:// address without a password in it",
                r"https?://[^\s@]+",
                500,
                is_secret=True,
            ),
            "Where to. A private address only when it is written out here as such.",
        ),
    ]
    secret_env: Annotated[
        str,
        Key(
            Text(
                "the name of an environment variable (never the secret itself)",
                "[A-Z_][A-Z0-9_]*",
                64,
                is_secret=True,
            ),
            "The environment variable that holds the signing secret, `whsec_` and base64.",
        ),
    ]
    on: Annotated[
        tuple[str, ...],
        Key(
            ListOf(Choice(EVENTS), least=1),
            "Of what: an answer that is held or no longer is, a crisis, an incident, a step up the ladder of"
            " `misuse`.",
        ),
    ] = ("hold", "crisis", "incident")
