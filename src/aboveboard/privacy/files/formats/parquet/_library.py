"""The library that reads and writes Parquet, asked for when it is needed, and what its failures mean."""

from typing import Any

from aboveboard.privacy.files._errors import INSTALL, FileError, of_system


def pyarrow_parquet() -> tuple[Any, tuple[type[Exception], ...]]:
    """The library, and what it raises for broken files; FileError where it is not installed."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise FileError("Parquet needs pyarrow, which is not installed", cure=INSTALL) from error
    return pyarrow.parquet, (pyarrow.ArrowException, ValueError, OSError, OverflowError)


def unwritten(error: Exception, name: str) -> FileError:
    if isinstance(error, OSError) and error.errno:
        return of_system(error, name, "cannot be written")
    return FileError(f"cannot be written as Parquet ({type(error).__name__})", where=name)
