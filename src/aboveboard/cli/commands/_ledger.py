"""`aboveboard ledger`: check, export, witness."""

import base64
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aboveboard.cli._group import Group
from aboveboard.cli._output import print_json, say
from aboveboard.cli._progress import ProgressLine
from aboveboard.cli._settings import read_key, settings_of
from aboveboard.errors import AboveboardError

if TYPE_CHECKING:
    from aboveboard.ledger import CheckReport

_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)
_MOST_KEY_BYTES = 4096
_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group(cls=Group)
def command() -> None:
    """Check, export or witness the ledger.

    The log follows the C2SP specifications (tlog-tiles, tlog-checkpoint, signed-note), so tools that are not
    ours read it too.
    """


@command.command()
@click.argument("folder", type=_FOLDER)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def export(ctx: click.Context, folder: Path, as_json: bool) -> None:
    """Write the log to FOLDER in the C2SP layout, with the verifier key in FOLDER/vkey.

    Any web server can serve the folder. A second export adds what is new; a stopped one goes on.
    """
    from aboveboard.cli._workspace import read_evidence
    from aboveboard.ledger import export as export_log

    line = ProgressLine("exporting", quiet=as_json)
    with read_evidence(settings_of(ctx)) as reader:
        export_log(reader.ledger, folder, reader.vkey, progress=line.update)
        size, vkey = reader.ledger.size(), reader.vkey
    line.finish()
    if as_json:
        print_json({"folder": str(folder), "entries": size, "vkey": vkey})
    else:
        say(f"{size:,} entries in {folder}; check them with `aboveboard ledger check {folder}`")


@command.command()
@click.argument("source")
@click.option(
    "--vkey",
    help="The log's verifier key, or a file with it, from a source you trust.  [default: SOURCE/vkey]",
)
@click.option(
    "--earlier", type=_FILE, help="A checkpoint you kept: finds a cut tail, a rewritten start, a fork."
)
@click.option("--memory", type=_FILE, multiple=True, help="A witness's memory file: finds the same.")
@click.option(
    "--witness",
    "witnesses",
    multiple=True,
    help="The verifier key of a witness you trust, or a file with it.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def check(
    source: str, vkey: str | None, earlier: Path | None, as_json: bool, **others: tuple[Any, ...]
) -> int:
    """Check an exported log (a folder or an http address) from its public files alone.

    Finds a flipped bit, a missing tile and a foreign key. With --earlier or --memory also a history that was
    cut, rewritten or forked. Exit code 0 when all is well, 1 when something is wrong.
    """
    from aboveboard.ledger import check as check_log
    from aboveboard.ledger import read_memories

    line = ProgressLine("checking", quiet=as_json)
    report = check_log(
        source,
        _key(vkey, source),
        earlier_checkpoint=earlier.read_bytes() if earlier else None,
        witnesses=[read_key(each) for each in others["witnesses"]],
        memories=[note for path in others["memory"] for note in read_memories(path)],
        progress=line.update,
    )
    line.finish()
    _show(report, as_json=as_json)
    return 0 if report.is_sound else 1


def _show(report: "CheckReport", *, as_json: bool) -> None:
    if as_json:
        print_json(_as_dict(report))
    else:
        click.echo(click.style(str(report), fg="green" if report.is_sound else "red"))


def _as_dict(report: "CheckReport") -> dict[str, Any]:
    return {
        "sound": report.is_sound,
        "origin": report.origin,
        "size": report.size,
        "root": base64.b64encode(report.root).decode(),
        "entries": report.entries,
        "compared": report.compared,
        "standing": report.standing,
        "witnesses": list(report.witnesses),
        "problems": [str(problem) for problem in report.problems],
        "further": report.further,
    }


def _key(vkey: str | None, source: str) -> str:
    """The key given; else the one beside the log, which then proves less."""
    if vkey:
        return read_key(vkey)
    say(f"note: trusting the key that {source} gives; use --vkey to check against a key you got elsewhere")
    return _fetched_key(source) if source.startswith(("http://", "https://")) else _key_in(Path(source))


def _key_in(folder: Path) -> str:
    if not folder.is_dir():
        raise AboveboardError("no such folder", where=str(folder), cure="name an export, or an http address")
    if not (folder / "vkey").is_file():
        raise AboveboardError("no verifier key", where=str(folder), cure="give the log's key with --vkey")
    return read_key(str(folder / "vkey"))


def _fetched_key(source: str) -> str:
    from urllib.error import URLError
    from urllib.request import urlopen

    try:
        with urlopen(f"{source.rstrip('/')}/vkey", timeout=10) as answer:  # noqa: S310  http(s) only, see _key
            text: str = answer.read(_MOST_KEY_BYTES).decode().strip()
            return text
    except (URLError, ValueError, OSError) as error:
        cure = "see that the address is that of a log, or give the log's key with --vkey"
        raise AboveboardError(f"no verifier key to be had: {error}", where=source, cure=cure) from error


@command.command()
@click.option(
    "--log", "logs", multiple=True, required=True, help="Verifier key of a log to witness, or a file with it."
)
@click.option(
    "--name", default="witness.example", show_default=True, help="The witness's name in its signatures."
)
@click.option(
    "--folder", type=_FOLDER, default=Path("witness"), show_default=True, help="Holds its key and memory."
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8441, show_default=True, help="Port to listen on."
)
@click.option("--json", "as_json", is_flag=True, help="Print address and key as one line of JSON when ready.")
def witness(logs: tuple[str, ...], name: str, folder: Path, port: int, as_json: bool) -> None:
    """Serve as a witness on loopback (C2SP tlog-witness).

    A witness cosigns checkpoints only of logs that keep their history, and remembers the last one it saw.
    """
    from aboveboard.cli._witnessing import open_witness, serve_witness

    opened = open_witness(name, folder, [read_key(log) for log in logs])
    serve_witness(opened, port, as_json=as_json)


@command.command()
@click.argument("witnesses", nargs=-1, metavar="[URL=VKEY]...")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def cosign(ctx: click.Context, witnesses: tuple[str, ...], as_json: bool) -> int:
    """Ask witnesses to cosign the latest checkpoint, and keep their signatures.

    Witnesses named once are asked again next time. Exit code 1 when one did not sign.
    """
    from aboveboard.cli._witnessing import cosign as cosign_log

    result = cosign_log(settings_of(ctx), witnesses)
    if as_json:
        print_json(
            {
                "signed": list(result.witnesses),
                "standing": result.standing,
                "failures": [*map(str, result.failures)],
            }
        )
    else:
        say(f"cosigned by {', '.join(result.witnesses) or 'nobody'}: {result.standing}")
    for failure in result.failures:
        say(f"  {failure}")
    return int(bool(result.failures))
