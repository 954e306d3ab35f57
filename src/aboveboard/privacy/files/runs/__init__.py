"""Runs over files: what they read, who looks, where copies go, and what a stopped run leaves."""

from aboveboard.privacy.files.runs._collecting import InputError, Selection, collect
from aboveboard.privacy.files.runs._columns import read_columns
from aboveboard.privacy.files.runs._masking import JOURNAL, mask_file, mask_files
from aboveboard.privacy.files.runs._naming import shown_path
from aboveboard.privacy.files.runs._restoring import restore_file, restore_files
from aboveboard.privacy.files.runs._scanning import Advance, Event, FileEnd, Scan, scan_file, scan_files
from aboveboard.privacy.files.runs._table import TableFile, read_table, write_table
from aboveboard.privacy.files.runs._tally import Tally
from aboveboard.privacy.files.runs._targets import Targets

__all__ = [
    "JOURNAL",
    "Advance",
    "Event",
    "FileEnd",
    "InputError",
    "Scan",
    "Selection",
    "TableFile",
    "Tally",
    "Targets",
    "collect",
    "mask_file",
    "mask_files",
    "read_columns",
    "read_table",
    "restore_file",
    "restore_files",
    "scan_file",
    "scan_files",
    "shown_path",
    "write_table",
]
