"""`aboveboard doctor`: what works here, what does not, what to do."""

import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

import click

from aboveboard import __version__
from aboveboard.cli._output import print_json
from aboveboard.cli._settings import Settings, from_environment, settings_of
from aboveboard.errors import AboveboardError

_LOW_SPACE = 1 << 30


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `good` None: it is a fact and neither good nor bad."""

    what: str
    good: bool | None
    detail: str


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> int:
    """Say what works here, what does not, and what to do about it. Exit code 3 when something does not."""
    findings = list(examine(settings_of(ctx)))
    if as_json:
        print_json([{"what": each.what, "good": each.good, "detail": each.detail} for each in findings])
    else:
        for each in findings:
            sign = {True: click.style("✓", fg="green"), False: click.style("✗", fg="red"), None: "·"}[
                each.good
            ]
            click.echo(f"{sign} {each.what:<16} {each.detail}")
    return 3 if any(each.good is False for each in findings) else 0


def examine(settings: Settings) -> Iterator[Finding]:
    """Everything worth knowing, one finding at a time; no check stops another."""
    yield Finding(
        "aboveboard", None, f"{__version__} on Python {platform.python_version()} ({sys.executable})"
    )
    yield attempt("charter", lambda: _charter(settings))
    if settings.charter.is_file():
        yield attempt("keys of models", lambda: _model_keys(settings))
    yield attempt("state", lambda: _state(settings))
    yield attempt("keys", lambda: _keys(settings))
    yield attempt("database", lambda: _database(settings))
    yield attempt("evidence", lambda: _evidence(settings))
    yield attempt("bundled model", _weights)
    yield attempt("its runtime", _runtime)
    yield attempt("energy", _energy)


def attempt(what: str, look: Callable[[], str]) -> Finding:
    """A finding that is good unless looking fails; the failure says what to do."""
    try:
        return Finding(what, True, look())
    except (AboveboardError, OSError) as error:
        return Finding(what, False, str(error))


def _charter(settings: Settings) -> str:
    from aboveboard.cli._charters import open_charter

    charter = open_charter(settings.charter)
    return f"{settings.charter}: {len(charter.promises)} promises, {len(charter.guards)} guards"


def _model_keys(settings: Settings) -> str:
    from aboveboard.cli._charters import open_charter

    named = [entry.api_key_env for entry in open_charter(settings.charter).models if entry.api_key_env]
    unset = [variable for variable in dict.fromkeys(named) if not from_environment(variable)]
    if unset:
        raise AboveboardError(f"not set: {', '.join(unset)}", cure="set what `api_key_env` names to the key")
    return f"{', '.join(dict.fromkeys(named))}: set" if named else "none needed"


def _state(settings: Settings) -> str:
    from aboveboard.cli._workspace import prepare_state

    if not settings.state.exists():
        return f"{settings.state}: not there yet, made on first use"
    prepare_state(settings)
    free = shutil.disk_usage(settings.state).free
    if free < _LOW_SPACE:
        raise AboveboardError(
            f"only {free >> 20} MiB free", where=str(settings.state), cure="free some space"
        )
    return f"{settings.state}: writable, {free >> 30} GiB free"


def _keys(settings: Settings) -> str:
    loose = [path for path in (settings.state / "keys").glob("*.key") if path.stat().st_mode & 0o077]
    if loose:
        names = " ".join(map(str, loose))
        raise AboveboardError("others can read the keys", where=names, cure=f"run: chmod 600 {names}")
    return f"{settings.state / 'keys'}: read by their owner alone"


def _database(settings: Settings) -> str:
    from aboveboard.database import describe

    return describe(settings.ledger)


def _evidence(settings: Settings) -> str:
    from aboveboard.cli._reporting import log_facts
    from aboveboard.cli._witnessing import known_keys
    from aboveboard.cli._workspace import read_evidence
    from aboveboard.ledger import is_begun

    if not is_begun(settings.ledger):
        return "nothing recorded yet"
    with read_evidence(settings) as reader:
        facts = log_facts(reader, known_keys(settings))
    return f"log {facts.origin} with {facts.size:,} entries, checkpoint verifies"


def _weights() -> str:
    from aboveboard.models import open_model

    info = open_model("smollm2-135m", "local").info
    return f"{info.backend}, {info.digest[:15]}…"


def _runtime() -> str:
    try:
        return f"xllamacpp {version('xllamacpp')}"
    except PackageNotFoundError as error:
        raise AboveboardError("xllamacpp is not installed", cure="pip install 'aboveboard[local]'") from error


def _energy() -> str:
    from aboveboard.footprint import Meter

    return f"{Meter().basis}: RAPL counters are {'read' if Meter().counters.is_readable else 'not readable'}"
