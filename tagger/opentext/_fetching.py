"""Packages from their registry into a folder, and the files in them."""

from __future__ import annotations

import fnmatch
import io
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from ._errors import OpenTextError
from ._sources import Source

_LONGEST = 32 << 20  # bytes of a file: longer ones are no prose


def fetched(source: Source, folder: Path) -> Path:
    """The package's file, fetched unless it is there already."""
    folder.mkdir(parents=True, exist_ok=True)
    known = sorted(folder.glob(_pattern(source)))
    if not known:
        _run(_command(source, folder), folder, source)
        known = sorted(folder.glob(_pattern(source)))
    if not known:
        raise OpenTextError(f"{source.package} {source.version} was not put into {folder}: fetch it by hand")
    return known[0]


def _pattern(source: Source) -> str:
    version = source.version.replace(":", "%3a")
    return f"{source.package}{'_' if source.registry == 'debian' else '-'}{version}*"


def _command(source: Source, folder: Path) -> list[str]:
    if source.registry == "debian":
        return ["apt-get", "download", "-q", f"{source.package}={source.version}"]
    wanted = f"{source.package}=={source.version}"
    where = ("--no-deps", "--no-binary", ":all:", "--no-build-isolation", "-d", str(folder))
    return [sys.executable, "-m", "pip", "download", "-q", *where, wanted]


def _run(command: list[str], folder: Path, source: Source) -> None:
    if shutil.which(command[0]) is None:
        cure = "run this on Debian 12, or put the package's file there yourself"
        raise OpenTextError(f"no {command[0]} to fetch {source.package} into {folder} with: {cure}")
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        why = done.stderr.strip().splitlines()[-1:] or ["no reason given"]
        raise OpenTextError(f"{source.package} {source.version} cannot be fetched into {folder}: {why[0]}")


def digest(path: Path) -> str:
    """SHA-256 of a file, as hexadecimal digits."""
    return sha256(path.read_bytes()).hexdigest()


def files(source: Source, package: Path) -> Iterator[tuple[str, bytes]]:
    """Path and content of each file of the package that the source names, in the order of the paths."""
    with _opened(package) as archive:
        found = dict(_members(source, archive))
    if not found:
        raise OpenTextError(f"{package} has no file like {source.members}: is it the pinned version?")
    yield from sorted(found.items())


def _opened(package: Path) -> tarfile.TarFile:
    if package.suffix != ".deb":
        return tarfile.open(package)
    shown = ["dpkg-deb", "--fsys-tarfile", str(package)]
    done = subprocess.run(shown, capture_output=True, check=False)  # noqa: S603
    if done.returncode:
        raise OpenTextError(f"{package} cannot be opened: {done.stderr.decode(errors='replace').strip()}")
    return tarfile.open(fileobj=io.BytesIO(done.stdout))


def _members(source: Source, archive: tarfile.TarFile) -> Iterator[tuple[str, bytes]]:
    for member in archive:
        inner = member.isfile() and member.size <= _LONGEST and archive.extractfile(member)
        if inner and member.name.endswith(".tar.gz"):
            with tarfile.open(fileobj=io.BytesIO(inner.read())) as nested:
                yield from _members(source, nested)
        elif inner and any(fnmatch.fnmatch(member.name, pattern) for pattern in source.members):
            yield member.name, inner.read()
