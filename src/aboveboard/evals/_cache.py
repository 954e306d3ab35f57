"""Answers already got, by content key, so that nothing is asked twice."""

import json
import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any

from aboveboard.evals._errors import EvalError
from aboveboard.evals._item import Answer
from aboveboard.footprint import Span
from aboveboard.models import Likelihood
from aboveboard.values import digest_bytes

_SCHEMA = "CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, answer TEXT NOT NULL) WITHOUT ROWID"
_PATIENCE_SECONDS = 5.0
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
CACHE = "cache.db"
"""Where the answers lie in a state directory."""


class AnswerCache:
    """A SQLite file of answers. Each is committed before `put` returns, so a killed process loses none.

    An answer that is not what was written counts as absent and is asked again; a file that SQLite calls no
    database, or malformed, is begun anew, for it holds nothing that cannot be asked again. `notes` say so.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._damaged = 0
        self._begun_anew = False
        self._connection = self._opened()

    def get(self, key: str, since: str = "") -> Answer | None:
        """The answer stored under a key; one that cannot be read counts as absent and is asked again, and so
        does one given before `since` (RFC 3339)."""
        try:
            row = self._connection.execute("SELECT answer FROM answers WHERE key = ?", (key,)).fetchone()
            answer = _unsealed(row[0]) if row else None
            if row and answer is None:
                self._damaged += 1
            if row and (answer is None or answer.asked < since):
                answer = None
                self._connection.execute("DELETE FROM answers WHERE key = ?", (key,))
        except sqlite3.Error as error:
            self._begin_anew(error)
            return None
        return answer

    def put(self, key: str, answer: Answer) -> None:
        """Stores an answer; the first one under a key stays."""
        try:
            self._insert(key, answer)
        except sqlite3.Error as error:
            self._begin_anew(error)
            self._insert(key, answer)

    def drop(self, key: str) -> None:
        """Forgets what is stored under a key, so that another answer can be."""
        self._connection.execute("DELETE FROM answers WHERE key = ?", (key,))

    def _insert(self, key: str, answer: Answer) -> None:
        self._connection.execute("INSERT OR IGNORE INTO answers VALUES (?, ?)", (key, _sealed(answer)))

    @property
    def notes(self) -> tuple[str, ...]:
        """What was found damaged, for whoever reads the values; nothing when nothing was."""
        anew = ("the cache of answers was damaged and begun anew; its answers were asked again",)
        some = (f"{self._damaged} damaged answers in the cache were asked again",)
        return (anew if self._begun_anew else ()) + (some if self._damaged else ())

    def _opened(self) -> sqlite3.Connection:
        try:
            return _connect(self._path)
        except (sqlite3.Error, OSError) as error:
            return self._replaced(error)

    def _begin_anew(self, error: sqlite3.Error) -> None:
        connection, self._connection = self._connection, self._replaced(error)
        connection.close()

    def _replaced(self, error: Exception) -> sqlite3.Connection:
        if self._begun_anew or getattr(error, "sqlite_errorcode", 0) & 0xFF not in _DAMAGED:
            raise _cannot(self._path, error) from error
        self._begun_anew = True
        try:
            for suffix in ("", "-wal", "-shm"):
                self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
            return _connect(self._path)
        except (sqlite3.Error, OSError) as again:
            raise _cannot(self._path, again) from again

    def __len__(self) -> int:
        return int(self._connection.execute("SELECT count(*) FROM answers").fetchone()[0])

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()

    def __enter__(self) -> "AnswerCache":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


_HELD = """
SELECT 1 FROM answers WHERE key = ?
AND (? = '' OR coalesce(json_extract(substr(answer, instr(answer, ' ') + 1), '$.asked'), '') >= ?)
"""


def held_keys(path: Path, keys: Sequence[str], since: str = "") -> frozenset[str]:
    """Which keys have an answer, given at `since` or later, in a cache that may not be there: looked up,
    never made or mended."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            found = (connection.execute(_HELD, (key, since, since)).fetchone() for key in keys)
            return frozenset(key for key, row in zip(keys, found, strict=True) if row)
    except sqlite3.Error:
        return frozenset()


def empty_answers(state: Path) -> str:
    """Empties the cache of a state directory to the last byte; returns "", or what remains to be done.

    Answers may be a person's words where an item was made from them. May be called again at any time.
    """
    path = state / CACHE
    if not path.exists():
        return ""
    try:
        with closing(sqlite3.connect(path, timeout=_PATIENCE_SECONDS, isolation_level=None)) as connection:
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("DELETE FROM answers")
            connection.execute("VACUUM")
            busy: int = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.Error as error:
        return f"the cache of answers could not be emptied ({error}); delete {CACHE}"
    return "an assessment holds the cache; it is emptied when that has ended" if busy else ""


def _connect(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Prompts and answers may be personal: only the owner reads the file.
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    connection = sqlite3.connect(path, timeout=30.0, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute(_SCHEMA)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _cannot(path: Path, error: Exception) -> EvalError:
    return EvalError(
        f"the cache of answers cannot be used: {error}",
        where=str(path),
        cure="free some space or mend the permissions; the file may be deleted, its answers are asked again",
    )


def _sealed(answer: Answer) -> str:
    """The answer as it is stored: with the digest of its text before it, so that damage shows."""
    text = _encode(answer)
    return f"{digest_bytes(text.encode())} {text}"


def _unsealed(stored: object) -> Answer | None:
    """The answer, or None where what is stored is not what was written."""
    digest, _, text = str(stored).partition(" ")
    return _decode(text) if digest == digest_bytes(text.encode("utf-8", "replace")) else None


def _encode(answer: Answer) -> str:
    return json.dumps(asdict(answer), sort_keys=True)


def _decode(text: str) -> Answer | None:
    try:
        fields = json.loads(text)
        likelihoods = {name: _likelihood(one) for name, one in fields.pop("likelihoods", {}).items()}
        water, embodied = (_span(fields.pop(name, None)) for name in ("water_ml", "embodied_g"))
        return Answer(**fields, water_ml=water, embodied_g=embodied, likelihoods=likelihoods)
    except (ValueError, TypeError, AttributeError, KeyError):
        return None


def _span(fields: dict[str, float] | None) -> Span | None:
    return Span(**fields) if fields else None


def _likelihood(fields: dict[str, Any]) -> Likelihood:
    tokens = tuple(fields.pop("token_logprobs"))
    moments = tuple((mean, deviation) for mean, deviation in fields.pop("token_moments"))
    return Likelihood(**fields, token_logprobs=tokens, token_moments=moments)
