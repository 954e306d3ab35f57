"""A process to be killed: for each line on stdin it forks a child that appends until somebody kills it.

    python appender.py DATABASE KEY

Lines on stdin are run numbers. On stdout: `pid N`, `ack INDEX ENTRY` for each acknowledged append, `gone`.
Forking from a process that has everything imported makes a run start within milliseconds.
"""

import os
import sys
import threading

import psycopg  # noqa: F401  # before the fork, so that a run has connected before it is killed

from aboveboard.database import Location
from aboveboard.ledger import Ledger, NoteSigner
from samples.places import place_of

THREADS = 4


def append_forever(path: Location, signer: NoteSigner, run: int) -> None:
    ledger = Ledger.open(path, signer=signer)
    for who in range(1, THREADS):
        threading.Thread(target=keep_appending, args=(ledger, run, who)).start()
    keep_appending(ledger, run, 0)


def keep_appending(ledger: Ledger, run: int, who: int) -> None:
    acknowledge(ledger, "shared by all runs")
    number = 0
    while True:
        if number % 3:
            acknowledge(ledger, f"{run}-{who}-{number}")
        else:
            entries = [f"{run}-{who}-{number}-{part}" for part in range(number % 70)]
            indexes = ledger.append_many(entry.encode() for entry in entries).result()
            for index, entry in zip(indexes, entries, strict=True):
                say(f"ack {index} {entry}")
        number += 1


def acknowledge(ledger: Ledger, entry: str) -> None:
    say(f"ack {ledger.append(entry.encode()).result()} {entry}")


def say(line: str) -> None:
    """One write for a line, so that lines of several threads and a kill in between never mix."""
    os.write(1, line.encode() + b"\n")


def main() -> None:
    path, signer = place_of(sys.argv[1]), NoteSigner.from_text(sys.argv[2])
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            append_forever(path, signer, int(line))
        say(f"pid {child}")
        os.waitpid(child, 0)
        say("gone")


if __name__ == "__main__":
    main()
