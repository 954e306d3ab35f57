"""Virtual environments of the programs that ours is compared with, each made on first use."""

import os
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

ENVIRONMENTS = Path(os.environ.get("ABOVEBOARD_PEERS", Path(__file__).parents[1] / ".bench"))


def make_environment(folder: Path, wanted: Sequence[str], loose: Sequence[str] = ()) -> Path:
    """The Python of an environment that holds `wanted`, and `loose` without what they ask for."""
    python = folder / "bin/python"
    if not (folder / ".ready").exists():
        print(f"installing {', '.join(wanted)} into {folder} …", file=sys.stderr)
        venv.create(folder, with_pip=True, clear=True)
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, *wanted], check=True)
        if loose:
            subprocess.run([*pip, "--no-deps", *loose], check=True)
        (folder / ".ready").touch()
    return python
