"""Policies, keys and tables as options name them."""

from pathlib import Path
from typing import TYPE_CHECKING

from aboveboard.errors import AboveboardError, suggest

if TYPE_CHECKING:
    from aboveboard.privacy.files import Restoring
    from aboveboard.privacy.masking import Masking
    from aboveboard.privacy.operators import Key, Policy


def open_masking(policy: str, key: Path | None, table: Path | None) -> "Masking":
    """What gives stand-ins; goes on with the numbers of a table that is there already."""
    from aboveboard.privacy.files import read_table
    from aboveboard.privacy.masking import Masking

    earlier = read_table(table) if table is not None and table.exists() else None
    return Masking(_policy(policy), _key(key), table=earlier)


def _policy(name: str) -> "Policy":
    """The preset of that name, else the policy in that file."""
    from aboveboard.privacy.operators import PRESETS, Policy, preset

    if name in PRESETS:
        return preset(name)
    if Path(name).is_file():
        return Policy.load(Path(name))
    raise AboveboardError(
        f"neither a preset nor a file: {name!r}", where="--policy", cure=suggest(name, PRESETS)
    )


def _key(path: Path | None) -> "Key | None":
    from aboveboard.privacy.operators import Key

    return Key.read(path) if path is not None else None


def save_table(path: Path, masking: "Masking") -> None:
    """Keeps stand-ins and values for the way back."""
    from aboveboard.privacy.files import write_table

    write_table(path, masking.table)


def open_restoring(table: Path | None, key: Path | None) -> "Restoring":
    """What knows the values; raises AboveboardError when nothing leads back."""
    from aboveboard.privacy.files import Restoring, read_table

    if table is None and key is None:
        cure = "name the table that `mask --table` wrote, or the key that encrypted"
        raise AboveboardError("nothing leads back", cure=cure)
    return Restoring(read_table(table) if table is not None else {}, _key(key))
