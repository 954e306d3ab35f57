"""`aboveboard subject`: what is held about a person, handing it out, correcting it, forgetting it."""

import click

from aboveboard.cli._group import Group
from aboveboard.cli.commands._subject._copies import access, export
from aboveboard.cli.commands._subject._correction import rectify
from aboveboard.cli.commands._subject._erasure import erase
from aboveboard.cli.commands._subject._feedback import decide, feedback
from aboveboard.cli.commands._subject._holds import hold, release
from aboveboard.cli.commands._subject._lineage import lineage
from aboveboard.cli.commands._subject._requests import extend, refuse, request, requests
from aboveboard.cli.commands._subject._retention import retention

__all__ = ["command"]


@click.group(cls=Group)
def command() -> None:
    """See, hand out, correct or erase what is held about a person.

    A person is named by the pseudonym under which your application sends them (`user` of a request, or the
    header X-Aboveboard-Subject). Every request is a case with a month to answer it.
    """


for _each in (
    access,
    export,
    rectify,
    erase,
    request,
    requests,
    extend,
    refuse,
    feedback,
    decide,
    hold,
    release,
    lineage,
    retention,
):
    command.add_command(_each)
