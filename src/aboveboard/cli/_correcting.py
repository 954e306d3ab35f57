"""Correcting a record at a person's request."""

from collections.abc import Mapping

from aboveboard.cli._subjects import OFFICER, Desk
from aboveboard.errors import AboveboardError
from aboveboard.evidence.records import Rectification


def correct(desk: Desk, person: str, wrong: Mapping[str, object], correction: bytes) -> Rectification:
    """Corrects `wrong['part']` of `wrong['record']`, and answers the person's request with it.

    Raises AboveboardError when the record is another person's: nobody corrects what is not about them.
    """
    record = desk.reader.get(str(wrong["record"]))
    if record.data_subject != person:
        raise AboveboardError(
            f"record {record.id} is not this person's", cure="take the id from their access report"
        )
    case = desk.request("rectification", person)
    intent = Rectification(
        subject=f"record:{record.id}",
        actor=OFFICER,
        stage="intent",
        corrected=record.id,
        part=str(wrong["part"]),
        keeps_old=bool(wrong["keep_old"]),
        reason=str(wrong["reason"]),
        case=case.id,
    )
    done = desk.evidence.rectify(intent, correction)
    desk.close(case, "fulfilled", "The correction is on record.", person)
    return done
