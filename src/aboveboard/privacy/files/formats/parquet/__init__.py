"""Parquet (extra `files`): rows in batches, masked within their schema.

Strings of any depth are looked into, and so are whole numbers, decimals and dates, written as text. A masked
string stays a string. A number or date that is found cannot hold a stand-in: it becomes null, which is said.
"""

from aboveboard.privacy.files.formats.parquet._library import pyarrow_parquet
from aboveboard.privacy.files.formats.parquet._reader import ParquetReader

__all__ = ["ParquetReader", "pyarrow_parquet"]
