"""Passwords that a command line hands over in its options: `mysql -pS3cret`, `curl -u alice:s3cret`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.secrets._assigned import sureness
from aboveboard.privacy.secrets._marks import COMMAND_WORDS, COMMANDS, matches_at

_OTHERS = r"[^\n|;&]{0,200}?"  # options in between; all is within what is kept of a growing text
_WHOSE = r"[\"']?[^\s:\"']{1,64}:"
_JOINED = r"-p(?![a-z]{3,16}(?:[= ]|\Z))"  # `-p` and the password, not `-port`
_OPTIONS = (
    _JOINED,
    _JOINED,
    rf"(?:-[uU] ?|--(?:proxy-)?user[ =]){_WHOSE}",
    r"-p ?",
    r"(?:-a|--pass) ",
    r"-p ?",
    r"-p ?",
    r"-w ?",
)
"""How each of `COMMAND_WORDS` is given one."""


def passed(text: str, marks: Mapping[int, Sequence[int]]) -> Iterator[PersonalData]:
    """Values in the place of a command's password."""
    for number in COMMANDS:
        for match in matches_at(_form(number - COMMANDS.start), text, marks.get(number, ())):
            confidence = sureness(match[1], is_called_password=True)
            if confidence:
                yield PersonalData(*match.span(1), "password", confidence)


@cache
def _form(number: int) -> re.Pattern[str]:
    command, option = COMMAND_WORDS[number], _OPTIONS[number]
    return re.compile(rf"{command}[\w.-]{{0,16}}(?={_OTHERS}\s{option}[\"']?([^\s\"'`|;&<>]{{5,128}}))")
