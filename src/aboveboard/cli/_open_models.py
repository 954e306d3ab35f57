"""The models that are open, shared by the charters that name them alike."""

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aboveboard.charter import Charter, ModelEntry
from aboveboard.cli._workspace import open_entry

if TYPE_CHECKING:
    from aboveboard.models import Model


@dataclass(slots=True)
class _Open:
    model: "Model"
    holders: int = 0


@dataclass(slots=True)
class OpenModels:
    """Opens a model when the first charter names it, and closes it when none does any more."""

    _open: dict[str, _Open] = field(default_factory=dict)

    def take(self, charter: Charter) -> "dict[str, Model]":
        """A charter's models by id, the primary first. Those that are open already are the same objects.

        Raises AboveboardError, and then nothing has changed.
        """
        entries = sorted(charter.models, key=lambda entry: entry.role != "primary")
        fresh = {key: _Open(open_entry(each)) for each in entries if (key := _key(each)) not in self._open}
        self._open |= fresh
        for entry in entries:
            self._open[_key(entry)].holders += 1
        return {entry.id: self._open[_key(entry)].model for entry in entries}

    async def give_back(self, charter: Charter) -> None:
        """Says that a charter is not served any more."""
        for key in map(_key, charter.models):
            self._open[key].holders -= 1
            if not self._open[key].holders:
                await self._open.pop(key).model.close()


def _key(entry: ModelEntry) -> str:
    """What makes two entries one model: all that it is opened with. Its role is none of it."""
    opened_with = (
        entry.id,
        entry.provider,
        entry.base_url,
        entry.api_key_env,
        entry.options,
        entry.mitigation,
    )
    return json.dumps(opened_with, sort_keys=True, default=repr)
