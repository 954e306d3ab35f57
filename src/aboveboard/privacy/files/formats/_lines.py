"""Lines of a text that comes in pieces; only `\\n` ends one, and it keeps its end."""

from collections.abc import Iterator

from aboveboard.privacy.files._errors import FileError
from aboveboard.privacy.files.formats._cells import MOST_VALUE


def lines(texts: Iterator[str], name: str) -> Iterator[str]:
    """Each line with its end; raises FileError for one that is too long to be a record."""
    pieces: list[str] = []
    size, number = 0, 0
    for text in texts:
        begin = 0
        while end := text.find("\n", begin) + 1:
            pieces.append(text[begin:end])
            yield "".join(pieces)
            pieces, size, begin, number = [], 0, end, number + 1
        pieces.append(text[begin:])
        size += len(pieces[-1])
        if size > MOST_VALUE:
            raise too_long(f"{name}, line {number + 1}")
    if size:
        yield "".join(pieces)


def too_long(where: str) -> FileError:
    """What is said of a record or value that would not fit in memory with others."""
    what = f"longer than {MOST_VALUE >> 20} Mi characters, too long for one record"
    return FileError(what, where=where, cure="read it as text: --format text")
