"""Personal data in files: found with its place, masked, restored; in constant memory."""

from aboveboard.privacy.files._columns import read_columns
from aboveboard.privacy.files._encoding import check_encoding
from aboveboard.privacy.files._errors import FileError, LeftOutError
from aboveboard.privacy.files._inputs import Input, InputError, Selection, collect, name_of
from aboveboard.privacy.files._kinds import KINDS
from aboveboard.privacy.files._looking import Looking, known_types, secret_types
from aboveboard.privacy.files._masking import JOURNAL, mask_file, mask_files
from aboveboard.privacy.files._place import FileFinding, Place, shape
from aboveboard.privacy.files._restoring import restore_file, restore_files
from aboveboard.privacy.files._rewriting import Restoring
from aboveboard.privacy.files._scanning import Advance, Event, FileEnd, Scan, scan_file, scan_files
from aboveboard.privacy.files._table import TableFile, read_table, write_table
from aboveboard.privacy.files._tally import Tally
from aboveboard.privacy.files._targets import Targets

__all__ = [
    "JOURNAL",
    "KINDS",
    "Advance",
    "Event",
    "FileEnd",
    "FileError",
    "FileFinding",
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
