"""Where weights for `transformers` lie, how they are read, and what identifies them. Imports no torch."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from aboveboard.models._errors import ModelMissingError, ModelOptionError
from aboveboard.models._options import Options
from aboveboard.models._weights import bundled_weights, existing_weights, weights_digest
from aboveboard.values import digest_json

INSTALL = 'pip install "aboveboard[train]"'
_DTYPES = ("float32", "bfloat16", "float16")
_WEIGHTS = (".safetensors", ".json", ".model", ".txt", ".jinja")
"""Files of a folder that say what the model is. Pickled weights are not read: opening one can run
anything."""


@dataclass(frozen=True, slots=True)
class Source:
    """Weights and how to read them; `path` is empty for the bundled ones."""

    path: str
    dtype: str
    device: str
    threads: int
    where: str

    @property
    def files(self) -> Path:
        """The GGUF file or the folder; raises ModelMissingError."""
        if not self.path:
            return bundled_weights()
        path = Path(self.path)
        return _folder(path) if path.is_dir() else existing_weights(path)

    @property
    def digest(self) -> str:
        files = self.files
        if files.is_file():
            return weights_digest(files)
        return digest_json({path.name: weights_digest(path) for path in _parts(files)})

    @property
    def backend(self) -> str:
        """What runs the weights, for the evidence: other releases or numbers may give other last digits."""
        return f"transformers {_release('transformers')} torch {_release('torch')} {self.device} {self.dtype}"

    def check(self) -> None:
        """Raises ModelMissingError, before anything is asked, when weights or libraries are not here."""
        needed = ("torch", "transformers", *(("gguf", "accelerate") if self.files.is_file() else ()))
        absent = [name for name in needed if find_spec(name) is None]
        if absent:
            raise ModelMissingError(
                f"the weights cannot be read without {' and '.join(absent)}", where=self.where, cure=INSTALL
            )


def read_source(read: Options, where: str) -> Source:
    """The options that say what to open; nothing is opened."""
    dtype = read.text("dtype", "float32")
    if dtype not in _DTYPES:
        raise ModelOptionError("unknown dtype", where=where, cure=f"one of {', '.join(_DTYPES)}")
    return Source(
        path=read.text("path", ""),
        dtype=dtype,
        device=read.text("device", "cpu"),
        threads=read.whole("threads", 1, high=1024),
        where=where,
    )


def read_source_at(path: str, *, where: str = "") -> Source:
    """Weights as float32 on one thread of the CPU; an empty path means the bundled ones."""
    return Source(path, "float32", "cpu", 1, where or path)


def _folder(path: Path) -> Path:
    if not any(path.glob("*.safetensors")) or not (path / "config.json").is_file():
        raise ModelMissingError(
            "this folder holds no weights of the kind that `save_pretrained` writes",
            where=str(path),
            cure="give a folder with config.json and *.safetensors, or a GGUF file",
        )
    return path


def _parts(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix in _WEIGHTS and path.is_file())


@lru_cache(maxsize=8)
def _release(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"
