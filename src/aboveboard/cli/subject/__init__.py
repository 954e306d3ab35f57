"""Acting on one person's rights: finding what is held about them, handing it out, correcting it."""

from aboveboard.cli.subject._correcting import correct
from aboveboard.cli.subject._desk import ERASED, OFFICER, Desk, moment_of, open_desk
from aboveboard.cli.subject._handing_out import Form, HandedOut, copies_elsewhere, hand_out
from aboveboard.cli.subject._holdings import consent_row, offspring, records_about

__all__ = [
    "ERASED",
    "OFFICER",
    "Desk",
    "Form",
    "HandedOut",
    "consent_row",
    "copies_elsewhere",
    "correct",
    "hand_out",
    "moment_of",
    "offspring",
    "open_desk",
    "records_about",
]
