"""Ledgers to look at databases with."""

from pathlib import Path

import pytest

from aboveboard.ledger import NoteSigner, generate_signer


@pytest.fixture(scope="session")
def signer() -> NoteSigner:
    return generate_signer("example.org/log")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"
