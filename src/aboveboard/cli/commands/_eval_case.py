"""`aboveboard eval-case`: a complaint or an incident becomes a test."""

from typing import Any

import click

from aboveboard.cli._output import counted, print_json, say
from aboveboard.cli._settings import settings_of


@click.command(
    epilog="""
\b
Examples:
  aboveboard eval-case 01K9… --lacks "you people"
  aboveboard eval-case 01K9… --contains "116 123" --answers
  aboveboard assess --suite own.cases                        asks them all
"""
)
@click.argument("case")
@click.option("--contains", multiple=True, help="What the answer must say. May be given again.")
@click.option("--lacks", multiple=True, help="What the answer must not say. May be given again.")
@click.option("--refuses/--answers", default=None, help="Whether the answer must refuse, or must not.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(ctx: click.Context, /, case: str, as_json: bool, **expect: Any) -> None:
    """Make a CASE (an appeal, an incident, feedback on an answer) a test of the suite `own.cases`.

    What was asked is taken from the vault, and personal data are removed for good. The test is noted in the
    lineage of the person whose words they were: erasing them deletes it. What should have been said is yours
    to say, by at least one of the options below; personal data are removed there too, and a value that is in
    the request as well has the same stand-in in both.
    """
    from aboveboard.cli._eval_cases import make_case
    from aboveboard.cli._workspace import open_evidence

    settings = settings_of(ctx)
    with open_evidence(settings) as evidence:
        path, content = make_case(case, expect, settings, evidence)
    if as_json:
        print_json({"file": str(path), "case": content})
    else:
        messages = counted(len(content["messages"]), "message")
        say(f"wrote {path}; {messages}, personal data removed: read it once")
        for name in ("contains", "lacks"):
            if changed := [each for each in content["expect"].get(name, ()) if each not in expect[name]]:
                say(f"--{name} reads now: {', '.join(changed)}")
