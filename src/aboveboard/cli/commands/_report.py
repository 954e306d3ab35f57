"""`aboveboard report`: the documents, drawn from the evidence."""

from pathlib import Path

import click

from aboveboard.cli._output import print_json, say
from aboveboard.cli._settings import settings_of


@click.command(
    epilog="""
\b
Examples:
  aboveboard report                                      the charter's primary model
  aboveboard report --base-url http://127.0.0.1:8440/v1  what was assessed at this address
"""
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where to write.  [default: <state>/report]",
)
@click.option("--model", "model_id", help="A model of the charter.  [default: the primary one]")
@click.option("--base-url", help="The endpoint that was assessed at this address instead.")
@click.option("--json", "as_json", is_flag=True, help="Print the paths as JSON.")
@click.pass_context
def command(
    ctx: click.Context, out: Path | None, model_id: str | None, base_url: str | None, as_json: bool
) -> None:
    """Write the assessment report (HTML, opens offline) and the model card (Hugging Face format).

    Every number links to the record it came from. Where evidence is missing, the gap is shown.
    """
    from aboveboard.cli._charters import open_charter
    from aboveboard.cli._reporting import write_documents
    from aboveboard.cli._witnessing import known_keys
    from aboveboard.cli._workspace import choose_model, read_evidence

    settings = settings_of(ctx)
    charter = open_charter(settings.charter)
    entry = choose_model(charter, model_id, base_url)
    folder = out or settings.state / "report"
    with read_evidence(settings) as reader:
        paths = write_documents(charter, reader, folder, known_keys(settings), entry)
    if as_json:
        print_json({name: str(path) for name, path in paths.items()})
        return
    for path in paths.values():
        say(f"wrote {path}")
