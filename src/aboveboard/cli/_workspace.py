"""Opening what a command works on: the state directory, its evidence, a model of the charter."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from aboveboard.charter import Charter, ModelEntry
from aboveboard.cli._settings import Settings, provider_options, vault_key
from aboveboard.errors import AboveboardError, UnknownNameError

if TYPE_CHECKING:
    from aboveboard.evidence import Evidence, Reader
    from aboveboard.models import Model


def prepare_state(settings: Settings) -> None:
    """Makes the state directory for its owner alone; raises AboveboardError when it cannot be written."""
    try:
        settings.state.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(settings, error.strerror or str(error)) from error
    if not os.access(settings.state, os.W_OK | os.X_OK):
        raise _unwritable(settings, "permission denied")


def _unwritable(settings: Settings, reason: str) -> AboveboardError:
    return AboveboardError(
        f"the state directory cannot be written: {reason}",
        where=str(settings.state),
        cure="make it writable, or name another with --state or ABOVEBOARD_STATE",
    )


@contextmanager
def open_evidence(settings: Settings) -> "Iterator[Evidence]":
    """The writing side of the evidence, closed at the end whatever happens."""
    from aboveboard.cli._purgers import purgers
    from aboveboard.evidence import Evidence

    prepare_state(settings)
    evidence = Evidence.open(settings.state, vault_key(), purgers(settings), settings.database)
    try:
        yield evidence
    finally:
        evidence.close()


def require_state(settings: Settings) -> None:
    """Raises AboveboardError when nothing has been recorded yet."""
    from aboveboard.ledger import is_begun

    if not is_begun(settings.ledger):
        raise AboveboardError(
            "nothing has been recorded here yet",
            where=str(settings.ledger if settings.database else settings.state),
            cure="run `aboveboard up` or `aboveboard assess` first, or name the state with --state",
        )


@contextmanager
def read_evidence(settings: Settings) -> "Iterator[Reader]":
    """The reading side; raises AboveboardError when nothing has been recorded yet."""
    from aboveboard.evidence import Evidence

    require_state(settings)
    with Evidence.read(settings.state, vault_key(), settings.database) as reader:
        yield reader


def choose_model(charter: Charter, model_id: str | None, base_url: str | None) -> ModelEntry:
    """The charter's entry of that id, its primary model without one, or an endpoint given by address."""
    if base_url:
        name = model_id or charter.primary.id
        return ModelEntry(id=name, provider="openai", role="primary", base_url=base_url)
    if model_id is None:
        return charter.primary
    for entry in charter.models:
        if entry.id == model_id:
            return entry
    raise UnknownNameError("model", model_id, [entry.id for entry in charter.models], where=str(charter.path))


def open_entry(entry: ModelEntry) -> "Model":
    """The model of a charter entry, under its mitigation; nothing heavy happens before it is first used."""
    from aboveboard.models import open_model

    options = provider_options(dict(entry.options), entry.base_url, entry.api_key_env)
    model = open_model(entry.id, entry.provider, options)
    if entry.mitigation is None:
        return model
    from aboveboard.mitigation import mitigated

    return mitigated(model, entry.mitigation)
