"""The keys of models, which only the environment holds: looked for before anything is asked."""

from collections.abc import Iterable

from aboveboard.charter import Charter, ModelEntry, place_of_model
from aboveboard.cli._settings import from_environment
from aboveboard.errors import AboveboardError


def check_model_keys(charter: Charter, entries: Iterable[ModelEntry]) -> None:
    """Raises AboveboardError for the first entry whose key the environment does not hold: without it every
    request would be sent, and refused."""
    for entry in entries:
        if entry.api_key_env and not from_environment(entry.api_key_env):
            raise AboveboardError(
                f"the environment variable {entry.api_key_env} is not set, "
                f"which is to hold the key of model {entry.id!r}",
                where=place_of_model(charter, entry.id, "api_key_env"),
                cure="set it to the key; where the endpoint wants no key, leave `api_key_env` out",
            )
