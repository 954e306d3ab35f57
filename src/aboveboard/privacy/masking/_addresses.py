"""Would what follows a stand-in make its value a part of somebody else's address?

`<EMAIL_1>.their.site`, `<PERSON_1>+x@their.site`: showing such an answer can send the value to whoever owns
that. So a value is put back only where what touches it, up to the next white space, holds no at sign and does
not begin with the rest of a host's name or of a scheme.
"""

import re

from aboveboard.privacy._stand_ins import LONGEST_TOKEN, stand_ins
from aboveboard.privacy.masking._escapes import unescaped
from aboveboard.values import normalise

LONGEST_RUN = 1024
"""What touches a stand-in for longer than this is no prose: no value is put before it."""
# White space and the marks of scripts without spaces end what touches a stand-in; the full stop of these is
# a dot before a letter of ASCII (UTS 46), else it ends a sentence.
_WIDE = "\u3000\u3001\uff0c\uff01\uff1f\uff1b\uff08\uff09\u300c-\u300f\u3010\u3011\u300a\u300b"
_DOT = r"[\u3002\uff61](?=[A-Za-z0-9<&%\\]|\Z)"
_ONE = re.sub(r"\((?:\?P<\w+>|(?!\?))", "(?:", stand_ins().pattern)  # `re` loses count of groups in `*+`
_RUN = re.compile(rf"(?:{_ONE}|{_DOT}|[^ \t-\r{_WIDE}\u3002\uff61])*+")
_RUN_IN_JSON = re.compile(rf"(?:{_ONE}|{_DOT}|\\\S|\\\Z|[^ \t-\r{_WIDE}\u3002\uff61\"\\])*+")
_ADDRESS = re.compile(r"[\w!#$&'*+=^`{|}~%-]*\.[\w-]|[\w+.-]*:[/\\]{2}")


def goes_on(text: str, place: int, *, is_json: bool) -> bool:
    """Whether what stands from a place on makes an address of what stands before it."""
    end = _run(text, place, place + LONGEST_RUN, is_json=is_json)
    if end == place:
        return False
    if end == place + LONGEST_RUN:
        return True
    run = _folded(stand_ins().sub("x", text[place:end]))
    return any("@" in read or _ADDRESS.match(read) for read in {run, _folded(unescaped(run))})


def may_go_on_from(text: str, end: int, *, is_json: bool) -> int:
    """Where the first stand-in begins that stands before `end` and touches it, so that what follows decides
    about it; `end` when there is none.
    """
    hold = end
    for match in reversed([*stand_ins().finditer(text, max(0, end - LONGEST_RUN - LONGEST_TOKEN), end)]):
        # Only up to the one behind it, which was seen to go on from there: a row of them stays linear.
        if end - match.end() > LONGEST_RUN or _run(text, match.end(), hold, is_json=is_json) < hold:
            break
        hold = match.start()
    return hold


def _folded(run: str) -> str:
    return normalise(run).text.replace("\u3002", ".")


def _run(text: str, place: int, end: int, *, is_json: bool) -> int:
    """Where what touches a place ends, before `end` or there."""
    run = (_RUN_IN_JSON if is_json else _RUN).match(text, place, end)
    return run.end() if run else place
