"""The reader of an input, by its kind."""

from aboveboard.privacy.files._input import Input
from aboveboard.privacy.files._unit import Reader
from aboveboard.privacy.files.formats._kinds import DOCX, PARQUET, PDF, kind_of
from aboveboard.privacy.files.formats._plain import Layout, PlainReader


def open_reader(source: Input, kind: str | None, layout: Layout) -> Reader:
    """What reads this input; raises FileError when a package that its kind needs is missing."""
    found = kind_of(source, kind)
    if found == PARQUET:
        from aboveboard.privacy.files.formats.parquet import ParquetReader

        return ParquetReader(source)
    if found == PDF:
        from aboveboard.privacy.files.formats._pdf import PdfReader

        return PdfReader(source)
    if found == DOCX:
        from aboveboard.privacy.files.formats.docx import DocxReader

        return DocxReader(source)
    return PlainReader(source, found, layout)
