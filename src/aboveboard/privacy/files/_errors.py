"""What can be wrong with a file. No message holds a value of the file.

AboveboardError
└── FileError            a file that could not be read or written, or not to its end
    └── LeftOutError     a file that is not looked into on purpose: binary, a link
"""

import errno

from aboveboard.errors import AboveboardError

INSTALL = "install the extra `files`; in a clone: .venv/bin/pip install -e '.[files]'"
"""What to do where a package is missing that a kind of file needs."""

_CURES = {
    errno.EACCES: "run it as a user who may, or have its owner change its permissions: chmod",
    errno.EPERM: "run it as a user who may, or have its owner change its permissions: chmod",
    errno.ENOSPC: "make room for it, or name another folder",
    errno.EDQUOT: "make room for it, or name another folder",
    errno.EROFS: "it lies on a disk that is only read: name another folder",
    errno.ENAMETOOLONG: "give it a shorter name",
    errno.EIO: "the disk does not answer: see what `dmesg` says of it",
}


class FileError(AboveboardError):
    """A file that could not be read or written; the others go on."""


class LeftOutError(FileError):
    """A file that holds no text we read: said, and no failure."""


def of_system(error: OSError, where: str, otherwise: str = "cannot be read") -> FileError:
    """What the operating system refused, with its cure; `otherwise` where it gives no reason."""
    return FileError(error.strerror or otherwise, where=where, cure=_CURES.get(error.errno or 0, ""))
