"""A process to be killed: for each line on stdin it forks a child that erases a person and dies on the way.

    python eraser.py STATE DSN NAME    (an empty DSN for SQLite)

Lines on stdin are numbers: the child kills itself before its statement of that number. On stdout: `killed`,
`ended` where the erasure came to its end before, or `failed`. This process has one thread, so that no lock
that somebody held is copied into the child, where nobody would let go of it.
"""

import os
import signal
import sys
from pathlib import Path
from typing import Any

import psycopg  # noqa: F401  # before the fork, so that it need not be imported for each child

from aboveboard.evidence import Evidence, Purgers


def purgers(state: Path) -> Purgers:
    def delete(artifact: str) -> str:
        (state / "made" / artifact.partition(":")[2]).unlink(missing_ok=True)
        return ""

    return Purgers(named={"files": delete})


def erase_and_die(state: Path, dsn: str | None, name: str, step: int) -> None:
    with Evidence.open(state, purgers=purgers(state), database=dsn) as evidence:
        die_before(evidence._store.connection, step)
        evidence.erase(evidence.pseudonym(name), "asked", "role:dpo", name=name)


def die_before(connection: Any, step: int) -> None:
    """Counts what is asked of the database, and kills this process when it comes to a number."""
    left = [step]

    def counted(name: str) -> None:
        asked = getattr(connection, name)

        def ask(*given: Any, **named: Any) -> Any:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return asked(*given, **named)

        setattr(connection, name, ask)

    for name in ("begin", "execute", "executemany", "commit", "scrub"):
        counted(name)


def main() -> None:
    state, dsn, name = Path(sys.argv[1]), sys.argv[2] or None, sys.argv[3]
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            erase_and_die(state, dsn, name, int(line))
            os._exit(0)
        status = os.waitpid(child, 0)[1]
        os.write(1, b"killed\n" if os.WIFSIGNALED(status) else b"failed\n" if status else b"ended\n")


if __name__ == "__main__":
    main()
