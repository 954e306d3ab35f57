"""What can be wrong with a file. No message holds a value of the file.

AboveboardError
└── FileError            a file that could not be read or written, or not to its end
    └── LeftOutError     a file that is not looked into on purpose: binary, a link
"""

from aboveboard.errors import AboveboardError

INSTALL = "install the extra `files`; in a clone: .venv/bin/pip install -e '.[files]'"
"""What to do where a package is missing that a kind of file needs."""


class FileError(AboveboardError):
    """A file that could not be read or written; the others go on."""


class LeftOutError(FileError):
    """A file that holds no text we read: said, and no failure."""
