"""Files of records as columns, all in memory: for measures over whole tables."""

from pathlib import Path

from aboveboard.privacy.files._errors import FileError
from aboveboard.privacy.files._input import Input
from aboveboard.privacy.files.formats import CSV, JSONL, PARQUET, CellUnit, kind_of, pyarrow_parquet
from aboveboard.privacy.files.runs._scanning import Scan, file_steps


def read_columns(
    path: Path, encoding: str | None = None, *, header: bool | None = None
) -> dict[str, list[str | None]]:
    """The columns of CSV, JSON lines or Parquet by name, values as text, None where there is none.

    Fields inside fields are columns of their own, named by their path. Raises FileError.
    """
    source = Input(path, str(path), Path(path.name))
    kind = kind_of(source, None)
    if kind not in (CSV, JSONL, PARQUET):
        raise FileError("no table", where=str(path), cure="give a CSV, TSV, JSON lines or Parquet file")
    if kind == PARQUET:
        return _parquet(source)
    rows = _rows(source, Scan(encoding=encoding, header=header))
    names = dict.fromkeys(name for row in rows.values() for name in row)
    if not names:
        raise FileError("no row was found", where=str(path), cure="see that rows stand below the header")
    return {name: [row.get(name) for row in rows.values()] for name in names}


def _rows(source: Input, scan: Scan) -> dict[int, dict[str, str]]:
    rows: dict[int, dict[str, str]] = {}
    for step in file_steps(source, scan):
        if step.error is not None:
            raise step.error
        for cell in step.unit.cells if isinstance(step.unit, CellUnit) else ():
            if cell.record is not None and cell.path is not None and not cell.is_name:
                rows.setdefault(cell.record, {})[cell.path.removeprefix("$.")] = cell.value
    return rows


def _parquet(source: Input) -> dict[str, list[str | None]]:
    pq, errors = pyarrow_parquet()
    try:
        table = pq.read_table(source.path)
    except errors as error:
        raise FileError("truncated or broken Parquet", where=source.name) from error
    columns = table.to_pydict().items()
    return {name: [None if each is None else str(each) for each in column] for name, column in columns}
