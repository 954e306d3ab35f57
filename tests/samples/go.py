"""The checker of exported logs that is not ours: Go's client of checksum databases, compiled offline."""

import os
import shutil
import subprocess
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "ledger" / "go" / "main.go"
_GOPATH = Path("/usr/share/gocode")
_GO = shutil.which("go")

IS_HERE = _GO is not None and (_GOPATH / "src/golang.org/x/mod/sumdb/tlog").is_dir()
NEEDS = "needs Go and golang.org/x/mod (Debian: golang-go, golang-golang-x-mod-dev)"


def compiled(folder: Path) -> Path:
    """The program, in a folder."""
    assert _GO is not None
    binary = folder / "check"
    environment = {**os.environ, "GO111MODULE": "off", "GOPATH": str(_GOPATH), "GOFLAGS": ""}
    environment["GOCACHE"] = environment.get("GOCACHE", str(folder / "cache"))
    subprocess.run([_GO, "build", "-o", str(binary), str(SOURCE)], check=True, env=environment)
    return binary


def go_check(program: Path, *arguments: str | Path) -> tuple[int, str]:
    """Its exit status and what it says of `FOLDER [VKEY]`."""
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.strip()
