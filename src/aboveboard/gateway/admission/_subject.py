"""Whom a request is about, as the application names them."""

from aboveboard.gateway.http import BadRequestError, HttpRequest

LONGEST_SUBJECT = 512


def subject_of(request: HttpRequest) -> str:
    """The name in `X-Aboveboard-Subject`, empty without one; raises BadRequestError for one that is too long:
    cut short, two people could become one.
    """
    name = request.header(b"x-aboveboard-subject")
    if len(name) > LONGEST_SUBJECT:
        raise BadRequestError(
            f"X-Aboveboard-Subject has more than {LONGEST_SUBJECT} characters", code="subject_too_long"
        )
    return name
