"""Correcting a record at a person's request."""

from collections.abc import Mapping

from aboveboard.cli.subject._desk import OFFICER, Desk
from aboveboard.errors import AboveboardError
from aboveboard.evidence.records import Rectification


def correct(desk: Desk, person: str, wrong: Mapping[str, object], correction: bytes) -> Rectification:
    """Corrects `wrong['part']` of `wrong['record']`, and answers the person's request with it.

    Raises AboveboardError when the record is another person's: nobody corrects what is not about them.
    """
    record = str(wrong["record"])
    if _whose(desk, record) != person:
        raise AboveboardError(
            f"record {record} is not this person's", cure="take the id from their access report"
        )
    case = desk.request("rectification", person)
    intent = Rectification(
        subject=f"record:{record}",
        actor=OFFICER,
        stage="intent",
        corrected=record,
        part=str(wrong["part"]),
        keeps_old=bool(wrong["keep_old"]),
        reason=str(wrong["reason"]),
        case=case.id,
    )
    done = desk.evidence.rectify(intent, correction)
    desk.close(case, "fulfilled", "The correction is on record.", person)
    return done


def _whose(desk: Desk, record: str) -> str:
    """The person's pseudonym, also where nothing but an attachment is held of the record."""
    if desk.reader.is_erased(record) and desk.reader.attachments(record):
        return desk.reader.data_subject(record)
    return desk.reader.get(record).data_subject
