"""Runs over files: what they read, who looks, where copies go, and what a stopped run leaves."""

from aboveboard.privacy.files.runs._collecting import InputError, Selection, collect, refuse_inside
from aboveboard.privacy.files.runs._columns import read_columns
from aboveboard.privacy.files.runs._masking import JOURNAL, mask_file, mask_files
from aboveboard.privacy.files.runs._naming import shown_path
from aboveboard.privacy.files.runs._restoring import restore_file, restore_files
from aboveboard.privacy.files.runs._scanning import Advance, Event, FileEnd, Scan, scan_file, scan_files
from aboveboard.privacy.files.runs._table import Kept, TableFile, read_table, write_table
from aboveboard.privacy.files.runs._tally import Tally
from aboveboard.privacy.files.runs._targets import Targets
from aboveboard.privacy.files.runs._written import Written

__all__ = [
    "JOURNAL",
    "Advance",
    "Event",
    "FileEnd",
    "InputError",
    "Kept",
    "Scan",
    "Selection",
    "TableFile",
    "Tally",
    "Targets",
    "Written",
    "collect",
    "mask_file",
    "mask_files",
    "read_columns",
    "read_table",
    "refuse_inside",
    "restore_file",
    "restore_files",
    "scan_file",
    "scan_files",
    "shown_path",
    "write_table",
]
