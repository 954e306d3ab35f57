"""`aboveboard measures`: the catalogue."""

import click

from aboveboard.cli._output import print_json, print_table


@click.command()
@click.option("--suite", help="Only the measures of this suite.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(suite: str | None, as_json: bool) -> None:
    """List what can be measured, with the suite that measures it and which way is better.

    A promise of the charter names one of these measures.
    """
    from aboveboard.errors import UnknownNameError
    from aboveboard.evals import catalogue
    from aboveboard.monitoring import live_measures

    measures = {**catalogue(), **live_measures()}
    suites = {info.suite for info in measures.values()}
    if suite and suite not in suites:
        raise UnknownNameError("suite", suite, suites)
    chosen = [info for info in measures.values() if suite in (None, info.suite)]
    if as_json:
        print_json([_as_dict(info) for info in chosen])
    else:
        print_table(
            ["measure", "better", "unit", "scoring", "what it is"],
            [[info.id, info.direction, info.unit, info.scoring, info.title] for info in chosen],
        )


def _as_dict(info: object) -> object:
    import msgspec

    return msgspec.to_builtins(info)
