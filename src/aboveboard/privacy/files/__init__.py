"""Personal data in files: found with its place, masked, restored; in constant memory."""

from aboveboard.privacy.files._errors import FileError, LeftOutError
from aboveboard.privacy.files._input import Input, name_of
from aboveboard.privacy.files._looking import Excerpt, Found, Looking, known_types, secret_types
from aboveboard.privacy.files._place import FileFinding, Place, shape
from aboveboard.privacy.files._rewriting import Restoring
from aboveboard.privacy.files.formats import KINDS, check_encoding
from aboveboard.privacy.files.runs import (
    JOURNAL,
    Advance,
    Event,
    FileEnd,
    InputError,
    Scan,
    Selection,
    TableFile,
    Tally,
    Targets,
    collect,
    mask_file,
    mask_files,
    read_columns,
    read_table,
    restore_file,
    restore_files,
    scan_file,
    scan_files,
    write_table,
)

__all__ = [
    "JOURNAL",
    "KINDS",
    "Advance",
    "Event",
    "Excerpt",
    "FileEnd",
    "FileError",
    "FileFinding",
    "Found",
    "Input",
    "InputError",
    "LeftOutError",
    "Looking",
    "Place",
    "Restoring",
    "Scan",
    "Selection",
    "TableFile",
    "Tally",
    "Targets",
    "check_encoding",
    "collect",
    "known_types",
    "mask_file",
    "mask_files",
    "name_of",
    "read_columns",
    "read_table",
    "restore_file",
    "restore_files",
    "scan_file",
    "scan_files",
    "secret_types",
    "shape",
    "write_table",
]
