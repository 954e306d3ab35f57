"""Policies, keys and tables as options name them."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from aboveboard.cli._settings import own_state
from aboveboard.errors import AboveboardError, suggest

if TYPE_CHECKING:
    from aboveboard.privacy.files import Restoring, Scan, TableFile, Written
    from aboveboard.privacy.masking import Masking
    from aboveboard.privacy.operators import Key, Policy


@dataclass(frozen=True, slots=True)
class Masks:
    """What gives stand-ins, and the file that keeps them, if any."""

    masking: "Masking"
    table: "TableFile | None"

    @property
    def because(self) -> tuple[str, ...]:
        """What leads back from what was masked, or may."""
        from aboveboard.privacy.operators import Bond

        given = self.masking.claim.because
        if self.table is not None:
            return given
        return tuple("no table was kept" if each == Bond.TABLE.value else each for each in given)


@contextmanager
def open_masking(chosen: "Policy", key: "Key | None", table: Path | None) -> "Iterator[Masks]":
    """What gives stand-ins; goes on with the numbers of a table that is there already.

    The table is opened, locked and known to be writable before any file is touched, and written at the end,
    whatever the end is.
    """
    from aboveboard.privacy.files import TableFile
    from aboveboard.privacy.masking import Masking

    if table is None:
        yield Masks(Masking(chosen, key), None)
        return
    with TableFile(table) as kept:
        masking = Masking(chosen, key, table=kept.table)
        try:
            yield Masks(masking, kept)
        finally:
            kept.save(masking.growing_table)


def refuse_no_way_back(chosen: "Policy", table: Path | None) -> None:
    """Raises AboveboardError when files changed in place could not be led back though the policy could."""
    if table is None and _keeps_table(chosen):
        cure = "name a file for the table with --table, or a policy that keeps nothing: --policy redact"
        raise AboveboardError("without a table nothing leads back from files changed in place", cure=cure)


def _keeps_table(chosen: "Policy") -> bool:
    from aboveboard.privacy.operators import Bond

    return any(operator.bond is Bond.TABLE for operator in chosen.operators())


def policy_named(name: str) -> "Policy":
    """The preset of that name, else the policy in that file."""
    from aboveboard.privacy.operators import PRESETS, Policy, preset

    if name in PRESETS:
        return preset(name)
    if Path(name).is_file():
        return Policy.load(Path(name))
    raise AboveboardError(
        f"neither a preset nor a file: {name!r}", where="--policy", cure=suggest(name, PRESETS)
    )


def key_in(path: Path | None) -> "Key | None":
    """The key in a file; None when none is named."""
    from aboveboard.privacy.operators import Key

    return Key.read(path) if path is not None else None


def with_journal(plan: "Scan", path: Path | None, key: "Key | None", *, resume: bool) -> "Scan":
    """The plan with a journal at `path`, believed by the key of the policy, else by one of the user's own."""
    if path is None:
        return plan
    secret = (key or _own_key()).derive("journal")
    return replace(plan, journal=path, resume=resume, key=secret)


def _own_key() -> "Key":
    """A key in the user's own folder, which the folders of files do not hold; made on first use.

    Where there can be none, one for this run alone: nothing goes on from what it leaves.
    """
    from aboveboard.privacy.operators import Key, PrivacyKeyError

    path = own_state() / "journal.key"
    with suppress(OSError, PrivacyKeyError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with suppress(PrivacyKeyError):
            return Key.make(path)
        return Key.read(path)
    return Key.generate()


def open_restoring(
    table: Path | None, key: Path | None, *, any_text: bool
) -> "tuple[Restoring, Written | None]":
    """What knows the values, and the copies that the table knows, unless `any_text` may be restored; raises
    AboveboardError when nothing leads back.
    """
    from aboveboard.privacy.files import Restoring, read_table

    if table is None and key is None:
        cure = "name the table that `mask --table` wrote, or the key that encrypted"
        raise AboveboardError("nothing leads back", cure=cure)
    if table is None:
        return Restoring(key=key_in(key)), None
    kept = read_table(table)
    return Restoring(kept.table, key_in(key)), None if any_text else kept.written
