"""A gateway that cannot write to its PostgreSQL says that it is not ready, until it can again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from aboveboard.cases import Cases
from aboveboard.cli._house import House
from aboveboard.cli._settings import Settings
from aboveboard.evidence import Evidence
from samples.postgres import SampleDatabase

CLERK = "a_clerk_who_may_lose_a_right"


@pytest.fixture
def clerk(tmp_path: Path, database: SampleDatabase) -> Iterator[Settings]:
    """The state of a gateway whose user of the database is none of its owners."""
    settings = Settings(tmp_path / "state", tmp_path / "charter.yaml", None, database.address)
    Cases.open(settings.cases).close()
    database.execute(f"CREATE ROLE {CLERK} LOGIN")
    database.execute(f"GRANT USAGE ON SCHEMA aboveboard_cases TO {CLERK}")
    database.execute(f"GRANT ALL ON ALL TABLES IN SCHEMA aboveboard_cases TO {CLERK}")
    address = database.address.replace("postgres@", f"{CLERK}@")
    yield Settings(settings.state, settings.charter, None, address)
    database.execute(f"DROP OWNED BY {CLERK}")
    database.execute(f"DROP ROLE {CLERK}")


def test_it_is_noticed_before_an_answer_cannot_be_recorded(
    clerk: Settings, database: SampleDatabase, tmp_path: Path
) -> None:
    with Evidence.open(tmp_path / "other") as evidence, Cases.open(clerk.cases) as cases:
        house = House(clerk, evidence, cases, ("testserver",))
        assert house.cannot_write() == ""
        database.execute(f"REVOKE UPDATE ON aboveboard_cases.cases FROM {CLERK}")
        assert house.cannot_write() == "the database cannot be written"
        database.execute(f"GRANT UPDATE ON aboveboard_cases.cases TO {CLERK}")
        assert house.cannot_write() == ""


def test_files_are_looked_after_by_the_space_that_is_left(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "state", tmp_path / "charter.yaml", None)
    with Evidence.open(settings.state) as evidence, Cases.open(settings.cases) as cases:
        assert House(settings, evidence, cases, ("testserver",)).cannot_write() == ""
