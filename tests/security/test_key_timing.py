"""How long a refusal takes tells nothing of the key that was tried."""

import gc
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from aboveboard.access import Access, KeyOrder

ROUNDS = 6000
ALIKE = 0.25  # of a few microseconds; the network adds a thousand times that, and noise


@pytest.fixture
def keys(tmp_path: Path) -> Iterator[tuple[Access, dict[str, str]]]:
    """An access with a key, and wrong keys that differ in how near they come to it."""
    with Access.open(tmp_path / "access.db") as access:
        tenant, act = access.register.draft_tenant("Acme", "role:admin")
        access.keep(act)
        issued, revoked = (
            access.register.draft_key(tenant, KeyOrder(label=each), "role:admin") for each in ("a", "b")
        )
        for each in (issued, revoked):
            access.keep(each.act)
        access.keep(access.register.draft_revocation(revoked.key, "role:admin"))
        access.keyring.refresh()
        right = issued.text
        other = "B" if right[-20] == "A" else "A"
        yield (
            access,
            {
                "an unknown id": f"ab-0000000000-{right[14:]}",
                "a known id, nothing right": f"{right[:14]}{'A' * 43}",
                "a known id, half of it right": f"{right[:-20]}{other}{right[-19:]}",
                "a revoked key": revoked.text,
            },
        )


def test_no_kind_of_wrong_key_takes_longer_than_another(keys: tuple[Access, dict[str, str]]) -> None:
    access, wrong = keys
    took: dict[str, list[int]] = {kind: [] for kind in wrong}
    gc.disable()
    try:
        for _ in range(ROUNDS):
            for kind, text in wrong.items():  # in turn, so that whatever else goes on falls on all alike
                began = time.perf_counter_ns()
                found = access.keyring.verify(text)
                took[kind].append(time.perf_counter_ns() - began)
                assert found is None
    finally:
        gc.enable()
    medians = {kind: statistics.median(each) for kind, each in took.items()}
    assert max(medians.values()) <= (1 + ALIKE) * min(medians.values()), medians
