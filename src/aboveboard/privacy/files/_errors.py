"""What can be wrong with a file. No message holds a value of the file.

AboveboardError
└── FileError            a file that could not be read or written, or not to its end
    └── LeftOutError     a file that is not looked into on purpose: binary, a link
"""

from aboveboard.errors import AboveboardError


class FileError(AboveboardError):
    """A file that could not be read or written; the others go on."""


class LeftOutError(FileError):
    """A file that holds no text we read: said, and no failure."""
