"""Coverage-guided bytes for what reads those of strangers: `python atheris_parsers.py NAME [options]`.

Needs `atheris` beside the project; NAME is one of `samples.parsers`, options are libFuzzer's, such as
`-max_total_time=60`. Not collected as a test: libFuzzer ends the process itself.
"""

import importlib
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]


def main(name: str, options: list[str]) -> None:
    """Fuzzes one target until libFuzzer has enough, or something breaks."""
    atheris = importlib.import_module("atheris")
    sys.path.insert(0, str(ROOT / "tests"))
    with atheris.instrument_imports(include=["aboveboard"]):
        parsers = importlib.import_module("samples.parsers")
    target = parsers.targets((ROOT / "tests" / "security" / "receipt.json").read_bytes())[name]
    corpus = Path(tempfile.mkdtemp())
    for number, seed in enumerate(target.seeds):
        (corpus / str(number)).write_bytes(seed)
    atheris.Setup([sys.argv[0], *options, "-max_len=16384", str(corpus)], target.take)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
