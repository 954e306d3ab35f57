"""Which kind of file this is: as told, by its name, else by how it begins."""

from pathlib import Path

from aboveboard.privacy.files._errors import FileError
from aboveboard.privacy.files._input import Input
from aboveboard.privacy.files.formats._bytes import open_regular

TEXT, JSON, JSONL, CSV, PARQUET, PDF, DOCX = "text", "json", "jsonl", "csv", "parquet", "pdf", "docx"
KINDS = (TEXT, JSON, JSONL, CSV, PARQUET, PDF, DOCX)
"""Every kind that is read."""
_BY_SUFFIX = {
    ".json": JSON,
    ".geojson": JSON,
    ".ipynb": JSON,
    ".jsonl": JSONL,
    ".ndjson": JSONL,
    ".csv": CSV,
    ".tsv": CSV,
    ".parquet": PARQUET,
    ".pq": PARQUET,
    ".pdf": PDF,
    ".docx": DOCX,
}
_BY_START = ((b"%PDF-", PDF), (b"PAR1", PARQUET))


def kind_of(source: Input, told: str | None) -> str:
    """The kind of an input; text when nothing says otherwise."""
    if told is not None:
        if source.is_stdin and told in (PARQUET, PDF, DOCX):
            what = f"{told} cannot be read from a pipe"
            raise FileError(what, where=source.name, cure="name the file itself")
        return told
    if source.is_stdin:
        return TEXT
    return _BY_SUFFIX.get(plain_suffix(source.path)) or _by_start(source)


def plain_suffix(path: Path) -> str:
    """The suffix in lower case, that below `.gz` for a packed file."""
    name = path.with_suffix("") if path.suffix.lower() == ".gz" else path
    return name.suffix.lower()


def _by_start(source: Input) -> str:
    with open_regular(source) as file:
        start = file.read(8)
    return next((kind for mark, kind in _BY_START if start.startswith(mark)), TEXT)
